"""Linear combinations of facts, and of products of two facts, that contradict each other.

Steps: assume the opposite of the goal; look for multipliers c >= 0 with ``sum c g + sum d h = 0`` where g are the
facts ``0 < g`` (at least one strict one with c > 0) and h equations with multipliers d of any sign. First the facts
alone, then with products of two, then with squares of atoms, their sums and differences. A linear program in floats
says which multipliers are not zero; these are then computed in rationals, and the checker sees the exact sum.
Applies to goals ``a < b``, ``a <= b`` and false, with polynomial facts; atoms may be function values.
Stops beyond ``MOST_FACTS``, ``MOST_COLUMNS`` and ``MOST_ROWS``, where the multipliers are not unique up to scale, and
at consequences that need polynomial multipliers of a higher degree.
Source: Farkas 1902, Theorie der einfachen Ungleichungen; with strict inequalities Motzkin 1936; products of facts:
Handelman 1988, Representing polynomials by positive linear functions on compact convex polyhedra.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement

import flint

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import FALSE, Formula, names_in
from verify.language.rational_functions import Field, Polynomial, ZeroDenominator, as_fraction
from verify.language.raw_terms import minus
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.term import Term
from verify.runtime.budget import spend

Column = tuple[tuple[Formula, ...], Term, Polynomial]  # relations, a term that is squared, and their product
# What a linear program may cost; a fact beyond these limits is not looked at.
MOST_FACTS, MOST_COLUMNS, MOST_ROWS = 40, 700, 500
MOST_FACTORS = 22  # facts that are multiplied with each other: 253 products
MOST_TERMS, TERMS_OF_A_UNIT = 100_000, 20  # of a product, before like ones are added up; so many take a microsecond
MOST_APART = 8  # facts a != b, whose squares are positive
MOST_SQUARES = 8  # atoms whose squares, and those of their sums and differences, are columns: 64 squares
MOST_WEIGHTED, MOST_WEIGHTS = 6, 5  # facts of first degree, and atoms whose squares they are multiplied by
PAIRS_BESIDE = 200  # products of facts beside the weighted facts
SUPPORT = 1e-9  # a multiplier above this belongs to the solution; the exact one is computed from those alone
COST_OF_SOLVER = 1800  # units of work to set up the solver


def absurd(fact: Formula) -> Node:
    """Closes a state that knows an equation between two different numbers, the first minus the second being 1."""
    return {"rule": "psatz", "terms": [["1", [], "1"]], "cofactors": [[dump(fact), "-1"]]}


def prove(search: ProofSearch, state: State) -> Node | None:
    """Prove a relation by adding its negation to the facts."""
    goal = state.goal
    if goal == FALSE:
        return contradiction(search, state)
    if goal[0] not in ("<", "<="):
        return None
    proof = contradiction(search, state.assume(negate(goal)), negated=goal)
    return None if proof is None else by_contradiction(goal, proof)


def multiplied(p: Polynomial, q: Polynomial) -> Polynomial | None:
    """A product that a linear program can have; None for one with far more monomials than rows."""
    terms = len(p) * len(q)
    if terms > MOST_TERMS:
        return None
    spend(terms // TERMS_OF_A_UNIT)
    return p * q


def contradiction(search: ProofSearch, state: State, negated: Formula | None = None) -> Node | None:
    """A ``psatz`` node whose terms are facts or products of two facts."""
    relations = [f for f in state.facts if f[0] in ("<", "<=")]
    if negated is not None:
        names = names_in(negated)
        relations.sort(key=lambda f: len(names_in(f) - names))
    equations = [f for f in state.facts if f[0] == "==" and f[1] != f[2]]
    usable: list[tuple[Formula, Polynomial]] = []
    different = [f for f in state.facts if f[0] == "!="]
    field = Field([minus(f[2], f[1]) for f in relations + equations + different])

    def polynomial(f: Formula) -> Polynomial | None:
        try:
            n, d = field.quotient(minus(f[2], f[1]))
        except ZeroDenominator:
            return None
        return n if d.is_constant() else None

    for f in relations:
        p = polynomial(f)
        if p is not None and not p.is_constant():
            usable.append((f, p))
            continue
        value = None if p is None else Fraction(0) if p == 0 else as_fraction(p.leading_coefficient())
        if value is not None and (value < 0 or (value == 0 and f[0] == "<")):
            c, extra = (-1 / value, [["1", [], "1"]]) if value else (Fraction(1), [])
            return checked(
                search, state, {"rule": "psatz", "terms": [[str(c), [dump(f)], "1"], *extra], "cofactors": []}
            )
    usable = usable[:MOST_FACTS]
    equal = [(f, p) for f in equations if (p := polynomial(f)) is not None and p != 0][:MOST_FACTS]
    single: list[Column] = [((f,), 1, p) for f, p in usable]
    pairs: list[Column] = [
        ((f, g), 1, product)
        for (f, p), (g, q) in combinations_with_replacement(usable[:MOST_FACTORS], 2)
        if (product := multiplied(p, q)) is not None
    ]
    apart: list[Column] = []
    for f in different:
        p = polynomial(f)
        square = None if p is None else multiplied(p, p)
        if square is not None:
            apart.append(((f,), 1, square))
    apart = apart[:MOST_APART]
    stages = [single, single + pairs, single + pairs + apart + squares(field)]
    if negated is not None and any(p.total_degree() > 1 for _, p in usable):
        stages.append(single + pairs[:PAIRS_BESIDE] + weighted(usable, field))
    for columns in stages:
        search.tick()
        node = combination(search, state, field, columns[:MOST_COLUMNS], equal)
        if node is not None:
            return node
    return None


def squares(field: Field) -> list[Column]:
    """Squares of atoms, of their sums and of their differences."""
    atoms = list(zip(field.atoms, field.gens, strict=False))[:MOST_SQUARES]
    out: list[Column] = [((), a, x * x) for a, x in atoms]
    for (a, x), (b, y) in combinations(atoms, 2):
        out += [((), minus(a, b), (x - y) ** 2), ((), ("+", a, b), (x + y) ** 2)]
    return out


def weighted(usable: list[tuple[Formula, Polynomial]], field: Field) -> list[Column]:
    """Squares of atoms times the facts of first degree."""
    atoms = list(zip(field.atoms, field.gens, strict=False))[:MOST_WEIGHTS]
    plain = [(f, p) for f, p in usable if p.total_degree() == 1][:MOST_WEIGHTED]
    return [((f,), a, p * x * x) for f, p in plain for a, x in atoms]


def combination(
    search: ProofSearch, state: State, field: Field, columns: list[Column], equal: list[tuple[Formula, Polynomial]]
) -> Node | None:
    """Non-negative multipliers (any sign for equations) with sum zero and a positive total on strict terms."""
    if not columns:
        return None
    polys = [p for _, _, p in columns] + [field.one] + [p for _, p in equal]
    count = len(columns) + 1
    strict = [bool(fs) and all(f[0] in ("<", "!=") for f in fs) for fs, _, _ in columns] + [True]
    listed = [list(p.terms()) for p in polys]
    kept = left_over(listed, count)
    if not any(strict[j] for j in kept if j < count):
        return None
    rows: dict[tuple[int, ...], int] = {}
    entries = [(rows.setdefault(m, len(rows)), k, c) for k, j in enumerate(kept) for m, c in listed[j]]
    if len(rows) > MOST_ROWS:
        return None
    import numpy as np  # loading these takes as long as many a proof without them
    from scipy.optimize import linprog

    matrix = np.zeros((len(rows) + 1, len(kept)))
    try:
        for i, k, c in entries:
            matrix[i, k] = float(as_fraction(c))
    except OverflowError:  # beyond what the solver can be asked
        return None
    matrix[-1] = [1.0 if j < count and strict[j] else 0.0 for j in kept]
    scale = np.abs(matrix[:-1]).max(axis=0, initial=0)
    scale[scale == 0] = 1
    matrix[:-1] /= scale
    target = np.zeros(len(rows) + 1)
    target[-1] = 1
    limits = [(0 if j < count else None, None) for j in kept]
    spend(COST_OF_SOLVER + matrix.size // 20)
    result = linprog(np.ones(len(kept)), A_eq=matrix, b_eq=target, bounds=limits, method="highs-ds")
    spend(60 + (int(result.nit) * len(matrix)) // 4)
    if result.status != 0:
        return None
    support = [j for k, j in enumerate(kept) if abs(result.x[k]) > SUPPORT]
    weights = exact(rows, polys, support, count)
    if weights is None or any(w <= 0 for j, w in zip(support, weights, strict=True) if j < count):
        return None
    terms, cofactors = [], []
    for j, w in zip(support, weights, strict=True):
        if j < len(columns):
            terms.append([str(w), [dump(f) for f in columns[j][0]], dump(columns[j][1])])
        elif j < count:
            terms.append([str(w), [], "1"])
        else:
            # the column is right side minus left side, the checker adds left minus right
            cofactors.append([dump(equal[j - count][0]), str(-w)])
    return checked(search, state, {"rule": "psatz", "terms": terms, "cofactors": cofactors})


def left_over(listed: Sequence[Sequence[tuple[tuple[int, ...], flint.fmpq]]], count: int) -> list[int]:
    """The columns that may have a multiplier other than 0; the first ``count`` of all have none that is negative.

    Where a monomial occurs with one sign only, and in no equation, or in one equation and nothing else, nothing cancels
    it: the columns with it go, and with them what only they cancel. Many a question is answered by that alone.
    """
    signs: dict[tuple[int, ...], list[int]] = {}  # of a monomial: in how many columns it is negative, and positive
    across: dict[tuple[int, ...], list[int]] = {}
    sides = [[(m, (int(c > 0),) if j < count else (0, 1)) for m, c in terms] for j, terms in enumerate(listed)]
    spend(sum(map(len, sides)) // 4)
    for j, column in enumerate(sides):
        for m, both in column:
            across.setdefault(m, []).append(j)
            for side in both:
                signs.setdefault(m, [0, 0])[side] += 1
    gone: set[int] = set()
    todo = list(signs)
    while todo:
        m = todo.pop()
        if 0 not in signs[m] and (signs[m] != [1, 1] or sum(j not in gone for j in across[m]) > 1):
            continue
        for j in across[m]:
            if j not in gone:
                gone.add(j)
                for other, both in sides[j]:
                    for side in both:
                        signs[other][side] -= 1
                    todo.append(other)
    return [j for j in range(len(listed)) if j not in gone]


def exact(
    rows: dict[tuple[int, ...], int], polys: list[Polynomial], support: list[int], count: int
) -> list[Fraction] | None:
    """The rational relation among the supporting columns, if it is unique up to scale.

    Its sign is chosen for the first ``count`` columns, the inequalities.
    """
    matrix = flint.fmpq_mat(len(rows), len(support))
    for k, j in enumerate(support):
        for m, c in polys[j].terms():
            matrix[rows[m], k] = c
    reduced, rank = matrix.rref()
    if rank != len(support) - 1:
        return None
    pivots = []
    for i in range(rank):
        pivots.append(next(k for k in range(len(support)) if reduced[i, k] != 0))
    free = next(k for k in range(len(support)) if k not in pivots)
    out = [Fraction(0)] * len(support)
    out[free] = Fraction(1)
    for i, k in enumerate(pivots):
        out[k] = -as_fraction(reduced[i, free])
    if all(w <= 0 for j, w in zip(support, out, strict=True) if j < count):
        out = [-w for w in out]
    return out


def checked(search: ProofSearch, state: State, node: Node) -> Node | None:
    """The node, if the checker accepts it."""
    try:
        search.checker.step(state, node)
    except Refused as reason:
        search.note(f"linear combination: {reason}")
        return None
    return node


def run(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    proof = prove(search, builder.state)
    return None if proof is None else builder.close(proof)


TACTIC = Tactic("farkas", run)
