"""A user's own claims: a Python file that defines ``claims()``, checked with the same routes as the theory's."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from theory.claim import Claim
from theory.statement import MatrixIdentity
from verify.convert import goal_of
from verify.errors import BadInput
from verify.logic import relations, variables_of

SIDES = "write statements in SymPy expressions with exact numbers, over symbols that the domain bounds"
RELATIONS = ("==", "!=", "<", "<=", ">", ">=")
HINT = "the file must define a function claims() that yields theory.Claim objects"


def load_claims(path: str, taken: set[str]) -> dict[str, Claim]:
    """The claims of a module, by id. The file is imported, so run only files that you trust.

    Raises ``BadInput`` for a file that can't be read or imported, that defines no claims, or whose ids are taken.
    """
    file = Path(path)
    if not file.is_file():
        raise BadInput(f"there is no file {path}", HINT)
    spec = importlib.util.spec_from_file_location(f"claims_of_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise BadInput(f"{path} is not a Python file", HINT)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        found = list(module.claims())
    except Exception as error:  # whatever a user's file raises is one clear message
        raise BadInput(f"{path} could not be loaded: {type(error).__name__}: {error}", HINT) from error
    table: dict[str, Claim] = {}
    for claim in found:
        if not isinstance(claim, Claim):
            raise BadInput(f"{path} yields a {type(claim).__name__}, not a Claim", HINT)
        if claim.id in taken or claim.id in table:
            raise BadInput(f"the id {claim.id} of {path} is taken already", "choose another id")
        _readable(claim, path)
        table[claim.id] = claim
    if not table:
        raise BadInput(f"{path} defines no claims", HINT)
    return table


def _readable(claim: Claim, path: str) -> None:
    """``BadInput`` where the statement of a claim can't be read; matrix identities are read by their own routes."""
    if isinstance(claim.statement, MatrixIdentity):
        return
    try:
        sequent = goal_of(claim).sequent
        unknown = {r.op for f in (*sequent.hypotheses, sequent.goal) for r in relations(f)} - set(RELATIONS)
        loose = variables_of(sequent.goal) - {name for name, _ in sequent.variables}
    except Exception as error:  # a floating-point number, a function that nobody knows, text in place of a formula, ...
        why = f"{error or type(error).__name__}"
        raise BadInput(f"the claim {claim.id} of {path} is not read: {why}", SIDES) from error
    if unknown:
        raise BadInput(f"the claim {claim.id} of {path} has the relation {unknown.pop()!r}", "use == != < <= > or >=")
    if loose:
        hint = "give each a bound, or Bound(symbol) if it is any real number"
        raise BadInput(f"the domain of the claim {claim.id} of {path} lacks {', '.join(sorted(loose))}", hint)
