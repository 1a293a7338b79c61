"""A function with parameters, by differentiating again and again in one variable from one point.

Steps: where f is 0 or positive at a point c, it is enough that f' has the sign of the distance from c; f' is 0 at c
too, or factors, and so on. At each level the factors whose signs are visible (even powers, sums of positive terms) are
tried first, then the slope of the term as it stands, then of each factor. Only what is known of the parameters and on
which side of c the variable is are kept as facts. Applies to ``<`` and ``<=`` in real variables with exp and log
alone. Stops after ``DEEPEST`` derivatives, and where sample points deny the sign of a slope.
Source: Taylor's theorem with remainder, as in Hoeffding 1963, where the second derivative is at most 1/4.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from verify.kernel.reading import Refused
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.kernel.reals.work import measure
from verify.language.evaluation import Point
from verify.language.rational_functions import factor_terms, fraction
from verify.language.raw_terms import applications, minus
from verify.prover.ball_values import union, value
from verify.prover.proof_builder import KNOWN, Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic, is_order
from verify.prover.tactics import monotonicity
from verify.prover.term import Term
from verify.runtime.budget import spend

DEEPEST = 3  # derivatives one after the other
DISTANCES = [Fraction(v) for v in ("1/100", "1/8", "1", "4", "20")]  # from the point, at which a slope is looked at
MOST_POINTS = 6  # values of the parameters for that
SHARE = 1 / 2  # of the work that is left, for one variable and point


def prove(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close a goal ``a <= b`` or ``a < b`` by a chain of slopes in one variable, the others being parameters."""
    state = builder.state
    f = minus(state.goal[2], state.goal[1])
    if len(names_in(f)) < 2:
        return None
    inside = list(applications(f))
    if any(t[0] not in ("exp", "log") for t in inside) or any(state.kinds[x] != "real" for x in names_in(f)):
        return None  # powers have laws, and integers have induction
    names = [x for x in sorted(names_in(f)) if any(x in names_in(t) for t in inside)]
    names.sort(key=lambda x: (sum(x in names_in(t) for t in inside), x))
    for x in names[: monotonicity.MOST_NAMES]:
        for c in monotonicity.minima(search, state, f, x):
            with search.work_share(SHARE):
                proof = Slopes(search, state, x).chain(state, x, c, DEEPEST)
                if proof is not None:
                    return builder.close(proof)
    return None


