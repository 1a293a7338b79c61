"""Positivity by form: exponentials, powers and roots of positive terms, and products of such.

Applies to ``0 < t`` and ``0 <= t`` that a tactic asks for on the way. Stops at sums. Source: the axioms on exp and
powers.
"""

from __future__ import annotations

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import Formula
from verify.language.raw_terms import applied
from verify.prover.proof_builder import ProofBuilder, dump
from verify.prover.tactic import ProofSearch
from verify.prover.term import Term


def positive(search: ProofSearch, builder: ProofBuilder, t: Term) -> bool:
    """Make ``0 < t`` a fact for exponentials, for powers and roots of positive terms, and for products of such."""
    if not isinstance(t, tuple) or t[0] not in ("exp", "^", "sqrt", "*", "/"):
        return False
    wanted: Formula = ("<", 0, t)
    if builder.state.knows(wanted):
        return True
    work = builder.fork()
    if t[0] == "exp":
        work.axiom("exp positive", t[1])
    elif t[0] in ("*", "/"):
        if not applied(t) or not all(known_positive(search, work, a) for a in t[1:]):
            return False
        factors = [[dump(a), "-1" if t[0] == "/" and i else "1"] for i, a in enumerate(t[1:])]
        try:
            work.have(wanted, {"rule": "sign", "factors": factors})
        except Refused:
            return False
    else:
        if (isinstance(t[-1], int) and t[0] == "^") or not search.ensure(work, ("<", 0, t[1])):
            return False
        work.axiom(*(("sqrt positive", t[1]) if t[0] == "sqrt" else ("power positive", t[1], t[2])))
    builder.nodes, builder.state = work.nodes, work.state
    return True


def known_positive(search: ProofSearch, builder: ProofBuilder, t: Term) -> bool:
    """Whether a term is positive by its form or by a short search."""
    return search.checker.sign(builder.state, t) == {1} or search.ensure(builder, ("<", 0, t))


def known_at_once(search: ProofSearch, builder: ProofBuilder, f: Formula) -> bool:
    """Whether a relation ``0 < t`` or ``0 <= t`` could be made a fact by the form of t alone."""
    return f[0] in ("<", "<=") and f[1] == 0 and positive(search, builder, f[2])


NAME = "positive_terms"
