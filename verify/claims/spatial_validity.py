"""What a claim about vectors may have besides its text: nothing that the text does not say.

Whether the text means something is found where it is read, in ``verify.spaces.spatial``, which this room is below.
"""

from __future__ import annotations

from verify.claims.domain import Domain
from verify.claims.fields import Fields
from verify.claims.hints import Auto
from verify.runtime.errors import Malformed


def check_spatial(claim: Fields) -> None:
    """``Malformed`` for a field that a claim about vectors has no use for: it would look like a hypothesis of it."""
    if not claim.statement.statement.strip():
        raise Malformed("statement.statement", "it is empty", 'write it out, as in "||a + b|| <= ||a|| + ||b||"')
    if claim.domain != Domain(()):
        hint = 'write hypotheses among the assumptions of the statement, as in Spatial("...", ("eta > 0",))'
        raise Malformed("domain", "a claim about vectors says its hypotheses in its own text", hint)
    if claim.at:
        raise Malformed("at", "a claim about vectors has no symbols to fix", "write the value into its text")
    if claim.derivations:
        raise Malformed("derivations", "no derivation leads to a claim about vectors", "leave them out")
    if not isinstance(claim.proof, Auto):
        raise Malformed("proof", "the proof of a claim about vectors is searched, without hints", "leave it out")
