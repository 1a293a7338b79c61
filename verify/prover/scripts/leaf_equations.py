"""Leaves of a script that are equations, and equations among the facts.

Steps: equations that give a variable or a function value are used up by rewriting, then those that are linear in a
variable with a coefficient that is visibly not zero; an equation to be shown is an identity, or a multiple of one
equation among the facts. Stops at consequences of two equations. Source: ours; elimination by substitution.
"""

from __future__ import annotations

from verify.kernel.reading import Refused
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import Field, Polynomial
from verify.language.raw_terms import minus
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.scripts.leaf_signs import LeafSigns
from verify.prover.term import Term

MOST_REWRITES = 40  # ends a circle of equations that rewrite each other


def is_function(t: Term) -> bool:
    """A function value, which the algebra treats like a variable."""
    return isinstance(t, tuple) and (
        t[0] in ("log", "exp", "sqrt", "abs") or (t[0] == "^" and not isinstance(t[2], int))
    )


def parts_of(t: Term) -> set[Term]:
    """The subterms of a term."""
    return {t}.union(*(parts_of(a) for a in t[1:])) if isinstance(t, tuple) else {t}


class LeafEquations:
    """Equations for one certificate; every method returns a proof node or None, unless it says otherwise."""

    def __init__(self, checker: Checker, signs: LeafSigns) -> None:
        self.checker = checker
        self.signs = signs

    def eliminate(self, builder: ProofBuilder) -> None:
        """Replace variables by the terms that equations give them."""
        for _ in range(MOST_REWRITES):
            for f in builder.state.facts:
                if f[0] != "==":
                    continue
                x, t = (f[1], f[2]) if isinstance(f[1], str) else (f[2], f[1])
                if isinstance(x, str) and x not in names_in(t):
                    builder.rewrite(x, t)
                    break
                if is_function(f[1]) and f[1] not in parts_of(f[2]):
                    builder.rewrite(f[1], f[2])
                    break
            else:
                if not any(self.solve(builder, f) for f in builder.state.facts if f[0] == "=="):
                    return

    def solve(self, builder: ProofBuilder, f: Formula) -> bool:
        """Use a linear equation for a variable whose coefficient is visibly not zero."""
        field = Field([minus(f[1], f[2])])
        n, d = field.quotient(minus(f[1], f[2]))
        if n == 0 or len(n.factor()[1]) > 1:
            return False
        degrees, below = n.degrees(), d.degrees()
        for x, i in field.index.items():
            if not isinstance(x, str) or degrees[i] != 1 or below[i]:
                continue
            if any(x in names_in(t) for t in field.atoms if t != x):
                continue
            slope = n.derivative(i)
            if 0 in self.checker.sign(builder.state, field.term(slope)):
                continue
            top, bottom = field.reduced(field.gens[i] * slope - n, slope)
            t = field.term(top) if bottom == 1 else ("/", field.term(top), field.term(bottom))
            factor = ("/", field.term(d), field.term(slope))
            try:
                builder.have(("==", x, t), {"rule": "ring", "cofactors": [[dump(f), dump(factor)]]})
            except Refused:
                continue
            builder.rewrite(x, t)
            return True
        return False

    def equation(self, builder: ProofBuilder) -> Node | None:
        """An identity, or a consequence of one equation among the facts."""
        _, a, b = builder.state.goal
        equations = [f for f in builder.state.facts if f[0] == "==" and f[1] != f[2]]
        field = Field([minus(a, b), *(minus(f[1], f[2]) for f in equations)])
        n, d = field.quotient(minus(a, b))
        if not self.denominators(builder, minus(a, b)):
            return None
        if n == 0:
            return self.signs.checked(builder, {"rule": "ring", "cofactors": []})
        for f in equations:
            n2, d2 = field.quotient(minus(f[1], f[2]))
            if n2 == 0:
                continue
            common = n.gcd(n2)
            rest = n2 / common
            if common.is_constant() or not self.all_nonzero(builder, field, rest):
                continue
            self.signs.establish_sign(builder, field, d)  # the denominator as a whole, where a fact is about it
            factor = ("/", ("*", field.term(n / common), field.term(d2)), ("*", field.term(rest), field.term(d)))
            proof = self.signs.checked(builder, {"rule": "ring", "cofactors": [[dump(f), dump(factor)]]})
            if proof is not None:
                return proof
        return None

    def all_nonzero(self, builder: ProofBuilder, field: Field, p: Polynomial) -> bool:
        """Whether no factor of a polynomial can be zero."""
        return all(0 not in self.signs.establish_sign(builder, field, f) for f, _ in p.factor()[1])

    def denominators(self, builder: ProofBuilder, t: Term) -> bool:
        """Make every denominator of ``t`` visibly non-zero."""
        for d in self.checker.algebra.quotient(t)[2]:
            if not self.checker.nonzero(builder.state, d):
                proof = self.signs.inequality(ProofBuilder(self.checker, builder.wanted(("!=", 0, d))))
                if proof is None:
                    return False
                builder.have(("!=", 0, d), proof)
        return True
