"""An equation as a consequence of equations: polynomial cofactors by linear algebra.

Steps: the numerator of a - b, of (a - b)(a + b), or of a - b times the conjugate of one of its factors, is to be
``sum c h`` over the known equations ``h == 0``; the coefficients of all c up to the least degree that may do, and one
above, are unknowns of a linear system over the rationals. The conjugate has the other sign of one square root: what is
beside it can be compared once both are squared, and where ``sqrt(a) sqrt(b) - 1`` is to vanish, ``sqrt(a) sqrt(b) + 1``
is not zero. Applies to ``a == b``. Stops beyond ``MOST_UNKNOWNS`` and ``MOST_VARIABLES`` and at cofactors of a higher
degree: it is no Gröbner basis, which would decide membership but may cost anything.
Source: the system is Macaulay's (1902); degrees that always suffice: Hermann 1926; Cox, Little, O'Shea, Ideals,
Varieties, and Algorithms.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, product

import flint

from verify.kernel.reals.state import State
from verify.language.rational_functions import Field, Polynomial, ZeroDenominator, factors_of, fraction
from verify.language.raw_terms import minus
from verify.prover.closing import closed_by
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import sign_facts
from verify.prover.tactics.squared_goal import squared
from verify.prover.term import Term

MOST_UNKNOWNS, MOST_VARIABLES = 260, 8  # of a linear system that is solved exactly
MOST_EXPONENTS = 20_000  # exponents that are listed for one cofactor
EXTRA_DEGREES = (0, 1)  # above the least degree that the cofactors need


def member(builder: ProofBuilder, a: Term, b: Term, helper: Term = 1) -> Node | None:
    """A ``ring`` proof of ``a == b``: the numerator of ``(a - b) helper`` is a combination of known equations."""
    gap = minus(a, b)
    equations = [f for f in builder.state.facts if f[0] == "==" and f[1] != f[2]]
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


def combination(field: Field, n: Polynomial, sides: list[Polynomial]) -> list[Polynomial] | None:
    """Polynomials c with ``n == sum c h``, of the least degree that works."""
    used = [i for i, e in enumerate(zip(*(p.degrees() for p in [n, *sides]), strict=True)) if any(e)]
    if len(used) > MOST_VARIABLES:
        return None
    for extra in EXTRA_DEGREES:
        columns: list[tuple[int, Polynomial]] = []
        for j, h in enumerate(sides):
            degree = n.total_degree() - h.total_degree() + extra
            if degree < 0 or (degree + 1) ** len(used) > MOST_EXPONENTS:
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
        rows: dict[tuple[int, ...], int] = {}
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


def conjugates(state: State, gap: Term) -> Iterator[Term]:
    """The factors of a difference in which a square root occurs linearly, each with the other sign of that root."""
    roots = {t for f in state.facts if f[0] == "==" for t in squared(f)}
    ratio = fraction(gap)
    if not roots or ratio is None:
        return
    field, n, _ = ratio
    for p, e in factors_of(n)[1]:
        places = [i for t, i in field.index.items() if t in roots and p.degrees()[i] == 1]
        if e > 1 or len(p) < 2:
            continue
        for i in places:
            turned = {tuple(m): -c if m[i] else c for m, c in p.terms()}
            yield field.term(field.context.from_dict(turned))


def equation(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close ``a == b`` by the known equations, directly, or after multiplying by a + b or by a conjugate."""
    _, a, b = builder.state.goal
    for helper in chain((1, ("+", a, b)), conjugates(builder.state, minus(a, b))):
        work = builder.fork()
        node = member(work, a, b, helper)
        if node is None:
            continue
        for pair in node["cofactors"]:
            if not sign_facts.denominators(search, work, work.state.term(pair[1])):
                break
        else:
            if sign_facts.denominators(search, work, minus(a, b)):
                closed = closed_by(search, work, node)
                if closed is not None:
                    return closed
    return None


TACTIC = Tactic("ideal_membership", equation)
