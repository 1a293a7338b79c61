"""Equations that follow from the laws of powers and enter a proof as lemmas, without what was needed on the way."""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Formula
from verify.language.raw_terms import number
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.term import Term

LARGEST_EXPONENT = 12  # the largest whole exponent that is introduced


def lemma(builder: ProofBuilder) -> ProofBuilder:
    """Where an equation is derived: what it needs on the way does not stay among the facts."""
    return ProofBuilder(builder.checker, builder.state)


def conclude(
    builder: ProofBuilder, aside: ProofBuilder, left: Term, right: Term, cofactors: list[tuple[Formula, Term]]
) -> None:
    """Add an equation that follows from those stated aside with these cofactors; raises ``Refused``."""
    goal: Formula = ("==", left, right)
    node: Node = {"rule": "ring", "cofactors": [[dump(f), dump(c)] for f, c in cofactors]}
    builder.checker.step(aside.state.assume(goal=goal), node)
    builder.have(goal, aside.close(node))


def congruent(builder: ProofBuilder, left: Term, right: Term) -> Formula:
    """The equation between two powers with equal arguments; raises ``Refused``."""
    if left != right:
        builder.apply("congruent", left=dump(left), right=dump(right))
    return ("==", left, right)


def rewritten(builder: ProofBuilder, t: Term, u: Term) -> Term:
    """``t`` and ``u`` are the same function of arguments that are identically equal."""
    builder.apply("congruent", left=dump(t), right=dump(u))
    return u


def whole_multiple(builder: ProofBuilder, a: Term, base: Term, exponent: Fraction, k: int) -> None:
    """State (a^exponent)^k == a^(exponent k) for a whole result, with ``base`` being a^exponent."""
    builder.axiom("power power", a, number(exponent), k)
    long = ("^", a, ("*", number(exponent), k))
    short = ("^", a, int(exponent * k))
    builder.apply("congruent", left=dump(long), right=dump(short))
    cofactors = [[dump(("==", ("^", base, k), long)), "1"], [dump(("==", long, short)), "1"]]
    goal = ("==", ("^", base, k), a if exponent * k == 1 else short)
    builder.have(goal, {"rule": "ring", "cofactors": cofactors})


def root_as_power(builder: ProofBuilder, a: Term, first: Term, half: Term) -> None:
    """sqrt(a) == a^(1/2) where a > 0: both are positive and have the same square."""
    builder.axiom("sqrt positive", a)
    if not builder.state.knows(("<=", 0, a)):
        raise Refused("the radicand is not known to be positive")
    builder.axiom("sqrt square", a)
    whole_multiple(builder, a, half, Fraction(1, 2), 2)
    builder.axiom("power positive", a, Fraction(1, 2))
    square = [[dump(("==", ("^", first, 2), a)), "1"], [dump(("==", ("^", half, 2), a)), "-1"]]
    gap = ("/", 1, ("+", first, half))
    cofactors = [[f, dump(("*", Fraction(c), gap))] for f, c in square]
    builder.have(("==", first, half), {"rule": "ring", "cofactors": cofactors})
