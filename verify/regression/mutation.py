"""Would a slip have been noticed? Systematic wrong versions of a claim, each judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.sequents import Goal, goal_of, term
from verify.claims.setting import Setting
from verify.claims.statement import MatrixIdentity, Minimiser, Monotone, Spatial
from verify.claims.to_sympy import symbols_in, to_sympy
from verify.claims.units import DimensionError, Units
from verify.counterexamples.matrix_points import refute_matrices
from verify.derivations.relations import Op, Relation
from verify.derivations.trace_polynomials import TracePolynomial
from verify.language import logic
from verify.language.rational_functions import identical
from verify.regression.mutants import Mutant, matrix_mutants, mutants
from verify.regression.trial import Trial, Variant, declared, facts_about, judge_variant, less_than, with_atoms
from verify.runtime.errors import BadInput, ensured, present

SHORTEST = 12  # subterms of a derived expression that is looked for: a shorter one would match almost anything


def mutate(claim: Claim, table: Mapping[str, Claim]) -> list[Variant]:
    """Every mutant of a claim; ``table`` has the claims that its proof cites."""
    if isinstance(claim.statement, MatrixIdentity):
        found = matrix_mutants(claim.statement.rhs)
        return [partial(judge_matrix_variant, claim, slip, wrong) for slip, wrong in found]
    if isinstance(claim.statement, Spatial):
        from verify.regression.spatial_trials import mutated

        return mutated(claim, claim.statement)
    goal = goal_of(claim)
    if goal.limit is not None:
        return limit_variants(claim, goal)
    facts = facts_about(claim, goal, table)
    return [partial(_judge, claim, goal, facts, m) for m in _claimed(claim, goal)]


def _judge(claim: Claim, goal: Goal, facts: Sequence[logic.Formula], m: Mutant) -> Trial:
    variant = logic.Sequent(goal.sequent.variables, goal.sequent.hypotheses, m.formula)
    wrong = Goal(variant, goal.definitions)
    trial = judge_variant(
        claim, m.slip, wrong.expanded(), with_atoms(wrong, facts), partial(less_than, goal, facts, m.formula)
    )
    mixed = mixed_units(m.formula, claim.setting) if trial.outcome == "open" else None
    return trial if mixed is None else Trial(claim.id, m.slip, "refuted", f"the units do not agree: {mixed}")


def _claimed(claim: Claim, goal: Goal) -> Iterator[Mutant]:
    """The mutants of what a claim says; what it speaks of, the same on both sides, is left alone."""
    s, stated = claim.statement, goal.sequent.goal
    if isinstance(s, Minimiser):
        place = logic.Rel("==", logic.Var(s.variable.name), term(s.argmin))
        for m in mutants(place, declared(goal), alike=claim.setting.alike):
            moved = ensured(m.formula, logic.Rel)
            if moved.op == "==" and moved.lhs == place.lhs:
                argmin = to_sympy(moved.rhs, symbols_in(claim.setting, claim.domain))
                wrong = replace(claim, statement=replace(s, argmin=argmin))
                yield Mutant(m.slip, goal_of(wrong).sequent.goal)
        return
    same = [(r.lhs, r.rhs) for r in logic.relations(stated)]
    of_one_function = isinstance(s, Monotone) or any(_one_step(r, goal) for r in logic.relations(stated))
    for m in mutants(stated, declared(goal), _derived(claim), claim.setting.alike):
        untouched = [(r.lhs, r.rhs) for r in logic.relations(m.formula)] == same
        if (untouched or not of_one_function) and not only_rewritten(m.formula, stated):
            yield m


def _one_step(r: logic.Rel, goal: Goal) -> bool:
    """Whether the sides are one function at n and at n + 1: what is claimed is the order, not the function."""
    for name, kind in goal.sequent.variables:
        if kind == "integer" and name in logic.variables_of(r.lhs):
            later = logic.substitute_term(r.lhs, {name: logic.add(logic.Var(name), logic.ONE)})
            if _equal(later, r.rhs):
                return True
    return False


def _equal(a: logic.Term, b: logic.Term) -> bool:
    try:
        return a == b or identical(a, b)
    except ZeroDivisionError:  # a mutant without a value anywhere
        return False


def only_rewritten(one: logic.Formula, other: logic.Formula) -> bool:
    """Whether two formulas differ only in how their terms are written, as after exchanging a and b in (a - b)^2."""
    if isinstance(one, logic.Rel) and isinstance(other, logic.Rel):
        sides = ((one.lhs, other.lhs), (one.rhs, other.rhs))
        return one.op == other.op and all(_equal(a, b) for a, b in sides)
    if isinstance(one, logic.Bool) and isinstance(other, logic.Bool):
        pairs = zip(one.args, other.args, strict=False)
        return one.op == other.op and len(one.args) == len(other.args) and all(only_rewritten(*p) for p in pairs)
    return False


def mixed_units(f: logic.Formula, setting: Setting) -> str | None:
    """What the unit check, which every claim has to pass, says against a formula."""
    units, symbols = Units(setting), symbols_in(setting)
    try:
        for r in logic.relations(f):
            op = cast(Op, r.op)  # a Rel has one of the six; its field is text because it is read from files
            units.check(Relation(to_sympy(r.lhs, symbols), op, to_sympy(r.rhs, symbols)))
    except DimensionError as error:
        return str(error)
    except (LookupError, BadInput):  # a name without a unit, which no unit check can judge
        return None
    return None


def _derived(claim: Claim) -> frozenset[logic.Term]:
    """The derived expressions a statement may contain, with the claim's fixed parameters put in.

    So are the terms of a derived sum, and the sides of a derived quotient, which may be part of another one.
    """
    values = [e.value for e in claim.setting.named.values() if e.symbol is None]
    values += [d.scalar for d in claim.derivations if not isinstance(d.result, TracePolynomial)]
    values = [v.xreplace(claim.fixed) for v in values]
    parts = {part for v in values for part in (v, *sp.Add.make_args(v), *sp.fraction(v))}
    terms = {term(part) for part in parts}
    return frozenset(t for t in terms if sum(1 for _ in logic.subterms(t)) >= SHORTEST)


def judge_matrix_variant(claim: Claim, slip: str, wrong: TracePolynomial) -> Trial:
    """A wrong polynomial in matrices differs from the definitions at small dimensions and rational matrices."""
    identity = ensured(claim.statement, MatrixIdentity)
    if identity.lhs == wrong:
        return Trial(claim.id, slip, "proved")
    found = refute_matrices(replace(claim, statement=replace(identity, rhs=wrong))).witness
    return Trial(claim.id, slip, "open") if found is None else Trial(claim.id, slip, "refuted", str(found))


def limit_variants(claim: Claim, goal: Goal) -> list[Variant]:
    """A wrong limit differs from the right value somewhere in the domain; the right value is the claim's."""
    _, variable, _, value = present(goal.limit)
    sequent = goal.expanded()
    # The value does not depend on the variable of the limit, nor on what is assumed of it.
    hypotheses = tuple(h for h in sequent.hypotheses if variable not in logic.variables_of(h))
    theta, out = goal.meanings, list[Variant]()
    for m in mutants(logic.Rel("==", value, value), declared(goal), alike=claim.setting.alike):
        if ensured(m.formula, logic.Rel).lhs != value:
            continue  # one side is enough
        said = logic.substitute(m.formula, theta)
        variables, known = sequent.variables, hypotheses
        if variable in logic.variables_of(said):  # a limit that depends on its variable is wrong wherever it differs
            variables = (*(v for v in variables if v[0] != variable), (variable, "real"))
            known = (*hypotheses, logic.Rel(">=", logic.Var(variable), logic.ONE))
        wrong = logic.Sequent(variables, known, said)
        out.append(partial(judge_variant, claim, f"limit: {m.slip}", wrong))
    return out
