"""Proofs that a term in one variable is positive on an interval, by repeated differentiation.

Steps, for ``0 < f`` (``0 <= f``) on an interval: take f apart into factors, each of one sign; polynomials go to Sturm's
theorem. Of any other factor f, as a sum of c(y) M with products M of function values, choose w = f, or w = f/(c M),
whose derivative is simplest: dividing by c M removes one M from the derivative. Cut the interval where the slope of w
changes its sign; on each piece w is least at one end, where its value is that of a number; the sign of the slope is
the same question one level down. Around a least value that is at no simple number, and that is away from 0, stands a
short piece that is shown by bounds (``boxes.py``).
Source: Rolle 1691 for the descent from f to the derivative of f/(c M), as in Pólya and Szegő 1925, V 75 (sums of
exponentials); the mean value theorem is the checker's ``slope``.
"""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.reading import Refused
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import Field, Polynomial, factors_of, fraction
from verify.language.raw_terms import applications, minus, number
from verify.prover.one_variable.boxes import positive_on_box
from verify.prover.one_variable.candidates import candidates
from verify.prover.one_variable.interval import Interval
from verify.prover.one_variable.mean_value import by_mean_value
from verify.prover.one_variable.pieces import Goal, Piece, plan
from verify.prover.one_variable.sign_changes import at, changes, sign_at, sign_on
from verify.prover.proof_builder import KNOWN, Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch
from verify.prover.term import Term

DEEPEST = 7  # derivatives that are taken one after the other
MOST_TRIES = 60  # functions that are differentiated in one attempt

HALVINGS, HALVINGS_BELOW = 3, 1  # of an interval on which no choice of w helps: for the goal, and for slopes


