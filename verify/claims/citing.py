"""Claims that cite claims of another theory: which theories one uses, and what its claims need of them.

A theory is loaded when one of its claims is needed, not when the theory that names it is. What is cited takes its
place in the table of claims under its full name, with everything that it needs itself: so it is checked, it caps
verdicts, and it is in the graph like any other claim.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from verify.claims import theories
from verify.claims.claim import Claim
from verify.claims.full_names import MARK, full, is_full, parts
from verify.claims.hints import citations
from verify.claims.theory import Theory
from verify.runtime.errors import BadInput

Find = Callable[[str], Theory | None]


@cache
def used(theory: Theory) -> Mapping[str, Theory]:
    """The theories that one says it uses, by name, loaded now; ``BadInput`` for one that can't be, or two of a name."""
    found: dict[str, Theory] = {}
    for one in theory.uses:
        other = one if isinstance(one, Theory) else theories.named(one)
        if not other.name or MARK in other.name:
            raise BadInput(f"the theory {theory.name} uses one called {other.name!r}, whose claims can't be named")
        if found.setdefault(other.name, other) is not other:
            raise _two_of(other.name)
    return found


@cache
def reach(theory: Theory) -> Mapping[str, Theory]:
    """All theories that one uses, directly or not, by name.

    ``BadInput`` where theories use each other in a circle, and where two have one name.
    """
    found: dict[str, Theory] = {}

    def visit(one: Theory, path: tuple[str, ...]) -> None:
        for name, other in used(one).items():
            if name in path:
                circle = " -> ".join([*path[path.index(name) :], name])
                raise BadInput(f"theories use each other in a circle, {circle}", "let one of them do without the next")
            if name not in found:
                found[name] = other
                visit(other, (*path, name))
            elif found[name] is not other:
                raise _two_of(name)

    visit(theory, (theory.name,))
    return found


@cache
def table_of(theory: Theory) -> Mapping[str, Claim]:
    """Every claim of a theory by id, and by full name those of other theories that they need, directly or not."""

    def find(name: str) -> Theory | None:
        return reach(theory).get(name) and used(theory).get(name)  # a circle is an error, whoever is named

    return {**theory.catalogue, **cited_by(theory.catalogue.values(), find)}


def cited_by(claims: Iterable[Claim], find: Find) -> dict[str, Claim]:
    """Claims of other theories that some claims need, directly or not, by full name; what does not exist is left out.

    ``find`` gives the theory that these claims name. The theories come in the order in which they are first needed,
    the claims of each in its own.
    """
    found: dict[str, Claim] = {}
    order: dict[str, Theory] = {}
    # What an own claim inherits is its own theory's, so nothing that is mentioned has to be looked through.
    todo = [(name, find) for c in claims for name in (*c.states_with, *c.rests_on, *citations(c.proof))]
    for name, finder in todo:  # grows on the way
        whose, claim = parts(name)
        if not whose or name in found:
            continue
        theory = finder(whose)
        if theory is None or claim not in theory.catalogue:
            continue
        if order.setdefault(whose, theory) is not theory:
            raise _two_of(whose)
        found[name] = one = as_cited(theory, claim)
        needs = (*one.needed_to_state, *one.rests_on, *citations(one.proof))
        todo += [(other, _finder(theory)) for other in needs]
    names = (full(theory.name, claim) for theory in order.values() for claim in theory.catalogue)
    return {name: found[name] for name in names if name in found}


def _finder(theory: Theory) -> Find:
    """Which theory a full name means that a claim of ``theory`` needs, which is called by its own full name here."""
    return lambda name: theory if name == theory.name else used(theory).get(name)


@cache
def as_cited(theory: Theory, claim: str) -> Claim:
    """A claim of a theory under the name that others cite it by; so is everything that it needs."""
    return theory.catalogue[claim].under(lambda name: full(theory.name, name))


def at_home(claim: Claim) -> tuple[Claim, Mapping[str, Claim] | None]:
    """A claim as its own theory states it, and the table that it is in there; None for one that is no other's.

    What a theory's routes do and read for a claim may depend on its id there.
    """
    _, name = parts(claim.id)
    own = claim.setting
    # By object: an id is only a text, and what has the form of a full name may be somebody's own claim.
    if is_full(claim.id) and isinstance(own, Theory) and name in own.catalogue and as_cited(own, name) is claim:
        return own.catalogue[name], table_of(own)
    return claim, None


def abroad(claim: Claim, table: Mapping[str, Claim]) -> dict[str, Claim]:
    """What a claim itself cites of other theories, and what that needs, by full name, as a table has it."""
    found: dict[str, Claim] = {}
    todo = [name for name in (*claim.states_with, *claim.rests_on) if is_full(name)]
    for name in todo:  # grows on the way
        if name in table and name not in found:
            found[name] = table[name]
            todo += [*table[name].needed_to_state, *table[name].rests_on]
    return {name: found[name] for name in table if name in found}


def no_claim(claim: Claim, name: str) -> BadInput:
    """The error about a claim that needs one that does not exist, with what may be meant."""
    what = f"{claim.id} rests on {name!r}, which is not a claim"
    own = at_home(claim)[0].setting
    if not isinstance(own, Theory):
        return BadInput(what)
    known = used(own)
    whose, plain = parts(name)
    if not whose:
        fits = [full(other, name) for other, theory in known.items() if name in theory.catalogue]
        return BadInput(what, f"write {fits[0]}, if that is meant" if fits else "")
    if whose == own.name:
        return BadInput(what, f"write {plain}: it is a claim of {own.name} itself")
    if whose not in known:
        near = difflib.get_close_matches(whose, known, n=1)
        means = f"did you mean {near[0]}{MARK}{plain}?" if near else f'write uses=("{whose}",) in it'
        return BadInput(f"{what}: the theory {own.name} uses none called {whose!r}", means)
    if plain in known[whose].catalogue:
        return BadInput(f"{what} of the table", "citing.table_of(theory) has what a theory's claims cite of others")
    near = difflib.get_close_matches(plain, known[whose].catalogue, n=1)
    return BadInput(what, f"did you mean {full(whose, near[0])}?" if near else f"verify --theory {whose} list")


def _two_of(name: str) -> BadInput:
    return BadInput(f"two theories are called {name}, so that {name}{MARK}... could mean a claim of either")
