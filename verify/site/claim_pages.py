"""A page for every claim and every false statement: what it says, why, what speaks for it, what hangs on it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from verify.claims.claim import Claim
from verify.coq.exported import self_contained
from verify.coq.untranslated import Untranslated
from verify.evidence.run import ancestors
from verify.regression.graph.dependencies import graph_of, impact
from verify.reports.latex_chosen import Chosen, everything, used_by
from verify.reports.latex_evidence import UNKNOWN, Found
from verify.reports.latex_forms import render_claim
from verify.reports.sheet.placing import Placing, label_of
from verify.reports.sheet.roles import Roles, roles
from verify.reports.sheet.standing import Standing
from verify.reports.sheet.theorems import Theorems, ended
from verify.site.gallery import Figure
from verify.site.living import Material
from verify.site.pages import Markup, Page, page, rendered
from verify.site.prose import Address, html, inline
from verify.site.witness_figure import witness_svg
from verify.typesetting.plain_text import domain_lines, kind_of, statement_text
from verify.typesetting.text import capital
from verify.typesetting.typesetter import typesetter

FOLDER = "claims"
LONGEST = 60  # operations of a definition that is shown: what has more is on the page of notation
COMPUTATIONS = "computations"
UP = f"../{FOLDER}"  # from a page that is in a folder beside that of the claims


@dataclass(frozen=True)
class Pages:
    """Pages, and what can be downloaded from them, by its path in the site."""

    pages: list[Page] = field(default_factory=list)
    downloads: dict[str, str] = field(default_factory=dict)


class ClaimPages:
    """Writes the pages of the claims of one theory."""

    def __init__(self, material: Material, figures: Mapping[str, Sequence[Figure]]) -> None:
        """``figures``: those of experiments, by the claims that they are about."""
        self._found = material.found
        self._figures = figures
        self._about: Chosen = everything()
        self.roles: Roles = roles(self._about)
        placing = Placing(self._about.expressions, self.roles)
        self._computations = placing.computations
        self._numbers = {label_of(p.derivation): i for i, p in enumerate(self._computations, start=1)}
        self._standing = Standing({})  # a page says all that its claim assumes
        self._writer = Theorems(self.roles, placing, self._standing, material.found)
        self._table = self._about.selection.table
        self._graph = graph_of({c.id: c for c in self._about.claims})
        self.of = {c.id: c for c in self._about.claims}

    def made(self) -> Pages:
        """All pages: one a claim, and the computations that no proof shows."""
        made = Pages()
        for claim in self._about.claims:
            files = self._downloads(claim)
            made.downloads.update(files)
            made.pages.append(self._page(claim, files))
        made.pages.extend(self._computation_pages())
        return made

    def formula(self, claim: Claim, folder: str = "") -> str:
        """The statement of a claim as HTML, with what it assumes; ``folder`` leads to the claims' pages."""
        return html(self._writer.statement(claim), self._from(folder))

    def proof(self, claim: Claim, folder: str = "") -> str:
        """The argument, a line a paragraph or a display."""
        return self._lines(self._writer.proof(claim), self._from(folder))

    def steps(self, claim: Claim) -> tuple[int, int]:
        """How many lines of a derivation the argument for a claim shows, and how many lines it has in all."""
        lines = list(self._writer.proof(claim)) if claim.expected else []
        return sum(line.startswith(r"\row") for line in lines), len(lines)

    def title(self, claim: Claim, folder: str = "") -> str:
        """The title of a claim as HTML, with its formulas."""
        return self._sentence(claim, claim.title, folder)

    def text(self, sentence: str, folder: str = FOLDER) -> str:
        """A sentence of the theory, where ids of claims are links."""
        theory = self._about.selection.theory
        t = typesetter(theory if theory is not None else self._about.settings[0])
        return inline(self.roles.sentence(sentence, t), self._from(folder))

    # ------------------------------------------------------------

    def _page(self, c: Claim, files: Mapping[str, str]) -> Page:
        found = self._found.get(c.id, UNKNOWN)
        argument = ("Proof", self.proof(c)) if c.expected else ("Counterexample", self._false(c))
        shown = self.roles.sentence(c.title, typesetter(c.setting))
        sections = [
            ("", self._head(c, found, shown if "$" in shown else "")),  # a heading has no formulas
            ("Hypotheses", self._hypotheses(c, found)),
            argument,
            ("Evidence", self._evidence(c, found)),
            ("What it rests on, and what rests on it", self._links(c)),
            ("Copy and download", _copies(c, files)),
        ]
        return page(f"{FOLDER}/{c.id}", f"{c.id}: {c.title}", sections)

    def _head(self, c: Claim, found: Found, title: str) -> str:
        role = self.roles.of.get(c.id, "false statement")
        return rendered(
            "claim",
            id=c.id,
            title=Markup(inline(title, self._address)),
            verdict=found.verdict,
            verdict_text=found.verdict if c.expected else f"false: {found.verdict}",
            kernel=found.kernel,
            kind=f"{role}, {kind_of(c)}",
            statement=Markup(self.formula(c)),
            note=Markup(self._sentence(c, ended(capital(c.note)))) if c.note else "",
            source=Markup(f"Source: {self._sentence(c, c.source)}"),
        )

    def _hypotheses(self, c: Claim, found: Found) -> str:
        t = typesetter(c.setting)
        needed = [(Markup(inline(t.sentence(h), self._address)), Markup(inline(t.sentence(w), self._address)))
                  for h, w in found.needed]  # fmt: skip
        lines = [Markup(inline(part, self._address)) for part in self._standing.hypotheses(c)]
        definitions = [Markup(inline(line, self._address)) for line in _definitions(c)]
        return rendered(
            "hypotheses",
            lines=lines,
            needed=needed,
            needless=[Markup(inline(t.sentence(h), self._address)) for h in found.needless],
            definitions=definitions,
            id=c.id,
            expected=c.expected,
        )

    def _evidence(self, c: Claim, found: Found) -> str:
        figures = [f.beside(1) for f in self._figures.get(c.id, ())]
        rows = list(found.said)
        if kernel := found.kernel:
            rows.append((kernel, "re-proved", "the certificate, translated step by step, and all that it rests on"))
        return rendered("evidence", rows=rows, verdict=found.verdict, id=c.id, figures=figures)

    def _false(self, c: Claim) -> str:
        witness = dict(self._found.get(c.id, UNKNOWN).witness)
        drawn = witness_svg(c, witness) if witness else None
        figure = f'<figure class="witness">{drawn}</figure>' if drawn else ""
        return html(self._writer.counterexample(c), self._address) + figure

    def _links(self, c: Claim) -> str:
        falls = impact(self._graph, c.id)
        every = ancestors(c, self._table)
        further = [name for name in every if name not in {*c.rests_on, *c.needed_to_state}]
        groups = [
            ("Needed to state it:", self._named(c.needed_to_state), "nothing but the definitions"),
            ("Needed to prove it:", self._named(c.rests_on), "nothing else"),
        ]
        if further:
            groups.append(("Which rest on:", self._named(further), ""))
        groups.append(("If it were false, these would fall:", self._named(falls), "nothing rests on it"))
        return rendered("links", groups=groups)

    def _named(self, names: Sequence[str]) -> list[dict[str, object]]:
        """Ids with titles, and the address of those that have a page."""
        return [
            {
                "id": name,
                "title": Markup(self.title(self._table[name])) if name in self._table else "",
                "address": f"{name}.html" if name in self.of else "",
            }
            for name in dict.fromkeys(names)
        ]

    def _computation_pages(self) -> Iterator[Page]:
        """A page for every derivation that no proof shows, and a list of them."""
        rows = []
        for number, p in enumerate(self._computations, start=1):
            lines = list(self._writer.computation(p))[2:]
            body = f'<p class="subtitle">{inline(p.title, self._from(UP))}</p>\n{html(lines, self._from(UP))}'
            yield page(f"{COMPUTATIONS}/{number}", f"Computation {number}", [("", body)])
            title = inline(p.title, self._from(FOLDER))
            rows.append(f'<li><a href="{COMPUTATIONS}/{number}.html">Computation {number}</a>: {title}</li>')
        if rows:
            lead = "<p>Derivations that no proof shows, each from a definition or from another one, line by line.</p>"
            listed = "\n".join(rows)
            yield page(COMPUTATIONS, "Computations", [("", f'{lead}\n<ul class="claims">\n{listed}\n</ul>')])

    def _lines(self, lines: Iterator[str], address: Address) -> str:
        parts = (html([line], address) for line in lines if line)
        return f'<div class="proof">{chr(10).join(part for part in parts if part)}</div>'

    def _sentence(self, c: Claim, text: str, folder: str = "") -> str:
        return inline(self.roles.sentence(text, typesetter(c.setting)), self._from(folder))

    def _from(self, folder: str) -> Address:
        return lambda label: self._address(label, folder)

    def _address(self, label: str, folder: str = "") -> tuple[str, str]:
        """Where a reference leads, as seen from a claim's page, or from where ``folder`` leads to those."""
        kind, _, name = label.partition(":")
        if kind == "claim":
            return f"{folder}{'/' if folder else ''}{name}.html", name
        number = str(self._numbers[label])
        root = "../" if folder in ("", UP) else ""
        return f"{root}{COMPUTATIONS}/{number}.html", number

    def _downloads(self, c: Claim) -> dict[str, str]:
        """The certificate, and the same for Coq where it is translated."""
        certificate = self._found.get(c.id, UNKNOWN).certificate
        if certificate is None:
            return {}
        files = {f"_static/certificates/{c.id}.json": json.dumps(certificate, indent=1, ensure_ascii=False) + "\n"}
        with contextlib.suppress(Untranslated):
            files[f"_static/coq/{c.id}.v"] = self_contained(certificate, f"{c.id}. {c.title}")
        return files


def _definitions(c: Claim) -> Iterator[str]:
    """What the letters of a statement stand for, as sentences."""
    t = typesetter(c.setting)
    for e in used_by(c):
        value = e.value.xreplace(c.fixed)
        shown = f"${e.latex}={t.scalar(value)}$" if value.count_ops() <= LONGEST else f"${e.latex}$"
        yield f"{shown}: {t.sentence(e.meaning)}"


def _copies(c: Claim, files: Mapping[str, str]) -> str:
    plain = "\n".join([f"{c.id}: {c.title}", statement_text(c), *(f"  for {line}" for line in domain_lines(c))])
    texts = [("plain text", plain), ("LaTeX", render_claim(c, display=True)), ("command", f"verify check {c.id}")]
    labels = {".json": "certificate (check it with python -I -m verify.kernel FILE)", ".v": "the same for Coq"}
    shown = [
        (f"../{path}", label, _size(text))
        for path, text in files.items()
        for suffix, label in labels.items()
        if path.endswith(suffix)
    ]
    return rendered("copies", texts=texts, files=shown)


def _size(text: str) -> str:
    kilobytes = -(-len(text.encode()) // 1000)
    return f"{kilobytes} kB"
