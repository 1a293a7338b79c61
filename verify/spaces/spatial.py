"""What a claim about vectors means: its text is read here, once, wherever evidence, the lock or LaTeX needs it."""

from __future__ import annotations

from functools import lru_cache

from verify.claims.claim import Claim
from verify.claims.statement import Spatial
from verify.kernel import Refused
from verify.runtime.errors import BadInput, ensured
from verify.spaces.meaning.elaborate import Meaning, elaborate
from verify.spaces.problems.script import Statement
from verify.spaces.reading import plain, surface

KEPT = 4096  # texts whose trees and meanings are kept


@lru_cache(KEPT)
def tree(statement: Spatial) -> surface.Claim:
    """The text as trees; ``BadInput`` where it can't be read."""
    return plain.claim(statement.statement, statement.assumptions)


@lru_cache(KEPT)
def meaning(statement: Spatial) -> Meaning:
    """The problem that a text states; ``BadInput`` where it can't be read, or where its sorts disagree."""
    return elaborate(tree(statement))


@lru_cache(KEPT)
def theorem(statement: Spatial) -> dict[str, object]:
    """Names, definitions, hypotheses and goal, as a certificate of the statement has them.

    ``BadInput`` also for a statement that the checker does not read: nothing could prove it.
    """
    try:
        return Statement(meaning(statement).problem).json
    except Refused as reason:
        raise BadInput(f"the checker does not read it: {reason}", "state it in simpler terms", "", None) from None


def readable(claim: Claim) -> None:
    """``BadInput`` with the claim's id and the place in its text, unless a claim about vectors means something."""
    statement = ensured(claim.statement, Spatial)
    try:
        theorem(statement)
    except BadInput as error:
        what = f"the claim {claim.id} is not read: {error.what}"
        raise BadInput(what, error.hint, error.text, error.position) from None
