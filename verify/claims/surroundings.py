"""The theories around files of claims: those that the files name, the one in force, and those that these use."""

from __future__ import annotations

import contextlib

from verify.claims import theories
from verify.claims.citing import reach
from verify.claims.claim import Claim
from verify.claims.full_names import is_full, parts
from verify.claims.theory import Theory
from verify.runtime.errors import BadInput


class Surroundings:
    """The theories that files of claims are about; the one in force is found when it is first asked for."""

    def __init__(self, theory: Theory | None) -> None:
        self.given = theory
        self.asked: list[Theory] = []  # those whose claims are cited
        self.own: list[Theory] = []  # those that files name

    def theory(self) -> Theory:
        if self.given is None:
            self.given = theories.current()
        return self.given

    def known(self) -> list[Theory]:
        """The theories that are around; no error where it is not clear which is in force."""
        with contextlib.suppress(BadInput):
            self.theory()
        return [t for t in (*self.own, self.given) if t is not None]

    def other(self, claim: Claim, own: Theory | None) -> bool:
        """Whether a theory has a claim of this id already, and it is not this one."""
        if own is not None and own.has(claim.id) and own.catalogue[claim.id] != own.adopt(claim):
            return True
        return any(t.has(claim.id) for t in self.known() if t is not own)

    def has(self, claim: str) -> bool:
        """Whether a theory has the claim, which a file is about to cite."""
        if is_full(claim):
            whose, plain = parts(claim)
            other = self.called(whose)
            return other is not None and other.has(plain)
        for theory in self.known():
            if theory.has(claim):
                if theory not in self.asked:
                    self.asked.append(theory)
                return True
        return False

    def called(self, name: str) -> Theory | None:
        """The theory that a full name means in a file: one that is around or that these use, or one that is installed.

        A file has no other place to say which theories it uses.
        """
        for theory in self.known():
            if (found := {theory.name: theory, **reach(theory)}.get(name)) is not None:
                return found
        return theories.named(name) if name in theories.installed() else None

    def ids(self) -> list[str]:
        return [name for theory in self.known() for name in theory.catalogue]
