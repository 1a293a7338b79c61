"""From the theory's SymPy formulas to the language of the provers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp

from verify.claims.claim import Claim, Problem
from verify.claims.statement import Limit
from verify.derivations.relations import Connective
from verify.derivations.relations import Formula as TheoryFormula
from verify.derivations.relations import Relation as TheoryRelation
from verify.language import logic
from verify.language.json_form import to_json


@dataclass(frozen=True)
class Goal:
    """A claim in the language of the provers.

    ``sequent`` has the definitions among its hypotheses, as equations ``atom == value``; ``definitions`` lists them
    again in order. For a limit, ``limit`` is (expression, variable, "oo" or "0+", value) and the goal is true.
    """

    sequent: logic.Sequent
    definitions: tuple[tuple[str, logic.Term], ...]
    limit: tuple[logic.Term, str, str, logic.Term] | None = None

    def expanded(self) -> logic.Sequent:
        """The sequent in the parameters alone: every atom replaced by its definition."""
        theta = self.meanings
        hypotheses = tuple(logic.substitute(h, theta) for h in self.hypotheses)
        variables = tuple((n, k) for n, k in self.sequent.variables if n not in theta)
        return logic.Sequent(variables, hypotheses, logic.substitute(self.sequent.goal, theta))

    @property
    def meanings(self) -> dict[str, logic.Term]:
        """Every defined atom in the parameters alone."""
        theta: dict[str, logic.Term] = {}
        for name, value in self.definitions:
            theta[name] = logic.substitute_term(value, theta)
        return theta

    @property
    def hypotheses(self) -> tuple[logic.Formula, ...]:
        """The hypotheses without the definitions."""
        equations = {logic.Rel("==", logic.Var(name), value) for name, value in self.definitions}
        return tuple(h for h in self.sequent.hypotheses if h not in equations)


def goal_of(claim: Claim) -> Goal:
    """The claim's problem in the language of the provers; ``ValueError`` if it is not about numbers."""
    return from_problem(claim.problem())


def from_problem(problem: Problem) -> Goal:
    names = [(s.name, kind(s)) for s in problem.symbols] + [(s.name, kind(s)) for s, _ in problem.definitions]
    definitions = tuple((s.name, term(value)) for s, value in problem.definitions)
    equations = tuple(logic.Rel("==", logic.Var(name), value) for name, value in definitions)
    hypotheses = equations + tuple(formula(h) for h in problem.hypotheses)
    if problem.limit is not None:
        return Goal(logic.Sequent(tuple(names), hypotheses, logic.TRUE), definitions, _limit(problem.limit))
    if problem.goal is None:
        raise ValueError("the problem has neither a goal nor a limit")
    return Goal(logic.Sequent(tuple(names), hypotheses, formula(problem.goal)), definitions)


def _limit(limit: Limit) -> tuple[logic.Term, str, str, logic.Term]:
    to = {sp.oo: "oo", sp.Integer(0): "0+"}.get(limit.to)
    if to is None:
        raise ValueError(f"a limit as {limit.variable} tends to {limit.to} has no form in the language")
    return term(limit.expression), limit.variable.name, to, term(limit.value)


def kind(symbol: sp.Symbol) -> logic.Kind:
    return "integer" if symbol.is_integer else "real"


def formula(f: TheoryFormula) -> logic.Formula:
    if isinstance(f, TheoryRelation):
        return logic.Rel(f.op, term(f.lhs), term(f.rhs))
    if not isinstance(f, Connective):
        raise TypeError(f"{f!r} is not a formula")
    return logic.Bool(f.op, tuple(formula(a) for a in f.args))


_FUNCTIONS = {sp.exp: "exp", sp.log: "log", sp.Abs: "abs", sp.Min: "min", sp.Max: "max"}


def term(e: sp.Expr) -> logic.Term:
    """A SymPy expression as a term; ``TypeError`` for floats and for functions that the language does not have."""
    if isinstance(e, sp.Symbol):
        return logic.Var(e.name)
    if isinstance(e, sp.Rational):
        return logic.num(Fraction(int(e.p), int(e.q)))
    if isinstance(e, sp.Add):
        # Positive terms first: 1 - alpha rho reads better than -alpha rho + 1.
        ordered = sorted(e.as_ordered_terms(), key=lambda a: bool(a.as_coeff_Mul()[0] < 0))
        return logic.add(*(term(a) for a in ordered))
    if isinstance(e, sp.Mul):
        return _product(e)
    if isinstance(e, sp.Pow):
        if e.exp == sp.Rational(1, 2):
            return logic.App("sqrt", (term(e.base),))
        if e.exp == sp.Rational(-1, 2):
            return logic.div(logic.ONE, logic.App("sqrt", (term(e.base),)))
        if e.exp.is_Integer and e.exp < 0:
            return logic.div(logic.ONE, term(e.base ** (-e.exp)))
        return logic.power(term(e.base), term(e.exp))
    if e is sp.E:  # what SymPy makes of exp(1)
        return logic.App("exp", (logic.ONE,))
    name = _FUNCTIONS.get(type(e))
    if name is not None:
        return logic.App(name, tuple(term(a) for a in e.args))
    raise TypeError(
        f"{e} ({type(e).__name__}) is not a term of the language: rationals, + - * / ^ and {logic.FUNCTIONS}"
    )


def _product(e: sp.Expr) -> logic.Term:
    number, rest = e.as_coeff_Mul()
    if number < 0:
        return logic.neg(_product(-e)) if rest != 1 else term(number)
    factors = sp.Mul.make_args(rest) if rest != 1 else ()
    above = [term(f) for f in factors if not _inverse(f)]
    below = [term(1 / f) for f in factors if _inverse(f)]
    if number.p != 1 or not above:
        above.insert(0, logic.num(int(number.p)))
    if number.q != 1:
        below.insert(0, logic.num(int(number.q)))
    return logic.div(logic.mul(*above), logic.mul(*below)) if below else logic.mul(*above)


def _inverse(f: sp.Expr) -> bool:
    return isinstance(f, sp.Pow) and bool(f.exp.is_Integer and f.exp < 0)


Statement = dict[str, Any]


def statement_of(claim: Claim) -> Statement:
    """The theorem without its proof: ``variables``, ``hypotheses``, ``definitions`` and ``goal``.

    ``ValueError`` for an identity of matrices.
    """
    goal = goal_of(claim)
    variables = [list(pair) for pair in goal.sequent.variables]
    statement = to_json(goal.sequent.goal)
    if goal.limit is not None:
        expression, variable, to, value = goal.limit
        variables.append([variable, "real"])
        statement = ["limit", to_json(expression), variable, to, to_json(value)]
    return {
        "variables": variables,
        "hypotheses": [to_json(h) for h in goal.hypotheses],
        "definitions": [[name, to_json(value)] for name, value in goal.definitions],
        "goal": statement,
    }
