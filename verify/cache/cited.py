"""The sources of other theories that a theory uses: what it cites of them depends on these as on its own."""

from __future__ import annotations

from verify.cache.sources import Sources, sources
from verify.claims import theories
from verify.claims.citing import used
from verify.claims.theory import Theory


def cited(theory: Theory) -> list[Sources]:
    """The sources of all theories that one uses, directly or not.

    Those of a theory that is named are hashed before it is loaded, so that what runs is what the hashes stand for.
    """
    todo, found = [theory], dict[str, Sources]()
    for one in todo:  # grows on the way
        for other in one.uses:
            package = other.package if isinstance(other, Theory) else theories.package_of(other)
            found.setdefault(package, sources(package))
        todo += [other for other in used(one).values() if other not in todo]
    return [found[package] for package in sorted(found)]
