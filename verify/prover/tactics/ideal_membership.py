"""Equations as consequences of equations: cofactors by linear algebra, and squaring both sides."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import flint

from verify.kernel.checker import Formula, Refused, Term, names_in, negate, normal
from verify.language.rational_functions import Field, ZeroDenominator, fraction
from verify.prover.proof_builder import Node, Thread, by_contradiction, dump, minus
from verify.prover.tactics import factor_signs

if TYPE_CHECKING:
    from verify.prover.search import Search

MOST_UNKNOWNS, MOST_VARIABLES = 260, 8


def member(thread: Thread, a: Term, b: Term, helper: Term = 1) -> Node | None:
    """A ``ring`` proof of ``a == b``: the numerator of ``(a - b) helper`` is a combination of known equations."""
    gap = minus(a, b)
    equations = [f for f in thread.state.facts if f[0] == "==" and f[1] != f[2]]
    field = Field([gap, helper, *(minus(f[1], f[2]) for f in equations)])
    try:
        n, d = field.quotient(("*", gap, helper))
        top, bottom = field.quotient(helper)
        sides = [(f, *field.quotient(minus(f[1], f[2]))) for f in equations]
    except ZeroDenominator:
        return None
    sides = [(f, h, below) for f, h, below in sides if h != 0]
    if not sides or n == 0:
        return None
    found = combination(field, n, [h for _, h, _ in sides])
    if found is None:
        return None
    cofactors = []
    for (f, _, below), c in zip(sides, found, strict=True):
        if c != 0:
            factor = ("/", ("*", field.term(c * below), field.term(bottom)), ("*", field.term(d), field.term(top)))
            cofactors.append([dump(f), dump(factor)])
    return {"rule": "ring", "cofactors": cofactors}


def combination(field: Field, n: Any, sides: list[Any]) -> list[Any] | None:
    """Polynomials c with ``n == sum c h``, of the least degree that works."""
    used = [i for i, e in enumerate(zip(*(p.degrees() for p in [n, *sides]), strict=True)) if any(e)]
    if len(used) > MOST_VARIABLES:
        return None
    for extra in (0, 1):
        columns: list[tuple[int, Any]] = []
        for j, h in enumerate(sides):
            degree = n.total_degree() - h.total_degree() + extra
            if degree < 0 or (degree + 1) ** len(used) > 20_000:
                continue
            for m in product(range(degree + 1), repeat=len(used)):
                if sum(m) <= degree:
                    monomial = field.one
                    for i, e in zip(used, m, strict=True):
                        if e:
                            monomial = monomial * field.gens[i] ** e
                    columns.append((j, monomial))
        if not columns or len(columns) > MOST_UNKNOWNS:
            continue
        rows: dict[Any, int] = {}
        entries = [
            (rows.setdefault(m, len(rows)), k, c)
            for k, p in enumerate([*(sides[j] * m for j, m in columns), n])
            for m, c in p.terms()
        ]
        matrix = flint.fmpq_mat(len(rows), len(columns) + 1)
        for i, k, c in entries:
            matrix[i, k] = c
        reduced, rank = matrix.rref()
        pivots = [next(k for k in range(len(columns) + 1) if reduced[i, k] != 0) for i in range(rank)]
        if len(columns) in pivots:
            continue
        out = [field.one * 0 for _ in sides]
        for i, k in enumerate(pivots):
            j, monomial = columns[k]
            out[j] = out[j] + monomial * reduced[i, len(columns)]
        return out
    return None


def equation(search: Search, thread: Thread) -> Node | None:
    """Close ``a == b`` by the known equations, directly or after multiplying by a + b."""
    _, a, b = thread.state.goal
    for helper in (1, ("+", a, b)):
        work = thread.fork()
        node = member(work, a, b, helper)
        if node is None:
            continue
        for pair in node["cofactors"]:
            if not factor_signs.denominators(search, work, work.state.term(pair[1])):
                break
        else:
            if factor_signs.denominators(search, work, minus(a, b)):
                closed = factor_signs.checked(search, work, node)
                if closed is not None:
                    return closed
    return None


def square_both_sides(search: Search, thread: Thread, fuel: int) -> Node | None:
    """Close ``a <= b`` or ``a < b`` where b is at least 0 and a^2 at most b^2."""
    op, left, right = thread.state.goal
    gap = minus(right, left)
    roots = {t for f in thread.state.facts if f[0] == "==" for t in squared(f)}
    if not roots:
        return None
    ratio = fraction(gap)
    if ratio is None:
        return None
    field, n, d = ratio
    degrees = n.degrees()
    indices = [field.index[t] for t in roots if t in field.index and degrees[field.index[t]] == 1]
    if not indices or search.squarings >= 2 or n.total_degree() > 4:
        return None
    if d != 1:
        return cleared(search, thread, field, n, d, fuel)
    large, small = field.one * 0, field.one * 0
    for m, c in n.terms():
        p = field.context.from_dict({tuple(m): c})
        if c > 0 and any(m[i] for i in indices):
            large = large + p
        else:
            small = small - p
    splits = [(small, large)]
    if any(any(m[i] for i in indices) for m, _ in small.terms()) or large == 0:
        plain, rooted = field.one * 0, field.one * 0
        for m, c in n.terms():
            p = field.context.from_dict({tuple(m): c})
            if any(m[i] for i in indices):
                rooted = rooted - p
            else:
                plain = plain + p
        splits.append((rooted, plain))
    splits += [
        (-high, -low)
        for low, high in splits
        if low != 0 and search.checker.sign(thread.state, field.term(-low)) <= {0, 1}
    ]
    for low, high in splits:
        if high == 0 or low == 0:
            continue
        a, b = field.term(low), field.term(high)
        work = thread.fork()
        known: Formula = ("<=", 0, b)
        squares: Formula = (op, ("^", a, 2), ("^", b, 2))
        search.squarings += 1
        try:
            proof = None
            if search.ensure(work, known):
                proof = search.relation(work.wanted(squares), max(0, fuel - 1))
        finally:
            search.squarings -= 1
        if proof is None:
            continue
        work.have(squares, proof)
        against = normal(negate(thread.state.goal))
        terms = [["1", [dump(against)] * 2, "1"], ["2", [dump(against), dump(known)], "1"], ["1", [dump(squares)], "1"]]
        no: Node = {"rule": "psatz", "terms": terms, "cofactors": []}
        closed = by_opposite(search, work, no)
        if closed is not None:
            return closed
    return None


def reduce_powers(search: Search, thread: Thread, fuel: int) -> Node | None:
    """Close ``a <= b`` or ``a < b`` with powers of roots replaced: s^k by what it is known to be."""
    op, left, right = thread.state.goal
    gap = minus(right, left)
    powers = [f for f in thread.state.facts if f[0] == "==" and rooted(f)]
    field = Field([gap, *(f[2] for f in powers)])
    try:
        n, d = field.quotient(gap)
        if d != 1:
            return None
        rest, cofactors = n, []
        for f in powers:
            _, name, k = f[1]
            i = field.index.get(name)
            value, below = field.quotient(f[2])
            if i is None or below != 1 or value.degrees()[i]:
                continue
            before, rest = rest, substituted(field, rest, i, int(k), value)
            if rest != before:
                multiplier = (before - rest) / (field.gens[i] ** int(k) - value)
                cofactors.append([dump(f), dump(field.term(multiplier))])
    except ZeroDenominator:
        return None
    if not cofactors:
        return None
    work = thread.fork()
    smaller: Formula = (op, 0, field.term(rest))
    proof = search.relation(work.wanted(smaller), fuel)
    if proof is None:
        return None
    if not work.state.knows(smaller):
        work.have(smaller, proof)
    terms = [["1", [dump(normal(negate(thread.state.goal)))], "1"]]
    if rest != 0:
        terms.append(["1", [dump(smaller)], "1"])
    return by_opposite(search, work, {"rule": "psatz", "terms": terms, "cofactors": cofactors})


def by_opposite(search: Search, work: Thread, contradiction: Node) -> Node | None:
    """Close a goal by a contradiction with its opposite, if the checker accepts that."""
    goal = work.state.goal
    try:
        search.checker.step(work.state.assume(negate(goal)), contradiction)
    except Refused:
        return None
    return work.close(by_contradiction(goal, contradiction))


def substituted(field: Field, p: Any, i: int, k: int, value: Any) -> Any:
    """A polynomial with the k-th power of one variable replaced by a polynomial without that variable."""
    total = field.one * 0
    for m, c in p.terms():
        exponents = [int(e) for e in m]
        whole, exponents[i] = divmod(exponents[i], k)
        total = total + field.context.from_dict({tuple(exponents): c}) * value**whole
    return total


def rooted(f: Formula) -> bool:
    """Whether the equation says what a power of a named root is."""
    t = f[1]
    known = isinstance(t, tuple) and t[0] == "^" and isinstance(t[1], str) and isinstance(t[2], int) and t[2] > 1
    return known and t[1].startswith(("sqrt_", "power_")) and t[1] not in names_in(f[2])


def cleared(search: Search, thread: Thread, field: Field, n: Any, d: Any, fuel: int) -> Node | None:
    """Close ``a <= b`` or ``a < b`` by the same for the numerator of b - a, its denominator being positive."""
    op, bottom = thread.state.goal[0], field.term(d)
    work = thread.fork()
    if search.checker.sign(work.state, bottom) != {1} and not search.ensure(work, ("<", 0, bottom)):
        return None
    top: Formula = (op, 0, field.term(n))
    proof = square_both_sides(search, Thread(search.checker, work.wanted(top)), fuel)
    if proof is None:
        return None
    work.have(top, proof)
    return factor_signs.checked(search, work, {"rule": "sign", "factors": [[dump(top[2]), "1"], [dump(bottom), "-1"]]})


def squared(f: Formula) -> list[Term]:
    """Names whose square the equation gives."""
    sides = [t for t in f[1:] if isinstance(t, tuple) and t[0] == "^" and isinstance(t[1], str) and t[2] == 2]
    return [t[1] for t in sides if t[1].startswith(("sqrt_", "power_"))]
