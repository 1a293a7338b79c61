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
from verify.cache.sources import ByValue, Code, sources
from verify.claims.citing import at_home
from verify.claims.claim import Claim
from verify.claims.hints import citations
from verify.claims.setting import Setting
from verify.claims.statement import WITHOUT_SYMBOLS
from verify.evidence.route_table import routes_of
from verify.evidence.routes.apart import more_code

SCHEMA = 3

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
def code_of(modules: tuple[str, ...], setting: Setting) -> Code:
    return sources(setting.package).code(list(modules), ByValue(setting.content, setting.by_value))


def keys_of(claim: Claim, table: Mapping[str, Claim]) -> dict[str, Key]:
    """The keys of all kinds of evidence for a claim; none for one that can't be described, which is never kept."""
    own = [route.module for route in claim.setting.routes]
    if own and not set(own) <= set(sources(claim.setting.package).files):
        return {}  # where the code of its routes is, nobody says
    try:
        return {slot: key_of(claim, slot, table) for slot in routes_of(claim.setting)}
    except Exception:  # a claim of a user's may break here what the route that meets it will report
        return {}


def key_of(claim: Claim, slot: str, table: Mapping[str, Claim]) -> Key:
    """The key of one kind of evidence; raises ``Unserialisable``."""
    code = code_of((routes_of(claim.setting)[slot].module, *more_code(claim, slot)), claim.setting)
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
        "what it rests on": (claim.states_with, claim.inherits, claim.rests_on),
        "whether it is expected to hold": claim.expected,
    }
    if not isinstance(claim.statement, WITHOUT_SYMBOLS):
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
    route = routes_of(claim.setting)[slot]
    reads = getattr(import_module(route.reads or route.module), "reads", None)
    return {} if reads is None else {name: digest(x) for name, x in sorted(reads(at_home(claim)[0], slot).items())}
