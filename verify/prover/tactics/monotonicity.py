"""The mean value theorem: a function that falls before a point and rises after it is least there."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, Any

from verify.kernel.checker import FALSE, Refused, State, Term, derivative, names_in
from verify.language.errors import present
from verify.language.evaluation import Point, Undecided, Undefined, evaluate, sign
from verify.language.rational_functions import factors_of, fraction
from verify.prover.proof_builder import Node, Thread, applications, dump, minus, number

if TYPE_CHECKING:
    from verify.prover.search import Search

SIMPLE = [number(Fraction(v)) for v in ("0", "1", "-1", "2", "1/2", "-2", "3", "4", "1/3", "1/4", "-1/2")]


def prove(search: Search, thread: Thread, fuel: int) -> Node | None:
    """Close a goal ``a <= b`` or ``a < b`` by the sign of a derivative on both sides of a minimum."""
    state = thread.state
    if state.goal[0] not in ("<", "<=") or state.goal == FALSE:
        return None
    f = minus(state.goal[2], state.goal[1])
    inside = [t for t in applications(f) if t[0] in ("exp", "log", "sqrt", "^")]
    if not inside:
        return None
    names = [x for x in sorted(names_in(f)) if state.kinds[x] == "real" and any(x in names_in(t) for t in inside)]
    # few occurrences first: the derivative in such a variable is simple
    names.sort(key=lambda x: (sum(x in names_in(t) for t in inside), x))
    options: list[tuple[str, Term]] = [(x, c) for x in names[:3] for c in minima(search, state, f, x)]
    for i, (x, c) in enumerate(options):
        with search.share(1 / (len(options) - i)):
            proof = at(search, thread.fork(), x, c, fuel)
            if proof is not None:
                return proof
    where = ", ".join(sorted({x for x, _ in options}))
    search.note(
        f"derivative: its sign on both sides of the minimum in {where} was not shown"
        if options
        else "derivative: no place of the minimum that can be written down was found"
    )
    return None


def at(search: Search, thread: Thread, x: str, c: Term, fuel: int) -> Node | None:
    """The three parts of the argument with the minimum at ``x = c``."""
    state = thread.state
    y = search.fresh(state, x)
    node: Node = {"rule": "slope", "variable": x, "point": dump(c), "new": y, "base": None, "right": None, "left": None}
    try:
        parts = search.checker.step(state, node)
    except Refused:
        return None
    for (part, _), name in zip(parts, ("base", "right", "left"), strict=True):
        proof = search.prove(part, fuel - 1)
        if proof is None:
            return None
        node[name] = proof
    return thread.close(node)


def minima(search: Search, state: State, f: Term, x: str) -> list[Term]:
    """Terms at which ``f`` looks least in ``x`` at the sample points, the simplest first."""
    try:
        slope = derivative(f, x)
    except Refused:
        return []
    points = search.samples.points(state)
    if not points:
        return []
    out: list[Term] = []
    for c in dict.fromkeys(candidates(state, f, slope, x, points)):
        if x not in names_in(c) and plausible(f, slope, x, c, points):
            out.append(c)
        if len(out) == 3:
            break
    return out


def candidates(state: State, f: Term, slope: Term, x: str, points: list[Point]) -> Iterator[Term]:
    yield from critical(slope, x)
    others = [y for y in sorted(names_in(f)) if y != x]
    yield from SIMPLE
    yield from others
    yield from ends(state, x)
    if not others:
        yield from numeric(f, x, points)


def ends(state: State, x: str) -> Iterator[Term]:
    for g in state.facts:
        if g[0] in ("<", "<="):
            if g[2] == x and x not in names_in(g[1]):
                yield g[1]
            if g[1] == x and x not in names_in(g[2]):
                yield g[2]


def critical(slope: Term, x: str) -> Iterator[Term]:
    """Zeros of the derivative that can be written down: one function of x, or x itself, occurs linearly."""
    ratio = fraction(slope)
    if ratio is None:
        return
    field, n, _ = ratio
    if n == 0:
        return
    for factor, _ in factors_of(n)[1]:
        degrees = dict(zip(field.atoms, factor.degrees(), strict=False))
        used = [a for a, e in degrees.items() if e and x in names_in(a)]
        if len(used) != 1 or degrees[used[0]] != 1:
            continue
        a = used[0]
        i = field.index[a]
        top = field.gens[i] * factor.derivative(i) - factor
        up, down = field.reduced(top, factor.derivative(i))
        value = field.term(up) if down == 1 else ("/", field.term(up), field.term(down))
        if a == x:
            yield value
            continue
        inverse = {"exp": ("log", value), "log": ("exp", value), "sqrt": ("^", value, 2)}.get(a[0])
        if a[0] == "^" and a[1] == x and x not in names_in(a[2]):
            inverse = ("^", value, ("/", 1, a[2]))
        if inverse is None:
            continue
        if a[1] == x:
            yield inverse
        else:
            yield from solve_linear(a[1], inverse, x)


def solve_linear(u: Term, value: Term, x: str) -> Iterator[Term]:
    """``u == value`` solved for x where u is linear in it."""
    ratio = fraction(u)
    if ratio is None:
        return
    field, n, d = ratio
    i = field.index.get(x)
    if i is None or d != 1 or n.degrees()[i] != 1 or any(x in names_in(a) for a in field.atoms if a != x):
        return
    slope = n.derivative(i)
    rest = n - slope * field.gens[i]
    yield ("/", minus(value, field.term(rest)), field.term(slope))


def numeric(f: Term, x: str, points: list[Point]) -> Iterator[Term]:
    """Simple rationals near the least value of a function of one variable."""
    best: tuple[float, Fraction] | None = None
    tried = [p[x] for p in points] + [Fraction(k, 8) for k in range(-40, 41)] + [Fraction(k) for k in range(6, 30)]
    step = Fraction(1, 4)
    for _ in range(8):
        for v in tried:
            value = at_number(f, x, v)
            if value is not None and (best is None or value < best[0]):
                best = (value, v)
        if best is None:
            return
        step /= 4
        tried = [best[1] + k * step for k in range(-4, 5)]
    best = present(best)
    for most in (1, 2, 4, 10, 100, 1000):
        yield number(best[1].limit_denominator(most))


def at_number(t: Term, x: str, v: Fraction) -> float | None:
    try:
        value = evaluate(t, Point({x: v}))
    except (Undefined, Undecided, KeyError):
        return None
    number = float(value) if isinstance(value, Fraction) else float(value.mid())
    return number if isfinite(number) else None


def plausible(f: Term, slope: Term, x: str, c: Term, points: list[Point]) -> bool:
    """Whether f falls before c and rises after it at the sample points and between."""
    seen = 0
    for p in points:
        try:
            middle = evaluate(c, p)
            start = middle if isinstance(middle, Fraction) else Fraction(str(round(float(middle.mid()), 6)))
            if _sign(evaluate(f, {**p, x: start}), 1e-4) < 0:
                return False
            for weight in (Fraction(1), Fraction(1, 2), Fraction(1, 10)):
                v = start + (p[x] - start) * weight
                if abs(float(v - start)) < 1e-3:
                    continue
                s = _sign(evaluate(slope, Point({**p, x: v}, p.integers)), 1e-12)
                if s * (v - start) < 0:
                    return False
                seen += 1
        except Undefined:
            return False
        except (Undecided, KeyError, OverflowError, ValueError):
            continue
    return seen > 0


def _sign(v: Any, tolerance: float) -> int:
    s = sign(v)
    if abs(float(v if isinstance(v, Fraction) else v.mid())) < tolerance:
        return 0
    return 0 if s is None else s
