"""What a statement is made of, as the lock keeps it, and which of two statements follows from the other.

The skeleton of a statement is all of it but the terms: its kind, its connectives and relations with their directions
and strictness, its variables and their kinds, its hypotheses, and the named quantities that it speaks of. Two
statements with one skeleton differ in terms only, and terms are compared as functions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.sequents import goal_of
from verify.claims.statement import Limit, MatrixIdentity, Minimiser, Monotone, Spatial
from verify.derivations.trace_polynomials import TracePolynomial
from verify.language import logic
from verify.language.rational_functions import ZeroDenominator, identical
from verify.language.verdict import Verdict
from verify.prover.api import prove
from verify.prover.outcome import EmptyDomain
from verify.runtime.budget import SECOND
from verify.runtime.defects import defect
from verify.runtime.errors import BadInput
from verify.typesetting.plain_text import kind_of

WORK = 2 * SECOND  # for one question to the prover; what it does not answer is said to be open
SPATIAL = "statement about vectors"
LISTS = ("structure", "variables", "given", "quantities", "where")


# ---------------------------------------------------------------- of a claim


def skeleton(claim: Claim) -> dict[str, Any]:
    """What the lock keeps of a claim's statement besides its text and its values; all of it can be read back.

    ``structure``: what the kind of statement says besides its formula. ``formula``: the formula, for a limit the
    equation of its sides, empty for an identity of matrices. ``given``: the hypotheses, of both points for a
    monotone claim. ``quantities``: the named quantities in these. ``where``: their definitions.
    """
    structure = [kind_of(claim), *([] if claim.expected else ["false, to be refuted"]), *_structure(claim)]
    if isinstance(claim.statement, MatrixIdentity):
        return {"structure": structure, "formula": "", "variables": [], "given": [], "quantities": [], "where": []}
    if isinstance(claim.statement, Spatial):
        from verify.regression.spatial_skeleton import parts

        return {"structure": structure, **parts(claim.statement)}
    goal = goal_of(claim)
    variables, formula = list(goal.sequent.variables), goal.sequent.goal
    if goal.limit is not None:
        formula = logic.Rel("==", goal.limit[0], goal.limit[3])
        variables.append((goal.limit[1], "real"))
    said = logic.variables_of(formula).union(*map(logic.variables_of, goal.hypotheses))
    return {
        "structure": structure,
        "formula": str(formula),
        "variables": [name if kind == "real" else f"{name} {kind}" for name, kind in variables],
        "given": [str(h) for h in goal.hypotheses],
        "quantities": [name for name, _ in goal.definitions if name in said],
        "where": [f"{name} == {logic.show(value)}" for name, value in goal.definitions],
    }


def _structure(claim: Claim) -> list[str]:
    s = claim.statement
    if isinstance(s, MatrixIdentity):
        letters = {**s.lhs.letters, **s.rhs.letters}
        shapes = [
            f"{name}: {a.rows} x {a.cols}{', symmetric' if a.symmetric else ''}" for name, a in sorted(letters.items())
        ]
        sides = [f"{side} {_digest(p)}" for side, p in (("left side", s.lhs), ("right side", s.rhs))]
        return [f"{s.name}: {s.lhs.rows} x {s.lhs.cols}", *shapes, *sides]
    if isinstance(s, Limit):
        return [f"as {s.variable} -> {'infinity' if s.to == sp.oo else f'{s.to} from above'}"]
    if isinstance(s, Monotone):
        return [f"{'strictly ' if s.strict else ''}{s.direction} in {s.variable}"]
    if isinstance(s, Minimiser):
        unique = "nowhere" if s.unique_if is None else str(s.unique_if)
        return [
            f"over {s.variable}",
            f"uniquely {unique}",
            "without its value" if s.value is None else "with its value",
        ]
    return []


def _digest(p: TracePolynomial) -> str:
    """A digest of a polynomial in matrices that does not depend on how its coefficients are written."""
    terms = [
        (sp.srepr(sp.cancel(coefficient)), [[str(a) for a in loop] for loop in m.traces], [str(a) for a in m.word])
        for m, coefficient in p.terms.items()
    ]
    return hashlib.sha256(repr(sorted(terms)).encode()).hexdigest()[:16]


# ---------------------------------------------------------------- read back


@dataclass(frozen=True)
class Stated:
    """A statement read back from an entry of the lock."""

    structure: tuple[str, ...]
    sequent: logic.Sequent
    meanings: Mapping[str, logic.Term]

    @cached_property
    def own_sides(self) -> list[logic.Term]:
        """Both sides of every relation, in order."""
        return [side for r in logic.relations(self.sequent.goal) for side in (r.lhs, r.rhs)]

    @cached_property
    def sides(self) -> list[logic.Term]:
        """The same in the parameters alone."""
        return [self.expanded(side) for side in self.own_sides]

    @cached_property
    def hypotheses(self) -> tuple[logic.Formula, ...]:
        """The hypotheses in the parameters alone."""
        return tuple(logic.substitute(h, self.meanings) for h in self.sequent.hypotheses)

    def expanded(self, side: logic.Term) -> logic.Term:
        return logic.substitute_term(side, self.meanings)


def stated(entry: Mapping[str, Any]) -> Stated | None:
    """The statement of an entry; None where it is not about numbers, and for a text that is not read."""
    from verify.language.parser import parse_statement

    if not entry["formula"] or SPATIAL in entry["structure"]:
        return None
    try:
        kinds: list[tuple[str, logic.Kind]] = []
        for text in entry["variables"]:
            name, _, integer = text.partition(" ")
            kinds.append((name, "integer" if integer else "real"))
        given = tuple(parse_statement(h) for h in entry["given"])
        theta: dict[str, logic.Term] = {}
        for text in entry["where"]:
            definition = parse_statement(text)
            if not isinstance(definition, logic.Rel) or not isinstance(definition.lhs, logic.Var):
                return None
            theta[definition.lhs.name] = logic.substitute_term(definition.rhs, theta)
        sequent = logic.Sequent(tuple(kinds), given, parse_statement(entry["formula"]))
    except BadInput:
        return None
    return Stated(tuple(entry["structure"]), sequent, theta)


def shape(f: logic.Formula) -> Any:
    """A formula without its terms.

    >>> from verify.language.parser import parse_statement
    >>> shape(parse_statement("x < 1 iff not y == 2"))
    ('iff', '<', ('not', '=='))
    """
    return f.op if isinstance(f, logic.Rel) else (f.op, *map(shape, f.args))


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What differs between the skeletons of two entries, but for their hypotheses; a sentence each."""
    out = []
    if before["structure"] != after["structure"]:
        gone = [t for t in before["structure"] if t not in after["structure"]]
        new = [t for t in after["structure"] if t not in before["structure"]]
        out.append(f"{'; '.join(gone) or 'nothing'} before, {'; '.join(new) or 'nothing'} now")
    if sorted(before["quantities"]) != sorted(after["quantities"]):
        names = [", ".join(sorted(entry["quantities"])) or "no named quantity" for entry in (before, after)]
        out.append(f"it spoke of {names[0]}, and speaks of {names[1]}")
    if before["formula"] != after["formula"]:
        one, other = stated(before), stated(after)
        if one is None or other is None:
            out.append("the two formulas can't be compared")
        elif shape(one.sequent.goal) != shape(other.sequent.goal):
            out.append("its relations or connectives are others")
    return out


