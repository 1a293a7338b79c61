"""The search for a proof: take connectives apart, decide relations, otherwise split cases and try again deeper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from verify.kernel.checker import (
    FALSE,
    Algebra,
    Checker,
    Formula,
    Refused,
    State,
    Term,
    integer_valued,
    names_in,
    negate,
    normal,
)
from verify.language.rational_functions import fraction
from verify.prover.proof_builder import (
    KNOWN,
    Node,
    Thread,
    applications,
    applied,
    by_contradiction,
    dump,
    minus,
    present,
)
from verify.prover.sample_points import Samples
from verify.prover.tactics import (
    bound_substitution,
    case_splits,
    equations,
    factor_signs,
    farkas,
    fewer_hypotheses,
    function_facts,
    ideal_membership,
    integers,
    logarithms,
    monotonicity,
    power_bounds,
    roots,
    sums_of_squares,
)
from verify.runtime.budget import Budget, Stopped, spend
from verify.runtime.defects import Defect, defect

DEEPEST = 4
FIRST_LOOK = 2  # the depth up to which all facts are used before fewer are tried
SHORT = 4  # nodes of a proof that no search has been through yet


class Counted(Algebra):
    """The checker's polynomials, whose multiplications are counted."""

    def product(self, a: Any, b: Any) -> Any:
        spend(2 + len(a) * len(b) // 3)
        return super().product(a, b)


class CountedChecker(Checker):
    """The checker, whose steps and questions about signs are counted by the size of what they look at.

    A short proof that is given with a new fact is checked at once: a tactic that gets one wrong fails then and there,
    instead of spoiling the whole proof at its end.
    """

    def __init__(self) -> None:
        super().__init__()
        self.algebra = Counted()

    def step(self, state: State, node: Any) -> list[tuple[State, Any]]:
        spend(10 + 3 * len(state.facts))
        remaining = super().step(state, node)
        if node["rule"] == "have" and nodes_of(node["proof"]) <= SHORT:
            self.prove(*remaining[0])
        return remaining

    def sign(self, state: State, t: Term) -> frozenset[int]:
        spend(5)
        return super().sign(state, t)


def nodes_of(proof: Node) -> int:
    """The nodes of a proof, counted up to where it is no longer short."""
    count, todo = 0, [proof]
    while todo and count <= SHORT:
        node = todo.pop()
        count += 1
        todo += [p for v in node.values() for p in (v if isinstance(v, list) else [v]) if isinstance(p, dict)]
    return count


class Search:
    """One search with one budget; every tactic returns a proof node or None."""

    def __init__(self, budget: Budget, report: Callable[[str], None] | None = None) -> None:
        self.budget = budget
        self.report = report  # told about every note at once
        self.checker = CountedChecker()
        self.counter = 0
        self.notes: dict[str, None] = {}
        self.pending: set[Formula] = set()  # relations being proved, so that none is asked for inside itself
        self.samples = Samples()
        self.hopeless: set[Any] = set()  # what a sum of squares was sought for in vain
        self.failed: dict[Any, int] = {}  # the fuel with which a state was given up
        self.reciprocals = False  # whether exp(-a) is brought in beside exp(a), and log(1/a) beside log(a)
        self.squaring = False  # whether facts that compare a root with something are squared
        self.squarings = 0  # how many times both sides have been squared
        self.level = 0  # the depth of the search under way

    def tick(self) -> None:
        """Count one step of a search; raises ``Stopped`` where the budget is used up."""
        self.budget.spend()

    def note(self, text: str) -> None:
        if self.report is not None and text not in self.notes:
            self.report(text)
        self.notes[text] = None

    def fresh(self, state: State, stem: str = "t") -> str:
        while True:
            self.counter += 1
            name = f"{stem}_{self.counter}"
            if name not in state.kinds:
                return name

    @contextmanager
    def share(self, fraction: float) -> Iterator[None]:
        """Part of the remaining budget; running out of it only gives up what stands inside."""
        with self.budget.share(fraction):
            try:
                yield
            except Refused as reason:
                self.note(f"a limit of the checker was met: {reason}")
            except RecursionError:
                self.note("a part of the search went too deep")
            except (Stopped, Defect):
                raise
            except Exception as error:  # costs this part of the search, not the run
                self.note(defect("a part of the search failed", error))

    # ------------------------------------------------------------ logic

    def solve(self, state: State) -> Node | None:
        """A proof of any state, by searches of growing depth; where a first look fails, also from fewer facts."""
        proof = self.deeper(state, range(FIRST_LOOK + 1))
        if proof is None:
            with self.share(0.25):
                proof = self.from_fewer(state, range(FIRST_LOOK))
        if proof is None:
            with self.share(0.75):
                proof = self.deeper(state, range(FIRST_LOOK + 1, DEEPEST + 1))
        if proof is None:
            proof = self.from_fewer(state, range(DEEPEST))
        self.tick()
        return proof

    def deeper(self, state: State, levels: range) -> Node | None:
        """A proof of any state, by searches of these depths."""
        for fuel in levels:
            self.level = fuel
            with self.share((0.3, 0.4, 0.5, 0.7, 1.0)[fuel]):
                proof = self.prove(state, fuel)
                if proof is not None:
                    return proof
        return None

    def from_fewer(self, state: State, levels: range) -> Node | None:
        """The same from fewer facts: what is not needed may be in the way."""
        options = list(fewer_hypotheses.states(self, state))
        for i, option in enumerate(options):
            with self.share(1 / (len(options) - i)):
                proof = self.deeper(option, levels)
                if proof is not None:
                    return proof
        return None

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
                proof = self.part(state, sub, fuel)
                if proof is None:
                    return None
                proofs.append(proof)
            return {"rule": "split", "proofs": proofs}
        disjunction = next((f for f in state.facts if f[0] == "or" and len(f) > 1 and len(f) <= 7), None)
        if disjunction is not None and fuel > -8:
            return self.either(state, disjunction, fuel)
        return self.relation(state, fuel)

    def part(self, state: State, sub: State, fuel: int) -> Node | None:
        """A proof of one part of a conjunction; what was said of function values before it may only be in the way."""
        few = {f: None for f in sub.facts if f in state.facts or not applied(f)}
        if len(few) < len(sub.facts):
            with self.share(0.5):
                proof = self.prove(State(sub.kinds, few, sub.goal), fuel)
                if proof is not None:
                    return proof
        return self.prove(sub, fuel)

    def either(self, state: State, disjunction: Formula, fuel: int) -> Node | None:
        without = State(state.kinds, {f: None for f in state.facts if f != disjunction}, state.goal)
        if any(state.knows(part) or self.linear(without, part) for part in disjunction[1:]):
            return self.prove(without, fuel)
        live = [p for p in disjunction[1:] if p[0] not in ("<", "<=", "==", "!=") or not state.knows(normal(negate(p)))]
        proof = self.relation(without, 0) if len(live) > 1 and not any(f[0] == "or" for f in without.facts) else None
        if proof is not None:
            return proof
        proofs = []
        for part in disjunction[1:]:
            assumed = without.assume(part)
            proof = self.impossible(assumed, part) or self.prove(assumed, fuel)
            if proof is None:
                return None
            proofs.append(proof)
        return {"rule": "either", "formula": dump(disjunction), "proofs": proofs}

    def impossible(self, state: State, f: Formula) -> Node | None:
        """Closes a state in which ``f`` is assumed although the opposite is known."""
        opposite = normal(negate(f))
        if f[0] not in ("<", "<=") or not state.knows(opposite):
            return None
        terms = [["1", [dump(f)], "1"], ["1", [dump(opposite)], "1"]]
        contradiction: Node = {"rule": "psatz", "terms": terms, "cofactors": []}
        try:
            self.checker.step(state, contradiction)
        except Refused:
            return None
        return contradiction

    def linear(self, state: State, f: Formula) -> bool:
        """Whether ``0 <= n`` for an integer term follows from the facts by linear arithmetic."""
        whole = f[0] == "<=" and f[1] == 0 and integer_valued(f[2], state.kinds)
        return whole and farkas.prove(self, state.assume(goal=f)) is not None

    def relation(self, state: State, fuel: int) -> Node | None:
        """A proof of a state whose goal is a relation or false and whose facts are relations."""
        self.tick()
        if state.knows(state.goal):
            return KNOWN
        key = (tuple(state.facts), state.goal)
        if self.failed.get(key, -1) >= fuel:
            return None
        cut = self.budget.cut
        thread = Thread(self.checker, state)
        split = function_facts.choice(self, thread)
        if split is not None:
            return self.by_cases(thread, split, fuel)
        if self.samples.falsify(state):
            return None
        proof = None
        with self.share(0.5 if fuel > 0 else 1.0):
            proof = self.core(thread.fork(), fuel)
        if proof is None and self.level > 0 and not self.reciprocals and transcendental(state):
            self.reciprocals = True
            with self.share(0.3):
                proof = self.core(thread.fork(), 0)
            self.reciprocals = False
        if proof is None and fuel > 0:
            proof = self.alternatives(thread, fuel)
        if proof is None and cut == self.budget.cut:
            self.failed[key] = fuel
        return proof

    def core(self, thread: Thread, fuel: int) -> Node | None:
        """Decide a relation without case splits."""
        function_facts.introduce(self, thread)
        if thread.state.knows(thread.state.goal):
            return thread.close(KNOWN)
        done = integers.residues(self, thread) or equations.eliminate(self, thread, fuel)
        if done is not None:
            return done
        integers.tighten(self, thread)
        if thread.state.knows(thread.state.goal):
            return thread.close(KNOWN)
        closed = equations.absurd(self, thread)
        if closed is not None:
            return closed
        if thread.state.goal[0] == "==":
            return self.equation(thread, fuel)
        if self.samples.falsify(thread.state):
            return None
        if thread.state.goal[0] in ("<", "<="):
            reduced = ideal_membership.reduce_powers(self, thread, fuel)
            if reduced is not None:
                return reduced
        if self.level > 0:
            equations.clear_denominators(self, thread)
        if self.squaring:
            roots.square_facts(self, thread)
        proof = factor_signs.by_factors(self, thread, fuel) if thread.state.goal != FALSE else None
        if proof is None and thread.state.goal[0] in ("<", "<="):
            linear = farkas.prove(self, thread.state)
            proof = ideal_membership.square_both_sides(self, thread, fuel) if linear is None else thread.close(linear)
        if proof is not None:
            return proof
        for strategy in range(2):
            trial = thread.fork()
            bound_substitution.substitute_bounds(self, trial, strategy)
            proof = factor_signs.decide(self, trial, fuel)
            if proof is not None:
                return proof
            if len(trial.nodes) == len(thread.nodes):
                break
        proof = sums_of_squares.prove(self, thread.state)
        return None if proof is None else thread.close(proof)

    def alternatives(self, thread: Thread, fuel: int) -> Node | None:
        """Ways on when signs alone do not decide; each gets a share of the budget."""
        state = thread.state
        functional = any(map(applied, (*state.facts, state.goal)))
        whole = "integer" in {state.kinds[x] for f in (*state.facts, state.goal) for x in names_in(f)}
        raised = any(t[0] == "^" and state.whole(t[2]) for t in applications(state.goal))
        routes: list[tuple[bool, float, Callable[[Search, Thread, int], Node | None]]] = [
            (functional, 0.3, roots.prove),
            (functional, 0.4, logarithms.prove),
            (functional, 0.5, equations.clear_goal),
            (raised, 0.4, power_bounds.bernoulli),
            (raised, 0.5, integers.induction),
            (functional, 0.6, monotonicity.prove),
            (whole, 0.4, integers.split),
            (whole and functional and not raised, 0.6, integers.induction),
            (not functional, 0.35, case_splits.orders),
            (True, 0.4, Search.negation),
            (whole and not functional, 0.3, integers.induction),
            (True, 1.0, case_splits.prove),
        ]
        for applies, portion, route in routes:
            if applies:
                with self.share(portion):
                    proof = route(self, thread.fork(), fuel)
                    if proof is not None:
                        return proof
        self.tick()
        return None

    def negation(self, thread: Thread, fuel: int) -> Node | None:
        """Assume the opposite and look for a contradiction."""
        goal = thread.state.goal
        if goal == FALSE:
            return None
        proof = self.prove(thread.state.assume(negate(goal), goal=FALSE), fuel - 1)
        if proof is None:
            return None
        # the goal of the refuted branch is the goal itself; from false it follows
        no = {"rule": "have", "formula": ["or"], "proof": proof, "then": KNOWN}
        return thread.close(by_contradiction(goal, no))

    def by_cases(self, thread: Thread, f: Formula, fuel: int) -> Node | None:
        yes = self.prove(thread.state.assume(f), fuel)
        if yes is None:
            return None
        no = self.prove(thread.state.assume(negate(f)), fuel)
        return None if no is None else thread.close({"rule": "cases", "formula": dump(f), "yes": yes, "no": no})

    def equation(self, thread: Thread, fuel: int) -> Node | None:
        """Close a goal ``a == b``: an identity, or both inequalities."""
        _, a, b = thread.state.goal
        gap = minus(a, b)
        ratio = fraction(gap)
        if ratio is None:
            return None
        _, n, _ = ratio
        work = thread.fork()
        if n == 0 and factor_signs.denominators(self, work, gap):
            return factor_signs.checked(self, work, {"rule": "ring", "cofactors": []})
        if n == 0 or self.samples.falsify(thread.state):
            return None
        proof = ideal_membership.equation(self, thread) or factor_signs.contradiction(self, thread)
        if proof is not None:
            return proof
        for f in (("<=", a, b), ("<=", b, a)):
            if thread.state.knows(f):
                continue
            proof = self.relation(thread.wanted(f), max(0, fuel - 1))
            if proof is None:
                return None
            thread.have(f, proof)
        thread.axiom("equal", a, b)
        return thread.close(KNOWN)

    def ensure(self, thread: Thread, f: Formula) -> bool:
        """Make a relation a fact, if a short search proves it."""
        if thread.state.knows(f):
            return True
        if f in self.pending:
            return False
        if f[0] in ("<", "<=") and f[1] == 0 and function_facts.positive(self, thread, f[2]):
            return True
        self.pending.add(f)
        try:
            proof = self.briefly(thread.wanted(f))
        finally:
            self.pending.discard(f)
        if proof is None:
            return False
        thread.have(f, proof)
        return True

    def briefly(self, state: State) -> Node | None:
        """A proof without case splits; a relation without function values is first tried without the facts on them."""
        if not applied(state.goal):
            plain = {f: None for f in state.facts if not applied(f)}
            if len(plain) < len(state.facts):
                proof = self.relation(State(state.kinds, plain, state.goal), 0)
                if proof is not None or self.level < 2:
                    return proof
        return self.relation(state, 0)


def transcendental(state: State) -> bool:
    return any(t[0] in ("exp", "log") and names_in(t) for t in present(state))
