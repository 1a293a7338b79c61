"""The theorems of the theory: each claim is proved once, and a certificate carries all that its claim rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.claims.claim import Claim
from verify.claims.hints import citations
from verify.claims.sequents import statement_of
from verify.kernel import Refused
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.formulas import normal
from verify.kernel.reals.json_form import read_formula, read_term
from verify.prover.scripts.hint_interpreter import NoProof, Script


class Library:
    """Proofs of claims, found on demand and kept. ``claims`` says what a citation means."""

    def __init__(self, claims: Mapping[str, Claim]) -> None:
        self.claims = claims
        self.proved: dict[str, dict[str, Any]] = {}
        self.pending: set[str] = set()

    def theorem(self, name: str) -> dict[str, Any]:
        """The theorem of a claim with its proof; raises ``NoProof``."""
        if name in self.pending:
            raise NoProof(f"the proof of {name} runs in a circle")
        if name not in self.proved:
            self.pending.add(name)
            try:
                self.proved[name] = self.prove(self.claims[name])
            finally:
                self.pending.discard(name)
        return self.proved[name]

    def prove(self, claim: Claim) -> dict[str, Any]:
        """The theorem of one claim, with the theorems that it cites proved first."""
        checker = Checker()
        for name in citations(claim.proof):
            if name not in self.claims:
                raise NoProof(f"the proof cites {name!r}, which is not a claim")
            _, _, kinds, parts = checker.theorem(self.theorem(name))
            checker.theorems[name] = (kinds, parts)
        data = {"id": claim.id, **statement_of(claim), "proof": None}
        state, *_ = checker.theorem(data)
        defined = {name: read_term(t) for name, t in data["definitions"]}
        stated = data["goal"]
        goal = ("limit", read_term(stated[1])) if stated[0] == "limit" else normal(read_formula(stated))
        try:
            return {**data, "proof": Script(claim, checker).run(state, goal, defined)}
        except Refused as reason:
            raise NoProof(f"a step was refused: {reason}") from None

    def needed(self, name: str) -> list[str]:
        """The claims that a proof cites, directly or not, each after those it cites itself, ending with the claim."""
        order: dict[str, None] = {}

        def visit(one: str) -> None:
            if one not in order:
                for other in citations(self.claims[one].proof):
                    visit(other)
                order[one] = None

        visit(name)
        return list(order)

    def certificate(self, name: str) -> dict[str, Any]:
        """A self-contained certificate, whose last theorem is the claim; raises ``NoProof``."""
        self.theorem(name)
        return {"schema": 1, "theorems": [self.theorem(one) for one in self.needed(name)]}
