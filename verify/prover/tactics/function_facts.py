"""Function values get names, after the laws have simplified them and what is known of each has been stated.

Steps: apply the laws for single values and for several until none applies; state bounds of each value
(``function_bounds``) and compare values of one function (``function_comparisons``); then write a variable for each.
What is left is a question about polynomials. Applies to exp, log, sqrt and powers that are not literal.
Stops after ``MOST_STEPS`` laws; beyond ``MOST_TERMS`` values nothing is said.
Source: names for function values: Ackermann 1954; bounds instead of functions: Akbarpour, Paulson 2010 (MetiTarski).
"""

from __future__ import annotations

from itertools import combinations

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import names_in
from verify.prover.proof_builder import ProofBuilder, dump, present
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import (
    function_bounds,
    function_comparisons,
    function_identities,
    piecewise,
    reciprocals,
)
from verify.prover.term import Term

MOST_TERMS = 12  # function values that get names; the rest stays opaque
MOST_STEPS = 40  # laws that are applied one after the other; ends a circle of laws


def name_function_values(search: ProofSearch, builder: ProofBuilder) -> None:
    """Simplify function values, state what is known about each, and give it the name of a variable."""
    bounded = search.uses(function_bounds.NAME)
    if bounded:
        function_bounds.monotone(search, builder)
    if not expand(search, builder):
        return
    terms = [t for t in present(builder.state) if t[0] not in piecewise.PIECEWISE][:MOST_TERMS]
    exponentials = [t for t in terms if t[0] == "exp" and names_in(t)]
    if search.reciprocals and len(exponentials) == 1:
        terms.append(reciprocals.reciprocal(builder, exponentials[0]))
    logarithms = [t for t in terms if t[0] == "log" and names_in(t)]
    if search.reciprocals and len(logarithms) == 1:
        reciprocals.inverse_tangent(search, builder, logarithms[0])
    for t in terms:
        if bounded and t in present(builder.state):
            function_bounds.describe(search, builder, t)
    for t, other in combinations(terms, 2):
        if t[0] == other[0] and search.uses(function_comparisons.NAME):
            function_comparisons.compare(search, builder, t, other)
    for t in reversed(terms):
        name = search.fresh(builder.state, {"^": "power"}.get(t[0], t[0]))
        builder.apply("define", new=name, term=dump(t))
        builder.rewrite(t, name)


def expand(search: ProofSearch, builder: ProofBuilder) -> bool:
    """Apply the laws to the function values until none applies; whether any value is left."""
    for _ in range(MOST_STEPS):
        search.tick()
        terms = [t for t in present(builder.state) if t[0] not in piecewise.PIECEWISE]
        if not terms:
            return False
        if not any(attempt(search, builder, t) for t in terms if search.uses(function_identities.NAME)):
            work = builder.fork()
            try:
                laws = [law for law in search.table.joint_laws if search.uses(law.name)]
                if not any(law.run(search, work, terms) for law in laws):
                    break
            except Refused:
                break
            builder.nodes, builder.state = work.nodes, work.state
    return True


def attempt(search: ProofSearch, builder: ProofBuilder, t: Term) -> bool:
    """Apply a law to one value, or leave the builder as it was."""
    work = builder.fork()
    try:
        if not function_identities.simplify(search, work, t):
            if len(work.nodes) > len(builder.nodes) and t not in present(work.state):
                builder.nodes, builder.state = work.nodes, work.state
                return True
            return False
    except Refused:
        return False
    builder.nodes, builder.state = work.nodes, work.state
    return True


def run(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> None:
    name_function_values(search, builder)


TACTIC = Tactic("function_facts", run)