class Slopes:
    """One chain in one variable: what is known of the parameters, and values of them to look at."""

    def __init__(self, search: ProofSearch, state: State, x: str) -> None:
        self.search = search
        self.parameters = {f: None for f in state.facts if x not in names_in(f)}
        self.points = [Point({n: v for n, v in p.items() if n != x}) for p in search.samples.points(state)]

    def chain(self, state: State, x: str, c: Term, depth: int) -> Node | None:
        """The goal, least at ``c``: its value there, and the sign of its slope on both sides."""
        if depth <= 0:
            return None
        z = self.search.fresh(state, x.rstrip("0123456789_") or x)
        node: Node = {"rule": "slope", "variable": x, "point": dump(c), "new": z}
        try:
            parts = self.search.checker.step(state, {**node, "base": None, "right": None, "left": None})
        except Refused:
            return None
        base = State(state.kinds, self.parameters, parts[0][0].goal)
        sides = [(side, name) for (side, _), name in zip(parts[1:], ("right", "left"), strict=True)]
        if not all(self.impossible(side) or self.plausible(side.goal, z, c, name) for side, name in sides):
            return None
        node["base"] = self.search.prove(base, 1)
        if node["base"] is None:
            return None
        for side, name in sides:
            node[name] = self.impossible(side) or self.side(side, z, c, depth, right=name == "right")
            if node[name] is None:
                return None
        return node

    def impossible(self, state: State) -> Node | None:
        """A side on which the variable can't be: the facts have it on the other side of the point."""
        away = next((f for f in reversed(state.facts) if f[0] == "<" and f[1] != f[2]), None)
        for f in state.facts:
            if away is not None and f[0] in ("<", "<=") and (f[1], f[2]) == (away[2], away[1]):
                return {"rule": "psatz", "terms": [["1", [dump(g)], "1"] for g in (away, f)], "cofactors": []}
        return None

    def side(self, state: State, z: str, c: Term, depth: int, *, right: bool) -> Node | None:
        """Conditions up to the point, and the sign of the slope beyond it."""
        goal = state.goal
        several = goal[0] == "and"
        split: Node = {"rule": "split", "proofs": [None] * (len(goal) - 1)}
        states = [sub for sub, _ in self.search.checker.step(state, split)] if several else [state]
        proofs: list[Node] = []
        for sub in states[:-1]:
            proof = self.search.prove(self.slim(sub, z, c, "<=", right=right), 1)
            if proof is None:
                return None
            proofs.append(proof)
        inner = self.search.checker.step(states[-1], {"rule": "split", "proofs": [None]})[0][0]
        proof = self.formula(self.slim(inner, z, c, "<", right=right), z, c, depth)
        if proof is None:
            return None
        proofs.append({"rule": "split", "proofs": [proof]})
        return {"rule": "split", "proofs": proofs} if several else proofs[0]

    def slim(self, state: State, z: str, c: Term, relation: str, *, right: bool) -> State:
        """The state with what is known of the parameters, and on which side of the point the variable is."""
        beyond: Formula = (relation, c, z) if right else (relation, z, c)
        return State(state.kinds, {**self.parameters, beyond: None}, state.goal)

    def formula(self, state: State, z: str, c: Term, depth: int) -> Node | None:
        """A conjunction of conditions and, at last, a relation."""
        if state.goal[0] != "and":
            return self.relation(state, z, c, depth)
        proofs: list[Node] = []
        parts = self.search.checker.step(state, {"rule": "split", "proofs": [None] * (len(state.goal) - 1)})
        for i, (sub, _) in enumerate(parts):
            last = i == len(parts) - 1
            proof = self.relation(sub, z, c, depth) if last else self.search.prove(sub, 1)
            if proof is None:
                return None
            proofs.append(proof)
        return {"rule": "split", "proofs": proofs}

    def relation(self, state: State, z: str, c: Term, depth: int) -> Node | None:
        """The sign of a slope: from its factors, from its own slope, or from the slopes of its factors."""
        if state.knows(state.goal):
            return KNOWN
        proof = self.factored(state, z, c, 0)
        if proof is None and depth > 1:
            proof = self.chain(state, z, c, depth - 1) or self.factored(state, z, c, depth - 1)
        return proof

    def factored(self, state: State, z: str, c: Term, depth: int) -> Node | None:
        """The goal from the signs of the factors of its difference; those of odd powers may want a chain."""
        gap = minus(state.goal[2], state.goal[1])
        ratio = fraction(gap)
        if ratio is None:
            return None
        field, n, d = ratio
        if n == 0:
            return None
        builder = ProofBuilder(self.search.checker, state)
        for t in dict.fromkeys(applications(gap)):
            if t[0] == "exp":
                builder.axiom("exp positive", t[1])
        strict = state.goal[0] == "<"
        factors = [*factor_terms(field, n), *factor_terms(field, d, -1)]
        for t in self.search.checker.algebra.quotient(gap)[2]:
            if not self.search.checker.nonzero(builder.state, t) and not self.signed(builder, t, z, c, 0, strict=True):
                return None
        for t, e in factors:
            if e % 2 == 0 and not strict and e > 0:
                continue
            if not self.signed(builder, t, z, c, depth, strict=strict or e < 0):
                return None
        node: Node = {"rule": "sign", "factors": [[dump(t), str(e)] for t, e in factors]}
        try:
            self.search.checker.step(builder.state, node)
        except Refused:
            return None
        return builder.close(node)

    def signed(self, builder: ProofBuilder, t: Term, z: str, c: Term, depth: int, *, strict: bool) -> bool:
        """Make the sign of a factor a fact."""
        seen = self.search.checker.sign(builder.state, t)
        if len(seen - {0}) == 1 and (0 not in seen or not strict):
            return True
        side = self.search.samples.likely(builder.state, t)
        if side is None:
            return False
        relation = "<" if strict else "<="
        f: Formula = (relation, 0, t) if side in (">", ">=") else (relation, t, 0)
        if self.search.ensure(builder, f):
            return True
        wanted = builder.wanted(f)
        if depth <= 0 or not applications_of(t, z):
            return False
        proof = self.chain(State(wanted.kinds, wanted.facts, wanted.goal), z, c, depth)
        if proof is None:
            return False
        builder.have(f, proof)
        return True

    def plausible(self, goal: Formula, z: str, c: Term, side: str) -> bool:
        """Whether the sign of the slope that is asked for is not denied at points on that side."""
        either = goal[-1] if goal[0] == "and" else goal
        wanted = either[-1][-1] if either[-1][0] == "and" else either[-1]
        gap = minus(wanted[2], wanted[1])
        return not any(s < 0 for s in self.signs(gap, z, c, 1 if side == "right" else -1))

    def signs(self, t: Term, z: str, c: Term, direction: int) -> Iterator[int]:
        """The signs of a term where the variable is at some distances from the point."""
        for p in self.points[:MOST_POINTS]:
            balls = {n: union(Fraction(v), Fraction(v)) for n, v in p.items()}
            for distance in DISTANCES:
                spend(2 * measure(t)[0])
                try:
                    at = value(c, balls) + direction * union(distance, distance)
                    ball = value(t, {**balls, z: at})
                except (KeyError, OverflowError):
                    continue
                if ball.is_finite():
                    yield 1 if ball > 0 else -1 if ball < 0 else 0


def applications_of(t: Term, z: str) -> bool:
    """Whether a function value of the variable occurs."""
    return any(z in names_in(a) for a in applications(t))


TACTIC = Tactic("parametric_slopes", prove, is_order)
