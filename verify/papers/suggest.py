"""A single small edit that would make a refuted step true, in the author's own notation.

The edits of ``edits`` are read anew one by one; the first that holds where the step was tried, that is no triviality,
and that is then proved, is suggested. What is suggested is only ever shown, never taken for granted.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from verify.papers.atoms import layout
from verify.papers.decide import Status
from verify.papers.edits import KINDS, Edit, Replacement, edits, turned
from verify.papers.signs import RELATIONS
from verify.papers.tokens import NotUnderstood, Token
from verify.runtime.budget import SECOND, Budget, Spent, spend
from verify.runtime.errors import BadInput

MAX_EDITS = 600
MAX_OPEN = 2  # attempts that prove and refute nothing, the expensive ones
MAX_TRIES = 12  # attempts in all
EDIT = 500  # what one edit costs, in units of work


@dataclass(frozen=True)
class Suggestion:
    """The step after an edit, the edit in words, and in the file, where it can be made there."""

    latex: str
    what: str
    fix: Replacement | None = None


@dataclass(frozen=True)
class Attempt:
    """What a prover says of an edited step; ``timed``: a clock ended the attempt."""

    status: Status
    timed: bool = False


@dataclass(frozen=True)
class Tried:
    """An edited step as it was read: how it is shown, and what is found of it, the cheapest first.

    ``slack`` is by how much its sides differ where the step was refuted; None where the edited step fails too.
    """

    latex: Callable[[], str]
    trivial: Callable[[], bool]
    slack: Callable[[], float | None]
    attempt: Callable[[], Attempt]


Try = Callable[[Sequence[Token]], Tried | None]


@dataclass(frozen=True)
class Wrong:
    """A refuted step: its tokens, the sides of it that may be edited, and the place of its relation, if that may be.

    ``names`` are known names as they are written, of which indices are taken. ``equation``: it is one.
    """

    tokens: tuple[Token, ...]
    sides: tuple[tuple[int, int], ...]
    sign: int | None
    names: Mapping[str, str]
    equation: bool = True

    def edits(self) -> list[Edit]:
        """Every edit in the order in which it is tried."""
        first = [] if self.sign is None else list(turned(self.tokens[self.sign], self.sign))
        indices, letters = _subscripts(self.names), self.letters()
        found = [e for a, b in self.sides for e in edits(self.tokens, a, b, indices, letters)]
        kinds = KINDS[1:]
        ordered = [*first, *(e for kind in kinds for e in found if e.kind == kind)]
        return list(itertools.islice(dict.fromkeys(ordered), MAX_EDITS))

    def told(self) -> list[object]:
        """What the edits depend on, as data: places in the file do not matter."""
        return [[t.text for t in self.tokens], self.sides, self.sign, sorted(set(self.names.values()))]

    def letters(self) -> list[str]:
        """The names of the step without scripts: one of them may have been lost as a factor."""
        at = layout(self.tokens, 0, len(self.tokens))
        plain = (a for a in at.atoms if a.kind == "name" and a.power is None and a.below is None and not a.marked)
        return sorted({at.source(a) for a in plain})


@dataclass(frozen=True)
class Known:
    """The number of the edit that mends a step, None where none was found; ``timed``: a clock ended an attempt."""

    number: int | None
    suggestion: Suggestion | None = field(default=None, compare=False)
    timed: bool = field(default=False, compare=False)


def suggestion(wrong: Wrong, attempt: Try, text: str, seconds: float) -> Known:
    """The first edit that is no triviality and is proved.

    They are tried in their order; those of an inequality that leave less room where it was refuted come first, since
    any edit that weakens it enough makes it true: for a <= b - 2c, where c > 0, nobody meant a <= b + 2c if a <= b - c.
    ``text`` is that of the file. ``seconds`` of a typical processor for reading and sampling; its work is counted.
    """
    timed, tries, undecided = False, 0, 0
    with contextlib.suppress(Spent), Budget(int(seconds * SECOND)).running():
        for number, edit, tried in _in_order(wrong, attempt):
            if _slack(tried) is None:  # by what was found since it was put in order
                continue
            tries += 1
            found = _attempted(tried)
            timed = timed or found.timed
            undecided += found.status == "inconclusive"
            if found.status == "proved":
                return Known(number, _made(edit, wrong, tried, text), timed)
            if tries >= MAX_TRIES or undecided >= MAX_OPEN:
                break
    return Known(None, timed=timed)


def _in_order(wrong: Wrong, attempt: Try) -> Iterator[tuple[int, Edit, Tried]]:
    """The edits that are read and say something, with their numbers, in the order in which they are tried."""
    ranked: list[tuple[float, int, Edit, Tried]] = []
    for number, edit in enumerate(wrong.edits()):
        spend(EDIT)
        tried = _read(edit, wrong, attempt)
        if tried is None or _trivial(edit, tried):
            continue
        if wrong.equation or edit.kind == "relation":
            yield number, edit, tried
        elif (slack := _slack(tried)) is not None:
            ranked.append((float(f"{slack:.6g}"), number, edit, tried))
    for _, number, edit, tried in sorted(ranked, key=lambda found: found[:2]):
        yield number, edit, tried


def again(wrong: Wrong, number: object, attempt: Try, text: str) -> Known | None:
    """What is known where the edit with this number was found, proved anew; None where it mends nothing."""
    if number is None:
        return Known(None)
    found = wrong.edits()
    if type(number) is not int or not 0 <= number < len(found):
        return None
    tried = _read(found[number], wrong, attempt)
    if tried is None or _trivial(found[number], tried) or _attempted(tried).status != "proved":
        return None
    return Known(number, _made(found[number], wrong, tried, text))


def _made(edit: Edit, wrong: Wrong, tried: Tried, text: str) -> Suggestion:
    return Suggestion(tried.latex(), edit.what, edit.placed(wrong.tokens, text))


def _read(edit: Edit, wrong: Wrong, attempt: Try) -> Tried | None:
    try:
        return attempt(edit.applied(wrong.tokens))
    except (NotUnderstood, BadInput):
        return None


def _slack(tried: Tried) -> float | None:
    try:
        return tried.slack()
    except (NotUnderstood, BadInput):  # what it says has no meaning
        return None


def _attempted(tried: Tried) -> Attempt:
    try:
        return tried.attempt()
    except (NotUnderstood, BadInput):
        return Attempt("refuted")


def _trivial(edit: Edit, tried: Tried) -> bool:
    """Whether the edited step says nothing; a relation that was the wrong one may be right for a simple reason."""
    return edit.kind != "relation" and tried.trivial()


def may_turn(signs: Sequence[Token], sign: Token) -> bool:
    """Whether a relation may be turned round: not where another link of its chain points its way."""
    own = RELATIONS[sign.text].rstrip("=")
    return not any(RELATIONS.get(t.text, "").rstrip("=") == own for t in signs if t.position != sign.position)


def _subscripts(names: Mapping[str, str]) -> dict[str, list[str]]:
    """By letter, the subscripts that it has in some name, as in \\rho_H and w_{t+1}."""
    out: dict[str, list[str]] = {}
    for shown in sorted(set(names.values())):
        base, found, index = shown.partition("_")
        if found and index:
            inner = index[1:-1] if index.startswith("{") and index.endswith("}") else index
            if inner not in out.setdefault(base, []):
                out[base].append(inner)
    return out


def wrong_step(
    left: Sequence[Token], sign: Token, right: Sequence[Token], turns: bool, names: Mapping[str, str]
) -> Wrong:
    """A refuted link of a chain, whose right side is looked at first."""
    middle, end = len(left), len(left) + 1 + len(right)
    sides = ((middle + 1, end), (0, middle))
    return Wrong((*left, sign, *right), sides, middle if turns else None, names, RELATIONS[sign.text] == "==")
