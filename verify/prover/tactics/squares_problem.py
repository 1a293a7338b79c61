"""The semidefinite programs of one question about squares: which products of facts, which monomials, which multiplier.

A ``Problem`` is that a polynomial is non-negative, or that facts contradict each other. It makes the blocks for
``gram_sdp``: monomials of half the Newton polytope in classes under sign changes, weights that are products of facts,
multiples of equations; and it folds a solution into a proof. A helper of ``sums_of_squares``, which says what is tried
and in which order. Source: Stengle 1974; Schmüdgen 1991; Löfberg 2009 (classes under sign changes).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import FALSE, Formula
from verify.language.rational_functions import Field, Polynomial, ZeroDenominator, atoms_of
from verify.language.raw_terms import minus
from verify.prover.proof_builder import Node, by_contradiction, dump
from verify.prover.tactic import ProofSearch
from verify.prover.tactics.gram_sdp import Block, Square, fmpq, squares
from verify.prover.tactics.newton_polytope import directions, parity_span, prune, reduce_parity

# What a semidefinite program may cost: its time grows with the cube of the entries of its matrices.
MOST_VARIABLES = 10  # of the goal
MOST_BASIS = 70  # monomials of one block
MOST_GRID = 60_000  # monomials before the Newton polytope thins them out
MOST_ENTRIES = (1500, 1500, 2500, 5000, 5000)  # of all matrices together, by round
MOST_LISTED = 300_000  # exponents that are listed at all
MOST_FACTS, MOST_EQUATIONS = 8, 4  # that are multiplied
MOST_WEIGHTS = 9  # facts whose products with each other are weights
LINKS = 3  # steps along shared variables from the goal to a fact
MOST_APART = 4  # facts a != b that make room for a strict goal
ROOM = (Fraction(1), Fraction(1, 4), Fraction(1, 100))  # multiples of (a - b)^2 that are split off a strict goal


@dataclass(frozen=True)
class Fact:
    """A relation with a polynomial gap; ``variable`` is its index where the gap is a positive multiple of one."""

    formula: Formula
    gap: Polynomial
    variable: int | None

    @property
    def strict(self) -> bool:
        """Whether the gap is positive."""
        return bool(self.formula[0] == "<")


@dataclass(frozen=True)
class Multiplier:
    """A non-negative summand by which the goal is multiplied: facts times the square of a term."""

    facts: tuple[Fact, ...]
    root: Polynomial


class Problem:
    """Show that a polynomial is non-negative, or that the facts contradict each other."""

    def __init__(self, search: ProofSearch, state: State) -> None:
        self.search, self.state = search, state
        relations = [f for f in state.facts if f[0] in ("<", "<=")]
        equations = [f for f in state.facts if f[0] == "==" and f[1] != f[2]]
        terms = [] if state.goal == FALSE else [minus(state.goal[2], state.goal[1])]
        self.field = Field(terms + [minus(f[2], f[1]) for f in relations + equations])
        self.goal: Polynomial = None  # stays None for a contradiction between the facts
        if terms:
            n, d = self.field.quotient(terms[0])
            self.goal = n if d == 1 else None
        self.facts: list[Fact] = []
        for f in relations:
            gap = self.polynomial(f)
            if gap is None or gap.is_constant():
                continue
            self.facts.append(Fact(f, gap, self.single(gap)))
        self.equations = [(f, -g) for f in equations if (g := self.polynomial(f)) is not None and g != 0]
        self.positive = {f.variable: f for f in reversed(self.facts) if f.variable is not None}
        self.positive |= {f.variable: f for f in self.facts if f.variable is not None and f.strict}
        used = set() if self.goal is None else self.support(self.goal)
        for _ in range(LINKS):  # whatever is connected to the goal
            for p in [f.gap for f in self.facts] + [h for _, h in self.equations]:
                s = self.support(p)
                if s & used or self.goal is None:
                    used |= s
        self.used = sorted(used)
        self.general = [f for f in self.facts if f.variable is None and self.support(f.gap) <= used][:MOST_FACTS]
        self.equations = [e for e in self.equations if self.support(e[1]) <= used][:MOST_EQUATIONS]
        self.negated = () if state.goal == FALSE else normal(negate(state.goal))
        self.apart = [f for f in state.facts if f[0] == "!="] if state.goal[0] == "<" else []
        self.apart = [f for f in self.apart if set(atoms_of(minus(f[2], f[1]))) <= set(self.field.index)]

    def polynomial(self, f: Formula) -> Polynomial | None:
        """The difference of both sides, if it is a polynomial."""
        try:
            n, d = self.field.quotient(minus(f[2], f[1]))
        except ZeroDenominator:
            return None
        return n if d == 1 else None

    def single(self, p: Polynomial) -> int | None:
        """The index of the variable of which a polynomial is a positive multiple."""
        if len(p) != 1 or p.total_degree() != 1 or not p.leading_coefficient() > 0:
            return None
        return next(i for i, e in enumerate(p.degrees()) if e)

    def support(self, p: Polynomial) -> set[int]:
        """The indices of the variables that occur."""
        return {i for i, e in enumerate(p.degrees()) if e}

    def monomial(self, exponents: Sequence[int]) -> Polynomial:
        """The product of powers with these exponents."""
        out = self.field.one
        for i, e in enumerate(exponents):
            if e:
                out = out * self.field.gens[i] ** int(e)
        return out

    # ------------------------------------------------------------ bases

    def pure(self, p: Polynomial) -> list[Block] | None:
        """Blocks from half the Newton polytope of p, each sign-restricted variable being read as a square."""
        n = len(self.field.atoms)
        double = np.array([2 if i in self.positive else 1 for i in range(n)])
        support = np.array([[int(e) for e in m] for m, _ in p.terms()]) * double
        used = [i for i in range(n) if support[:, i].any()]
        if len(used) > MOST_VARIABLES or not used:
            return None
        small = support[:, used]
        tops = small.max(axis=0) // 2
        bottoms = (small.min(axis=0) + 1) // 2
        if np.prod((tops - bottoms + 1).clip(0), dtype=float) > MOST_GRID:
            return None
        grid = np.array(list(product(*(range(a, b + 1) for a, b in zip(bottoms, tops, strict=True)))))
        if not len(grid):
            return None
        for direction in directions(len(used)):
            values = small @ direction
            grid = grid[(2 * grid @ direction <= values.max()) & (2 * grid @ direction >= values.min())]
        grid = prune(grid, {tuple(row) for row in small})
        if not len(grid) or len(grid) > 4 * MOST_BASIS:
            return None
        return self.classes(grid, small, used, double)

    def classes(self, grid: Any, support: Any, used: list[int], double: Any) -> list[Block] | None:
        """One block for each class of monomials under the sign changes that leave the polynomial as it is."""
        span = parity_span(support)
        groups: dict[tuple[int, ...], list[Polynomial]] = {}
        for row in grid:
            groups.setdefault(reduce_parity(row, span), []).append(row)
        blocks = []
        for rows in groups.values():
            odd = [i for k, i in enumerate(used) if double[i] == 2 and rows[0][k] % 2]
            weight, facts = self.field.one, []
            for i in odd:
                weight = weight * self.positive[i].gap
                facts.append(self.positive[i])
            basis = []
            for row in sorted(rows, key=lambda r: (-sum(r), tuple(r))):
                exponents = [0] * len(self.field.atoms)
                for k, i in enumerate(used):
                    exponents[i] = int(row[k]) // int(double[i])
                basis.append(self.monomial(exponents))
            if len(basis) > MOST_BASIS:
                return None
            blocks.append(Block(weight, tuple(basis), tuple(facts)))
        return blocks

    def constrained(self, degree: int) -> tuple[list[Block], list[tuple[Polynomial, Polynomial]], list[Formula]]:
        """Blocks for products of up to two facts, and the multiples of the equations, up to a total degree."""
        n = len(self.used)
        span = parity_span(
            np.array(
                [
                    [int(m[i]) for i in self.used]
                    for p in [self.goal, *(f.gap for f in self.general), *(h for _, h in self.equations)]
                    if p is not None
                    for m, _ in p.terms()
                ]
                + [[int(i == j) for i in self.used] for j in self.used if j in self.positive]
                or [[0] * n]
            )
        )
        monomials = sorted(
            (m for m in product(range(degree + 1), repeat=n) if sum(m) <= degree)
            if (degree + 1) ** n < MOST_LISTED
            else [],
            key=lambda m: (-sum(m), m),
        )
        facts = [*self.general, *(self.positive[i] for i in self.used if i in self.positive)][:MOST_WEIGHTS]
        if self.goal is not None and self.search.round > 1:
            facts.insert(0, Fact(self.negated, -self.goal, None))
        blocks = []
        tags: list[tuple[Fact, ...]] = [(), *((f,) for f in facts), *combinations(facts, 2)]
        for tag in tags:
            weight = self.field.one
            for fact in tag:
                weight = weight * fact.gap
            half = (degree - weight.total_degree()) // 2
            groups: dict[tuple[int, ...], list[Polynomial]] = {}
            for m in monomials:
                if sum(m) <= half:
                    groups.setdefault(reduce_parity(np.array(m), span), []).append(self.lift(m))
            blocks += [Block(weight, tuple(b), tag) for b in groups.values() if len(b) <= MOST_BASIS]
        ideal: list[tuple[Polynomial, Polynomial]] = []
        owners: list[Formula] = []
        for f, h in self.equations:
            for m in monomials:
                if sum(m) + h.total_degree() <= degree:
                    ideal.append((h, self.lift(m)))
                    owners.append(f)
        return blocks, ideal, owners

    def lift(self, m: Sequence[int]) -> Polynomial:
        """The monomial with exponents for the used variables alone."""
        exponents = [0] * len(self.field.atoms)
        for k, i in enumerate(self.used):
            exponents[i] = m[k]
        return self.monomial(exponents)

    # ------------------------------------------------------------ proofs

    def attempt(
        self,
        blocks: list[Block],
        multipliers: list[Multiplier],
        ideal: Sequence[tuple[Polynomial, Polynomial]] = (),
        owners: Sequence[Formula] = (),
    ) -> Node | None:
        """Solve for the squares and fold them into a proof."""
        self.search.tick()
        size = sum(len(b.basis) * (len(b.basis) + 1) // 2 for b in blocks)
        if size > MOST_ENTRIES[self.search.round]:
            return None
        total = -self.field.one if self.goal is None else self.goal * self.sum(multipliers)
        found = squares(total, blocks, ideal)
        if found is None:
            return None
        parts, cofactors = found
        return self.proof(parts, multipliers, list(zip(owners, ideal, cofactors, strict=True)))

    def strict(self) -> Node | None:
        """A strict goal with room for a square that is not zero: that of the difference of two different terms."""
        for f in self.apart[:MOST_APART]:
            gap = self.polynomial(f)
            if gap is None or gap.is_constant() or not self.support(gap) <= self.support(self.goal):
                continue
            if not {1, -1} <= self.search.checker.sign(self.state, minus(f[2], f[1])):
                continue
            power = max(0, self.goal.total_degree() // (2 * gap.total_degree()) - 1)
            for root in (self.field.one, gap**power)[: 1 + (power > 0)]:
                for room in ROOM:
                    rest = self.goal - (gap * root) ** 2 * fmpq(room)
                    blocks = self.pure(rest) if rest != 0 else []
                    found = ([], []) if rest == 0 else squares(rest, blocks) if blocks else None
                    if found is not None:
                        return self.proof([*found[0], Square(room, root, (Fact(f, gap**2, None),))], self.one(), [])
        return None

    def sum(self, multipliers: list[Multiplier]) -> Polynomial:
        """The multiplier: the sum of its summands."""
        total = self.field.one * 0
        for m in multipliers:
            p = m.root**2
            for f in m.facts:
                p = p * f.gap
            total = total + p
        return total

    def proof(self, parts: list[Square], multipliers: list[Multiplier], cofactors: Any) -> Node | None:
        """The proof node of a solution, if the checker accepts it."""
        terms = [[str(s.factor), [dump(f.formula) for f in s.tag], dump(self.field.term(s.root))] for s in parts]
        if self.goal is None:
            terms.append(["1", [], "1"])
        for m in multipliers if self.goal is not None else ():
            names = [dump(self.negated), *(dump(f.formula) for f in m.facts)]
            terms.append(["1", names, dump(self.field.term(m.root))])
        totals: dict[Formula, Polynomial] = {}
        for f, (_, monomial), c in cofactors:
            totals[f] = totals.get(f, self.field.one * 0) + monomial * fmpq(c)
        pairs = [[dump(f), dump(self.field.term(p))] for f, p in totals.items() if p != 0]
        node: Node = {"rule": "psatz", "terms": terms, "cofactors": pairs}
        state = self.state if self.goal is None else self.state.assume(self.negated)
        try:
            self.search.checker.step(state, node)
        except Refused as reason:
            self.search.note(f"sums of squares: {reason}")
            return None
        if self.goal is None:
            return node
        return by_contradiction(self.state.goal, node)

    def one(self) -> list[Multiplier]:
        """The multiplier 1."""
        return [Multiplier((), self.field.one)]

    def polya(self) -> list[Multiplier]:
        """1 plus all variables of the goal, or their squares; without 1 for a form."""
        degrees = {sum(int(e) for e in m) for m, _ in self.goal.terms()}
        out = [] if len(degrees) == 1 else self.one()
        for i in sorted(self.support(self.goal)):
            fact = self.positive.get(i)
            out.append(Multiplier((fact,), self.field.one) if fact else Multiplier((), self.field.gens[i]))
        return out
