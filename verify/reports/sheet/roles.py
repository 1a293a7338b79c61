"""Which claim is a theorem, a lemma, a corollary or a proposition, and how the text refers to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from verify.claims.claim import Claim
from verify.claims.full_names import is_full
from verify.claims.full_names import parts as parts_of
from verify.claims.patterns import matching
from verify.claims.theory import Theory
from verify.reports.displays import listed
from verify.reports.latex_chosen import Chosen
from verify.runtime.errors import BadInput
from verify.typesetting.typesetter import Typesetter

THEOREM, LEMMA, COROLLARY, PROPOSITION = "theorem", "lemma", "corollary", "proposition"
_PLURAL = {THEOREM: "Theorems", LEMMA: "Lemmas", COROLLARY: "Corollaries", PROPOSITION: "Propositions"}


def label(kind: str, name: str) -> str:
    """What ``\\ref`` finds a part of the sheet by."""
    return f"{kind}:{name}"


def identifier(name: str) -> str:
    """The id of a claim as text in typewriter; a line may end behind its dots."""
    text = name.replace("_", r"\_\allowbreak ").replace(".", r".\allowbreak ")
    return rf"\texttt{{{text}}}"


@dataclass(frozen=True)
class Roles:
    """The true claims of a sheet, the main ones apart, each with what it is called; all in reading order.

    ``untrue``: the ids of the false statements.
    """

    main: tuple[Claim, ...]
    rest: tuple[Claim, ...]
    of: Mapping[str, str]
    untrue: frozenset[str] = frozenset()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.main + self.rest

    def reference(self, name: str) -> str:
        """``Lemma~3``; the id of a claim that the sheet does not show, and whose it is if another theory's."""
        if is_full(name):
            theory, claim = parts_of(name)
            return f"{identifier(theory)}'s {identifier(claim)}"
        if name in self.untrue:
            return rf"Statement~\ref{{{label('claim', name)}}}"
        return rf"{self.of[name].capitalize()}~\ref{{{label('claim', name)}}}" if name in self.of else identifier(name)

    def references(self, names: Iterable[str]) -> str:
        """``Lemmas~3 and~4 and Theorem~1``."""
        groups: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            groups.setdefault(self.of.get(name, ""), []).append(name)
        parts = []
        for role, members in groups.items():
            if not role or len(members) == 1:
                parts += [self.reference(name) for name in members]
            else:
                parts.append(f"{_PLURAL[role]} " + listed([rf"\ref{{{label('claim', n)}}}" for n in members]))
        return listed(parts)

    def sentence(self, text: str, t: Typesetter) -> str:
        """A sentence of the theory, where ids of claims become references."""
        out, end = "", 0
        for match in self._ids.finditer(text):
            out += _breakable(t.sentence(text[end : match.start()])) + self.reference(match.group())
            end = match.end()
        return out + _breakable(t.sentence(text[end:]))

    @cached_property
    def _ids(self) -> re.Pattern[str]:
        """Ids that can't be taken for a word or a letter: those with a digit, a dot or two capitals."""
        known = [n for n in (*self.of, *self.untrue) if re.search(r"[0-9.]|[A-Z]{2}", n)]
        names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
        return re.compile(rf"(?<![\w.])(?:{names})(?![\w*(]|\.\w)" if names else r"(?!)")


def _breakable(text: str) -> str:
    """A sentence in whose formulas a line may end behind a slash and before a norm too."""
    parts = text.split("$")
    for i in range(1, len(parts), 2):
        parts[i] = (
            parts[i]
            .replace("/", r"/\allowbreak ")
            .replace(r"\lVert", r"\allowbreak\lVert")
            .replace(")(", r")\allowbreak(")
        )
    return "$".join(parts)


def roles(about: Chosen) -> Roles:
    """What the true claims of a sheet are.

    The theory names its main results, which are theorems. What another claim rests on is a lemma; what rests on a
    theorem, a corollary; anything else a proposition. Where no main result is named, what rests on lemmas and carries
    nothing itself is a theorem.
    """
    true = [c for c in about.claims if c.expected]
    carrying = {name for c in true for name in c.rests_on}
    named = main_results(about.selection.theory)
    main = [next(c for c in true if c.id == name) for name in named if any(c.id == name for c in true)]
    if not main:
        main = [c for c in true if c.id not in carrying and any(name in c.rests_on for name in (x.id for x in true))]
    ids = {c.id for c in main}
    untrue = frozenset(c.id for c in about.claims if not c.expected)
    of = {c.id: THEOREM for c in main}
    for c in true:
        if c.id not in ids:
            below = LEMMA if c.id in carrying else PROPOSITION
            of[c.id] = COROLLARY if below is PROPOSITION and ids & {*c.rests_on} else below
    return Roles(tuple(main), tuple(c for c in true if c.id not in ids), of, untrue)


def main_results(theory: Theory | None) -> list[str]:
    """The ids of a theory's main results; ``BadInput`` where it names one that it does not state."""
    if theory is None:
        return []
    try:
        return list(dict.fromkeys(n for pattern in theory.main for n in matching(pattern, theory.stated, what="claim")))
    except BadInput as error:
        raise BadInput(f"main result of the theory {theory.name}: {error.what}", error.hint) from None
