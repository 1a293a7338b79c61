"""Counterexamples to identities of matrices: small dimensions, rational matrices, exact moments.

A counterexample counts only if two evaluations that share no code agree on both sides there: of the definitions, by
``matrix_values``, and of the two polynomials, by ``verify.derivations.explicit``.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.matrix_certificates import NotWords, Written, written
from verify.claims.statement import MatrixIdentity
from verify.counterexamples.matrix_values import NoValue, Rational, TooHard, Values, multiplied, turned
from verify.derivations.explicit import evaluate
from verify.derivations.relations import Connective, Formula
from verify.derivations.trace_polynomials import TracePolynomial
from verify.runtime.errors import ensured

NUMBERS = tuple(map(Fraction, ("1/2", "1/3", "2", "3/2", "3", "2/3")))
TRIES = 3  # matrices for each choice of dimensions
MOST_SIZES = {0: 2, 1: 3, 2: 8}  # choices of dimensions, by effort


@dataclass(frozen=True)
class MatrixWitness:
    """Dimensions, symbols and matrices at which the sides differ, and the first entry that does, counted from 1.

    ``values`` are those that the sides depend on, ``point`` all that the evaluation needs.
    """

    values: Mapping[str, str]
    point: Mapping[str, str]
    entry: tuple[int, int]
    lhs: Fraction
    rhs: Fraction
    number: bool

    def __str__(self) -> str:
        where = ", ".join(f"{name} = {value}" for name, value in self.values.items())
        place = "" if self.number else f" in row {self.entry[0]}, column {self.entry[1]}"
        return f"{where}: left side {self.lhs}, right side {self.rhs}{place}"


@dataclass(frozen=True)
class Tried:
    """The outcome: a witness or none, and at how many points both sides were compared; a doubt, where one arose."""

    witness: MatrixWitness | None
    points: int
    doubt: str = ""


def refute_matrices(claim: Claim, effort: int = 2) -> Tried:
    """Compare both sides at a fixed list of points: the same outcome everywhere, every time."""
    if claim.at:
        return Tried(None, 0, "the claim fixes parameters")
    try:
        stated = written(claim)
    except NotWords as reason:
        return Tried(None, 0, str(reason))
    count = 0
    for sizes in itertools.islice(_sizes(stated.statement), MOST_SIZES[effort]):
        for k in range(TRIES):
            try:
                found = at_point(claim, stated, sizes, random.Random(k))
            except NoValue:
                continue
            except TooHard:
                break
            except Disagreement as doubt:
                return Tried(None, count, str(doubt))
            count += 1
            if found is not None:
                return Tried(found, count)
            break
    return Tried(None, count)


class Disagreement(Exception):
    """Two evaluations of one side differ, so that neither is to be trusted."""


def at_point(claim: Claim, stated: Written, sizes: Mapping[str, int], rng: random.Random) -> MatrixWitness | None:
    """The witness that a point is, if it is one.

    Raises ``NoValue`` outside the domain, ``TooHard``, and ``Disagreement``.
    """
    identity = ensured(claim.statement, MatrixIdentity)
    data, (lhs, rhs) = stated.statement, (identity.lhs, identity.rhs)
    if any(s.is_positive is False for s in stated.symbols.values()):
        raise TooHard("a symbol that is not positive")
    numbers = {
        name: Fraction(rng.randint(1, 3)) if s.is_integer else rng.choice(NUMBERS)
        for name, s in sorted(stated.symbols.items())
        if name not in sizes
    }
    matrices = {name: _matrix(row, sizes, rng) for name, row in data["letters"].items() if name not in data["inverses"]}
    numeric = {s: sp.Rational(str({**numbers, **sizes}[name])) for name, s in stated.symbols.items()}
    if not all(_holds(f, numeric) for f in _conditions(claim)):
        raise NoValue("outside the domain")
    run = Values(data, sizes, numbers, matrices)
    left, right = run.sides()
    for name, side, poly in (("left", left, lhs), ("right", right, rhs)):
        if side != _plainly(poly, stated, run, matrices, numeric):
            raise Disagreement(f"two evaluations of the {name} side do not agree")
    for i, j in itertools.product(range(len(left)), range(len(left[0]))):
        if left[i][j] != right[i][j]:
            shown = {**matrices, **{name: run.inverse(name) for name in data["inverses"]}}
            names = _depends(claim, stated)
            point = {k: str(v) for k, v in {**sizes, **numbers}.items()} | {k: _text(m) for k, m in shown.items()}
            values = {k: v for k, v in point.items() if k in names}
            return MatrixWitness(values, point, (i + 1, j + 1), left[i][j], right[i][j], len(left) == len(left[0]) == 1)
    return None


def _sizes(data: Mapping[str, Any]) -> Iterator[dict[str, int]]:
    """Dimensions from small to large, each from 1 to 3."""
    sides = {side for row in data["letters"].values() for side in row[:2]}
    names = sorted(side for side in sides if not side.isdigit())
    choices = sorted(itertools.product((1, 2, 3), repeat=len(names)), key=lambda c: (max(c, default=0), sum(c), c))
    for choice in choices:
        yield dict(zip(names, choice, strict=True))


def _matrix(row: list[Any], sizes: Mapping[str, int], rng: random.Random) -> Rational:
    """Small whole numbers; a symmetric letter may be a covariance, so it is positive definite."""
    rows, cols, symmetric = row
    height, width = (int(side) if side.isdigit() else sizes[side] for side in (rows, cols))
    m = [[Fraction(rng.choice((-2, -1, 1, 2, 3))) for _ in range(width)] for _ in range(height)]
    if not symmetric:
        return m
    lower = [[abs(x) if a == b else x if b < a else Fraction(0) for b, x in enumerate(r)] for a, r in enumerate(m)]
    return multiplied(lower, turned(lower))


def _plainly(
    poly: TracePolynomial, stated: Written, run: Values, matrices: Mapping[str, Rational], numeric: Mapping[Any, Any]
) -> Rational:
    """The value of a polynomial as such, by the theory's own evaluation."""
    known = {}
    for key, letter in poly.letters.items():
        name = stated.name(letter)
        if name not in matrices and name not in stated.statement["inverses"]:
            raise TooHard(f"no matrix for {name}")
        m = matrices[name] if name in matrices else run.inverse(name)
        known[key] = sp.Matrix([[sp.Rational(x.numerator, x.denominator) for x in row] for row in m])
    found = evaluate(poly, known, numeric).tolist()
    if not all(x.is_Rational for row in found for x in row):
        raise NoValue("no rational value")
    return [[Fraction(int(x.p), int(x.q)) for x in row] for row in found]


