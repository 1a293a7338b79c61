"""Quotients of polynomials: terms multiplied out, exactly, in whatever is no sum, product, quotient or whole power.

A monomial is one integer, with a field of ``FIELD`` bits for the exponent of each atom, so that monomials are
multiplied by adding. In what is kept the top bit of every field is clear: two such exponents add up within their field,
and a sum that reaches the top bit is refused, so that no exponent ever runs into the field of the next atom.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TypeAlias

from ..reading import Refused, need
from .terms import Number, Term
from .work import EXPONENT, WORK, bits, measure

Poly: TypeAlias = dict[int, Number]  # packed exponents -> coefficient
Factor: TypeAlias = tuple[tuple[int, Number], ...]  # a polynomial as a key
Quotient: TypeAlias = tuple[Poly, dict[Factor, int], tuple[Term, ...]]  # numerator, denominator's factors, non-zero
FIELD, GUARD = 20, 19  # bits for one exponent; the number of the top one


def simplest(x: Fraction) -> Number:
    """An integer where the number is one: integers are faster."""
    return x.numerator if x.denominator == 1 else x


class Algebra:
    """Quotients of polynomials in atoms: variables, function values and symbolic powers.

    ``quotient(t)`` gives n, d and r such that t = n/d at all values at which no term of r is zero; r has every divisor
    in t, so no factor of d is zero there either. Without a ``limit`` only products of coefficients are counted, up to
    ``WORK``: so the prover runs, which has a budget of its own.
    """

    def __init__(self, limit: int | None = None) -> None:
        self.atoms: list[Term] = []
        self.index: dict[Term, int] = {}
        self.sizes: list[int] = []
        self.memo: dict[Term, Quotient] = {}
        self.limited, self.most = limit is not None, WORK if limit is None else limit
        self.work = self.guard = 0

    def spend(self, units: int) -> None:
        """Counts work; refuses where it is more than the limit."""
        if self.limited:
            self.work += units
            need(self.work < self.most, "the proof takes too much work")

    def arithmetic(self, *numbers: Number) -> None:
        """Counts operations on large numbers: divisors of n bits are found in some n^2 steps."""
        self.spend(sum(1 + (bits(x) ** 2 >> 16) for x in numbers))

    def atom(self, t: Term) -> Poly:
        """A term that is no sum, product, quotient or whole power, as a polynomial: itself."""
        if t not in self.index:
            self.index[t] = len(self.atoms)
            self.guard |= 1 << (FIELD * len(self.atoms) + GUARD)
            self.atoms.append(t)
            self.sizes.append(measure(t)[0])
        self.spend(1 + len(self.atoms) // 16)
        return {1 << (FIELD * self.index[t]): 1}

    def product(self, a: Poly, b: Poly) -> Poly:
        """The product of two polynomials: monomials are multiplied by adding their packed exponents."""
        self.spend(1)
        if a == {0: 1} or b == {0: 1}:
            return b if a == {0: 1} else a
        self.work += len(a) * len(b)
        need(self.work < self.most, "the polynomials are too large")
        self.spend(
            len(a) * len(b) * (len(self.atoms) // 32) + (sum(map(bits, a.values())) * sum(map(bits, b.values())) >> 16)
        )
        out: Poly = {}
        for m, c in a.items():
            for n, d in b.items():
                k = m + n
                if k & self.guard:
                    raise Refused("an exponent is too large")
                v = out.get(k, 0) + c * d
                if not isinstance(v, int):
                    self.arithmetic(v)
                out[k] = v
        kept, size = {}, 0
        for k, c in out.items():
            if c:
                kept[k] = c
                size += c.numerator.bit_length() + c.denominator.bit_length()
        self.work += size // 64
        need(self.work < self.most and size < 50_000_000, "the numbers are too large")
        self.spend(len(kept) * (2 + len(self.atoms) // 16))
        return kept

    def total(self, a: Poly, b: Poly) -> Poly:
        """The sum of two polynomials."""
        self.spend((len(a) + len(b)) * (2 + len(self.atoms) // 16))
        out = dict(a)
        for m, c in b.items():
            v = out.get(m, 0) + c
            if not isinstance(v, int):
                self.arithmetic(v, c)
            out[m] = v
        return {m: c for m, c in out.items() if c}

    def hashed(self, factors: dict[Factor, int]) -> int:
        """What it costs to look up some factors: monomials are as long as there are atoms."""
        return sum(map(len, factors)) * (1 + len(self.atoms) // 32)

    def powers(self, factors: Iterable[tuple[Factor, int]]) -> Poly:
        """The product of powers of polynomials."""
        out: Poly = {0: 1}
        for key, n in factors:
            self.spend(n + len(key) * (1 + len(self.atoms) // 32))
            for _ in range(n):
                out = self.product(out, dict(key))
        return out

    def exponents(self, m: int) -> Iterator[tuple[Term, int]]:
        """The atoms of a monomial, with their exponents."""
        for i, e in self.numbered_exponents(m):
            yield self.atoms[i], e

    def numbered_exponents(self, m: int) -> Iterator[tuple[int, int]]:
        """The numbers of the atoms in a monomial, with their exponents."""
        while m:
            self.spend(1 + len(self.atoms) // 32)
            i = ((m & -m).bit_length() - 1) // FIELD  # the lowest field that is not zero
            e = (m >> (FIELD * i)) & ((1 << FIELD) - 1)
            yield i, e
            m ^= e << (FIELD * i)

    def quotient(self, t: Term) -> Quotient:
        """Numerator, factors of the denominator, and the terms whose vanishing would make this invalid."""
        if self.limited:
            size, depth = measure(t)
            self.spend(size * (1 + depth // 16))  # a term is hashed once at every level
        return self.read(t)

    def read(self, t: Term) -> Quotient:
        """``quotient`` of a term that was counted; each term is multiplied out once."""
        if t not in self.memo:
            self.memo[t] = self._quotient(t)
        return self.memo[t]

    def _quotient(self, t: Term) -> Quotient:
        """``quotient`` by the outermost operation of the term."""
        if isinstance(t, str):
            return self.atom(t), {}, ()
        if not isinstance(t, tuple):
            return ({0: t} if t else {}), {}, ()
        op, args = t[0], t[1:]
        if op == "-":
            n, d, r = self.read(args[0])
            self.spend(2 * len(n))
            return {m: -c for m, c in n.items()}, d, r
        if op == "+":
            n, d, r = self.read(args[0])
            for a in args[1:]:
                n2, d2, r2 = self.read(a)
                self.spend(self.hashed(d) + self.hashed(d2) + len(r) + len(r2))
                lcm = {k: max(d.get(k, 0), d2.get(k, 0)) for k in {**d, **d2}}
                left = self.powers((k, e - d.get(k, 0)) for k, e in lcm.items())
                right = self.powers((k, e - d2.get(k, 0)) for k, e in lcm.items())
                n, d = self.total(self.product(n, left), self.product(n2, right)), lcm
                r = self.joined(r, r2)
            return n, d, r
        if op == "*":
            return self.times([self.read(a) for a in args])
        if op == "/":
            return self.times([self.read(args[0]), self.inverse(args[1])])
        if op == "^" and isinstance(args[1], int):
            need(abs(args[1]) <= EXPONENT, "an exponent is too large")
            if args[1] == 0:  # 1, of whatever there is; what it is divided by may not be zero all the same
                return {0: 1}, {}, self.read(args[0])[2]
            return self.times([self.read(args[0]) if args[1] > 0 else self.inverse(args[0])] * abs(args[1]))
        return self.atom(t), {}, ()

    def joined(self, r: tuple[Term, ...], r2: tuple[Term, ...]) -> tuple[Term, ...]:
        """All terms of both, each once."""
        if not r2 or r is r2:
            return r
        if self.limited:
            self.spend(sum(measure(t)[0] for t in (*r, *r2)))
        return tuple(dict.fromkeys(r + r2))

    def times(self, parts: list[Quotient]) -> Quotient:
        """The product of quotients."""
        n: Poly = {0: 1}
        d: dict[Factor, int] = {}
        r: tuple[Term, ...] = ()
        for n2, d2, r2 in parts:
            n = self.product(n, n2)
            self.spend(1 + self.hashed(d) + self.hashed(d2))
            d = {k: d.get(k, 0) + d2.get(k, 0) for k in {**d, **d2}}
            r = self.joined(r, r2)
        return n, d, r

    def inverse(self, t: Term) -> Quotient:
        """1/t where t is not zero: for a product or a whole power, the product of the factors' inverses."""
        n, d, r = self._inverse(t)
        return n, d, (*r, t)

    def _inverse(self, t: Term) -> Quotient:
        """``inverse`` without the condition that t is not zero. The leading coefficient of a divisor becomes 1."""
        if isinstance(t, tuple) and t[0] == "*":
            return self.times([self._inverse(a) for a in t[1:]])
        if isinstance(t, tuple) and t[0] == "^" and isinstance(t[2], int) and 0 < t[2] <= EXPONENT:
            return self.times([self._inverse(t[1])] * t[2])
        n, d, r = self.read(t)
        need(bool(n), "division by a term that is identically zero")
        lead = n[max(n)]
        below = self.powers(d.items())
        self.spend(2 * len(n) + sum(bits(lead) * bits(c) >> 12 for p in (n, below) for c in p.values()))
        key = tuple(sorted((m, simplest(Fraction(c) / lead)) for m, c in n.items()))
        top = {m: simplest(Fraction(c) / lead) for m, c in below.items()}
        return top, ({} if set(n) == {0} else {key: 1}), r
