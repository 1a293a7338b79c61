"""The rule that most proofs end with: a sum of what is not negative."""

from __future__ import annotations

from verify.coq.reals import signed, tidy
from verify.coq.reals.signed import Signed
from verify.coq.spaces.knowledge import Knowledge
from verify.coq.spaces.place import Place, Scope, Work, pointwise
from verify.coq.spaces.replay import Step
from verify.coq.spaces.rules.logic import notation
from verify.coq.spaces.rules.rest import Rest
from verify.kernel.reals.terms import Term, minus

POSITIVE, NONNEGATIVE, ZERO = frozenset({1}), frozenset({0, 1}), frozenset({0})
LEMMAS = {"<": "of_lt", "<=": "of_le", "==": "of_eq"}


def rule_combine(work: Work, scope: Scope, step: Step) -> Rest:
    op, a, b = step.state.goal
    text = notation(scope, step).formula(step.state.goal)

    def build(place: Place) -> str:
        parts = Parts(place, step)
        if not parts.terms:
            parts.terms, parts.total = [0], Signed(ZERO, "(eq_refl 0)")
        equation = parts.knowledge.same(minus(b, a), tidy.sum_term(parts.terms))
        return f"({LEMMAS[op]} _ _ _ {equation} {signed.weakened(parts.total, signed.WANTED[op])})"

    pointwise(work, scope, step.state, text, build)
    return None


class Parts:
    """The summands of a node, and a proof of the sign of their sum."""

    def __init__(self, place: Place, step: Step) -> None:
        self.place, self.knowledge = place, Knowledge(place)
        self.run, self.state = place.run, place.state
        self.terms: list[Term] = []
        self.total = Signed(ZERO, "")
        for x, entry in step.node["facts"]:
            self.fact(x, entry)
        for x, entry in step.node["squares"]:
            v, factor = self.run.vector(self.state, entry), self.run.scalar(self.state, x)
            proof = f"(part_square V _ {place.notation.vector(v)} {self.sign(factor)})"
            self.add(("*", factor, ("inner", v, v)), NONNEGATIVE, proof)
        for x, entry in step.node["numbers"]:
            t, factor = self.run.scalar(self.state, entry), self.run.scalar(self.state, x)
            self.add(
                ("*", factor, ("^", t, 2)),
                NONNEGATIVE,
                f"(part_number _ {place.notation.scalar(t)} {self.sign(factor)})",
            )
        for x, entry in step.node["equations"]:
            f, factor = self.run.formula(self.state, entry), self.run.scalar(self.state, x)
            proof = f"(part_zero {place.notation.scalar(factor)} _ _ {self.knowledge.known(f)})"
            self.add(("*", factor, minus(f[1], f[2])), ZERO, proof)
        for x, entry in step.node["vectors"]:
            f, v = self.run.formula(self.state, entry), self.run.vector(self.state, x)
            proof = f"(part_vector V {place.notation.vector(v)} _ _ {self.knowledge.known(f)})"
            self.add(("inner", v, minus(f[1], f[2])), ZERO, proof)

    def fact(self, x: object, entry: object) -> None:
        """A multiple of the difference of a fact's sides."""
        f, factor = self.run.formula(self.state, entry), self.run.scalar(self.state, x)
        known = self.knowledge.known(f)
        gap: Term = ("*", factor, minus(f[2], f[1]))
        if f[0] == "<" and self.run.knows(self.state, ("<", 0, factor)):
            self.add(gap, POSITIVE, f"(part_lt _ _ _ {self.knowledge.known(('<', 0, factor))} {known})")
            return
        lemma = "part_eq" if f[0] == "==" else "part_le"
        weak = f"(Rlt_le _ _ {known})" if f[0] == "<" else known
        self.add(gap, NONNEGATIVE, f"({lemma} _ _ _ {self.sign(factor)} {weak})")

    def sign(self, factor: Term) -> str:
        """A proof that a factor is not negative."""
        return self.knowledge.known(("<=", 0, factor))

    def add(self, term: Term, signs: frozenset[int], proof: str) -> None:
        """One more summand."""
        one = Signed(signs, proof)
        self.total = signed.plus(self.total, one) if self.terms else one
        self.terms.append(term)
