"""The search for a proof: normalise the state, substitute bounds, decide signs, split cases."""

from __future__ import annotations

import time
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

from verify.checker import FALSE, Checker, Formula, Refused, State, Term, integer_valued, names_in, negate
from verify.evaluate import Point, TooHard, evaluate, holds, sign
from verify.evaluate import Undefined as NoValue
from verify.fractions import Field, Undefined, atoms_of
from verify.prover import farkas, functions, squares, univariate
from verify.prover.bounds import Bound, add_bound, factor_terms, isolate
from verify.prover.thread import KNOWN, Node, Thread, dump, minus, number
from verify.sampling import Sampler


class OutOfTime(Exception):
    """The search reached its deadline."""


class Search:
    """One search with one deadline; every tactic returns a proof node or None."""

    def __init__(self, seconds: float) -> None:
        self.checker = Checker()
        self.deadline = time.monotonic() + seconds
        self.counter = 0
        self.notes: dict[str, None] = {}
        self.pending: set[Formula] = set()  # relations being proved, so that none is asked for inside itself
        self.samples: dict[Any, list[Point]] = {}
        self.hopeless: set[Any] = set()  # what a sum of squares was sought for in vain

    def tick(self) -> None:
        if time.monotonic() > self.deadline:
            raise OutOfTime

    def note(self, text: str) -> None:
        self.notes[text] = None

    def fresh(self, state: State, stem: str = "t") -> str:
        while True:
            self.counter += 1
            name = f"{stem}_{self.counter}"
            if name not in state.kinds:
                return name

    # ------------------------------------------------------------ logic

    def prove(self, state: State, fuel: int = 3) -> Node | None:
        """A proof of any state."""
        self.tick()
        if state.knows(state.goal):
            return KNOWN
        op = state.goal[0]
        if op == "and" or (op == "or" and len(state.goal) > 1):
            proofs = []
            for sub, _ in self.checker.step(
                state, {"rule": "split", "proofs": [None] * (len(state.goal) - 1 if op == "and" else 1)}
            ):
                proof = self.prove(sub, fuel)
                if proof is None:
                    return None
                proofs.append(proof)
            return {"rule": "split", "proofs": proofs}
        disjunction = next((f for f in state.facts if f[0] == "or" and len(f) > 1 and len(f) <= 7), None)
        if disjunction is not None and fuel > -8:
            without = State(state.kinds, {f: None for f in state.facts if f != disjunction}, state.goal)
            proof = self.relation(without, 0) if fuel > 0 else None
            if proof is not None:
                return proof
            proofs = []
            for part in disjunction[1:]:
                proof = self.prove(without.assume(part), fuel)
                if proof is None:
                    return None
                proofs.append(proof)
            return {"rule": "either", "formula": dump(disjunction), "proofs": proofs}
        return self.relation(state, fuel)

    def relation(self, state: State, fuel: int) -> Node | None:
        """A proof of a state whose goal is a relation or false and whose facts are relations."""
        self.tick()
        thread = Thread(self.checker, state)
        split = functions.choice(self, thread)
        if split is not None:
            return self.by_cases(thread, split, fuel)
        functions.introduce(self, thread)
        if thread.state.knows(thread.state.goal):
            return thread.close(KNOWN)
        done = self.eliminate_equations(thread, fuel)
        if done is not None:
            return done
        self.integers(thread)
        if thread.state.knows(thread.state.goal):
            return thread.close(KNOWN)
        if thread.state.goal[0] == "==":
            return self.equation(thread, fuel)
        if self.falsified(thread.state):
            return None
        for strategy in range(2):
            trial = thread.fork()
            self.substitute_bounds(trial, strategy)
            proof = self.decide(trial, fuel)
            if proof is not None:
                return proof
            if len(trial.nodes) == len(thread.nodes):
                break
        return self.split_further(thread, fuel)

    def by_cases(self, thread: Thread, f: Formula, fuel: int) -> Node | None:
        yes = self.prove(thread.state.assume(f), fuel)
        if yes is None:
            return None
        no = self.prove(thread.state.assume(negate(f)), fuel)
        return None if no is None else thread.close({"rule": "cases", "formula": dump(f), "yes": yes, "no": no})

    # ------------------------------------------------------------ preparing

    def integers(self, thread: Thread) -> None:
        """Strict inequalities between integers become m + 1 <= n."""
        kinds = thread.state.kinds
        for f in [f for f in thread.state.facts if f[0] == "<"]:
            if all(integer_valued(t, kinds) for t in f[1:]) and not all(isinstance(t, int) for t in f[1:]):
                thread.axiom("gap", f[1], f[2])
        if thread.state.goal[0] == "<=":  # p <= q follows from p < q + 1
            return

    def eliminate_equations(self, thread: Thread, fuel: int) -> Node | None:
        """Solve equations among the facts for variables; returns a proof only if a case split closed the goal."""
        tried: set[Formula] = set()
        for _ in range(40):
            state = thread.state
            f = next((f for f in state.facts if f[0] == "==" and f not in tried and f[1] != f[2]), None)
            if f is None:
                return None
            tried.add(f)
            try:
                field = Field([minus(f[1], f[2])])
                n, d = field.quotient(minus(f[1], f[2]))
            except Undefined:
                continue
            if n == 0:
                continue
            choice = self.solvable(thread, f, field, n, d)
            if choice is not None:
                x, t, factor = choice
                proof = {"rule": "ring", "cofactors": [[dump(f), dump(factor)]]}
                try:
                    if not state.knows(("==", x, t)):
                        thread.have(("==", x, t), proof)
                    thread.rewrite(x, t)
                except Refused:
                    continue
                tried = {g for g in tried if g in thread.state.facts}
                continue
            _, factors = n.factor()
            if fuel > 0 and (len(factors) > 1 or any(e > 1 for _, e in factors)):
                first = ("==", field.term(factors[0][0]), 0)
                if not state.knows(first) and not state.knows(("!=", first[1], 0)):
                    return self.zero_product(thread, f, field, n, d, factors, fuel)
        return None

    def zero_product(
        self, thread: Thread, f: Formula, field: Field, n: Any, d: Any, factors: Any, fuel: int
    ) -> Node | None:
        """The equation is a product; split on its first factor being zero."""
        first = field.term(factors[0][0])
        zero = ("==", first, 0)
        rest = n
        while True:
            q, r = divmod(rest, factors[0][0])
            if r != 0:
                break
            rest = q
        yes = self.prove(thread.state.assume(zero), fuel - 1)
        if yes is None:
            return None
        no_thread = Thread(self.checker, thread.state.assume(negate(zero)))
        multiplier = ("/", field.term(d), ("^", first, int(factors[0][1])))
        claim = ("==", field.term(rest), 0)
        try:
            if len(factors) > 1:
                no_thread.have(claim, {"rule": "ring", "cofactors": [[dump(f), dump(multiplier)]]})
                no = self.prove(no_thread.state, fuel - 1)
            else:
                no_thread.have(
                    ("==", 1, 0), {"rule": "ring", "cofactors": [[dump(f), dump(("/", multiplier, field.term(rest)))]]}
                )
                no = farkas.absurd(("==", 1, 0))
        except Refused:
            return None
        if no is None:
            return None
        return thread.close({"rule": "cases", "formula": dump(zero), "yes": yes, "no": no_thread.close(no)})

    def solvable(self, thread: Thread, f: Formula, field: Field, n: Any, d: Any) -> tuple[str, Term, Term] | None:
        """A variable the equation determines, the term it equals, and the multiplier that shows it."""
        for a, b, factor in ((f[1], f[2], 1), (f[2], f[1], -1)):
            if isinstance(a, str) and a not in names_in(b) and not isinstance(b, str):
                return a, b, factor
        degrees, below = n.degrees(), d.degrees()
        best = None
        for x, i in sorted(field.index.items(), key=str):
            if not isinstance(x, str) or degrees[i] != 1 or below[i]:
                continue
            if any(degrees[j] + below[j] and x in names_in(t) for t, j in field.index.items() if j != i):
                continue
            slope = n.derivative(i)
            top, bottom = field.reduced(field.gens[i] * slope - n, slope)
            size = (len(slope), thread.state.kinds.get(x) == "integer", len(top), x)
            if best is not None and size >= best[0]:
                continue
            if not slope.is_constant() and not self.seen_nonzero(thread, field, slope):
                continue
            t = field.term(top) if bottom == 1 else ("/", field.term(top), field.term(bottom))
            best = (size, x, t, ("/", field.term(d), field.term(slope)))
        return None if best is None else best[1:]

    def seen_nonzero(self, thread: Thread, field: Field, p: Any) -> bool:
        """Make the factors of ``p`` visibly non-zero to the checker."""
        for g, _ in p.factor()[1]:
            t = field.term(g)
            if not self.checker.nonzero(thread.state, t) and not self.settle(thread, t, strict=True, fuel=0):
                return False
        t = field.term(p)
        if not self.checker.nonzero(thread.state, t):
            try:
                thread.have(("!=", 0, t), self.product_proof(field, p))
            except Refused:
                return False
        return True

    def product_proof(self, field: Field, p: Any, q: Any = None) -> Node:
        """The ``sign`` node that gives the sign of p/q from its factors."""
        factors = factor_terms(field, p) + (factor_terms(field, q, -1) if q is not None else [])
        return {"rule": "sign", "factors": [[dump(t), str(e)] for t, e in factors] or [["1", "1"]]}

    # ------------------------------------------------------------ substitution

    def substitute_bounds(self, thread: Thread, strategy: int) -> None:
        """Replace bounded variables until the remaining ones are only known to be positive or free."""
        for _ in range(40):
            self.tick()
            bounds = isolate(self.checker, thread.state)
            pick = self.choose(thread.state, bounds, strategy)
            if pick is None:
                return
            low, high = pick
            try:
                for b in pick:
                    if b is not None:
                        add_bound(thread, b)
                variable = (low or high).variable
                name = self.fresh(thread.state)
                fields = [None if b is None else dump(b.term) for b in pick]
                thread.apply("bound", variable=variable, lower=fields[0], upper=fields[1], new=name)
            except Refused as reason:
                self.note(f"substitution: {reason}")
                return

    def choose(self, state: State, bounds: list[Bound], strategy: int) -> tuple[Bound | None, Bound | None] | None:
        """The next variable to replace, with the bounds to use."""
        table: dict[str, tuple[list[Bound], list[Bound]]] = {}
        for b in bounds:
            table.setdefault(b.variable, ([], []))[0 if b.lower else 1].append(b)
        options = []
        for x, (lows, highs) in sorted(table.items()):
            lows, highs = self.strongest(state, lows, True), self.strongest(state, highs, False)
            low, high = (lows[0] if lows else None), (highs[0] if highs else None)
            if high is None and low is not None and low.term == 0:
                continue  # already of the form wanted
            if low is not None and high is not None and not low.strict and not high.strict:
                continue  # closed at both ends: wait for a case split
            pending = len(lows) + len(highs)
            users = sum(1 for b in bounds if x in names_in(b.term))
            weight = sum(len(names_in(b.term)) for b in (low, high) if b is not None)
            both = low is not None and high is not None
            rational = sum(isinstance(b.term, tuple) and b.term[0] == "/" for b in (low, high) if b is not None)
            if strategy == 0:
                key = (users > 0, rational, both, pending, -weight, x)
            else:
                key = (not both, -weight, users, pending, x)
            options.append((key, low, high))
        if not options:
            return None
        _, low, high = min(options, key=lambda o: o[0])
        return low, high

    def strongest(self, state: State, bounds: list[Bound], lower: bool) -> list[Bound]:
        """Drop bounds that others are seen to imply; literal and strict ones first."""
        kept: list[Bound] = []
        for b in sorted(bounds, key=lambda b: (not b.strict, b.scale is not None, len(str(b.term)))):
            if any(self.implies(state, k, b, lower) for k in kept):
                continue
            kept = [k for k in kept if not self.implies(state, b, k, lower)]
            kept.append(b)
        return kept

    def implies(self, state: State, strong: Bound, weak: Bound, lower: bool) -> bool:
        if strong.term == weak.term:
            return strong.strict or not weak.strict
        gap = minus(strong.term, weak.term) if lower else minus(weak.term, strong.term)
        try:
            field = Field([gap])
            n, d = field.quotient(gap)
        except Undefined:
            return False
        if n == 0:
            return strong.strict or not weak.strict
        signs = frozenset((1,))
        for p, e in [(field.term(p), e) for q in (n, d) for p, e in [(p, e) for p, e in q.factor()[1]]]:
            signs = frozenset(u * v**e for u in signs for v in self.checker.sign(state, p))
        lead = n.factor()[0] / d.factor()[0]
        return {s if lead > 0 else -s for s in signs} <= {0, 1}

    # ------------------------------------------------------------ signs

    def decide(self, thread: Thread, fuel: int) -> Node | None:
        """Close a goal ``a < b``, ``a <= b``, ``a != b`` or false by signs of factors."""
        if thread.state.knows(thread.state.goal):
            return thread.close(KNOWN)
        op = thread.state.goal[0]
        if op in ("<", "<=", "!="):
            proof = self.by_factors(thread, fuel)
            if proof is not None:
                return proof
        return self.contradiction(thread)

    def by_factors(self, thread: Thread, fuel: int) -> Node | None:
        op, a, b = thread.state.goal
        gap = minus(b, a)
        try:
            field = Field([gap])
            n, d = field.quotient(gap)
        except Undefined:
            return None
        if n == 0 and op != "<=":
            return None
        work = thread.fork()
        if not self.denominators(work, gap):
            self.note(f"a denominator of {op} was not shown to be non-zero")
            return None
        if n == 0:
            return self.checked(work, {"rule": "sign", "factors": [["0", "1"]]})
        for t, e in factor_terms(field, n):
            signs = self.checker.sign(work.state, t)
            enough = (0 not in signs or op == "<=") and (e % 2 == 0 or len(signs - {0}) <= 1)
            if not enough and not self.settle(work, t, strict=op != "<=", fuel=fuel, nonzero=e % 2 == 0 or op == "!="):
                self.note("a factor of the difference has no visible sign")
                return None
        for t, e in factor_terms(field, d):
            signs = self.checker.sign(work.state, t)
            if len(signs) != 1 and (e % 2 or 0 in signs) and not self.settle(work, t, strict=True, fuel=fuel):
                return None
        return self.checked(work, self.product_proof(field, n, d))

    def checked(self, thread: Thread, node: Node) -> Node | None:
        try:
            self.checker.step(thread.state, node)
        except Refused as reason:
            self.note(f"sign: {reason}")
            return None
        return thread.close(node)

    def denominators(self, thread: Thread, t: Term) -> bool:
        """Make every denominator inside ``t`` visibly non-zero."""
        for d in self.checker.algebra.quotient(t)[2]:
            if self.checker.nonzero(thread.state, d):
                continue
            try:
                field = Field([d])
                n, below = field.quotient(d)
            except Undefined:
                return False
            if n == 0:
                return False
            for g, _ in [*n.factor()[1], *below.factor()[1]]:
                s = field.term(g)
                if not self.checker.nonzero(thread.state, s) and not self.settle(
                    thread, s, strict=True, fuel=0, nonzero=True
                ):
                    return False
            if not self.checker.nonzero(thread.state, d):
                try:
                    thread.have(("!=", 0, d), self.product_proof(field, n, below))
                except Refused:
                    return False
        return True

    def settle(self, thread: Thread, t: Term, *, strict: bool, fuel: int, nonzero: bool = False) -> bool:
        """Add a fact about the sign of the polynomial ``t``, guessed from sample points and then proved."""
        self.tick()
        seen = self.sampled_signs(thread.state, t)
        if 0 in seen and strict:
            return False
        if {1, -1} <= seen:
            if nonzero and 0 not in seen:
                return self.add_fact(thread, ("!=", t, 0), fuel)
            return False
        sides = [1] if 1 in seen else [-1] if -1 in seen else [1, -1]
        for side in sides:
            for op in ("<",) if strict else ("<", "<=") if 0 not in seen else ("<=",):
                f = (op, 0, t) if side > 0 else (op, t, 0)
                if self.add_fact(thread, f, fuel):
                    return True
        return False

    def add_fact(self, thread: Thread, f: Formula, fuel: int) -> bool:
        state = thread.wanted(f)
        for method in (farkas.prove, univariate.prove, squares.prove):
            self.tick()
            proof = method(self, state)
            if proof is not None:
                thread.have(f, proof)
                return True
        return False

    def contradiction(self, thread: Thread) -> Node | None:
        proof = farkas.contradiction(self, thread.state)
        return None if proof is None else thread.close(proof)

    # ------------------------------------------------------------ equations

    def equation(self, thread: Thread, fuel: int) -> Node | None:
        """Close a goal ``a == b``: an identity, or both inequalities."""
        _, a, b = thread.state.goal
        gap = minus(a, b)
        try:
            n, _ = Field([gap]).quotient(gap)
        except Undefined:
            return None
        work = thread.fork()
        if n == 0 and self.denominators(work, gap):
            return self.checked(work, {"rule": "ring", "cofactors": []})
        if n == 0:
            return None
        if self.falsified(thread.state):
            return None
        proof = self.contradiction(thread)
        if proof is not None or fuel <= 0:
            return proof
        below, above = ("<=", a, b), ("<=", b, a)
        for f in (below, above):
            if thread.state.knows(f):
                continue
            proof = self.relation(thread.wanted(f), fuel - 1)
            if proof is None:
                return None
            thread.have(f, proof)
        thread.axiom("equal", a, b)
        return thread.close(KNOWN)

    # ------------------------------------------------------------ cases

    def split_further(self, thread: Thread, fuel: int) -> Node | None:
        """Case splits that make signs visible: the sign of a free variable, the order of two variables."""
        if fuel <= 0:
            return None
        if fuel >= 2:
            proof = self.by_order(thread, [x for x in sorted(names_in(thread.state.goal))])
            if proof is not None:
                return proof
        for f in self.splits(thread.state):
            self.tick()
            proof = self.by_cases(thread.fork(), f, fuel - 1)
            if proof is not None:
                return proof
        return None

    def by_order(self, thread: Thread, names: list[str]) -> Node | None:
        """Split on all orders of a few variables, so that each becomes the one below plus something."""
        if not 2 <= len(names) <= 4:
            return None
        self.tick()
        state = thread.state
        above = {x: {y for y in names if y != x and state.knows(("<=", x, y))} for x in names}
        for _ in names:
            above = {x: ys.union(*(above[y] for y in ys)) for x, ys in above.items()}
        pair = next(((x, y) for x, y in combinations(names, 2) if y not in above[x] and x not in above[y]), None)
        if pair is None:
            return self.relation(state, 0)
        parts = []
        for f in (("<=", *pair), ("<", pair[1], pair[0])):
            proof = self.by_order(Thread(self.checker, state.assume(f)), names)
            if proof is None:
                return None
            parts.append(proof)
        return thread.fork().close({"rule": "cases", "formula": dump(("<=", *pair)), "yes": parts[0], "no": parts[1]})

    def splits(self, state: State) -> Iterator[Formula]:
        used = sorted(names_in(state.goal)) if state.goal != FALSE else sorted(state.kinds)
        free = [x for x in used if len(self.checker.fact_sign(state, x)) == 3]
        for f in state.facts:
            if f[0] == "!=" and not state.knows(("<", f[1], f[2])) and not state.knows(("<", f[2], f[1])):
                yield ("<", f[1], f[2])
                return
        for x in used:
            if self.both_closed(state, x):
                yield self.both_closed(state, x)
                return
        for i, x in enumerate(used):
            for y in used[i + 1 :]:
                if not state.knows(("<=", x, y)) and not state.knows(("<=", y, x)) and len(used) <= 4:
                    yield ("<=", x, y)
        for x in free:
            yield ("<=", 0, x)

    def both_closed(self, state: State, x: str) -> Formula | None:
        bounds = [b for b in isolate(self.checker, state, x) if b.variable == x]
        lows = self.strongest(state, [b for b in bounds if b.lower], True)
        highs = self.strongest(state, [b for b in bounds if not b.lower], False)
        if lows and highs and not lows[0].strict and not highs[0].strict:
            return ("==", x, highs[0].term)
        if len(lows) > 1 and not state.knows(("<=", lows[0].term, lows[1].term)):
            return ("<=", lows[0].term, lows[1].term)
        if len(highs) > 1 and not state.knows(("<=", highs[0].term, highs[1].term)):
            return ("<=", highs[0].term, highs[1].term)
        return None

    # ------------------------------------------------------------ sample points

    def points(self, state: State, count: int = 12) -> list[Point]:
        """Some exact points where all facts hold."""
        atoms = {a for f in (*state.facts, state.goal) for a in names_in(f)}
        kinds = {x: k for x, k in state.kinds.items() if x in atoms}
        key = (tuple(state.facts), tuple(sorted(kinds.items())))
        if key not in self.samples:
            try:
                self.samples[key] = list(Sampler(kinds, list(state.facts)).points(count, seed=7))
            except (Undefined, TooHard, OverflowError):
                self.samples[key] = []
        return self.samples[key]

    def falsified(self, state: State) -> bool:
        """Whether some sample point satisfies the facts but not the goal."""
        for p in self.points(state):
            try:
                if holds(state.goal, p) is False:
                    return True
            except (NoValue, TooHard):
                continue
        return False

    def sampled_signs(self, state: State, t: Term) -> set[int]:
        out: set[int] = set()
        for p in self.points(state):
            try:
                s = sign(evaluate(t, p))
            except (NoValue, TooHard, KeyError):
                continue
            if s is not None:
                out.add(s)
        return out


__all__ = ["Fraction", "OutOfTime", "Search", "atoms_of", "number"]
