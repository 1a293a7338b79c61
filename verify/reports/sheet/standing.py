"""What is assumed throughout: the usual range of every symbol, said once, so that a statement says what differs.

A statement leaves a range out only where its own is literally the usual one, so nothing is assumed that it does not
have, and nothing that it has is lost.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain
from verify.claims.setting import Setting
from verify.claims.statement import MatrixIdentity, Spatial
from verify.spaces.reading.surface import Chain
from verify.spaces.spatial import tree
from verify.typesetting.domains import domain_latex
from verify.typesetting.spatial import chain_latex, hypotheses_words
from verify.typesetting.typesetter import typesetter

SEVERAL = 2  # claims that have to share a range before it is worth a place above them

QUARTER = 4  # one statement of so many at least: what few share is better said there


@dataclass(frozen=True)
class Standing:
    """The usual ranges by setting, and the conditions on numbers that all statements about vectors share."""

    bounds: Mapping[Setting, Mapping[sp.Symbol, Bound]]
    relations: tuple[str, ...] = ()

    def lines(self, setting: Setting) -> tuple[str, ...]:
        """The usual ranges of one setting as LaTeX."""
        usual = self.bounds.get(setting, {})
        order = [s.name for s in usual if s.name not in setting.vocabulary]
        place = {name: i for i, name in enumerate([*setting.vocabulary, *order])}
        return domain_latex(
            Domain(tuple(sorted(usual.values(), key=lambda b: place[b.symbol.name]))), typesetter(setting)
        )

    def hypotheses(self, claim: Claim) -> tuple[str, ...]:
        """What a statement assumes besides, as parts of a sentence that starts with "Let"."""
        if isinstance(claim.statement, MatrixIdentity):
            return ()
        if isinstance(claim.statement, Spatial):
            return tuple(part for part in hypotheses_words(claim.statement) if part not in self.relations)
        t = typesetter(claim.setting)
        usual = self.bounds.get(claim.setting, {})
        domain = claim.relevant_domain
        own = tuple(b for b in domain.bounds if usual.get(b.symbol) != b)
        fixed = (f"${t.symbol(s)}={t.scalar(value)}$" for s, value in claim.at)
        return (*fixed, *(f"${text}$" for text in domain_latex(Domain(own, domain.extra), t)))


def standing(claims: Iterable[Claim]) -> Standing:
    """The range that most claims with a symbol give it, where at least ``SEVERAL`` do."""
    counts: dict[Setting, dict[sp.Symbol, Counter[Bound]]] = defaultdict(lambda: defaultdict(Counter))
    spatial = []
    for c in claims:
        if isinstance(c.statement, Spatial):
            spatial.append(c.statement)
        elif not isinstance(c.statement, MatrixIdentity):
            for b in c.relevant_domain.bounds:
                counts[c.setting][b.symbol][b] += 1
    bounds = {}
    for setting, by_symbol in counts.items():
        best = {s: found.most_common(1)[0] for s, found in by_symbol.items()}
        bounds[setting] = {s: b for s, (b, n) in best.items() if n >= SEVERAL and 2 * n > sum(by_symbol[s].values())}
    return Standing(bounds, _shared(spatial))


def _shared(statements: list[Spatial]) -> tuple[str, ...]:
    """Conditions on one number, such as L > 0, that all statements with this number have."""
    having: dict[str, int] = defaultdict(int)
    of: dict[str, str] = {}
    mentioning: Counter[str] = Counter()
    for s in statements:
        read = tree(s)
        chains = (*read.assumptions, read.goal)
        mentioning.update({str(n.args[0]) for c in chains for t in c.terms for n in t.walk() if n.op == "name"})
        for text, name in {f"${chain_latex(c)}$": _name(c) for c in read.assumptions if _name(c)}.items():
            having[text] += 1
            of[text] = name
    enough = max(SEVERAL, len(statements) // QUARTER)
    return tuple(text for text, n in having.items() if n >= enough and n == mentioning[of[text]])


def _name(c: Chain) -> str:
    """The name in a condition that compares one name with a number; empty for any other."""
    names = [t for t in c.terms if t.op == "name"]
    numbers = [t for t in c.terms if t.op == "number"]
    return str(names[0].args[0]) if len(c.terms) == 2 and len(names) == len(numbers) == 1 and not c.ranges else ""


def let(parts: tuple[str, ...]) -> str:
    """The sentence before a statement."""
    if not parts:
        return ""
    joined = ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1]
    return f"Let {joined}. Then"
