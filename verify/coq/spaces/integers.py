"""Proofs that terms are integers, by their form: see ``verify/coq/reals/integers.py``."""

from __future__ import annotations

from verify.coq.spaces.place import Place
from verify.coq.untranslated import Untranslated
from verify.kernel.reals.terms import Term

LEMMAS = {"+": "int_add", "*": "int_mul", "min": "int_min", "max": "int_max"}


def integer(place: Place, t: Term) -> str:
    """A proof that a term which the kernel takes for an integer is one."""
    if isinstance(t, str):
        return place.scope.integers[t]
    if not isinstance(t, tuple):
        return f"(int_lit ({int(t)}))"
    if t[0] == "-":
        return f"(int_opp _ {integer(place, t[1])})"
    if t[0] not in ("+", "*"):
        raise Untranslated("an index that is no sum or product of integers")
    found = integer(place, t[1])
    for a in t[2:]:
        found = f"({LEMMAS[t[0]]} _ _ {found} {integer(place, a)})"
    return found
