"""Normal forms: terms multiplied out into what the algebra of numbers takes for variables.

A scalar becomes a term in + * - / and whole powers of numbers, names, values of functions and

    ("inner", a, b)   two vectors that are no sums, a before b (``inner_products.py``)
    ("norm", v)       whose square is the inner product of v with itself
    ("E", k, p)       a product p of what is not known at stage k (``expectations.py``)
    ("upto", e, p)    a sum over what depends on the index (``series.py``)

A vector becomes a table of such vectors with their coefficients. What is equal in value may keep different forms; what
has equal forms is equal in value, at all values at which no divisor in the form is zero. Divisors are never lost: where
one would cancel, or is one of an argument of something, it stands in a summand that is zero. An ``inv (b)`` is nothing
but a factor, equal to 1/b wherever that is; where b is zero too, if a/b is a times one value of 1/0.
"""

from fractions import Fraction

from ..reading import Refused, need
from ..reals.json_form import ARITY
from ..reals.polynomials import Algebra, Poly, simplest
from ..reals.terms import Compound, Term
from ..reals.work import measure
from .calculus import Factors, Rows, Vector, beside, over, product, unless
from .expectations import expected, expected_vector
from .inner_products import halved, inner, norm
from .series import series, vector_series
from .sorts import Sorts, has_moments, level_of
from .terms import loose


