"""Polynomials with integer coefficients modulo a number, as ``Residues.v`` takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from verify.coq.reals.notation import computed
from verify.kernel.reals.terms import Term

Monomial = tuple[int, tuple[int, ...]]  # an integer coefficient, and the exponents of the atoms
Printer = Callable[[Term], str]  # a term as Coq's, or a proof that it is an integer


@dataclass(frozen=True)
class Congruence:
    """sum of the monomials + m times the rest: the atoms, and the monomials that are not divisible by m."""

    modulus: int
    atoms: list[Term]
    monomials: list[Monomial]
    rest: Term

    def value(self) -> Term:
        """The sum of the monomials, as ``value`` of the library computes it."""
        total: Term = 0
        for c, exponents in reversed(self.monomials):
            power: Term = 1
            for x, e in reversed(list(zip(self.atoms, exponents, strict=True))):
                power = ("*", ("^", x, e), power)
            total = ("+", ("*", c, power), total)
        return total

    def whole(self) -> Term:
        """The sum, and m times the rest."""
        return ("+", self.value(), ("*", self.modulus, self.rest))


def congruence(numerator: Mapping[tuple[tuple[Term, int], ...], int], modulus: int) -> Congruence:
    """A polynomial with integer coefficients, monomials as pairs of atom and exponent, sorted by divisibility."""
    kept = {powers: c for powers, c in numerator.items() if c % modulus}
    atoms = list(dict.fromkeys(x for powers in kept for x, _ in powers))
    monomials = [(c, tuple(dict(powers).get(x, 0) for x in atoms)) for powers, c in kept.items()]
    rest: Term = 0
    for powers, c in numerator.items():
        if c % modulus == 0:
            rest = ("+", rest, ("*", c // modulus, *[("^", x, e) for x, e in powers]) if powers else c // modulus)
    return Congruence(modulus, atoms, monomials, rest)


def arguments(found: Congruence) -> str:
    """The modulus and the polynomial, as a lemma takes them."""
    out = "nil"
    for c, exponents in reversed(found.monomials):
        numbers = "nil"
        for e in reversed(exponents):
            numbers = f"(cons {e}%nat {numbers})"
        out = f"(cons (({c})%Z, {numbers}) {out})"
    return f"{found.modulus} {out}"


def points(found: Congruence, text: Printer, proof: Printer) -> tuple[str, str]:
    """The list of the atoms, in the order in which the library takes residues, and a proof that they are integers."""
    xs, proofs = "(@nil R)", "ints_nil"
    for x in found.atoms:
        xs, proofs = f"(cons {text(x)} {xs})", f"(ints_cons _ _ {proof(x)} {proofs})"
    return xs, proofs


def impossible(found: Congruence, text: Printer, proof: Printer, equation: str) -> str:
    """A proof of False, from a proof that ``whole`` is 0; and from what prints terms and proves them integers."""
    xs, proofs = points(found, text, proof)
    check = computed(f"no_zero {arguments(found)} {len(found.atoms)}")
    return f"(no_solution {arguments(found)} {xs} {text(found.rest)} {check} {proofs} {proof(found.rest)} {equation})"


def whole_value(found: Congruence, t: Term, text: Printer, proof: Printer, equation: str) -> str:
    """A proof that ``t`` is an integer, from one that m t is the sum of the monomials, all residues giving 0."""
    xs, proofs = points(found, text, proof)
    check = computed(f"all_zero {arguments(found)} {len(found.atoms)}")
    return f"(int_poly {arguments(found)} {xs} {text(t)} {check} {proofs} {equation})"
