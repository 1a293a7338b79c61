"""Trials: many variants of a claim, each refuted with a witness, proved, or left open.

Two questions use them: would the checks have noticed a slip (``mutate``), and is every hypothesis needed
(``hypotheses``).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from typing import Literal

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.domain import Domain
from verify.claims.hints import citations
from verify.claims.sequents import Goal, formula, goal_of, term
from verify.claims.setting import Setting
from verify.claims.statement import Limit, MatrixIdentity, Minimiser, Monotone
from verify.claims.to_sympy import symbols_in, to_sympy
from verify.claims.units import DimensionError, Units
from verify.counterexamples.matrix_points import refute_matrices
from verify.counterexamples.refute import refute
from verify.counterexamples.witness import Witness, counterexample_at
from verify.derivations.expectation import dimension as d
from verify.derivations.explicit import evaluate
from verify.derivations.relations import Relation
from verify.derivations.trace_polynomials import TracePolynomial
from verify.evidence.verdict import Verdict
from verify.kernel.checker import Refused
from verify.language import logic
from verify.language.errors import BadInput, ensured, present
from verify.language.rational_functions import identical
from verify.prover import prove
from verify.prover.outcome import EmptyDomain
from verify.prover.scripts.library import Library, NoProof
from verify.regression.mutants import Mutant, matrix_mutants, mutants
from verify.runtime import processes
from verify.runtime.budget import SECOND, Budget, Stopped

REFUTE_WORK = 10 * SECOND
PROVE_WORK = 3 * SECOND
LONG = 30  # parts of a term that is worth a name
Outcome = Literal["refuted", "proved", "open"]
Kind = Literal["mutate", "hypotheses"]


@dataclass(frozen=True)
class Trial:
    """One variant of a claim: what was changed, what became of it, and the witness if it was refuted."""

    claim: str
    change: str
    outcome: Outcome
    witness: str = ""

    def to_json(self) -> dict[str, str]:
        return {"change": self.change, "outcome": self.outcome, "witness": self.witness}


def judge(claim: Claim, change: str, sequent: logic.Sequent, folded: logic.Sequent | None = None) -> Trial:
    """Refute a variant of a claim, or else prove it: then it says no more than the truth.

    ``folded`` implies the variant, and is easier to prove: atoms in place of their definitions.
    """
    witness = at_special_points(sequent, claim.setting) or _refuted(sequent, effort=1)
    if witness is None and _proved(folded or sequent):
        return Trial(claim.id, change, "proved")
    witness = witness or _refuted(sequent, effort=2)
    if witness is not None:
        return Trial(claim.id, change, "refuted", _short(witness))
    return Trial(claim.id, change, "proved" if folded is not None and _proved(sequent) else "open")


def at_special_points(sequent: logic.Sequent, setting: Setting) -> Witness | None:
    """A counterexample where two sides of the theory's relations are equal: at a threshold, for one task, ..."""
    for values in setting.points.special_points():
        if all(name in values for name, _ in sequent.variables):
            point = {name: values[name] for name, _ in sequent.variables}
            found = counterexample_at(sequent, point)
            if found is not None:
                return found
    return None


def _short(witness: Witness) -> str:
    """The witness with both sides; where the statement is undefined, without repeating it."""
    if witness.kind == "violates":
        return str(witness)
    values = ", ".join(f"{k} = {v}" for k, v in witness.shown.items())
    return f"{values}: the statement {witness.rhs}"


def _refuted(sequent: logic.Sequent, effort: int) -> Witness | None:
    with contextlib.suppress(Stopped), Budget(REFUTE_WORK).running():
        return refute(sequent, effort=effort)
    return None


def _proved(sequent: logic.Sequent) -> bool:
    try:
        return prove(sequent, work=PROVE_WORK).verdict is Verdict.PROVED
    except EmptyDomain:
        return False


def facts_about(claim: Claim, goal: Goal, table: Mapping[str, Claim]) -> list[logic.Formula]:
    """What a variant of a claim may use: the claim itself, so that what follows from it is true, and what it cites.

    A cited claim counts only if all its hypotheses are among the claim's own, and if it is about the same atoms.
    """
    facts = [goal.sequent.goal]
    for name in citations(claim.proof):
        cited = goal_of(table[name])
        about_this = logic.variables_of(cited.sequent.goal) <= _declared(goal)
        if cited.limit is None and about_this and set(cited.hypotheses) <= set(goal.hypotheses):
            facts.append(cited.sequent.goal)
    return facts


