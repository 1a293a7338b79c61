"""Counterexamples: counted only after two evaluations of the original statement that share no code agree on them.

The first is exact (``verify.language.evaluation``); where a point is irrational and balls cannot tell whether sides are
equal, a certificate that the checker accepted stands in its place. The second is
``verify.counterexamples.second_opinion``. Where they differ, or where it is in doubt whether a term has a value, there
is no counterexample, and the caller can say why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from verify.counterexamples.second_opinion import Opinion, opinion
from verify.language import logic
from verify.language.evaluation import Point, Undecided, Undefined, Value, evaluate, holds
from verify.language.logic import Rel, Sequent
from verify.language.rational_functions import Raw, raw
from verify.runtime.budget import spend

Coordinate = Fraction | logic.Term
Kind = Literal["violates", "undefined"]
ByProof = Callable[[Sequent, Mapping[str, logic.Term], list[str] | None], "Witness | None"]
"""Finds the witness that a point is according to a certificate: ``verify.prover.api.at_point``."""

COST = 2000  # of a second evaluation, in units of work
LONGEST = 40  # characters of an irrational number that is printed as a term


@dataclass(frozen=True)
class Witness:
    """Values at which all hypotheses are defined and true while the goal is false or undefined.

    ``values`` are those of the variables that occur in the statement: rational, or terms without variables such as
    sqrt(2). ``lhs`` and ``rhs`` are the exact values of the two sides of the violated relation (an enclosure where they
    are irrational), or the term without a value. Only ``agreed`` makes one.
    """

    values: dict[str, Coordinate]
    kind: Kind
    lhs: str
    rhs: str

    @property
    def shown(self) -> dict[str, str]:
        """The values as every report prints them."""
        return {name: shown(value) for name, value in self.values.items()}

    def __str__(self) -> str:
        where = ", ".join(f"{name} = {value}" for name, value in self.shown.items()) or "everywhere"
        if self.rhs.startswith("is "):
            return f"{where}: {self.lhs} {self.rhs}"
        return f"{where}: left side {self.lhs}, right side {self.rhs}"


def shown(value: Coordinate) -> str:
    """A rational number as it is, an irrational one as a term with roots if that is short, else as a decimal.

    >>> shown(logic.App("sqrt", (logic.num(2),)))
    'sqrt(2)'
    """
    if isinstance(value, Fraction):
        return str(value)
    plain = str(value)
    return plain if len(plain) <= LONGEST else text(evaluate(value, {}))


def text(v: Value) -> str:
    """A rational number, or a decimal with its error."""
    return str(v) if isinstance(v, Fraction) else v.str(12, radius=True)


def counterexample_at(
    sequent: Sequent,
    values: Mapping[str, Coordinate],
    doubts: list[str] | None = None,
    *,
    by_proof: ByProof | None = None,
) -> Witness | None:
    """The witness these values are, or None; nothing is rounded.

    ``doubts`` collects why a point that looked like one does not count. Where only a proof can tell whether sides with
    irrational values are equal, the point is none unless ``by_proof`` finds one.
    """
    point = point_of(sequent, values)
    if point is None:
        return None
    undecided = False
    hypotheses, goal = _converted(sequent)
    try:
        for h in hypotheses:
            known = holds(h, point)
            if known is False:
                return None
            undecided = undecided or known is None
    except Undefined:
        return None
    except Undecided:
        undecided = True
    try:
        truth = None if undecided else holds(goal, point)
    except Undefined as reason:
        return agreed(sequent, values, "undefined", (str(sequent.goal), f"is undefined: {reason}"), doubts)
    except Undecided:
        truth = None
    if truth is False:
        return agreed(sequent, values, "violates", sides(sequent.goal, point), doubts)
    if truth or by_proof is None:
        return None
    return by_proof(sequent, {n: logic.num(v) if isinstance(v, Fraction) else v for n, v in values.items()}, doubts)


_latest: tuple[Sequent, tuple[Raw, ...], Raw] | None = None


def _converted(sequent: Sequent) -> tuple[tuple[Raw, ...], Raw]:
    """The hypotheses and the goal as they are evaluated; the same sequent is asked about at hundreds of points."""
    global _latest
    kept = _latest
    if kept is None or kept[0] is not sequent:
        _latest = kept = sequent, tuple(map(raw, sequent.hypotheses)), raw(sequent.goal)
    return kept[1], kept[2]


def point_of(sequent: Sequent, values: Mapping[str, Coordinate]) -> Point | None:
    """The values, irrational ones enclosed in balls; None where an integer is not whole."""
    table: dict[str, Value] = {}
    integers = sequent.integers
    for name, value in values.items():
        if isinstance(value, logic.Num):
            value = value.value
        table[name] = value if isinstance(value, Fraction) else evaluate(value, {})
        if name in integers and not (isinstance(table[name], Fraction) and table[name].denominator == 1):
            return None
    return Point(table, integers)


def proven(
    sequent: Sequent, values: Mapping[str, Coordinate], kind: Kind, doubts: list[str] | None = None
) -> Witness | None:
    """The witness that a point is for which the checker accepted a proof that the statement fails there.

    Neither evaluation may contradict it in the statement as it was written: the proof is about the statement with the
    values put in, where an exponent may have got another form.
    """
    point = point_of(sequent, values)
    if point is None:
        return None
    for h in sequent.hypotheses:
        try:
            if holds(h, point) is False:
                return None
        except Undefined:
            return None
        except Undecided:
            continue
    try:
        refused = holds(sequent.goal, point) is True or kind == "undefined"
        lhs, rhs = sides(sequent.goal, point)
    except Undefined as reason:
        refused = kind == "violates"
        lhs, rhs = str(sequent.goal), f"is undefined: {reason}"
    except Undecided:  # a divisor that is zero cannot be told from one that is small
        refused = False
        lhs, rhs = str(sequent.goal), "is undefined" if kind == "undefined" else "is false"
    return None if refused else agreed(sequent, values, kind, (lhs, rhs), doubts, proof=True)


def agreed(
    sequent: Sequent,
    values: Mapping[str, Coordinate],
    kind: Kind,
    said: tuple[str, str],
    doubts: list[str] | None = None,
    *,
    proof: bool = False,
) -> Witness | None:
    """The one place where a counterexample is accepted: the second evaluation has to find what the first did.

    Beside a ``proof``, equations that the second evaluation cannot decide need only hold to 60 digits.
    """
    spend(COST)
    exact = {name: v.value if isinstance(v, logic.Num) else v for name, v in values.items()}
    second = opinion(sequent, exact)
    wanted = "false" if kind == "violates" else "undefined"
    agree = second.counterexample and second.goal == wanted
    if agree or (proof and second.close and kind == "violates"):
        used = set().union(*map(logic.variables_of, (*sequent.hypotheses, sequent.goal)))
        return Witness({n: exact[n] for n, _ in sequent.variables if n in used}, kind, *said)
    if doubts is not None:
        doubts.append(_doubt(exact, wanted, second))
    return None


def _doubt(values: Mapping[str, Coordinate], wanted: str, second: Opinion) -> str:
    """Why a candidate does not count."""
    where = ", ".join(f"{name} = {shown(v)}" for name, v in values.items()) or "a statement without variables"
    bad = next((h for h in second.hypotheses if h != "true"), None)
    if "undefined" in (wanted, bad, second.goal):
        reason = f" ({second.why})" if second.why else ""
        return f"where terms have a value is in doubt at the candidate {where}{reason}; it does not count"
    found = f"an assumption is {bad}" if bad else f"the statement is {second.goal}"
    return f"the two evaluations of the candidate {where} differ: by the second {found}; it does not count"


def sides(goal: logic.Formula, point: Point) -> tuple[str, str]:
    """Both sides of a relation that fails inside the goal."""
    for r in logic.relations(goal):
        try:
            if isinstance(goal, Rel) or holds(r, point) is False:
                return text(evaluate(r.lhs, point)), text(evaluate(r.rhs, point))
        except (Undefined, Undecided):
            continue
    return str(goal), "is false"
