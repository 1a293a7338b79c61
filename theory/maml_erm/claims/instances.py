"""Instances: what a claim says of a learner that adapts the k numbers of a head, in place of all d parameters.

Where w* = B v*, the features B^T x, with covariance B^T Sigma B, are the inputs of section 1 in k dimensions (the claim
R1). So whatever holds for every d and every covariance holds with k for d: as an instance, never as a copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import sympy as sp

from theory.maml_erm.formulas.expressions import expand_atoms
from theory.maml_erm.formulas.symbols import d, k
from verify.claims.claim import Claim
from verify.claims.domain import at_least
from verify.claims.hints import By, Cite
from verify.claims.statement import Limit, MatrixIdentity, Spatial
from verify.derivations.relations import sides_of
from verify.derivations.trace_polynomials import TracePolynomial
from verify.runtime.errors import BadInput


def speaks_of_dimension(claim: Claim) -> bool:
    """Whether d stands in a claim: in a side, in a hypothesis, or in the definition of what these mention."""
    s = claim.statement
    if isinstance(s, MatrixIdentity):
        return any(side != resized(side) for side in (s.lhs, s.rhs))
    if d in claim.fixed or isinstance(s, Spatial):
        return False
    sides = [s.expression, s.value] if isinstance(s, Limit) else sides_of(s.formula())
    sides += [side for f in claim.domain.extra for side in sides_of(f)]
    return any(d in expand_atoms(side).free_symbols for side in sides)


def instance(claim: Claim) -> Claim:
    """The claim with k for d; a claim that d is not in is its own instance.

    A scalar claim is proved by citing the claim at d = k; a limit by its own hint, as a limit cannot be cited; an
    identity of matrices by its own derivation, in letters with k rows. Raises ``BadInput`` for a claim that has a k
    already, and for a limit in d.
    """
    if not speaks_of_dimension(claim):
        return claim
    if k in claim.domain.symbols or (isinstance(claim.statement, Limit) and claim.statement.variable == d):
        raise BadInput(f"{claim.id} has no instance in k dimensions: it speaks of k, or of all d together")
    own = replace(
        claim,
        id=f"R1.{claim.id}",
        title=f"{claim.title}; adapting a head of k numbers",
        states_with=("R1", claim.id),
        rests_on=(claim.id,),
        note="B^T Sigma B for Sigma and k for d" + (f"; {claim.note}" if claim.note else ""),
    )
    if isinstance(claim.statement, MatrixIdentity):
        s = claim.statement
        own = replace(own, statement=MatrixIdentity(s.name, resized(s.lhs), resized(s.rhs)))
        return replace(own, derivations=resized(claim.derivations), domain=resized(claim.domain))
    at = (*((symbol, value.xreplace({d: k})) for symbol, value in claim.at), (d, k))
    proof = claim.proof if isinstance(claim.statement, Limit) else By((Cite(claim.id, ((d, k),)),))
    return replace(own, at=at, domain=claim.domain + at_least(k, 1), proof=proof, derivations=())


def resized(x: Any) -> Any:
    """The same with k for d, in every letter, coefficient, step and parameter."""
    match x:
        case sp.Basic():
            return x.xreplace({d: k})
        case TracePolynomial():
            return TracePolynomial(
                resized(x.rows), resized(x.cols), {resized(t): resized(c) for t, c in x.terms.items()}
            )
        case Mapping():
            return {resized(key): resized(value) for key, value in x.items()}
        case tuple():
            return tuple(map(resized, x))
        case _ if is_dataclass(x) and not isinstance(x, type):
            return replace(x, **{f.name: resized(getattr(x, f.name)) for f in fields(x) if f.init})
    return x
