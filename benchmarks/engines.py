"""Other provers, asked the questions of the corpora as their users would ask them.

Each function takes a sequent and a time limit and answers "proved", "refuted" or "inconclusive"; what an engine can't
read raises, and counts as inconclusive.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import Any

from verify.counterexamples import z3_models
from verify.language import logic
from verify.language.definedness import defined, integer_constant
from verify.prover import EmptyDomain, prove
from verify.runtime.budget import SECOND


def ours(sequent: logic.Sequent, seconds: float) -> str:
    try:
        return prove(sequent, work=int(seconds * SECOND)).verdict.key
    except EmptyDomain:
        return "empty"


def by_operators(t: logic.Term, names: dict[str, Any], number: Callable[[Fraction], Any], *, divides: bool) -> Any:
    """A rational term in the objects of an engine that overloads + - * /; ``divides``: by terms, not numbers alone."""
    if isinstance(t, logic.Var):
        return names[t.name]
    if isinstance(t, logic.Num):
        return number(t.value)
    args = [by_operators(a, names, number, divides=divides) for a in t.args]
    if t.op == "-":
        return -args[0]
    if t.op == "/" and isinstance(t.args[1], logic.Num):
        return args[0] * number(1 / t.args[1].value)
    if t.op == "/" and divides:
        return args[0] / args[1]
    if t.op == "^" and (power := integer_constant(t.args[1])) is not None and 0 <= power <= 40:
        return reduce(operator.mul, args[:1] * power, number(Fraction(1)))
    if t.op not in ("+", "*"):
        raise NotImplementedError(t.op)
    return reduce(operator.add if t.op == "+" else operator.mul, args)


def z3_answer(sequent: logic.Sequent, seconds: float) -> str:
    import z3

    context = z3.Context()
    names = {n: (z3.Int(n, context) if k == "integer" else z3.Real(n, context)) for n, k in sequent.variables}
    integers = {n for n, k in sequent.variables if k == "integer"}
    engine = z3.Solver(ctx=context)
    engine.set("timeout", int(seconds * 1000))
    for h in sequent.hypotheses:
        engine.add(z3_models.formula(z3, context, names, logic.conj(defined(h, integers), h)))
    goal = logic.conj(defined(sequent.goal, integers), sequent.goal)
    engine.add(z3.Not(z3_models.formula(z3, context, names, goal)))
    return {"sat": "refuted", "unsat": "proved"}.get(str(engine.check()), "inconclusive")


def cvc5_answer(sequent: logic.Sequent, seconds: float) -> str:
    import cvc5.pythonic as api

    engine = api.Solver()
    engine.setOption("tlimit-per", int(seconds * 1000))
    names = {n: (api.Int(n) if k == "integer" else api.Real(n)) for n, k in sequent.variables}
    integers = {n for n, k in sequent.variables if k == "integer"}

    def term(t: logic.Term) -> Any:
        return by_operators(t, names, lambda q: api.Q(q.numerator, q.denominator), divides=True)

    def formula(f: logic.Formula) -> Any:
        if isinstance(f, logic.Rel):
            a, b = term(f.lhs), term(f.rhs)
            return {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[f.op]
        args = [formula(a) for a in f.args]
        if f.op == "not":
            return api.Not(args[0])
        if f.op in ("and", "or"):
            return (api.And if f.op == "and" else api.Or)(*args) if args else api.BoolVal(f.op == "and")
        return api.Implies(*args) if f.op == "implies" else args[0] == args[1]

    for h in sequent.hypotheses:
        engine.add(formula(logic.conj(defined(h, integers), h)))
    engine.add(api.Not(formula(logic.conj(defined(sequent.goal, integers), sequent.goal))))
    return {"sat": "refuted", "unsat": "proved"}.get(str(engine.check()), "inconclusive")


def alkahest_answer(sequent: logic.Sequent, seconds: float) -> str:
    """Quantifier elimination for one real variable, certificates of positivity for several; polynomials only."""
    import alkahest as api

    if any(kind != "real" for _, kind in sequent.variables):
        raise NotImplementedError("integers")
    pool = api.ExprPool()
    names = {n: pool.symbol(n, "real") for n, _ in sequent.variables}

    def term(t: logic.Term) -> Any:
        return by_operators(t, names, lambda q: pool.rational(q.numerator, q.denominator), divides=False)

    def formula(f: logic.Formula) -> Any:
        if isinstance(f, logic.Rel):
            build = {"==": pool.pred_eq, "!=": pool.pred_ne, "<": pool.lt, "<=": pool.le, ">": pool.gt, ">=": pool.ge}
            return build[f.op](term(f.lhs) - term(f.rhs), pool.integer(0))
        args = [formula(a) for a in f.args]
        if f.op == "not":
            return api.Not(args[0])
        if f.op == "implies":
            return api.Or(api.Not(args[0]), args[1])
        if f.op == "iff":
            return api.And(api.Or(api.Not(args[0]), args[1]), api.Or(api.Not(args[1]), args[0]))
        out = args[0]
        for a in args[1:]:
            out = api.And(out, a) if f.op == "and" else api.Or(out, a)
        return out

    def gap(f: logic.Formula) -> Any:
        if not isinstance(f, logic.Rel) or f.op not in ("<=", ">=", "<", ">"):
            raise NotImplementedError(str(f))
        return term(f.rhs) - term(f.lhs) if f.op in ("<=", "<") else term(f.lhs) - term(f.rhs)

    if len(names) == 1:
        body = formula(sequent.goal)
        for h in sequent.hypotheses:
            body = api.Or(api.Not(formula(h)), body)
        return "proved" if api.decide(api.Forall(next(iter(names.values())), body))[0] else "refuted"
    if not isinstance(sequent.goal, logic.Rel) or sequent.goal.op not in ("<=", ">="):
        raise NotImplementedError("a strict inequality or an equation in several variables")
    known = []
    for h in sequent.hypotheses:
        both = (logic.Rel("<=", h.lhs, h.rhs), logic.Rel(">=", h.lhs, h.rhs)) if _is_equation(h) else (h,)
        known += [gap(part) for part in both]
    try:
        api.prove_nonneg(gap(sequent.goal), list(names.values()), constraints=known)
    except api.SosError as error:
        strict = any(isinstance(h, logic.Rel) and h.op in ("<", ">") for h in sequent.hypotheses)
        return "refuted" if "E-SOS-003" in str(error) and not strict else "inconclusive"
    return "proved"


def sympy_answer(sequent: logic.Sequent, seconds: float) -> str:
    """``simplify`` on the implication; symbols carry the signs that the hypotheses state literally."""
    import sympy as sp

    positive = {h.lhs.name for h in sequent.hypotheses if _is_bound(h, ">")}
    names = {
        n: sp.Symbol(n, real=True, integer=k == "integer" or None, positive=n in positive or None)
        for n, k in sequent.variables
    }

    def term(t: logic.Term) -> Any:
        if isinstance(t, logic.Var):
            return names[t.name]
        if isinstance(t, logic.Num):
            return sp.Rational(t.value.numerator, t.value.denominator)
        args = [term(a) for a in t.args]
        build: dict[str, Callable[..., Any]] = {
            "+": sp.Add, "*": sp.Mul, "-": lambda a: -a, "/": lambda a, b: a / b, "^": sp.Pow, "sqrt": sp.sqrt,
            "exp": sp.exp, "log": sp.log, "abs": sp.Abs, "min": sp.Min, "max": sp.Max,
        }  # fmt: skip
        return build[t.op](*args)

    def formula(f: logic.Formula) -> Any:
        if isinstance(f, logic.Rel):
            kinds = {"==": sp.Eq, "!=": sp.Ne, "<": sp.Lt, "<=": sp.Le, ">": sp.Gt, ">=": sp.Ge}
            gap = sp.factor(sp.together(sp.simplify(term(f.lhs) - term(f.rhs))))
            return kinds[f.op](gap, 0)
        build = {"and": sp.And, "or": sp.Or, "not": sp.Not, "implies": sp.Implies, "iff": sp.Equivalent}
        return build[f.op](*map(formula, f.args))

    answer = sp.simplify(sp.Implies(sp.And(*map(formula, sequent.hypotheses)), formula(sequent.goal)))
    return "proved" if answer == sp.true else "refuted" if answer == sp.false else "inconclusive"


def _is_equation(h: logic.Formula) -> bool:
    return isinstance(h, logic.Rel) and h.op == "=="


def _is_bound(h: logic.Formula, op: str) -> bool:
    return isinstance(h, logic.Rel) and h.op == op and isinstance(h.lhs, logic.Var) and h.rhs == logic.ZERO


ENGINES: dict[str, tuple[str, Callable[[logic.Sequent, float], str]]] = {
    "this prover": ("verify", ours),
    "z3": ("z3", z3_answer),
    "cvc5": ("cvc5", cvc5_answer),
    "alkahest": ("alkahest", alkahest_answer),
    "SymPy": ("sympy", sympy_answer),
}
