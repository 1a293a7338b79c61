"""The pages that lead to the claims: the start, the list of claims, the false statements with their witnesses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from verify.claims.claim import Claim
from verify.reports.latex_evidence import UNKNOWN
from verify.site.claim_pages import ClaimPages
from verify.site.gallery import Figure
from verify.site.living import Living, Material
from verify.site.pages import Markup, Page, embedded, escaped, rendered
from verify.typesetting.line_breaks import width
from verify.typesetting.statements import claim_latex
from verify.typesetting.text import capital

SHOWN = 8  # main results on the start page: more is a list, and has its own page
# The argument on the start page: one that has a derivation, and can be read at once.
DERIVED, LONGEST = 4, 15  # lines of a derivation at least, of everything at most
WIDE = 90  # visible characters of a statement that is shown in a list


class Lists:
    """Writes them for one theory."""

    def __init__(self, material: Material, claims: ClaimPages, living: Sequence[Living]) -> None:
        self._material, self._claims, self._living = material, claims, living

    def start(self, trees: str) -> Page:
        """The first page; ``trees`` are the tables of contents in Markdown."""
        theory = self._material.theory
        title = capital(theory.title or theory.name)
        stated = [c for c in self._claims.of.values() if c.expected]
        false = [c for c in self._claims.of.values() if not c.expected]
        counts = [(n, what, "claims.html") for n, what in self._verdicts(stated)]
        counts += [(n, f"false statements {what}", "false.html") for n, what in self._verdicts(false)]
        kernel = [c for c in stated if self._material.found.get(c.id, UNKNOWN).kernel]
        if kernel:
            counts.append((len(kernel), "re-proved by another prover", "claims.html"))
        introduction = [Markup(self._claims.text(p)) for p in theory.introduction]
        head = rendered("start", introduction=introduction, counts=counts, living=self._living)
        parts = [f"# {escaped(title)}", "", embedded(head), ""]
        example = next((c for c in self._claims.roles.main if self._exemplary(c)), None)
        if example is not None:
            parts += ["## One derivation, checked", "", embedded(self._example(example)), ""]
        main = self._claims.roles.main[:SHOWN]
        if main:
            parts += ["## Main results", "", embedded(rendered("main", claims=list(self._rows(main, shown=True)))), ""]
            parts += [f"All of them, with what they rest on: [{len(stated)} claims](claims.md).", ""]
        return Page("index", "\n".join([*parts, trees]))

    def claims(self) -> Page:
        """Every claim, with its verdict: the main results, then the rest in reading order."""
        roles = self._claims.roles
        parts = ["# Claims", ""]
        lead = "Each has a page: what it says, why, what speaks for it, what rests on it."
        for heading, group in (("Main results", roles.main), ("Lemmas and further results", roles.rest)):
            if group:
                parts += [f"## {heading}", "", embedded(self._table(group, lead)), ""]
                lead = ""
        return Page("claims", "\n".join(parts))

    def false(self) -> Page:
        """What might be expected to hold and does not."""
        false = [c for c in self._claims.of.values() if not c.expected]
        lead = "Each of these might be expected to hold. A counterexample in exact numbers shows that it does not."
        return Page("false", "\n".join(["# What is not true", "", embedded(self._table(false, lead)), ""]))

    # ------------------------------------------------------------

    def _table(self, claims: Sequence[Claim], lead: str) -> str:
        rows = list(self._rows(claims))
        return rendered("list", lead=lead, claims=rows, kernel=any(row["kernel"] for row in rows))

    def _rows(self, claims: Iterable[Claim], *, shown: bool = False) -> Iterator[dict[str, object]]:
        for c in claims:
            found = self._material.found.get(c.id, UNKNOWN)
            yield {
                "id": c.id,
                "title": Markup(self._claims.title(c, "claims")),
                "verdict": found.verdict,
                "kernel": found.kernel,
                "statement": Markup(self._claims.formula(c, "claims")) if shown and _short(c) else "",
            }

    def _verdicts(self, claims: Iterable[Claim]) -> list[tuple[int, str]]:
        counts: dict[str, int] = {}
        for c in claims:
            verdict = self._material.found.get(c.id, UNKNOWN).verdict
            counts[verdict] = counts.get(verdict, 0) + 1
        return [(n, verdict) for verdict, n in counts.items()]

    def _exemplary(self, c: Claim) -> bool:
        derived, every = self._claims.steps(c)
        return derived >= DERIVED and every <= LONGEST

    def _example(self, c: Claim) -> str:
        found = self._material.found.get(c.id, UNKNOWN)
        return rendered(
            "example",
            lead="For instance",
            id=c.id,
            title=Markup(self._claims.title(c, "claims")),
            statement=Markup(self._claims.formula(c, "claims")),
            proof=Markup(self._claims.proof(c, "claims")),
            verdict=found.verdict,
            kernel=found.kernel,
        )


def _short(c: Claim) -> bool:
    return width(claim_latex(c)) <= WIDE


def figures_page(figures: Sequence[Figure]) -> Page:
    """The gallery: what the simulations of the definitions show."""
    parts = ["# Figures", "", "What simulations of the definitions show beside the curves of the theory.", ""]
    for f in figures:
        claims = ", ".join(f"[{name}](claims/{name}.md)" for name in f.entry.claims)
        parts += [f"## {escaped(f.entry.title)}", "", embedded(rendered("figure", figure=f)), ""]
        parts += [escaped(f.entry.about), ""] if f.entry.about else []
        parts += [f"About {claims}.", ""] if claims else []
    return Page("figures", "\n".join(parts))
