"""The key of a piece of evidence: the hash of everything that a route's finding about a claim depends on.

Its parts have names, so that ``verify why`` can say which of them changed: the claim's ``statement``, the ``ancestors``
that its proof uses, the ``formulas`` that the route reads besides the claim, the ``code`` of the route, the
``libraries``, and the ``machine`` where floating point is used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from verify.cache.canonical import digest
from verify.cache.sources import Code, sources
from verify.claims.claim import Claim
from verify.claims.hints import citations
from verify.claims.statement import MatrixIdentity

SCHEMA = 2

# Which module holds the route of each kind of evidence. How hard a counterexample is looked for is part of the kind.
ROUTES = {
    "units": "verify.evidence.routes.units",
    "replay": "verify.evidence.routes.replay",
    "definition": "theory.maml_erm.measurements.route_definition",
    "simulation": "theory.maml_erm.measurements.route_definition",
    "cubature": "theory.maml_erm.measurements.route_cubature",
    "proof": "verify.evidence.routes.proof",
    "refutation.1": "verify.evidence.routes.refutation",
    "refutation.2": "verify.evidence.routes.refutation",
}

# The names of formulas that a route imports and whose values are in the key: those of ``verify.claims.claim`` through
# ``statement``, the claims that a proof cites through ``ancestors``, the others through the route's ``reads``.
BY_VALUE: dict[str, dict[str, frozenset[str]]] = {
    "verify.claims.claim": {
        "theory.maml_erm.formulas.expressions": frozenset({"atoms", "definitions_of", "expand_atoms"}),
    },
    "verify.claims.expressions": {"theory.maml_erm.formulas.expressions": frozenset({"expand_atoms"})},
    "verify.claims.units": {"theory.maml_erm.formulas.expressions": frozenset({"atoms"})},
    "verify.evidence.routes.proof": {"theory.maml_erm.claims": frozenset({"claims"})},
    "theory.maml_erm.measurements.route_definition": {
        "theory.maml_erm.formulas.expressions": frozenset({"expand_atoms"}),
    },
    "verify.claims.matrix_certificates": {
        "theory.maml_erm.formulas.losses": frozenset({"adapted_error", "adapted_loss", "sample_gradient", "v"}),
        "theory.maml_erm.formulas.methods": frozenset({"RESOLVENT", "proximal_solution"}),
        "theory.maml_erm.formulas.risk": frozenset({"excess_risk_of_task"}),
        "theory.maml_erm.formulas.solutions": frozenset({"CANDIDATE", "SOLUTION"}),
    },
    "theory.maml_erm.measurements.matrices": {"theory.maml_erm.formulas.methods": frozenset({"RESOLVENT"})},
    "theory.maml_erm.measurements.checks": {
        "theory.maml_erm.claims": frozenset({"claims"}),
        "theory.maml_erm.formulas.mixture": frozenset(
            {"gain", "hardness", "m_star", "samples_for_gain", "sigma_g", "sigma_inf"}
        ),
    },
    "theory.maml_erm.measurements.point_choice": {
        "theory.maml_erm.claims.limits": frozenset({"many_samples"}),
        "theory.maml_erm.formulas.mixture": frozenset({"sigma_g"}),
    },
    "theory.maml_erm.measurements.tightest_points": {"theory.maml_erm.formulas.mixture": frozenset({"sigma_g"})},
    "theory.maml_erm.measurements.dependencies": {"theory.maml_erm.formulas.mixture": frozenset({"m_star", "sigma_g"})},
    "theory.maml_erm.measurements.measured_expressions": {
        "theory.maml_erm.formulas.methods": frozenset({"*"}),
        "theory.maml_erm.claims.limits": frozenset({"many_samples"}),
        "theory.maml_erm.claims.spectra": frozenset({"residual_in_direction"}),
        "theory.maml_erm.formulas.expressions": frozenset({"atoms", "expand_atoms", "expressions"}),
        "theory.maml_erm.formulas.mixture": frozenset(
            {
                "a", "at_position", "b", "b_n", "gain", "isotropic_weight", "kappa", "m_star", "position", "q",
                "risk_on_segment", "s_E", "s_H", "sigma", "sigma_g", "sigma_inf", "sigma_K",
            }
        ),
    },
}  # fmt: skip

Parts = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Key:
    """``parts`` by name, each a table of digests or versions by what they are of; ``hash`` covers all of them."""

    claim: str
    slot: str
    parts: Parts

    @property
    def hash(self) -> str:
        text = json.dumps([SCHEMA, self.claim, self.slot, self.parts], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@cache
def code_of(module: str) -> Code:
    return sources().code([module], BY_VALUE)


def keys_of(claim: Claim, table: Mapping[str, Claim]) -> dict[str, Key]:
    """The keys of all kinds of evidence for a claim; none for one that can't be described, which is never kept."""
    try:
        return {slot: key_of(claim, slot, table) for slot in ROUTES}
    except Exception:  # a claim of a user's may break here what the route that meets it will report
        return {}


def key_of(claim: Claim, slot: str, table: Mapping[str, Claim]) -> Key:
    """The key of one kind of evidence; raises ``Unserialisable``."""
    code = code_of(ROUTES[slot])
    parts: Parts = {
        "statement": aspects(claim),
        "ancestors": used_by(claim, table) if slot == "proof" else {},
        "formulas": _reads(claim, slot),
        "code": dict(code.modules),
        "libraries": dict(code.libraries),
        "machine": dict(code.machine),
    }
    return Key(claim.id, slot, parts)


def _aspects(claim: Claim) -> dict[str, str]:
    found: dict[str, Any] = {
        "id": claim.id,
        "statement": claim.statement,
        "domain": claim.domain,
        "fixed values": claim.at,
        "derivations": claim.derivations,
        "proof hints": claim.proof,
        "what it rests on": (claim.states_with, claim.rests_on),
        "whether it is expected to hold": claim.expected,
    }
    if not isinstance(claim.statement, MatrixIdentity):
        atoms = [(e.name, e.symbol, e.value) for e in claim.used_atoms]
        found["definitions"] = (claim.problem(), claim.formula, claim.relevant_domain, atoms)
    return {name: digest(x) for name, x in found.items()}


def aspects(claim: Claim) -> dict[str, str]:
    """Digests of everything in a claim that a route may look at; its title, source and note are for people."""
    # By object: claims are frozen, and comparing two of them would take longer than hashing one.
    if id(claim) not in _ASPECTS:
        _ASPECTS[id(claim)] = (claim, _aspects(claim))
    return _ASPECTS[id(claim)][1]


_ASPECTS: dict[int, tuple[Claim, dict[str, str]]] = {}


def used_by(claim: Claim, table: Mapping[str, Claim]) -> dict[str, str]:
    """The digest of every claim that a claim's proof cites or that it rests on, transitively."""
    found: dict[str, str] = {}
    todo = [*citations(claim.proof), *claim.rests_on]
    while todo:
        name = todo.pop()
        if name in found:
            continue
        if name not in table:
            found[name] = "absent"
            continue
        other = table[name]
        found[name] = digest(aspects(other))
        todo += [*citations(other.proof), *other.rests_on]
    return dict(sorted(found.items()))


def _reads(claim: Claim, slot: str) -> dict[str, str]:
    """Digests of the formulas that a route reads besides the claim, as the route itself lists them."""
    reads = getattr(import_module(ROUTES[slot]), "reads", None)
    return {} if reads is None else {name: digest(x) for name, x in sorted(reads(claim, slot).items())}
