"""Proofs that rational functions are continuous where no divisor is zero."""

from __future__ import annotations

from verify.coq.reals.arithmetic import Arithmetic
from verify.coq.reals.knowledge import known
from verify.coq.reals.notation import term
from verify.kernel.reals.terms import Term, names_in, substitute


class Continuity:
    """Continuity of a rational function of s at w, part by part."""

    def __init__(self, algebra: Arithmetic, names: dict[str, str], s: str, w: Term) -> None:
        self.algebra, self.names, self.s, self.w = algebra, names, s, w
        self.at = term(w, algebra.scope.names)

    def function(self, f: Term) -> str:
        return f"(fun {self.names[self.s]} => {term(f, self.names)})"

    def nonzero(self, f: Term) -> str:
        """That a divisor is not zero at w: known, since f(w) is defined, or by its form."""
        value = substitute(f, {self.s: self.w})
        fact = known(self.algebra.script, self.algebra.scope, ("!=", value, 0))
        return fact or self.algebra.nonzero(value)

    def of(self, f: Term) -> str:
        """A proof for one part."""
        if self.s not in names_in(f):
            return f"(ct_const {term(f, self.algebra.scope.names)} {self.at})"
        if not isinstance(f, tuple):
            return f"(ct_id {self.at})"
        op, args = f[0], f[1:]
        if op == "-":
            return f"(ct_opp {self.function(args[0])} _ {self.of(args[0])})"
        if op == "^":
            found = f"(ct_pow {self.function(args[0])} {abs(args[1])} _ {self.of(args[0])})"
            below = ("^", args[0], -args[1])
            return found if args[1] >= 0 else f"(ct_inv {self.function(below)} _ {found} {self.nonzero(below)})"
        if op == "/":
            functions = " ".join(map(self.function, args))
            return f"(ct_div {functions} _ {self.of(args[0])} {self.of(args[1])} {self.nonzero(args[1])})"
        at, found = args[0], self.of(args[0])
        for i, a in enumerate(args[1:], 2):
            subtracted = op == "+" and isinstance(a, tuple) and a[0] == "-"
            lemma = "ct_minus" if subtracted else "ct_plus" if op == "+" else "ct_mult"
            part = a[1] if subtracted else a
            found = f"({lemma} {self.function(at)} {self.function(part)} _ {found} {self.of(part)})"
            at = (op, *args[:i])
        return found
