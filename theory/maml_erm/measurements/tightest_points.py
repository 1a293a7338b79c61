"""Points at which an inequality is tightest by its own formula: where a wrong one would be seen to be wrong.

A random search over the mixture's parameters in floating point, with a fixed seed: it only says where to ask. What is
compared there is measured like everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy as sp

from theory.maml_erm.formulas import symbols as sy
from theory.maml_erm.formulas.mixture import sigma_g
from theory.maml_erm.measurements.quantities import Point
from verify.claims.claim import Claim, second
from verify.claims.statement import Holds, Inequality
from verify.derivations.relations import Connective, Formula, Relation, symbols_of

Array = npt.NDArray[Any]  # of floats or of whole numbers
Values = dict[str, Array]
Margin = Callable[[Values], Array]

POOL = 3000
KEPT = 100  # the best of a round, from which the next one starts
ROUNDS = 6
SMALL = 1e-10  # sides below it count as rounding: a gain minus 1 has no digits left there
EACH = 3  # points handed out for small, middle and large dimensions each
COUNTS = ("d", "m", "n", "d_2", "m_2", "K")
SHARES = ("p", "eps")
RAW = ("rho_H", "rho_E", "alpha", "p", "Delta", "V_H", "V_E", "nu", "c", "eps", "g", "d", "m", "n", "K")
SYMBOLS = {**{name: sy.VOCABULARY[name].symbol for name in RAW}, "d_2": second(sy.d), "m_2": second(sy.m)}


def tightest(claim: Claim, stated: Mapping[sp.Symbol, sp.Expr]) -> Iterator[Point]:
    """Points of the domain with the smallest margin; none for claims that are not about the mixture's parameters."""
    if not isinstance(claim.statement, Inequality | Holds) or claim.formula is None:
        return
    definitions = {k: v.xreplace(claim.fixed) for k, v in stated.items()}
    hypotheses = claim.relevant_domain.hypotheses()
    symbols = {x for f in (claim.formula, *hypotheses) for x in _expanded_symbols(f, definitions)}
    mixture = {sy.rho_H, sy.rho_E} <= symbols <= set(SYMBOLS.values())
    if not mixture or sigma_g in symbols_of(claim.formula):
        return
    names = [name for name, symbol in SYMBOLS.items() if symbol in symbols]
    inverse = sy.alpha in claim.fixed
    goal, domain = (_margin(f, definitions, names) for f in (claim.formula, Connective("and", hypotheses)))
    rng = np.random.default_rng(0)
    best = _start(rng, inverse)
    with np.errstate(all="ignore"):
        for round_ in range(ROUNDS):
            inside = domain(best) >= 0
            best = {k: x[inside] for k, x in best.items()}
            if not inside.any():
                return
            order = np.argsort(goal(best), kind="stable")
            if round_ < ROUNDS - 1:
                best = {k: x[order[:KEPT]] for k, x in best.items()}
                moved = _moved(rng, {k: np.tile(x, POOL // KEPT) for k, x in best.items()}, 0.6**round_, inverse)
                best = {k: np.concatenate([x, moved[k]]) for k, x in best.items()}
    for low, high in ((1, 10), (11, 10**4), (10**4 + 1, 10**9)):
        chosen: dict[tuple[float, ...], Point] = {}
        for i in order:
            if low <= best["d"][i] <= high and len(chosen) < EACH:
                # Points that differ in what the claim doesn't mention are one point.
                key = tuple(float(best[name][i]) for name in names)
                chosen.setdefault(key, _point({k: float(x[i]) for k, x in best.items()}, inverse))
        yield from chosen.values()


def _start(rng: np.random.Generator, inverse: bool) -> Values:
    """A pool that covers the scales: ratios near 0 and near 1, spreads that vanish, few samples and many."""

    def some(*choices: Array) -> Array:
        return np.choose(rng.integers(len(choices), size=POOL), choices)

    def power(low: float, high: float) -> Array:
        drawn: Array = 2.0 ** rng.uniform(low, high, POOL)
        return drawn

    def spread() -> Array:
        return np.where(rng.random(POOL) < 0.2, 0.0, power(-10, 10))

    def count(d: Array) -> Array:
        return np.maximum(1, some(np.rint((d + 1) * power(-4, 14)), rng.integers(1, 8, POOL)))

    unit = rng.random(POOL)
    rho_E = 2.0 ** rng.integers(-2, 3, POOL)
    rho_H = rho_E * some(unit, power(-10, -1), 1 - power(-8, -1))
    share = some(rng.random(POOL), power(-8, 0), 1 - power(-8, -1))
    d, d_2 = (some(rng.integers(1, 8, POOL), rng.choice([10, 30, 100, 1000, 10**6], POOL)) for _ in range(2))
    return {
        "rho_H": rho_H, "rho_E": rho_E, "alpha": 1 / rho_E if inverse else 2 * share / (rho_H + rho_E),
        "p": 1 / (1 + power(-8, 8)), "Delta": np.where(rng.random(POOL) < 0.1, 0.0, power(-6, 6)),
        "V_H": spread(), "V_E": spread(), "nu": spread(), "c": rng.uniform(-2, 3, POOL), "eps": rng.random(POOL),
        "g": power(-8, 6), "K": rng.integers(1, 5, POOL), "d": d, "m": count(d), "n": count(d),
        "d_2": d_2, "m_2": count(d_2),
    }  # fmt: skip


def _moved(rng: np.random.Generator, values: Values, size: float, inverse: bool) -> Values:
    """Each value changed a little, or left as it is; counts stay counts, and what is fixed by others is kept so."""
    out = {}
    for name, x in values.items():
        changed = rng.random(len(x)) < 0.4
        factor = np.where(changed, np.exp(size * rng.standard_normal(len(x))), 1.0)
        if name in COUNTS:
            out[name] = np.maximum(1, np.rint(x * factor) + np.where(changed, rng.integers(-1, 2, len(x)), 0))
        elif name in SHARES:
            out[name] = x * factor / (1 - x + x * factor)
        else:
            out[name] = x * (1.0 if name == "rho_E" else factor)
    if inverse:
        out["alpha"] = 1 / out["rho_E"]
    return out


def _point(values: dict[str, float], inverse: bool) -> Point:
    exact: dict[str, Fraction | int] = {k: Fraction(x) for k, x in values.items()}
    return Point.of({**exact, "alpha": 1 / Fraction(values["rho_E"])} if inverse else exact)


# ---------------------------------------------------------------- margins


def _expanded_symbols(f: Formula, definitions: Mapping[sp.Symbol, sp.Expr]) -> set[sp.Symbol]:
    return {y for x in symbols_of(f) for y in x.xreplace(dict(definitions)).free_symbols}


def _margin(f: Formula, definitions: Mapping[sp.Symbol, sp.Expr], names: list[str]) -> Margin:
    """By how much a formula holds, relative to its sides; negative where it fails or has no value."""
    if isinstance(f, Relation):
        symbols = [SYMBOLS[name] for name in names]
        sides = [sp.lambdify(symbols, e.xreplace(dict(definitions)), "numpy", cse=True) for e in (f.lhs, f.rhs)]
        sign = {"<": 1, "<=": 1, ">": -1, ">=": -1}.get(f.op, 0)

        def relation(values: Values) -> Array:
            given = [values[name] for name in names]
            lhs, rhs = (np.broadcast_to(side(*given), len(given[0])) for side in sides)
            size = np.maximum(np.maximum(np.abs(lhs), np.abs(rhs)), SMALL)
            margin = sign * (rhs - lhs) / size if sign else -np.abs(rhs - lhs) / size
            strict = np.where((margin == 0) & (f.op in ("<", ">")), -1e-16, margin)
            asked = np.where((size == SMALL) & (f.op in ("<=", ">=")), 1.0, strict)  # 0 <= 0 is no tight inequality
            return np.where(np.isfinite(strict), asked, -1.0)

        return relation
    parts = [_margin(a, definitions, names) for a in f.args]
    if f.op == "implies":
        return lambda values: np.maximum(-parts[0](values), parts[1](values))
    if f.op == "not":
        return lambda values: -parts[0](values)
    if f.op == "iff":
        return lambda values: np.maximum(*(np.minimum(s * parts[0](values), s * parts[1](values)) for s in (1, -1)))
    join = np.minimum if f.op == "and" else np.maximum
    return lambda values: join.reduce([part(values) for part in parts], axis=0)
