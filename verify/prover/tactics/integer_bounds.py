"""Integers: strict inequalities tightened, rational bounds rounded.

Steps: ``m < n`` between integers gives m + 1 <= n; a rational bound of an integer variable, as solved from a fact,
becomes the next whole number. Applies to terms that are whole by their form, and to integer variables.
Stops at bounds that are not numbers. Source: Gomory 1958; Chvátal 1973 (rounding of inequalities).
"""

from __future__ import annotations

from math import ceil, floor

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Formula
from verify.kernel.reals.whole import integer_valued
from verify.prover.proof_builder import ProofBuilder
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import farkas
from verify.prover.tactics.bounds import isolate
from verify.prover.term import Term


def tighten(search: ProofSearch, builder: ProofBuilder) -> None:
    """Strict inequalities between integers become m + 1 <= n; rational bounds on integers become whole ones."""
    kinds = builder.state.kinds
    for f in [f for f in builder.state.facts if f[0] == "<"]:
        if all(integer_valued(t, kinds) for t in f[1:]) and not all(isinstance(t, int) for t in f[1:]):
            builder.axiom("gap", f[1], f[2])
    if "integer" not in kinds.values():
        return
    for b in isolate(search.checker, builder.state):
        x, value = b.variable, b.term
        if kinds.get(x) != "integer" or isinstance(value, (str, tuple)):
            continue
        if isinstance(value, int) and not b.strict:
            continue
        whole = (floor(value) if b.lower else ceil(value)) if not b.strict or value != int(value) else int(value)
        ends: tuple[Term, Term] = (whole, x) if b.lower else (x, whole)
        wanted = ("<", *ends)
        try:
            if not builder.state.knows(wanted):
                prove_linear(search, builder, wanted)
            builder.axiom("gap", *ends)
            step = 1 if b.lower else -1
            final = ("<=", whole + step, x) if b.lower else ("<=", x, whole + step)
            if not builder.state.knows(final):
                prove_linear(search, builder, final)
        except Refused:
            continue


def prove_linear(search: ProofSearch, builder: ProofBuilder, f: Formula) -> None:
    """Add what follows from the facts by linear arithmetic; raises ``Refused``."""
    proof = search.use(farkas.TACTIC, ProofBuilder(search.checker, builder.wanted(f)), 0)
    if proof is None:
        raise Refused("not a consequence")
    builder.have(f, proof)


def run(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> None:
    tighten(search, builder)


TACTIC = Tactic("integer_bounds", run)