def folded(goal: Goal, facts: Sequence[logic.Formula]) -> logic.Sequent:
    """A statement that implies the goal: its atoms are free, and known only by some facts."""
    facts, (stated,), named = _abstracted(facts, [goal.sequent.goal])
    known = {x for f in (*goal.hypotheses, *facts, stated) for x in logic.variables_of(f)}
    variables = (*goal.sequent.variables, *((name, "real") for name in named))
    return logic.Sequent(
        tuple((name, kind) for name, kind in variables if name in known), (*goal.hypotheses, *facts), stated
    )


def _abstracted(
    facts: Sequence[logic.Formula], goals: Sequence[logic.Formula]
) -> tuple[list[logic.Formula], list[logic.Formula], list[str]]:
    """Facts and goals with a name for every long quotient that occurs in both: it may be any number then."""
    shared = _quotients(facts) & _quotients(goals)
    facts, goals, named = list(facts), list(goals), []
    for t in sorted(shared, key=lambda t: (-sum(1 for _ in logic.subterms(t)), str(t))):
        name = f"quantity_{len(named) + 1}"
        if t in _quotients(facts) & _quotients(goals):  # not inside one that has a name by now
            facts, goals = ([_with_name(f, t, name) for f in formulas] for formulas in (facts, goals))
            named.append(name)
    return facts, goals, named


def _quotients(formulas: Sequence[logic.Formula]) -> set[logic.Term]:
    terms = {t for f in formulas for r in logic.relations(f) for side in (r.lhs, r.rhs) for t in logic.subterms(side)}
    long = (t for t in terms if isinstance(t, logic.App) and t.op == "/")
    return {t for t in long if sum(1 for _ in logic.subterms(t)) >= LONG}


def _with_name(x: logic.Formula, t: logic.Term, name: str) -> logic.Formula:
    def walk(u: logic.Term) -> logic.Term:
        if u == t:
            return logic.Var(name)
        return logic.App(u.op, tuple(map(walk, u.args))) if isinstance(u, logic.App) else u

    if isinstance(x, logic.Rel):
        return logic.Rel(x.op, walk(x.lhs), walk(x.rhs))
    return logic.Bool(x.op, tuple(_with_name(a, t, name) for a in x.args))


# ---------------------------------------------------------------- mutants


def mutate(claim: Claim, table: Mapping[str, Claim]) -> list[Trial]:
    """Every mutant of a claim, judged; ``table`` has the claims that its proof cites."""
    if isinstance(claim.statement, MatrixIdentity):
        return [_judge_matrix(claim, slip, wrong) for slip, wrong in matrix_mutants(claim.statement.rhs)]
    goal = goal_of(claim)
    if goal.limit is not None:
        return _limit_mutants(claim, goal)
    facts, out = facts_about(claim, goal, table), list[Trial]()
    for m in _claimed(claim, goal):
        variant = logic.Sequent(goal.sequent.variables, goal.sequent.hypotheses, m.formula)
        wrong = Goal(variant, goal.definitions)
        trial = judge(claim, m.slip, wrong.expanded(), folded(wrong, facts))
        mixed = mixed_units(m.formula, claim.setting) if trial.outcome == "open" else None
        out.append(trial if mixed is None else Trial(claim.id, m.slip, "refuted", f"the units do not agree: {mixed}"))
    return out


def _claimed(claim: Claim, goal: Goal) -> Iterator[Mutant]:
    """The mutants of what a claim says; what it speaks of, the same on both sides, is left alone."""
    s, stated = claim.statement, goal.sequent.goal
    if isinstance(s, Minimiser):
        place = logic.Rel("==", logic.Var(s.variable.name), term(s.argmin))
        for m in mutants(place, _declared(goal), alike=claim.setting.alike):
            ensured(m.formula, logic.Rel)
            if m.formula.op == "==" and m.formula.lhs == place.lhs:
                wrong = replace(
                    claim, statement=replace(s, argmin=to_sympy(m.formula.rhs, symbols_in(claim.setting, claim.domain)))
                )
                yield Mutant(m.slip, goal_of(wrong).sequent.goal)
        return
    same = [(r.lhs, r.rhs) for r in logic.relations(stated)]
    of_one_function = isinstance(s, Monotone) or any(_one_step(r, goal) for r in logic.relations(stated))
    for m in mutants(stated, _declared(goal), _derived(claim), claim.setting.alike):
        untouched = [(r.lhs, r.rhs) for r in logic.relations(m.formula)] == same
        if (untouched or not of_one_function) and not same_function(m.formula, stated):
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


