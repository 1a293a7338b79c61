"""Exact values of both sides of a matrix statement at small dimensions, from the meaning of its rules.

A statement (see ``word_statement``) is evaluated as the function that it describes, at rational matrices. A letter of a
law becomes a matrix of Gaussian unknowns with rational variances, and the expectation replaces each even power of an
unknown by its moment; a gradient is read off at the letter plus unknowns; a linear field is applied to unit vectors; a
task is drawn from a law of two points with the stated means. Words are multiplied out in entries. Nothing of this is
shared with the checker or with the engine that derives, so that agreement says something.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod
from typing import Any

import flint

Json = Any
Matrix = list[list[Any]]  # entries are polynomials in the unknowns
Rational = list[list[Fraction]]
MOST_WORK = 150_000  # products of terms, some microseconds each


class TooHard(Exception):
    """Nothing can be said here: too much work, or something that has no meaning of its own."""


class NoValue(Exception):
    """The statement has no value at this point: a singular matrix, a law that does not exist, a division by 0."""


@dataclass(frozen=True)
class At:
    """Where a function is evaluated: a matrix for each letter that is not an inverse, a number for each symbol."""

    letters: Mapping[str, Matrix]
    numbers: Mapping[str, Fraction]

    def put(self, letters: Mapping[str, Matrix]) -> At:
        return replace(self, letters={**self.letters, **letters})


class Values:
    """A statement at dimensions and at a point; ``numbers`` are the symbols that are no dimensions."""

    def __init__(
        self, stated: Mapping[str, Json], sizes: Mapping[str, int], numbers: Mapping[str, Fraction],
        matrices: Mapping[str, Rational],
    ) -> None:  # fmt: skip
        self.stated, self.sizes = stated, sizes
        self.first: dict[tuple[int, int], int] = {}  # where the unknowns of a step begin
        count = 0
        for k, derivation in enumerate(stated["derivations"]):
            for i, step in enumerate(derivation["steps"]):
                self.first[k, i] = count
                count += self.unknowns(step)
        if count > 400:
            raise TooHard("too many unknowns")
        self.ring = flint.fmpq_mpoly_ctx.get([f"x{i}" for i in range(count + 1)], "lex")
        self.unknown = self.ring.gens()
        self.work = 0
        letters = {name: self.constant(m) for name, m in matrices.items() if name not in stated["inverses"]}
        self.at = At(letters, {**numbers, **{k: Fraction(v) for k, v in sizes.items()}})

    def sides(self) -> tuple[Rational, Rational]:
        """The left and the right side."""
        left, right = (numbers(self.expression(self.stated[side], self.at)) for side in ("lhs", "rhs"))
        return left, right

    def inverse(self, name: str) -> Rational:
        return numbers(self.letter(name, self.at))

    # -- expressions

    def size(self, dimension: str) -> int:
        return int(dimension) if dimension.isdigit() else self.sizes[dimension]

    def shape(self, name: str) -> tuple[int, int]:
        rows, cols, _ = self.stated["letters"][name]
        return self.size(rows), self.size(cols)

    def unknowns(self, step: Json) -> int:
        if step["rule"] == "expect":
            return sum(prod(self.shape(name)) for name in step["params"]["laws"])
        return self.shape(step["params"]["letter"])[0] if step["rule"] == "gradient" else 0

    def expression(self, data: Json, at: At) -> Matrix:
        self.spend(1)
        [(op, x)] = data.items() if set(data) != {"rows", "cols", "terms"} else [("poly", data)]
        if op == "poly":
            return self.poly(x, at)
        if op == "result":
            return self.after(x, len(self.stated["derivations"][x]["steps"]), at)
        if op == "sum":
            return added([self.expression(e, at) for e in x])
        if op == "times":
            scale = self.coefficient(x[0], at)
            return [[scale * e for e in row] for row in self.expression(x[1], at)]
        if op == "substitute":
            return self.expression(x[0], at.put({name: self.expression(e, at) for name, e in x[1].items()}))
        if op == "zero" and x[1] not in self.sizes:
            return self.expression(x[0], replace(at, numbers={**at.numbers, x[1]: Fraction(0)}))
        raise NoValue(f"{op} has no meaning here")

    def poly(self, data: Json, at: At) -> Matrix:
        rows, cols = self.size(data["rows"]), self.size(data["cols"])
        total = [[self.ring.constant(0)] * cols for _ in range(rows)]
        for coefficient, traces, word in data["terms"]:
            factor = self.ring.constant(1) * self.coefficient(coefficient, at)
            for loop in traces:
                m = self.word(loop, at)
                factor = self.times(factor, sum((m[i][i] for i in range(len(m))), self.ring.constant(0)))
            piece = self.word(word, at) if word else self.unit(rows)
            total = added([total, [[self.times(factor, e) for e in row] for row in piece]])
        return total

    def word(self, tokens: Sequence[str], at: At) -> Matrix:
        out: Matrix | None = None
        for token in tokens:
            m = self.letter(token.removesuffix("'"), at)
            m = turned(m) if token.endswith("'") else m
            out = m if out is None else self.product(out, m)
        if out is None:
            raise ValueError("a word without letters has no value")
        return out

    def letter(self, name: str, at: At) -> Matrix:
        if name not in at.letters and name in self.stated["inverses"]:
            return self.constant(inverted(numbers(self.expression(self.stated["inverses"][name], at))))
        return at.letters[name]

    def coefficient(self, data: Json, at: At) -> flint.fmpq:
        if isinstance(data, dict):
            above, below = (self.coefficient(part, at) for part in data["ratio"])
            if not below:
                raise NoValue("a division by 0")
            return above / below
        total = Fraction(0)
        for number, powers in data:
            if any(k < 0 and not at.numbers[s] for s, k in powers.items()):
                raise NoValue("a division by 0")
            total += Fraction(number) * prod((at.numbers[s] ** k for s, k in powers.items()), start=Fraction(1))
        return flint.fmpq(total.numerator, total.denominator)

    # -- derivations

    def after(self, k: int, i: int, at: At) -> Matrix:
        """The result of derivation k after i steps."""
        if i == 0:
            return self.expression(self.stated["derivations"][k]["start"], at)
        step = self.stated["derivations"][k]["steps"][i - 1]
        rule = getattr(self, "of_" + step["rule"], None)
        if rule is None:
            raise TooHard(f"the rule {step['rule']}")
        found: Matrix = rule(lambda there: self.after(k, i - 1, there), at, self.first[k, i - 1], **step["params"])
        return found

    def of_substitute_letters(self, before: Before, at: At, _: int, letters: Json) -> Matrix:
        return before(at.put({name: self.expression(e, at) for name, e in letters.items()}))

    def of_expect(self, before: Before, at: At, first: int, laws: Json) -> Matrix:
        drawn, variances = {}, list[Fraction]()
        for name, law in laws.items():
            rows, cols = self.shape(name)
            left, row = factored(numbers(self.word(law["row"], at) if law["row"] else self.unit(rows)))
            right, col = factored(numbers(self.word(law["col"], at) if law["col"] else self.unit(cols)))
            scale = Fraction(str(self.coefficient(law["scale"], at)))
            start = first + len(variances)
            variances += [scale * a * b for a in row for b in col]
            if scale < 0:
                raise NoValue("a negative variance")
            free = [[self.unknown[start + a * cols + b] for b in range(cols)] for a in range(rows)]
            drawn[name] = self.product(self.product(self.constant(left), free), turned(self.constant(right)))
        return [[self.mean(e, first, variances) for e in row] for row in before(at.put(drawn))]

    def mean(self, p: Any, first: int, variances: Sequence[Fraction]) -> Any:
        """E[p] over independent unknowns: x^2k has the mean (2k-1)!! variance^k, odd powers have none."""
        out: dict[tuple[int, ...], flint.fmpq] = {}
        last = first + len(variances)
        for powers, c in p.to_dict().items():
            own = [int(k) for k in powers[first:last]]
            self.spend(1)
            if any(k % 2 for k in own):
                continue
            moment = Fraction(1)
            for k, v in zip(own, variances, strict=True):
                moment *= prod(range(1, k, 2)) * v ** (k // 2)
            rest = (*powers[:first], *(0 for _ in own), *powers[last:])
            out[rest] = out.get(rest, flint.fmpq(0)) + c * flint.fmpq(moment.numerator, moment.denominator)
        return self.ring.from_dict(out)

    def of_gradient(self, before: Before, at: At, first: int, letter: str) -> Matrix:
        rows = self.shape(letter)[0]
        moved = [[e + self.unknown[first + i]] for i, [e] in enumerate(self.letter(letter, at))]
        [[value]] = before(at.put({letter: moved}))
        out = []
        for i in range(rows):
            part = {}
            for powers, c in value.to_dict().items():
                own = powers[first : first + rows]
                if own[i] == 1 and sum(own) == 1:
                    part[(*powers[:first], *(0 for _ in own), *powers[first + rows :])] = c
            out.append([self.ring.from_dict(part)])
        return out

    def of_coefficient_of_vector(self, before: Before, at: At, _: int, letter: str) -> Matrix:
        here, (constant, matrix) = self.letter(letter, at), self.affine(before, at, letter)
        if any(e != 0 for row in constant for e in row) or self.product(matrix, here) != before(at):
            raise NoValue("not linear in the vector")
        return matrix

    def of_solve_with_inverse(self, before: Before, at: At, _: int, unknown: str, inverse: str) -> Matrix:
        constant, matrix = self.affine(before, at, unknown)
        if added([self.product(matrix, self.letter(unknown, at)), constant]) != before(at):
            raise NoValue("not an equation that is linear in the unknown")
        solved = self.constant(inverted(numbers(matrix)))
        return [[-e for e in row] for row in self.product(solved, constant)]

    def affine(self, before: Before, at: At, letter: str) -> tuple[Matrix, Matrix]:
        """The value at v = 0, and the matrix with the differences from it at the unit vectors."""
        unit = self.unit(self.shape(letter)[0])
        zero = before(at.put({letter: [[self.ring.constant(0)] for _ in unit]}))
        columns = [before(at.put({letter: [[e] for e in row]})) for row in unit]
        return zero, [[c[a][0] - zero[a][0] for c in columns] for a in range(len(zero))]

    def of_average_over_tasks(
        self, before: Before, at: At, _: int, matrix: str, vector: str, mean: str, solution: str, square: str = ""
    ) -> Matrix:
        """Over tasks (A + D, s + u) and (A - D, s + u') with A (u + u') + D (u - u') = 0, as likely as each other.

        With E[v' W v] = k besides: two such laws, mixed with weights that need not be positive, but add up to 1.
        """
        A, s = (numbers(self.letter(name, at)) for name in (mean, solution))
        size = len(A)
        found = []
        for scale in (1, 2) if square else (1,):
            D = [[Fraction(scale * (1 + abs(a - b))) for b in range(size)] for a in range(size)]
            y = [[Fraction(2 * a + 1)] for a in range(size)]
            z = multiplied(inverted(A), multiplied(D, y))
            tasks = [
                [
                    [[A[a][b] + sign * D[a][b] for b in range(size)] for a in range(size)],
                    [[s[a][0] + (sign * y[a][0] - z[a][0]) / 2] for a in range(size)],
                ]
                for sign in (1, -1)
            ]
            form = sum((multiplied(turned(v), multiplied(W, v))[0][0] for W, v in tasks), Fraction(0)) / 2
            values = [before(at.put({matrix: self.constant(W), vector: self.constant(v)})) for W, v in tasks]
            half = flint.fmpq(1, 2)
            found.append((form, [[half * e for e in row] for row in added(values)]))
        if not square:
            return found[0][1]
        (k1, one), (k2, two) = found
        if k1 == k2:
            raise NoValue("two laws of one kind")
        weight = (numbers(self.letter(square, at))[0][0] - k1) / (k2 - k1)
        w = flint.fmpq(weight.numerator, weight.denominator)
        return added([[[(1 - w) * e for e in row] for row in one], [[w * e for e in row] for row in two]])

    # -- entries

    def spend(self, work: int) -> None:
        self.work += work
        if self.work > MOST_WORK:
            raise TooHard("too much work")

    def times(self, a: Any, b: Any) -> Any:
        self.spend(1 + len(a) * len(b))
        return a * b

    def product(self, a: Matrix, b: Matrix) -> Matrix:
        zero = self.ring.constant(0)
        return [
            [sum((self.times(x, r[j]) for x, r in zip(row, b, strict=True)), zero) for j in range(len(b[0]))]
            for row in a
        ]

    def unit(self, size: int) -> Matrix:
        return [[self.ring.constant(int(a == b)) for b in range(size)] for a in range(size)]

    def constant(self, m: Rational) -> Matrix:
        return [[self.ring.constant(flint.fmpq(x.numerator, x.denominator)) for x in row] for row in m]


def differ(stated: Mapping[str, Json], details: Mapping[str, Json]) -> bool:
    """Whether the sides of a statement differ at a counterexample as it is kept, in the entry that it names.

    Raises all sorts of errors for data that are no counterexample.
    """
    kept = details.get("point", details["witness"])
    dims = {side for row in stated["letters"].values() for side in row[:2] if not side.isdigit()}
    sizes = {name: int(kept[name]) for name in dims}
    matrices = {}
    for name, (rows, cols, symmetric) in stated["letters"].items():
        m = matrices[name] = _matrix(kept[name])
        shape = [int(side) if side.isdigit() else sizes[side] for side in (rows, cols)]
        if [len(m), *{len(row) for row in m}] != shape or min(shape) < 1 or (symmetric and turned(m) != m):
            return False
    rest = {name: Fraction(text) for name, text in kept.items() if name not in {*dims, *matrices}}
    left, right = Values(stated, sizes, rest, matrices).sides()
    i, j = details.get("entry", (1, 1))
    return bool(left[i - 1][j - 1] != right[i - 1][j - 1])


def _matrix(text: str) -> Rational:
    rows = text.removeprefix("[[").removesuffix("]]").split("], [")
    return [[Fraction(x) for x in row.split(", ")] for row in rows]


Before = Callable[[At], Matrix]


def turned(m: list[list[Any]]) -> list[list[Any]]:
    return [list(row) for row in zip(*m, strict=True)]


def added(parts: Sequence[Matrix]) -> Matrix:
    out = parts[0]
    for m in parts[1:]:
        out = [[x + y for x, y in zip(a, b, strict=True)] for a, b in zip(out, m, strict=True)]
    return out


def multiplied(a: Rational, b: Rational) -> Rational:
    return [[sum((x * r[j] for x, r in zip(row, b, strict=True)), Fraction(0)) for j in range(len(b[0]))] for row in a]


def numbers(m: Matrix) -> Rational:
    """The entries as rationals; ``TooHard`` where one depends on unknowns."""
    out = []
    for row in m:
        found = [p.to_dict() for p in row]
        if any(any(powers) for d in found for powers in d):
            raise TooHard("a matrix that is not constant")
        out.append([Fraction(str(next(iter(d.values())))) if d else Fraction(0) for d in found])
    return out


def inverted(m: Rational) -> Rational:
    """The inverse, by elimination; ``NoValue`` for a singular matrix."""
    size = len(m)
    rows = [[*row, *(Fraction(int(a == b)) for b in range(size))] for a, row in enumerate(m)]
    for i in range(size):
        pivot = next((a for a in range(i, size) if rows[a][i]), None)
        if pivot is None:
            raise NoValue("a singular matrix")
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for a in range(size):
            if a != i and rows[a][i]:
                rows[a] = [x - rows[a][i] * y for x, y in zip(rows[a], rows[i], strict=True)]
    return [row[size:] for row in rows]


def factored(m: Rational) -> tuple[Rational, list[Fraction]]:
    """L and a nonnegative diagonal D with m = L D L'; ``NoValue`` for a matrix that is not positive semidefinite."""
    size = len(m)
    rest = [list(row) for row in m]
    left = [[Fraction(int(a == b)) for b in range(size)] for a in range(size)]
    diagonal = []
    for i in range(size):
        pivot = rest[i][i]
        column = [rest[a][i] for a in range(size)]
        if (
            pivot < 0
            or (not pivot and any(column[i:]))
            or any(rest[a][b] != rest[b][a] for a in range(i) for b in range(i))
        ):
            raise NoValue("a covariance that is not positive semidefinite")
        diagonal.append(pivot)
        for a in range(i + 1, size):
            left[a][i] = column[a] / pivot if pivot else Fraction(0)
        for a in range(i + 1, size):
            for b in range(i + 1, size):
                rest[a][b] -= left[a][i] * pivot * left[b][i]
    if turned(m) != m:
        raise NoValue("a covariance that is not symmetric")
    return left, diagonal
