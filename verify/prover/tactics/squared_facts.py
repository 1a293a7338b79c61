"""Facts that compare a root with something, squared.

Steps: for ``p < q`` with roots in one side and both sides visibly at least 0, add ``p^2 < q^2`` with the squares of the
roots replaced by their radicands. Applies inside the cases of ``root_signs`` alone, since each fact doubles its
degree. Stops at facts in which a root has a higher degree than one. Source: the square grows on the numbers from 0 on.
"""

from __future__ import annotations

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import Field, fraction
from verify.language.raw_terms import minus
from verify.prover.proof_builder import ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import cleared_denominators, reduced_powers
from verify.prover.term import Term

MOST_FACTS = 24  # facts that are looked at


def square_facts(search: ProofSearch, builder: ProofBuilder) -> None:
    """Add the squares of the facts that compare a root with something, both sides being visibly at least 0."""
    cleared_denominators.clear_denominators(search, builder)
    roots = {f[1][1]: f for f in builder.state.facts if f[0] == "==" and reduced_powers.rooted(f) and f[1][2] == 2}
    for f in [f for f in builder.state.facts if f[0] in ("<", "<=")][:MOST_FACTS]:
        ratio = fraction(minus(f[2], f[1]))
        if ratio is None or ratio[2] != 1:
            continue
        field, n, _ = ratio
        indices = [field.index[x] for x in roots if x in field.index]
        degrees = n.degrees()
        if not any(degrees[i] for i in indices) or any(degrees[i] > 1 for i in indices):
            continue
        by_sign = all(any(m[i] for i in indices) for m, _ in n.terms())  # roots on both sides
        with_root, plain = field.one * 0, field.one * 0
        for m, c in n.terms():
            p = field.context.from_dict({tuple(m): c})
            if c > 0 if by_sign else any(m[i] for i in indices):
                with_root = with_root + p
            else:
                plain = plain + p
        for low, high in ((-with_root, plain), (-plain, with_root)):
            if (
                not low.is_zero()
                and not high.is_zero()
                and squared(search, builder, f, field.term(low), field.term(high), roots)
            ):
                break


def squared(
    search: ProofSearch, builder: ProofBuilder, f: Formula, low: Term, high: Term, roots: dict[str, Formula]
) -> bool:
    """From ``low < high``, which ``f`` says, and 0 <= low infer ``low^2 < high^2`` with the roots' squares replaced."""
    known: Formula = ("<=", 0, low)
    if not builder.state.knows(known):
        if not search.checker.sign(builder.state, low) <= {0, 1}:
            return False
        builder.have(known, {"rule": "sign", "factors": [[dump(low), "1"]]})
    used = [e for x, e in roots.items() if x in names_in(low) | names_in(high)]
    gap = minus(("^", high, 2), ("^", low, 2))
    field = Field([gap, *(e[2] for e in used)])
    rest, one = field.quotient(gap)
    cofactors = []
    for e in used:
        value, below = field.quotient(e[2])
        i = field.index[e[1][1]]
        if one != 1 or below != 1 or value.degrees()[i]:
            return False
        before, rest = rest, reduced_powers.substituted(field, rest, i, 2, value)
        if rest != before:
            cofactors.append([dump(e), dump(field.term((before - rest) / (field.gens[i] ** 2 - value)))])
    wanted: Formula = (f[0], 0, field.term(rest))
    if builder.state.knows(wanted):
        return True
    against = normal(negate(wanted))
    terms = [["1", [dump(f)] * 2, "1"], ["2", [dump(f), dump(known)], "1"], ["1", [dump(against)], "1"]]
    negative = [[e, dump(("-", c))] for e, c in ((e, builder.state.term(c)) for e, c in cofactors)]
    try:
        builder.have(wanted, by_contradiction(wanted, {"rule": "psatz", "terms": terms, "cofactors": negative}))
    except Refused:
        return False
    return True


def run(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> None:
    square_facts(search, builder)


TACTIC = Tactic("squared_facts", run, lambda search, state: search.squaring)
