"""The square root of a number whose root is rational.

Stops at roots that are not rational. Source: both are at least 0 and have the same square.
"""

from __future__ import annotations

from fractions import Fraction

from verify.language.evaluation import Undecided, Undefined, evaluate
from verify.language.raw_terms import is_number, number
from verify.prover.proof_builder import ProofBuilder, dump
from verify.prover.tactic import ProofSearch, ValueLaw
from verify.prover.term import Term


def root(search: ProofSearch, builder: ProofBuilder, t: Term) -> Term | None:
    """The root of a number, if it is rational."""
    if is_number(t[1]):
        try:
            value = evaluate(t, {})
        except (Undefined, Undecided):
            return None
        if isinstance(value, Fraction):
            builder.axiom("sqrt sign", t[1])
            builder.axiom("sqrt square", t[1])
            facts = [dump(("==", ("^", t, 2), t[1]))]
            if value == 0:
                return root_of_zero(builder, t)
            cofactors = [[facts[0], dump(("/", 1, ("+", t, number(value))))]]
            builder.have(("==", t, number(value)), {"rule": "ring", "cofactors": cofactors})
            return number(value)
    return None


def root_of_zero(builder: ProofBuilder, t: Term) -> Term:
    """sqrt(0) == sqrt(0^2*0) == 0*sqrt(0)."""
    square: Term = ("sqrt", ("*", ("^", 0, 2), 0))
    builder.axiom("sqrt square factor", 0, 0)
    builder.apply("congruent", left=dump(t), right=dump(square))
    facts = [("==", t, square), ("==", square, ("*", 0, ("sqrt", 0)))]
    builder.have(("==", t, 0), {"rule": "ring", "cofactors": [[dump(f), "1"] for f in facts]})
    return 0


LAW = ValueLaw("root_laws", "sqrt", root)