class Chains:
    """One attempt: the search that it serves and how many functions it may still differentiate."""

    def __init__(self, search: ProofSearch) -> None:
        self.search = search
        self.tries = MOST_TRIES

    # ------------------------------------------------------------ formulas

    def formula(self, state: State, y: str, interval: Interval, depth: int) -> Node | None:
        """A proof of the goal, made of relations about ``y`` alone, whose facts say that y is in the interval."""
        self.search.tick()
        goal = state.goal
        if state.knows(goal):
            return KNOWN
        if goal[0] in ("and", "or"):
            count = len(goal) - 1 if goal[0] == "and" else 1
            proofs = []
            for sub, _ in self.search.checker.step(state, {"rule": "split", "proofs": [None] * count}):
                proof = self.formula(sub, y, interval, depth)
                if proof is None:
                    return None
                proofs.append(proof)
            return {"rule": "split", "proofs": proofs}
        if goal[0] in ("<", "<="):
            return self.relation(state, y, interval, depth)
        return self.different(state, y, interval, depth) if goal[0] == "!=" else None

    def different(self, state: State, y: str, interval: Interval, depth: int) -> Node | None:
        """``a != b`` from ``a < b`` or ``b < a``."""
        _, a, b = state.goal
        s = sign_on(minus(b, a), y, interval)
        if not s:
            return None
        f: Formula = ("<", a, b) if s > 0 else ("<", b, a)
        builder = ProofBuilder(self.search.checker, state)
        if not self.have(builder, f, y, interval, depth):
            return None
        return builder.close(KNOWN)

    def have(self, builder: ProofBuilder, f: Formula, y: str, interval: Interval, depth: int) -> bool:
        """Make a relation a fact, if a chain proves it."""
        if builder.state.knows(f):
            return True
        proof = self.relation(builder.wanted(f), y, interval, depth)
        if proof is None:
            return False
        builder.have(f, proof)
        return True

    # ------------------------------------------------------------ factors

    def relation(self, state: State, y: str, interval: Interval, depth: int) -> Node | None:
        """``a < b`` or ``a <= b``, from the signs of the factors of b - a."""
        goal = state.goal
        if y not in names_in(goal):
            return self.constant(state)
        ratio = fraction(minus(goal[2], goal[1]))
        if ratio is None:
            return None
        field, n, d = ratio
        builder = ProofBuilder(self.search.checker, state)
        self.positive_atoms(builder, goal)
        if not self.divisors(builder, y, interval, depth):
            return None
        parts: list[tuple[Term, int]] = []
        total, strict = 1, goal[0] == "<"
        for p, below in ((n, False), (d, True)):
            if n == 0:
                break
            constant, factors = factors_of(p)
            total = total if constant > 0 else -total
            parts.append((field.term(field.context.constant(1 / constant if below else constant)), 1))
            for factor, e in factors:
                f = field.term(factor)
                even = int(e) % 2 == 0
                s = sign_on(f, y, interval) if y in names_in(f) else sign_at(f, y, Fraction(0))
                if s is None and not even and not strict:
                    return self.at_changes(state, f, y, interval, depth)
                if not s and not (even and not strict and not below):
                    return None
                if s and not even:
                    total *= s
                if s and not (even and not strict and not below):
                    shown = self.shown(builder, field, factor, s, y, interval, depth, strict=strict or below)
                    if not shown:
                        return None
                parts.append((f, -int(e) if below else int(e)))
        if total < 0:
            return None
        node: Node = {"rule": "sign", "factors": [[dump(t), str(e)] for t, e in parts] or [["0", "1"]]}
        try:
            self.search.checker.step(builder.state, node)
        except Refused:
            return None
        return builder.close(node)

    def at_changes(self, state: State, f: Term, y: str, interval: Interval, depth: int) -> Node | None:
        """The goal on both sides of a simple number at which a factor changes its sign, and others with it."""
        found = changes(f, y, interval)
        place = found[1][0] if found is not None and found[1] else None
        if place is None or not place.exact or depth <= 0:
            return None
        low, high = interval.below(place.low), interval.above(place.low)
        yes = self.relation(slim(state, y, low), y, low, depth - 1)
        no = self.relation(slim(state, y, high), y, high, depth - 1) if yes is not None else None
        if no is None:
            return None
        return {"rule": "cases", "formula": dump(("<=", y, number(place.low))), "yes": yes, "no": no}

    def positive_atoms(self, builder: ProofBuilder, goal: Formula) -> None:
        """The fact that every exponential is positive."""
        for t in dict.fromkeys(applications(goal)):
            if t[0] == "exp" and not builder.state.knows(("<", 0, t)):
                builder.axiom("exp positive", t[1])

    def divisors(self, builder: ProofBuilder, y: str, interval: Interval, depth: int) -> bool:
        """The facts that no divisor in the goal vanishes."""
        checker = self.search.checker
        gap = minus(builder.state.goal[2], builder.state.goal[1])
        for t in checker.algebra.quotient(gap)[2]:
            if checker.nonzero(builder.state, t):
                continue
            s = sign_on(t, y, interval)
            if not s or depth <= 0:
                return False
            if not self.have(builder, ("<", 0, t) if s > 0 else ("<", t, 0), y, interval, depth - 1):
                return False
        return True

    def shown(
        self,
        builder: ProofBuilder,
        field: Field,
        p: Polynomial,
        s: int,
        y: str,
        interval: Interval,
        depth: int,
        *,
        strict: bool,
    ) -> bool:
        """Make the sign of an irreducible factor a fact."""
        f = field.term(p)
        wanted = {s} if strict else {s, 0}
        if self.search.checker.sign(builder.state, f) <= wanted:
            return True
        relation: Formula = (("<" if strict else "<="), *((0, f) if s > 0 else (f, 0)))
        if builder.state.knows(relation):
            return True
        state = builder.wanted(relation)
        used = {a for a, e in zip(field.atoms, p.degrees(), strict=False) if e}
        if used == {y}:
            proof = self.polynomial(state, y, interval)
        elif y not in names_in(f):
            proof = self.constant(state)
        else:
            proof = self.transcendental(state, field, p if s > 0 else -p, y, interval, depth)
        if proof is None:
            return False
        builder.have(relation, proof)
        return True

    def polynomial(self, state: State, y: str, interval: Interval) -> Node | None:
        """A relation between polynomials in ``y``, by Sturm's theorem."""
        ends = [None if v is None else str(v) for v in (interval.low, interval.high)]
        node: Node = {"rule": "sturm", "variable": y, "lower": ends[0], "upper": ends[1]}
        try:
            self.search.checker.step(state, node)
        except Refused:
            return None
        return node

    def constant(self, state: State) -> Node | None:
        """A relation between numbers: by their bounds, or by the laws where both sides are equal."""
        goal = state.goal
        bare = State(state.kinds, {}, goal)
        if names_in(goal):
            return None
        ball = at(minus(goal[2], goal[1]), "", Fraction(0))
        if not ball.is_finite() or ball < 0:
            return None
        if ball > 0:
            proof = positive_on_box(ProofBuilder(self.search.checker, bare), None, None, goal)
            if proof is not None:
                return proof
        elif goal[0] == "<":
            return None
        return self.search.prove(bare, 0)

    # ------------------------------------------------------------ pieces

    def transcendental(
        self,
        state: State,
        field: Field,
        p: Polynomial,
        y: str,
        interval: Interval,
        depth: int,
        halvings: int = HALVINGS,
    ) -> Node | None:
        """The goal, which says that p is positive (not negative) where p has function values of ``y``."""
        if depth <= 0 or self.tries <= 0:
            return None
        self.tries -= 1
        halvings = halvings if halvings is not None else HALVINGS if depth == DEEPEST else HALVINGS_BELOW
        strict = state.goal[0] == "<"
        f = field.term(p)
        if interval.bounded and strict:
            proof = self.short(state, y, interval)
            if proof is not None:
                return proof
        for w, slope in candidates(field, p, y, interval):
            pieces = plan(Goal(f, w, slope, y, strict), interval)
            if pieces is not None:
                proof = self.covered(state, f, w, y, pieces, depth)
                if proof is not None:
                    return proof
        if halvings > 0:
            for cut in interval.middle():
                low, high = interval.below(cut), interval.above(cut)
                if sign_at(f, y, cut) != 1:
                    continue
                formula: Formula = ("<=", y, number(cut))
                yes = self.transcendental(slim(state, y, low), field, p, y, low, depth, halvings - 1)
                if yes is None:
                    continue
                no = self.transcendental(slim(state, y, high), field, p, y, high, depth, halvings - 1)
                if no is not None:
                    return {"rule": "cases", "formula": dump(formula), "yes": yes, "no": no}
        return None

    def short(self, state: State, y: str, interval: Interval) -> Node | None:
        """The goal on a short interval, by bounds of the values in it."""
        if interval.low is None or interval.high is None:
            return None
        return positive_on_box(
            ProofBuilder(self.search.checker, slim(state, y, interval)), y, (interval.low, interval.high), state.goal
        )

    def covered(self, state: State, f: Term, w: Term, y: str, pieces: list[Piece], depth: int) -> Node | None:
        """The goal on all pieces, one after the other."""
        piece, *rest = pieces
        here = slim(state, y, piece.interval)
        proof = self.short(here, y, piece.interval) if piece.short else self.monotone(here, f, w, y, piece, depth)
        if proof is None or not rest:
            return proof
        others = self.covered(state, f, w, y, rest, depth)
        if others is None:
            return None
        cut: Formula = ("<=", y, number(piece.interval.high))
        return {"rule": "cases", "formula": dump(cut), "yes": proof, "no": others}

    def monotone(self, state: State, f: Term, w: Term, y: str, piece: Piece, depth: int) -> Node | None:
        """The goal on a piece on which ``w`` is least at the base, and f has the sign of w."""
        builder = ProofBuilder(self.search.checker, state)
        strict, interval = state.goal[0], piece.interval
        positive: Formula = (strict, 0, w)
        proof = by_mean_value(
            self.search,
            builder.wanted(positive),
            y,
            piece,
            self.constant,
            lambda sub, z, part: self.formula(slim(sub, z, part), z, part, depth - 1),
        )
        if proof is None:
            return None
        if w == f:
            builder.have(positive, proof)
            if builder.state.knows(state.goal):
                return builder.close(KNOWN)
            return self.closed(builder, [(f, 1)], state.goal)
        builder.have(positive, proof)
        self.positive_atoms(builder, positive)
        divisor = w[2]
        factors = [(w, 1)]
        for t in divisor[1:] if isinstance(divisor, tuple) and divisor[0] == "*" else (divisor,):
            s = sign_on(t, y, interval) if y in names_in(t) else sign_at(t, y, Fraction(0))
            if not s:
                return None
            if self.search.checker.sign(builder.state, t) != {s}:
                g: Formula = ("<", 0, t) if s > 0 else ("<", t, 0)
                if not self.have(builder, g, y, interval, depth - 1):
                    return None
            factors.append((t, 1))
        return self.closed(builder, factors, state.goal)

    def closed(self, builder: ProofBuilder, factors: list[tuple[Term, int]], goal: Formula) -> Node | None:
        """The goal as the sign of a product; the goal ``p < 0`` is about -p."""
        parts = [[dump(t), str(e)] for t, e in factors]
        node: Node = {"rule": "sign", "factors": parts}
        try:
            self.search.checker.step(builder.state, node)
        except Refused:
            return None
        return builder.close(node)


def slim(state: State, y: str, interval: Interval) -> State:
    """The state with nothing but what the interval says of ``y``: whatever is proved there holds with more facts."""
    return State(state.kinds, interval.facts(y), state.goal)