class Forms:
    """The normal forms of the terms about some names, each made once. A ``Calculus``."""

    def __init__(self, algebra: Algebra, sorts: Sorts) -> None:
        self.algebra = algebra
        self.sorts = sorts
        self.scalars: dict[Term, Term] = {}
        self.vectors: dict[Term, Vector] = {}
        self.levels: dict[Term, tuple[int, int]] = {}  # with the sizes of the terms
        self.texts: dict[Term, str] = {}  # of atoms, by which factors are put in one order

    def level(self, x: Term) -> int:
        """The stage at which a value is known. A name that a rule introduced is a constant."""
        if not isinstance(x, tuple):
            return level_of(x, self.sorts)
        if x not in self.levels:
            self.levels[x] = level_of(x, self.sorts), measure(x)[0]
            self.algebra.spend(self.levels[x][1])
        level, size = self.levels[x]
        self.algebra.spend(1 + size // 16)
        return level

    def has_moments(self, x: Term, k: int) -> bool:
        """Whether a value has all moments given what is known at stage k, because the names in it have."""
        return has_moments(x, k, self.sorts)

    # ------------------------------------------------------------ scalars

    def scalar(self, t: Term) -> Term:
        """The normal form of a number."""
        if not isinstance(t, tuple):
            return t
        if t not in self.scalars:
            self.algebra.spend(measure(t)[0])
            self.scalars[t] = self._scalar(t)
        return self.scalars[t]

    def _scalar(self, t: Compound) -> Term:
        """``scalar`` by the operation."""
        op, args = t[0], t[1:]
        if op == "inner":
            return inner(self, self.vector(args[0]), self.vector(args[1]))
        if op == "norm":
            return norm(self, self.vector(args[0]))
        if op == "E":
            return expected(self, args[0], self.scalar(args[1]))
        if op == "sum":
            return series(self, args[0], args[1], self.scalar(args[2]))
        if op == "upto":
            return series(self, 1, args[0], self.scalar(args[1]))
        if op == "at":
            return (op, args[0], self.tidy(args[1]))
        if op == "inv":
            return self.quotient(1, self.scalar(args[0]))
        if op == "/":
            return self.quotient(self.scalar(args[0]), self.scalar(args[1]))
        if op in ("+", "*", "-"):
            return (op, *[self.scalar(a) for a in args])
        need(op in ARITY, "no operation on numbers")
        if op == "^":
            exponent, zero = self.argument(args[1])
            if isinstance(exponent, int):
                base = self.scalar(args[0])
                power = (op, base, exponent) if exponent >= 0 else self.quotient(1, (op, base, -exponent))
                return beside(power, [zero])
        found = [self.argument(a) for a in args]
        return beside((op, *[a for a, _ in found]), [zero for _, zero in found])

    def quotient(self, a: Term, b: Term) -> Term:
        """a/b. Where b mentions what is bound its inverse is one factor, which nothing cancels."""
        if not loose(b):
            return ("/", a, b)
        divisor, zero = self.argument(b)
        return beside(("*", a, ("inv", divisor)), [zero])

    def argument(self, t: Term) -> tuple[Term, Term]:
        """A term that is an argument of something, and a zero with its divisors, to stand beside that.

        The first is one form for all terms that are equal as quotients, which they are where no divisor is zero.
        """
        form = self.scalar(t)
        if not isinstance(form, tuple):
            return form, 0
        rows, below, ghost = self.monomials(form)
        terms = [product(factors, number) for number, factors in rows]
        total = 0 if not terms else terms[0] if len(terms) == 1 else ("+", *terms)
        return over([total], below), beside(ghost, [] if below == 1 else [unless(below)])

    def tidy(self, t: Term) -> Term:
        """``argument`` for a term whose divisors are seen to elsewhere, as an index, which has none."""
        return self.argument(t)[0]

    def monomials(self, form: Term) -> tuple[Rows, Term, Term]:
        """The summands of a normal form, what divides them all, and a zero with the divisors that cancelled."""
        n, d, r = self.algebra.quotient(form)
        divisors = [("^", self.polynomial(dict(key)), e) for key, e in d.items()]
        below = 1 if not divisors else ("*", 1, *sorted(divisors, key=repr))
        lost = [b for b in r if not set(self.algebra.quotient(("/", 1, b))[1]) <= set(d)]
        return self.rows(n), below, beside(0, [unless(b) for b in lost])

    def rows(self, p: Poly) -> Rows:
        """The summands of a polynomial in one order, the factors of each in one order."""
        self.algebra.spend(10 * len(p) + 1)
        found = []
        for m, c in p.items():
            keyed = sorted((self.text(a), e, a) for a, e in self.algebra.exponents(m))
            found.append(([key[:2] for key in keyed], simplest(Fraction(c)), [(a, e) for _, e, a in keyed]))
        return [(c, factors) for _, c, factors in sorted(found, key=lambda row: row[0])]

    def text(self, a: Term) -> str:
        """An atom as a text, made once."""
        if a not in self.texts:
            self.texts[a] = repr(a)
        self.algebra.spend(1 + len(self.texts[a]) // 64)
        return self.texts[a]

    def polynomial(self, p: Poly) -> Term:
        """A polynomial as a term, the same for the same polynomial."""
        terms = [product(factors, number) for number, factors in self.rows(p)]
        return terms[0] if len(terms) == 1 else ("+", *terms)

    def squared_norms(self, form: Term) -> Term:
        """The form with inner products for squares of norms."""
        while True:
            rows, below, ghost = self.monomials(form)
            if not any(squares_a_norm(factors) for _, factors in rows):
                return form
            parts = [] if ghost == 0 else [ghost]
            form = over([*parts, *[product(halved(self, factors), number) for number, factors in rows]], below)

    # ------------------------------------------------------------ vectors

    def vector(self, v: Term) -> Vector:
        """The normal form of a vector."""
        if v not in self.vectors:
            self.algebra.spend(measure(v)[0])
            self.vectors[v] = self._vector(v)
        return self.vectors[v]

    def _vector(self, v: Term) -> Vector:
        """``vector`` by the operation."""
        if isinstance(v, str):
            return {v: 1}
        if not isinstance(v, tuple):
            raise Refused("not a vector")
        op, args = v[0], v[1:]
        if op == "zero":
            return {}
        if op == "+":
            return self.joined([self.vector(a) for a in args])
        if op == "-":
            return {a: ("-", c) for a, c in self.vector(args[0]).items()}
        if op == "scale":
            factor = self.scalar(args[0])
            return {a: c if factor == 1 else ("*", factor, c) for a, c in self.vector(args[1]).items()}
        if op == "at":
            return {(op, args[0], self.tidy(args[1])): 1}
        if op == "apply":
            return self.joined([self.applied(args[0], a, c) for a, c in self.vector(args[1]).items()])
        if op == "E":
            return self.joined([expected_vector(self, args[0], a, c) for a, c in self.vector(args[1]).items()])
        if op == "sum":
            return vector_series(self, args[0], args[1], self.vector(args[2]))
        if op == "upto":
            return vector_series(self, 1, args[0], self.vector(args[1]))
        raise Refused("no operation on vectors")

    def joined(self, parts: list[Vector]) -> Vector:
        """The sum of vectors; what cancels without a divisor is gone."""
        gathered: dict[Term, list[Term]] = {}
        for part in parts:
            for a, c in part.items():
                gathered.setdefault(a, []).append(c)
        kept: Vector = {}
        for a, cs in gathered.items():
            c = cs[0] if len(cs) == 1 else ("+", *cs)
            n, _, r = self.algebra.quotient(c)
            self.algebra.spend(4)
            if n or r:
                kept[a] = c
        return kept

    def applied(self, operator: str, a: Term, c: Term) -> Vector:
        """An operator applied to a multiple of a vector that is no sum; it goes inside finite sums."""
        if isinstance(a, tuple) and a[0] == "upto":
            inside = self.vector(("apply", operator, a[2]))
            return {x: ("*", c, d) for x, d in vector_series(self, 1, a[1], inside).items()}
        return {("apply", operator, a): c}


def squares_a_norm(factors: Factors) -> bool:
    """Whether the square of a norm divides a product."""
    return any(e > 1 and isinstance(a, tuple) and a[0] == "norm" for a, e in factors)