def same_function(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the sides of two statements with one skeleton are equal on the whole domain, as far as that is proved."""
    one, other = stated(before), stated(after)
    if one is None or other is None or len(one.sides) != len(other.sides):
        return bool(before["formula"] == after["formula"])
    pairs = list(zip(one.sides, other.sides, strict=True))
    return all(_identical(a, b) or _holds(other, logic.Rel("==", a, b)) is True for a, b in pairs)


# ---------------------------------------------------------------- which follows from which


def relation(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """How the statement of one entry stands to that of an older one.

    "weaker": it follows, and the old one does not follow from it; "stronger": the other way round; "equivalent": both;
    "different": neither; "changed": not known. A statement follows from another if its domain lies in the other's and
    its formula follows from the other's for whatever its sides are, given which of two sides is larger on the domain:
    that both are true theorems makes neither follow from the other.
    """
    one, other = stated(before), stated(after)
    if one is None or other is None or not _comparable(one, other):
        return "changed"
    match follows(other, one), follows(one, other):
        case True, True:
            return "equivalent"
        case True, False:
            return "weaker"
        case False, True:
            return "stronger"
        case False, False:
            return "different"
    return "changed"


def _comparable(one: Stated, other: Stated) -> bool:
    """Whether the formulas say all that the statements say: not for limits, nor for one that is to be refuted."""
    return not {"limit", "false, to be refuted"} & {*one.structure, *other.structure}


def follows(conclusion: Stated, premise: Stated) -> bool | None:
    """Whether one statement follows from another; None where that is not known."""
    kinds = dict(conclusion.sequent.variables)
    if any(kind == "integer" and kinds.get(name, "real") != "integer" for name, kind in premise.sequent.variables):
        if any(name in kinds for name, kind in premise.sequent.variables if kind == "integer" != kinds.get(name)):
            return False  # it says something of numbers that are not whole
        return None
    inside = [True if h in conclusion.hypotheses else _holds(conclusion, h) for h in premise.hypotheses]
    if False in inside:
        return False
    formula = _formula_follows(conclusion, premise)
    return None if None in inside and formula is True else formula


def _formula_follows(conclusion: Stated, premise: Stated) -> bool | None:
    """Whether one formula follows from the other with unknown numbers for their sides.

    Sides of the two that are one function are one number; two sides of one formula are, only if they are one text:
    otherwise every identity that is true would follow from everything.
    """
    if any(r.lhs == r.rhs for s in (premise, conclusion) for r in logic.relations(s.sequent.goal)):
        return None  # as unknown numbers its sides would make it true, or false, without any reason
    names: dict[logic.Term, logic.Term] = {}
    for side in premise.own_sides:
        names.setdefault(side, side if isinstance(side, logic.Num) else logic.Var(f"s_{len(names)}"))
    known = list(names)
    alike = shape(premise.sequent.goal) == shape(conclusion.sequent.goal)
    opposite = premise.own_sides if alike else []
    facts: list[logic.Formula] = []
    for i, side in enumerate(conclusion.own_sides):
        if side in names:
            continue
        value = conclusion.expanded(side)
        same = next((k for k in [*opposite[i : i + 1], *known] if _identical(premise.expanded(k), value)), None)
        if same is not None:
            names[side] = names[same]
            continue
        names[side] = side if isinstance(side, logic.Num) else logic.Var(f"s_{len(names)}")
        if alike:
            facts += _order(conclusion, (premise.expanded(opposite[i]), names[opposite[i]]), (value, names[side]))
    given, wanted = (_opaque(s.sequent.goal, names) for s in (premise, conclusion))
    variables: list[tuple[str, logic.Kind]] = [(str(n), "real") for n in names.values() if isinstance(n, logic.Var)]
    return _decided(logic.Sequent(tuple(dict.fromkeys(variables)), (*facts, given), wanted))


def _opaque(f: logic.Formula, names: Mapping[logic.Term, logic.Term]) -> logic.Formula:
    if isinstance(f, logic.Rel):
        return logic.Rel(f.op, names[f.lhs], names[f.rhs])
    return logic.Bool(f.op, tuple(_opaque(a, names) for a in f.args))


def _order(
    where: Stated, one: tuple[logic.Term, logic.Term], other: tuple[logic.Term, logic.Term]
) -> Iterator[logic.Formula]:
    """Which of two sides is never the larger one, where that is proved; each comes with its name."""
    for left, right in ((one, other), (other, one)):
        if _holds(where, logic.Rel("<=", left[0], right[0])) is True:
            yield logic.Rel("<=", left[1], right[1])


def _holds(where: Stated, f: logic.Formula) -> bool | None:
    """Whether a formula holds on the domain of a statement."""
    names = logic.variables_of(f).union(*map(logic.variables_of, where.hypotheses))
    kinds = {name: kind for name, kind in where.sequent.variables if name not in where.meanings}
    variables = tuple((name, kinds.get(name, "real")) for name in dict.fromkeys([*kinds, *sorted(names)]))
    return _decided(logic.Sequent(variables, where.hypotheses, f))


def _decided(sequent: logic.Sequent) -> bool | None:
    try:
        found = prove(sequent, work=WORK)
    except EmptyDomain:
        return True
    except Exception as error:  # costs this question its answer
        defect("comparing two statements", error)
        return None
    return {Verdict.PROVED: True, Verdict.REFUTED: False}.get(found.verdict)


def _identical(a: logic.Term, b: logic.Term) -> bool:
    try:
        return a == b or identical(a, b)
    except (ZeroDenominator, ArithmeticError):
        return False
