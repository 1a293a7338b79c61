"""Small problems for the tests of the search, written as people write them: vectors with coefficients, and classes."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from verify.language.parser import parse_problem
from verify.spaces.multipliers.cases import cases
from verify.spaces.multipliers.gram import ONE, Atom, Combination, Form, GramProblem, Inequality, Null, Proof

L, mu, g, q, c = sp.symbols("L mu gamma q c")
Vector = dict[str, sp.Expr]


def vec(**weights: sp.Expr | int) -> Vector:
    return {v: sp.sympify(w) for v, w in weights.items()}


def plus(*vectors: Vector) -> Vector:
    out: Vector = {}
    for v in vectors:
        for name, w in v.items():
            out[name] = out.get(name, sp.Integer(0)) + w
    return out


def times(a: sp.Expr | int, v: Vector) -> Vector:
    return {name: a * w for name, w in v.items()}


def dot(u: Vector, v: Vector) -> Form:
    out: dict[Atom, sp.Expr] = {}
    for a, x in u.items():
        for b, y in v.items():
            key = ("inner", *sorted((a, b)))
            out[key] = out.get(key, sp.Integer(0)) + x * y
    return out


def norm2(v: Vector) -> Form:
    return dot(v, v)


def value(name: str) -> Form:
    return {("value", name): sp.Integer(1)}


def total(*parts: tuple[sp.Expr | int, Form]) -> Form:
    out: dict[Atom, sp.Expr] = {}
    for a, form in parts:
        for key, x in form.items():
            out[key] = sp.expand(out.get(key, sp.Integer(0)) + a * x)
    return {key: x for key, x in out.items() if x != 0}


def interpolation(p: str, x: Vector, q_: str, y: Vector) -> Inequality:
    """An L-smooth mu-strongly convex function at two points, without division; gradients are called gp, gq."""
    gp, gq, between = vec(**{f"g{p}": 1}), vec(**{f"g{q_}": 1}), plus(x, times(-1, y))
    change = plus(gp, times(-1, gq))
    form = total(
        (2 * (L - mu), total((1, value(f"f{p}")), (-1, value(f"f{q_}")), (-1, dot(gq, between)))),
        (-1, norm2(change)),
        (-mu * L, norm2(between)),
        (2 * mu, dot(change, between)),
    )
    return Inequality(f"f smooth and strongly convex at ({p}, {q_})", ">=", form)


def convex(p: str, x: Vector, q_: str, y: Vector) -> Inequality:
    """A convex function with subgradients at two points."""
    form = total((1, value(f"f{p}")), (-1, value(f"f{q_}")), (-1, dot(vec(**{f"g{q_}": 1}), plus(x, times(-1, y)))))
    return Inequality(f"f convex at ({p}, {q_})", ">=", form)


def problem(conditions: list[str], goal: Form, *hypotheses: Inequality, integers: tuple[str, ...] = ()) -> GramProblem:
    forms = [goal, *(h.form for h in hypotheses)]
    relations = parse_problem("0 == 0", conditions).hypotheses
    names = {s.name for f in forms for x in f.values() for s in sp.sympify(x).free_symbols}
    names |= {name for name, _ in parse_problem("0 == 0", conditions).variables}
    vectors = sorted({v for f in forms for a in f if a[0] == "inner" for v in a[1:]})
    return GramProblem(tuple(sorted(names)), relations, tuple(vectors), goal, hypotheses, integers)


def contraction(rate: sp.Expr, conditions: list[str]) -> GramProblem:
    """One gradient step from two points: ``||x1 - y1||^2 <= rate * ||x0 - y0||^2``."""
    x, y = vec(x=1), vec(y=1)
    gap = plus(x, times(-1, y))
    step = plus(gap, times(-g, vec(gx=1, gy=-1)))
    goal = total((rate, norm2(gap)), (-1, norm2(step)))
    return problem(conditions, goal, interpolation("x", x, "y", y), interpolation("y", y, "x", x))


def proximal(rate: sp.Expr) -> GramProblem:
    """Two proximal steps: ``f2 - fs <= rate * ||x0 - xs||^2``, with 0 the minimiser's subgradient."""
    x0, s = vec(x0=1), vec(xs=1)
    x1 = plus(x0, times(-g, vec(g1=1)))
    x2 = plus(x1, times(-g, vec(g2=1)))
    points = {"1": x1, "2": x2, "s": s}
    pairs = [(a, b) for a in points for b in points if a != b and b != "s"]
    goal = total((rate, norm2(plus(x0, times(-1, s)))), (-1, value("f2")), (1, value("fs")))
    return problem(["gamma > 0"], goal, *(convex(a, points[a], b, points[b]) for a, b in pairs))


def is_identity(stated: GramProblem, proof: Combination, zeros: tuple[Mapping[str, sp.Expr], ...] = ()) -> bool:
    """Whether goal - sum of multiplier * hypothesis - squares - rest - what equations give is zero, by SymPy alone."""
    parts = [(sp.Integer(1), stated.goal), (-1, {ONE: proof.rest})]
    parts += [(-m, stated.hypotheses[k].form) for k, m in proof.multipliers.items()]
    parts += [(-s.coefficient, norm2(dict(s.vector))) for s in proof.squares]
    for i, form in proof.equations.items():
        relation = stated.conditions[i]
        assert relation.op == "=="
        gap = sp.sympify(f"({relation.lhs}) - ({relation.rhs})".replace("^", "**"), locals={"gamma": g})
        parts.append((-gap, form))
    parts += [(-1, dot(dict(zeros[i]), dict(w))) for i, w in proof.orthogonal.items()]
    left: dict[Atom, sp.Expr] = {}
    for a, form in parts:
        for key, x in form.items():
            left[key] = left.get(key, sp.Integer(0)) + a * x
    return all(sp.cancel(sp.together(x)) == 0 for x in left.values())


def holds_throughout(stated: GramProblem, proof: Proof, zeros: tuple[Mapping[str, sp.Expr], ...] = ()) -> bool:
    """The same for every combination in a proof by cases."""
    if isinstance(proof, Combination):
        return is_identity(stated, proof, zeros)
    if isinstance(proof, Null):
        goal = total((-1, norm2(dict(proof.vector))))
        before = GramProblem(
            stated.parameters, stated.conditions, stated.vectors, goal, stated.hypotheses, stated.integers
        )
        return is_identity(before, proof.vanishes, zeros) and holds_throughout(
            stated, proof.then, (*zeros, proof.vector)
        )
    strict, boundary = next((s, b) for i, s, b in cases(stated) if i == proof.condition)
    return holds_throughout(strict, proof.strict, zeros) and holds_throughout(boundary, proof.boundary, zeros)
