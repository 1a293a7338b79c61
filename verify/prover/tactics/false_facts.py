"""A fact that is false for all values of the variables closes the goal.

Steps: the difference of the two sides is reduced; a constant of the wrong sign, or 0 where it must not be, is a
contradiction with one multiplier. Applies to facts that are relations. Stops at facts whose falsity depends on others
(``contradictions``), and where a denominator of the fact may vanish. Source: ours.
"""

from __future__ import annotations

from verify.kernel.reading import Refused
from verify.language.rational_functions import Field, as_fraction, fraction
from verify.language.raw_terms import minus, number
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import sign_facts


def absurd(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Closes a state one of whose facts is false for all values of the variables."""
    for f in builder.state.facts:
        if f[0] not in ("==", "!=", "<", "<="):
            continue
        gap = minus(f[2], f[1])
        ratio = fraction(gap)
        if ratio is None:
            continue
        _, n, d = ratio
        work = builder.fork()
        if f[0] == "==" and n != 0 and n.is_constant():
            multiplier = ("/", Field([gap]).term(d), number(as_fraction(n.leading_coefficient())))
            node: Node = {"rule": "psatz", "terms": [["1", [], "1"]], "cofactors": [[dump(f), dump(multiplier)]]}
        elif n == 0 and f[0] in ("!=", "<"):
            node = {"rule": "psatz", "terms": [["1", [dump(f)], "1"]], "cofactors": []}
        elif f[0] in ("<", "<=") and d == 1 and n.is_constant() and n.leading_coefficient() < 0:
            c = -1 / as_fraction(n.leading_coefficient())  # a whole number divided by one would be a float
            node = {"rule": "psatz", "terms": [[str(c), [dump(f)], "1"], ["1", [], "1"]], "cofactors": []}
        else:
            continue
        if not sign_facts.denominators(search, work, gap):
            continue
        try:
            search.checker.step(work.state, node)
        except Refused:
            continue
        return work.close(node)
    return None


TACTIC = Tactic("false_facts", absurd)