def same_function(one: logic.Formula, other: logic.Formula) -> bool:
    """Whether two formulas differ only in how their terms are written, as after exchanging a and b in (a - b)^2."""
    if isinstance(one, logic.Rel) and isinstance(other, logic.Rel):
        sides = ((one.lhs, other.lhs), (one.rhs, other.rhs))
        return one.op == other.op and all(_equal(a, b) for a, b in sides)
    if isinstance(one, logic.Bool) and isinstance(other, logic.Bool):
        pairs = zip(one.args, other.args, strict=False)
        return one.op == other.op and len(one.args) == len(other.args) and all(same_function(*p) for p in pairs)
    return False


def mixed_units(f: logic.Formula, setting: Setting) -> str | None:
    """What the unit check, which every claim has to pass, says against a formula."""
    units, symbols = Units(setting), symbols_in(setting)
    try:
        for r in logic.relations(f):
            units.check(Relation(to_sympy(r.lhs, symbols), r.op, to_sympy(r.rhs, symbols)))
    except DimensionError as error:
        return str(error)
    except (LookupError, BadInput):  # a name without a unit, which no unit check can judge
        return None
    return None


def _derived(claim: Claim) -> frozenset[logic.Term]:
    """The derived expressions a statement may contain, with the claim's fixed parameters put in."""
    values = [e.value for e in claim.setting.named.values() if e.symbol is None]
    values += [d.scalar for d in claim.derivations if not isinstance(d.result, TracePolynomial)]
    terms = {term(v.xreplace(claim.fixed)) for v in values}
    # A short expression would match almost anything that looks like it.
    return frozenset(t for t in terms if sum(1 for _ in logic.subterms(t)) >= 12)


def _declared(goal: Goal) -> frozenset[str]:
    return frozenset(name for name, _ in goal.sequent.variables)


def _judge_matrix(claim: Claim, slip: str, wrong: TracePolynomial) -> Trial:
    """A wrong polynomial in matrices differs from the definitions at small dimensions and rational matrices."""
    ensured(claim.statement, MatrixIdentity)
    if claim.statement.lhs == wrong:
        return Trial(claim.id, slip, "proved")
    found = refute_matrices(replace(claim, statement=replace(claim.statement, rhs=wrong))).witness
    return Trial(claim.id, slip, "open") if found is None else Trial(claim.id, slip, "refuted", str(found))


def explicit_value(poly: TracePolynomial, setting: Setting) -> str:
    """A trace polynomial at the explicit matrices, as text."""
    matrices, numbers = _explicit(poly, setting)
    return str(evaluate(poly, matrices, numbers).tolist())


def _explicit(poly: TracePolynomial, setting: Setting) -> tuple[dict[str, sp.Matrix], dict[sp.Symbol, sp.Expr]]:
    """A rational matrix for every letter with d = 2, symmetric where the letter is, and a value for every scalar."""
    matrices = {"Sigma": sp.Matrix([[2, 1], [1, 3]])}
    for i, (name, letter) in enumerate(sorted(poly.letters.items())):
        cols = 2 if letter.cols == d else 1
        entries = [[sp.Rational(3 * i + 5 * r + 7 * (c + 1) * (r + 2), 4 + i) for c in range(cols)] for r in range(2)]
        M = sp.Matrix(entries)
        matrices.setdefault(name, (M + M.T) / 2 if letter.symmetric else M)
    scalars = {q.symbol for q in setting.vocabulary.values()}.union(*(k.free_symbols for k in poly.terms.values()))
    numbers = {s: sp.Integer(3) if s.is_integer else sp.Rational(1, 3) for s in scalars}
    numbers[d] = sp.Integer(2)
    return matrices, numbers


