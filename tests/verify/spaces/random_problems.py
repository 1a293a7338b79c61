"""Random terms, formulas and models, for tests that two evaluations agree."""

import random
from fractions import Fraction
from itertools import product

from verify.spaces.models.model import Chances, Model
from verify.spaces.problems.problem import Hypothesis, Problem, Sort

NAMES = {
    "a": Sort("real", 0), "n": Sort("integer", 0), "u": Sort("vector", 0), "v": Sort("vector", 0),
    "D": Sort("reals", 0), "x": Sort("vectors", 0), "A": Sort("operator", 0),
    "X": Sort("real", 1), "g": Sort("vector", 2), "h": Sort("vector", 1),
}  # fmt: skip
NUMBERS = [Fraction(k, d) for k in range(-3, 4) for d in (1, 2)]
TREE = Chances((Fraction(1, 4), Fraction(1, 4), Fraction(1, 6), Fraction(1, 3)), ((0,) * 4, (0, 0, 1, 1), (0, 1, 2, 3)))


class Draw:
    """Terms of the language, by depth."""

    def __init__(self, seed):
        self.r = random.Random(seed)

    def scalar(self, depth, bound=()):
        r = self.r
        if depth <= 0:
            return r.choice(["a", "X", 0, 1, 2, Fraction(1, 2), *bound])
        kind = r.randrange(14)
        s, v = (lambda: self.scalar(depth - 1, bound)), (lambda: self.vector(depth - 1, bound))
        match kind:
            case 0 | 1:
                return ("+", s(), s())
            case 2:
                return ("*", s(), s())
            case 3:
                return ("-", s())
            case 4:
                return ("/", s(), s())
            case 5:
                return ("^", s(), r.choice([0, 1, 2, 3, -1]))
            case 6 | 7:
                return ("inner", v(), v())
            case 8:
                return ("^", ("norm", v()), 2) if r.random() < 0.7 else ("norm", v())
            case 9 | 10:
                return ("E", r.choice([0, 0, 1, 2]), s())
            case 11:
                return ("sum", "t", r.choice([0, 1]), r.choice([0, 1, 2, "n"]), self.scalar(depth - 1, (*bound, "t")))
            case 12:
                return ("at", "D", r.choice([0, 1, 2, *bound]))
        return (r.choice(["abs", "sqrt", "min", "max"]), s(), *([s()] if kind == 99 else ()))

    def vector(self, depth, bound=()):
        r = self.r
        if depth <= 0:
            return r.choice(["u", "v", "g", "h", ("zero",)])
        s, v = (lambda: self.scalar(depth - 2, bound)), (lambda: self.vector(depth - 1, bound))
        match r.randrange(8):
            case 0 | 1:
                return ("+", v(), v())
            case 2:
                return ("-", v())
            case 3:
                return ("scale", s(), v())
            case 4:
                return ("E", r.choice([0, 1, 2]), v())
            case 5:
                return ("apply", "A", v())
            case 6:
                return ("at", "x", r.choice([0, 1, ("+", "n", -1), *bound]))
        return ("sum", "t", 0, r.choice([1, "n"]), self.vector(depth - 1, (*bound, "t")))

    def formula(self, depth):
        r = self.r
        match r.randrange(8):
            case 0:
                return ("and", self.formula(depth - 1), self.formula(depth - 1))
            case 1:
                return (
                    "all",
                    "t",
                    0,
                    r.choice([1, 2, "n"]),
                    ("<=", self.scalar(depth - 1, ("t",)), self.scalar(1, ("t",))),
                )
            case 2:
                return ("same", self.vector(depth), self.vector(depth - 1))
            case 3:
                form = ("inner", ("apply", "A", "z"), "z")
                return ("every", "z", 0, (r.choice(["<=", ">="]), form, ("*", self.scalar(1), ("^", ("norm", "z"), 2))))
        return (r.choice(["==", "!=", "<", "<=", ">", ">="]), self.scalar(depth), self.scalar(depth - 1))

    def model(self, dimension):
        r = self.r

        def number():
            return r.choice(NUMBERS)

        def vector():
            return tuple(number() for _ in range(dimension))

        matrix = [vector() for _ in range(dimension)]
        for i, j in product(range(dimension), repeat=2):
            if j < i:
                matrix[i] = (*matrix[i][:j], matrix[j][i], *matrix[i][j + 1 :])
        make = {
            "real": number, "integer": lambda: Fraction(r.randrange(-1, 4)), "vector": vector,
            "reals": lambda: {i: number() for i in range(4)}, "vectors": lambda: {i: vector() for i in range(4)},
            "operator": lambda: tuple(matrix),
        }  # fmt: skip
        values = {}
        for name, sort in NAMES.items():
            atoms = {a: make[sort.kind]() for a in TREE.stages[sort.level]}
            values[name] = tuple(atoms[a] for a in TREE.stages[sort.level])
        return Model(dimension, values, TREE)

    def problem(self):
        hypotheses = (Hypothesis(self.formula(1), "drawn"),) if self.r.random() < 0.2 else ()
        return Problem(NAMES, (), hypotheses, (self.formula(3),))
