"""One function value rewritten by the laws, from left to right until none applies.

Steps: an argument that is a number is computed; then the law of the table for that function. Applies to every function
value. Stops where no law applies; circles are ended by ``function_facts``. Source: the laws of powers and logarithms.
"""

from __future__ import annotations

from verify.language.raw_terms import reduced
from verify.prover.derived_equations import rewritten
from verify.prover.proof_builder import ProofBuilder
from verify.prover.tactic import ProofSearch
from verify.prover.term import Term


def simplify(search: ProofSearch, builder: ProofBuilder, t: Term) -> bool:
    """Rewrite a function value into simpler ones; True if that was possible."""
    plain = tuple(reduced(a) for a in t[1:])
    if plain != t[1:]:
        builder.rewrite(t, rewritten(builder, t, (t[0], *plain)))
        return True
    for law in search.table.value_laws:
        if law.function == t[0] and search.uses(law.name):
            value = law.run(search, builder, t)
            if value is not None:
                builder.rewrite(t, value)
                return True
    return False


NAME = "function_identities"