def _conditions(claim: Claim) -> list[Formula]:
    own = list(claim.domain.hypotheses())
    return own + [f for d in claim.derivations for step in d.steps for f in step.conditions]


def _holds(f: Formula, values: Mapping[Any, Any]) -> bool:
    """Whether a condition certainly holds; a connective other than "and" is not decided."""
    if isinstance(f, Connective):
        return f.op == "and" and all(_holds(a, values) for a in f.args)
    a, b = (side.xreplace(dict(values)) for side in (f.lhs, f.rhs))
    if not (a.is_Rational and b.is_Rational):
        return False
    found = {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[f.op]
    return bool(found)


def _depends(claim: Claim, stated: Written) -> set[str]:
    """The names that the sides and the laws have, and the dimensions of these letters."""
    identity = ensured(claim.statement, MatrixIdentity)
    data, sides = stated.statement, (identity.lhs, identity.rhs)
    letters = {stated.name(a).removesuffix("'") for p in sides for a in p.letters.values()}
    symbols = {s.name for p in sides for k in (*p.terms.values(), p.rows, p.cols) for s in k.free_symbols}
    for derivation in data["derivations"]:
        for step in derivation["steps"]:
            if step["rule"] == "expect":
                for name, law in step["params"]["laws"].items():
                    letters |= {token.removesuffix("'") for token in (*law["row"], *law["col"])}
                    symbols |= set(data["letters"][name][:2]) | {s for _, p in law["scale"] for s in p}
    return letters | symbols | {side for name in letters for side in data["letters"][name][:2]}


def _text(m: Rational) -> str:
    return "[" + ", ".join("[" + ", ".join(map(str, row)) + "]" for row in m) + "]"
