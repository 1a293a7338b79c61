"""Powers whose exponent becomes a literal integer when terms are put for names.

See ``verify/coq/reals/literals.py``.
"""

from __future__ import annotations

from collections.abc import Mapping

from verify.coq.reals.literals import powers
from verify.coq.spaces.notation import Notation
from verify.coq.spaces.place import Place
from verify.kernel.reals.terms import Formula, Term
from verify.kernel.spaces.terms import bound, opened, put

BOUND = bound(0)


def stated_as(place: Place, template: Formula, theta: Mapping[str, Term], proof: str, back: bool = False) -> str:
    """From a proof of a formula at some terms as they are put in by Coq, one of the formula as the kernel has it.

    ``back``: from the kernel's to Coq's.
    """
    found = powers(template, theta)
    if not found:
        return proof
    note = place.notation
    texts = {x: note.scalar(t) for x, t in theta.items()}
    if BOUND in texts:  # a formula under a binder
        as_put = Notation(note.sorts, note.names, (texts[BOUND],)).formula(template)
    else:  # a theorem about numbers
        as_put = Notation({}, {**note.names, **texts}).formula(template)
    statement = (
        as_put if back else note.formula(opened(template, theta[BOUND]) if BOUND in theta else put(template, theta))
    )
    equations = [literal(note.scalar(base), exponent) for base, exponent in found]
    rewriting = "".join(f"rewrite ?{e}; " if back else f"rewrite ?{e} in P; " for e in equations)
    if back:
        return place.script.stated(statement, f"{rewriting}exact {proof}")
    return place.script.stated(statement, f"let P := fresh in pose proof {proof} as P; {rewriting}exact P")


def literal(base: str, exponent: int) -> str:
    """A proof that ``pw`` is the literal power."""
    if exponent == 0:
        return f"(pw_lit0 {base})"
    return f"(pw_lit {base} {exponent})" if exponent > 0 else f"(pw_neg {base} {-exponent})"
