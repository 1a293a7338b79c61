"""From linear forms back to terms of the checker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

import sympy as sp

from verify.kernel.reals.terms import Term
from verify.kernel.spaces.inner_products import put_on, taken_off
from verify.spaces.multipliers.gram import ONE, Atom, Form
from verify.spaces.problems.script import Script
from verify.spaces.proving.numbers import Naming


@dataclass
class FormTerms:
    """What the names in linear forms stand for; ``stage``: the expectation under which all of it stands, if any."""

    script: Script
    values: frozenset[str]
    stage: int | None = None
    naming: Naming = field(init=False)
    atoms: dict[str, Term] = field(default_factory=dict)  # names of vectors

    def __post_init__(self) -> None:
        self.naming = Naming(self.script)

    def term(self, e: sp.Expr) -> Term:
        """A rational function of the parameters as a term of the checker."""
        if isinstance(e, sp.Symbol):
            return self.naming.terms[e.name]
        if isinstance(e, sp.Rational):
            value = Fraction(int(e.p), int(e.q))
            return value.numerator if value.denominator == 1 else value
        if isinstance(e, sp.Add | sp.Mul):
            op = "+" if isinstance(e, sp.Add) else "*"
            above = [a for a in e.args if not inverse(a)]
            below = [a for a in e.args if inverse(a)]
            if op == "*" and below:
                top = self.term(sp.Mul(*above))
                return ("/", top, self.term(sp.Mul(*[1 / a for a in below])))
            return (op, *[self.term(a) for a in e.args])
        if isinstance(e, sp.Pow) and e.exp.is_Integer:
            if e.exp > 0:
                return ("^", self.term(e.base), int(e.exp))
            return ("/", 1, self.term(e.base ** (-e.exp)))
        raise TypeError(f"{e} is no rational function")

    def whole(self, form: Form) -> Term:
        """A linear form as a number."""
        return ("+", 0, 0, *[("*", self.term(c), self.of_atom(a)) for a, c in form.items()])

    def of_atom(self, a: Atom) -> Term:
        """An atom of a linear form as a number."""
        if a == ONE:
            return 1
        if a[0] == "value":
            return self.naming.terms.get(a[1], a[1])
        inner = ("inner", self.atoms[a[1]], self.atoms[a[2]])
        return inner if self.stage is None else ("E", self.stage, inner)

    def combination(self, weights: Iterable[tuple[str, sp.Expr]]) -> Term:
        """A sum of multiples of named vectors."""
        parts: list[Term] = [("scale", self.term(c), self.atoms[x]) for x, c in weights if c != 0]
        return ("+", ("zero",), *parts) if parts else ("zero",)


def inverse(e: sp.Expr) -> bool:
    """Whether a factor is a divisor."""
    return isinstance(e, sp.Pow) and bool(e.exp.is_Integer and e.exp < 0)


def balanced(x: Term, y: Term) -> tuple[Term, Term]:
    """Two vectors with the same inner product, operators moved from the first to the second until both have as many.

    Sound since operators are self-adjoint: <A B u, v> = <B u, A v>. So A u and A v do for all of <A u, A v>, whose
    normal form is <A A u, v>, and no vector A A u has to be known.
    """
    (left, u), (right, v) = taken_off(x), taken_off(y)
    word = [*reversed(right), *left]
    half = len(word) // 2
    return put_on(word[half:], u), put_on(word[:half][::-1], v)