def _limit_mutants(claim: Claim, goal: Goal) -> list[Trial]:
    """A wrong limit differs from the right value somewhere in the domain; the right value is the claim's."""
    present(goal.limit)
    variable, value = goal.limit[1], goal.limit[3]
    sequent = goal.expanded()
    # The value does not depend on the variable of the limit, nor on what is assumed of it.
    hypotheses = tuple(h for h in sequent.hypotheses if variable not in logic.variables_of(h))
    theta, out = goal.meanings, []
    for m in mutants(logic.Rel("==", value, value), _declared(goal), alike=claim.setting.alike):
        ensured(m.formula, logic.Rel)
        if m.formula.lhs != value:
            continue  # one side is enough
        said = logic.substitute(m.formula, theta)
        variables, known = sequent.variables, hypotheses
        if variable in logic.variables_of(said):  # a limit that depends on its variable is wrong wherever it differs
            variables = (*(v for v in variables if v[0] != variable), (variable, "real"))
            known = (*hypotheses, logic.Rel(">=", logic.Var(variable), logic.ONE))
        wrong = logic.Sequent(variables, known, said)
        out.append(judge(claim, f"limit: {m.slip}", wrong))
    return out


# ---------------------------------------------------------------- hypotheses


def hypotheses(claim: Claim, table: Mapping[str, Claim]) -> list[Trial]:
    """Each hypothesis dropped in turn: refuted means that it is needed, proved that it is not."""
    if isinstance(claim.statement, (MatrixIdentity, Limit)):
        return []
    goal = goal_of(claim)
    definitions = goal.sequent.hypotheses[: len(goal.definitions)]
    own = goal.sequent.hypotheses[len(goal.definitions) :]
    out = []
    for i, hypothesis in enumerate(own):
        kept = (*definitions, *own[:i], *own[i + 1 :])
        variant = Goal(logic.Sequent(goal.sequent.variables, kept, goal.sequent.goal), goal.definitions)
        trial = judge(claim, str(hypothesis), variant.expanded())
        if trial.outcome == "open" and _proved_without(claim, str(hypothesis), table):
            trial = Trial(claim.id, str(hypothesis), "proved")
        out.append(trial)
    return out


def _proved_without(claim: Claim, hypothesis: str, table: Mapping[str, Claim]) -> bool:
    """Whether the claim's own proof goes through when one hypothesis is dropped from its domain."""
    bounds = []
    for b in claim.domain.bounds:
        lower = replace(b, upper=None).relations()
        upper = replace(b, lower=None).relations()
        bounds.append(
            replace(
                b,
                lower=None if hypothesis in map(str, map(formula, lower)) else b.lower,
                upper=None if hypothesis in map(str, map(formula, upper)) else b.upper,
            )
        )
    extra = tuple(f for f in claim.domain.extra if str(formula(f)) != hypothesis)
    wider = replace(claim, domain=Domain(tuple(bounds), extra))
    if wider.domain == claim.domain:
        return False
    try:
        Library(table).prove(wider)
    except (NoProof, Refused):
        return False
    return True


# ---------------------------------------------------------------- running


_shared: list[Mapping[str, Claim]] = []  # what forked workers look claims up in


def run(
    claims: Sequence[Claim], kind: Kind, workers: int, table: Mapping[str, Claim]
) -> Iterator[tuple[Claim, list[Trial]]]:
    """Trials of several claims, as they are done; ``table`` has them and what their proofs cite."""
    if workers == 1 or len(claims) == 1:
        for claim in claims:
            yield claim, KINDS[kind](claim, table)
        return
    _shared.append(table)
    try:
        with processes.pool(workers) as pool:
            futures = {pool.submit(_by_id, kind, c.id): c for c in claims}
            for future in as_completed(futures):
                yield futures[future], future.result()
    finally:
        _shared.pop()


def _by_id(kind: Kind, claim: str) -> list[Trial]:
    table = _shared[-1]
    return KINDS[kind](table[claim], table)


KINDS: dict[Kind, Callable[[Claim, Mapping[str, Claim]], list[Trial]]] = {"mutate": mutate, "hypotheses": hypotheses}
