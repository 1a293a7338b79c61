"""Rules of arithmetic: ring, psatz, sign."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from verify.coq.reals import signed, tidy
from verify.coq.reals.arithmetic import Arithmetic
from verify.coq.reals.replay import Step
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Work
from verify.coq.reals.signed import ONE, WANTED, Signed
from verify.kernel.reals.json_form import read_number
from verify.kernel.reals.terms import Formula, Term, minus


def rule_ring(work: Work, scope: Scope, step: Step) -> Rest:
    algebra = Arithmetic(work.run, work.script, scope, step.state)
    left, right = step.state.goal[1], step.state.goal[2]
    parts, proofs = _cofactors(algebra, step)
    if not parts:
        work.script.line(f"{algebra.identity(left, right)}.")
        return None
    equation = algebra.equal(minus(left, right), tidy.sum_term(parts))
    work.script.line(f"exact (eq_by _ _ _ {equation} {_zero(proofs)}).")
    return None


def rule_psatz(work: Work, scope: Scope, step: Step) -> Rest:
    algebra = Arithmetic(work.run, work.script, scope, step.state)
    terms = [_whole_square(algebra, c, t, relations) for c, relations, t in step.node["terms"]]
    cofactors = [(step.state.formula(f), *_whole(algebra, step.state.term(c))) for f, c in step.node["cofactors"]]
    scale = lcm(*(Fraction(c).denominator for c, _, _ in terms), *(below for _, _, below in cofactors))
    parts: list[Term] = []
    total: Signed | None = None
    for coefficient, t, relations in terms:
        part, found = _product(algebra, int(coefficient * scale), relations, t)
        parts.append(part)
        total = found if total is None else signed.plus(total, found)
    if total is None or total.letter != "p":
        raise TypeError("the kernel accepted a sum that is not positive")
    zeros, proofs = _zeros(algebra, [(f, ("*", scale // below, c)) for f, c, below in cofactors])
    positive = tidy.sum_term(parts)
    if zeros:
        equation = algebra.equal(("+", positive, tidy.sum_term(zeros)), 0)
        proof = f"contra _ _ {equation} {_zero(proofs)} {total.proof}"
    else:
        proof = f"contra1 _ {algebra.equal(positive, 0)} {total.proof}"
    work.script.line(f"exact (False_ind _ ({proof})).")
    return None


def _whole(algebra: Arithmetic, t: Term) -> tuple[Term, int]:
    """A polynomial with integer coefficients and a number by which it is divided; another term as it is, over 1.

    ``field`` multiplies the divisors of coefficients out one by one, and they have up to a hundred digits; a sum that
    is zero is so as well when it is multiplied by all of them, and then ``ring`` is enough.
    """
    above, below = tidy.over_integers(algebra.run.algebra, t)
    return (above, below) if isinstance(below, int) and not tidy.without_quotients(t) else (t, 1)


def _whole_square(
    algebra: Arithmetic, c: str, t: object, relations: list[object]
) -> tuple[Fraction, Term, list[object]]:
    """A coefficient and a term whose square it is in front of, so that the term has integer coefficients.

    Not where the term is seen not to be zero, which its form may show and that of the multiple may not.
    """
    term = algebra.state.term(t)
    whole, below = (term, 1) if algebra.run.nonzero(algebra.state, term) else _whole(algebra, term)
    return Fraction(read_number(c)) / below**2, whole, relations


def _product(algebra: Arithmetic, c: int, relations: list[object], t: Term) -> tuple[Term, Signed]:
    """One term of the sum and its sign: a positive number, a square, gaps of known relations."""
    factors: list[Term] = [c]
    found = algebra.fact_sign(c)
    if t != 1:
        factors.append(("^", t, 2))
        if algebra.run.nonzero(algebra.state, t):
            one = Signed(frozenset({1}), f"(even_x 1 {algebra.text(t)} {algebra.nonzero(t)})")
        else:
            one = Signed(frozenset({0, 1}), f"(even_a 1 {algebra.text(t)} I)")
        found = signed.times(found, one)
    for f in map(algebra.state.formula, relations):
        gap, proof = minus(f[2], f[1]), algebra.must(f)
        if f[0] == "!=":
            factors.append(("^", gap, 2))
            one = Signed(frozenset({1}), f"(even_x 1 _ (d_ne2 _ _ {proof}))")
        else:
            factors.append(gap)
            strict = f[0] == "<"
            one = Signed(frozenset({1} if strict else {0, 1}), f"({'d_lt' if strict else 'd_le'} _ _ {proof})")
        found = signed.times(found, one)
    return tidy.product_term(factors), found


def rule_sign(work: Work, scope: Scope, step: Step) -> Rest:
    algebra = Arithmetic(work.run, work.script, scope, step.state)
    algebra.absurd()
    found: Signed | None = None
    factors: list[Term] = []
    for t, e in ((step.state.term(t), int(e)) for t, e in step.node["factors"]):
        one = signed.power(algebra.sign(t), algebra.text(t), abs(e))
        if e == -1:  # written 1/t
            factors.append(("/", 1, t))
            one = (
                Signed(one.signs, f"(mul_p{one.letter} _ _ Rlt_0_1 {signed.inverse(one).proof})")
                if one.letter != "a"
                else one
            )
        else:
            factors.append(tidy.power_term(t, e))
            one = signed.inverse(one) if e < 0 else one
        found = one if found is None else signed.times(found, one)
    op, left, right = step.state.goal
    found = found or ONE
    equation = algebra.equal(minus(right, left), tidy.product_term(factors))
    lemma = {"<": "of_lt", "<=": "of_le", "!=": "of_ne", "==": "of_eq"}[op]
    work.script.line(f"exact ({lemma} _ _ _ {equation} {signed.weakened(found, WANTED[op])}).")
    return None


def _cofactors(algebra: Arithmetic, step: Step) -> tuple[list[Term], list[str]]:
    """The terms c (l - r) of known equations l == r, and proofs that each is zero."""
    return _zeros(algebra, [(step.state.formula(f), step.state.term(c)) for f, c in step.node["cofactors"]])


def _zeros(algebra: Arithmetic, cofactors: list[tuple[Formula, Term]]) -> tuple[list[Term], list[str]]:
    parts: list[Term] = []
    proofs = []
    for f, factor in cofactors:
        parts.append(("*", factor, minus(f[1], f[2])))
        proofs.append(f"(cof {algebra.text(factor)} _ _ {algebra.must(f)})")
    return parts, proofs


def _zero(proofs: list[str]) -> str:
    found = proofs[0]
    for proof in proofs[1:]:
        found = f"(add0 _ _ {found} {proof})"
    return found
