"""The search for a proof: take connectives apart, decide relations, otherwise split cases and try again deeper.

The search knows no method by its file: it goes through the rows of a ``Table`` and asks each whether it applies. What
it does itself is logic (conjunctions, disjunctions, cases), rounds of growing depth, and shares of the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.kernel.reals.whole import integer_valued
from verify.language.rational_functions import fraction
from verify.language.raw_terms import applied, minus
from verify.prover.counted_checker import CountedChecker
from verify.prover.proof_builder import KNOWN, Node, ProofBuilder, dump, present
from verify.prover.sample_points import SamplePoints
from verify.prover.table import TABLE
from verify.prover.tactic import Table, Tactic, Turn
from verify.prover.tactics import (
    farkas,
    fewer_hypotheses,
    identities,
    piecewise,
    positive_terms,
    reciprocals,
)
from verify.runtime.budget import Budget, Stopped
from verify.runtime.defects import Defect, defect

# How deep cases may be nested in each round, and the share of the work that is left which a round may use: a round
# costs a multiple of the one before, and what the first ones do not need is left for the last.
SHARE_OF_ROUND = (0.3, 0.4, 0.5, 0.7, 1.0)
DEEPEST = len(SHARE_OF_ROUND) - 1
FIRST_LOOK = 2  # the round up to which all facts are used before fewer are tried
SHARE_OF_FEWER, SHARE_OF_DEEP = 0.25, 0.75  # of the work: fewer facts in short rounds, then all facts in the long ones
SHARE_WITHOUT_VALUES = 0.5  # for a part of a conjunction without what was said of function values before
SHARE_OF_CORE, SHARE_OF_RECIPROCALS = 0.5, 0.3  # of the work for one relation, so that cases get what is left
MOST_DISJUNCTS = 6  # of a disjunction that is taken apart; each costs a search
DEEPEST_DISJUNCTION = -8  # disjunctions are taken apart below depth 0 too, but not for ever


class Search:
    """One search with one budget; every method returns a proof node or None. It is a ``tactic.ProofSearch``."""

    def __init__(self, budget: Budget, report: Callable[[str], None] | None = None, table: Table = TABLE) -> None:
        self.budget = budget
        self.report = report  # told about every note at once
        self.table = table
        self.checker = CountedChecker()
        self.counter = 0
        self.notes: dict[str, None] = {}
        self.pending: set[Formula] = set()  # relations being proved, so that none is asked for inside itself
        self.samples = SamplePoints()
        self.known_failures: set[tuple[object, ...]] = set()
        self.failed: dict[tuple[tuple[Formula, ...], Formula], int] = {}  # the depth with which a state was given up
        self.reciprocals = False
        self.squaring = False
        self.squarings = 0
        self.round = 0

    # ------------------------------------------------------------ what tactics ask for

    def tick(self) -> None:
        """Count one step of a search; raises ``Stopped`` where the budget is used up."""
        self.budget.spend()

    def note(self, text: str) -> None:
        """Record why something was given up, and report it the first time."""
        if self.report is not None and text not in self.notes:
            self.report(text)
        self.notes[text] = None

    def fresh(self, state: State, stem: str = "t") -> str:
        """A name that the state does not use."""
        while True:
            self.counter += 1
            name = f"{stem}_{self.counter}"
            if name not in state.kinds:
                return name

    @contextmanager
    def work_share(self, fraction: float) -> Iterator[None]:
        """Part of the work that is left; running out of it only gives up what stands inside."""
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

    def uses(self, name: str) -> bool:
        """Whether the method of that name has not been left out of the table."""
        return name not in self.table.left_out

    def use(self, tactic: Tactic, builder: ProofBuilder, split_depth: int) -> Node | None:
        """One tactic, if it applies and has not been left out."""
        if not self.uses(tactic.name) or not tactic.applies(self, builder.state):
            return None
        return tactic.run(self, builder, split_depth)

    def first(self, turns: Iterable[Turn], builder: ProofBuilder, split_depth: int) -> Node | None:
        """The proof by the first tactic that finds one; those without a share of the work may add facts on the way."""
        for turn in turns:
            if not turn.when(self, builder.state):
                continue
            proof = None
            if turn.work_share is None:
                proof = self.use(turn.tactic, builder, split_depth)
            else:
                with self.work_share(turn.work_share):
                    proof = self.use(turn.tactic, builder.fork(), split_depth)
            if proof is not None:
                return proof
            if turn.may_settle and builder.state.knows(builder.state.goal):
                return builder.close(KNOWN)
        return None

    # ------------------------------------------------------------ rounds

    def solve(self, state: State) -> Node | None:
        """A proof of any state, by searches of growing depth; where a first look fails, also from fewer facts."""
        proof = self.deeper(state, range(FIRST_LOOK + 1))
        if proof is None:
            with self.work_share(SHARE_OF_FEWER):
                proof = self.from_fewer(state, range(FIRST_LOOK))
        if proof is None:
            with self.work_share(SHARE_OF_DEEP):
                proof = self.deeper(state, range(FIRST_LOOK + 1, DEEPEST + 1))
        if proof is None:
            proof = self.from_fewer(state, range(DEEPEST))
        self.tick()
        return proof

    def deeper(self, state: State, rounds: range) -> Node | None:
        """A proof of any state, by searches of these depths."""
        for split_depth in rounds:
            self.round = split_depth
            with self.work_share(SHARE_OF_ROUND[split_depth]):
                proof = self.prove(state, split_depth)
                if proof is not None:
                    return proof
        return None

    def from_fewer(self, state: State, rounds: range) -> Node | None:
        """The same from fewer facts: what is not needed may be in the way."""
        if not self.uses(fewer_hypotheses.NAME):
            return None
        options = list(fewer_hypotheses.states(self, state))
        for i, option in enumerate(options):
            with self.work_share(1 / (len(options) - i)):
                proof = self.deeper(option, rounds)
                if proof is not None:
                    return proof
        return None

    # ------------------------------------------------------------ logic

    def prove(self, state: State, split_depth: int = 3) -> Node | None:
        """A proof of any state."""
        self.tick()
        if state.knows(state.goal):
            return KNOWN
        op = state.goal[0]
        if op == "and" or (op == "or" and len(state.goal) > 1):
            return self.parts(state, split_depth, len(state.goal) - 1 if op == "and" else 1)
        disjunction = next((f for f in state.facts if f[0] == "or" and 1 < len(f) <= MOST_DISJUNCTS + 1), None)
        if disjunction is not None and split_depth > DEEPEST_DISJUNCTION:
            return self.either(state, disjunction, split_depth)
        return self.relation(state, split_depth)

    def parts(self, state: State, split_depth: int, count: int) -> Node | None:
        """Each part of a conjunction, or the last part of a disjunction from the negations of the others."""
        proofs = []
        for sub, _ in self.checker.step(state, {"rule": "split", "proofs": [None] * count}):
            proof = self.part(state, sub, split_depth)
            if proof is None:
                return None
            proofs.append(proof)
        return {"rule": "split", "proofs": proofs}

    def part(self, state: State, sub: State, split_depth: int) -> Node | None:
        """A proof of one part of a conjunction; what was said of function values before it may only be in the way."""
        few = {f: None for f in sub.facts if f in state.facts or not applied(f)}
        if len(few) < len(sub.facts):
            with self.work_share(SHARE_WITHOUT_VALUES):
                proof = self.prove(State(sub.kinds, few, sub.goal), split_depth)
                if proof is not None:
                    return proof
        return self.prove(sub, split_depth)

    def either(self, state: State, disjunction: Formula, split_depth: int) -> Node | None:
        """A proof from each part of a disjunction, unless the disjunction says nothing or is not needed."""
        without = State(state.kinds, {f: None for f in state.facts if f != disjunction}, state.goal)
        if any(state.knows(part) or self.linear(without, part) for part in disjunction[1:]):
            return self.prove(without, split_depth)
        live = [p for p in disjunction[1:] if p[0] not in ("<", "<=", "==", "!=") or not state.knows(normal(negate(p)))]
        proof = self.relation(without, 0) if len(live) > 1 and not any(f[0] == "or" for f in without.facts) else None
        if proof is not None:
            return proof
        proofs = []
        for part in disjunction[1:]:
            assumed = without.assume(part)
            proof = self.impossible(assumed, part) or self.prove(assumed, split_depth)
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
        return whole and self.use(farkas.TACTIC, ProofBuilder(self.checker, state.assume(goal=f)), 0) is not None

    def by_cases(self, builder: ProofBuilder, f: Formula, split_depth: int) -> Node | None:
        """A proof from one that assumes ``f`` and one that assumes the opposite."""
        yes = self.prove(builder.state.assume(f), split_depth)
        if yes is None:
            return None
        no = self.prove(builder.state.assume(negate(f)), split_depth)
        return None if no is None else builder.close({"rule": "cases", "formula": dump(f), "yes": yes, "no": no})

    # ------------------------------------------------------------ relations

    def relation(self, state: State, split_depth: int) -> Node | None:
        """A proof of a state whose goal is a relation or false and whose facts are relations."""
        self.tick()
        if state.knows(state.goal):
            return KNOWN
        key = (tuple(state.facts), state.goal)
        if self.failed.get(key, -1) >= split_depth:
            return None
        cut = self.budget.cut
        builder = ProofBuilder(self.checker, state)
        split = piecewise.next_case_split(self, builder) if self.uses(piecewise.NAME) else None
        if split is not None:
            return self.by_cases(builder, split, split_depth)
        if self.samples.falsify(state):
            return None
        proof = self.first(self.table.early, builder, split_depth) if split_depth > 0 else None
        if proof is None:
            with self.work_share(SHARE_OF_CORE if split_depth > 0 else 1.0):
                proof = self.core(builder.fork(), split_depth)
        if proof is None:
            proof = self.with_reciprocals(builder)
        if proof is None and split_depth > 0:
            proof = self.first(self.table.alternatives, builder, split_depth)
            if proof is None:
                self.tick()
        if proof is None and cut == self.budget.cut:
            self.failed[key] = split_depth
        return proof

    def core(self, builder: ProofBuilder, split_depth: int) -> Node | None:
        """Decide a relation without case splits."""
        proof = self.first(self.table.preparation, builder, split_depth)
        if proof is not None:
            return proof
        if builder.state.goal[0] == "==":
            return self.equation(builder, split_depth)
        if self.samples.falsify(builder.state):
            return None
        return self.first(self.table.inequality, builder, split_depth)

    def with_reciprocals(self, builder: ProofBuilder) -> Node | None:
        """The same with what is known of exp(-a) and log(1/a), in all rounds but the first."""
        if self.round == 0 or self.reciprocals or not self.uses(reciprocals.NAME) or not transcendental(builder.state):
            return None
        self.reciprocals = True
        try:
            with self.work_share(SHARE_OF_RECIPROCALS):
                return self.core(builder.fork(), 0)
        finally:
            self.reciprocals = False
        return None

    def equation(self, builder: ProofBuilder, split_depth: int) -> Node | None:
        """Close a goal ``a == b``: an identity, or a consequence of the facts."""
        _, a, b = builder.state.goal
        ratio = fraction(minus(a, b))
        if ratio is None:
            return None
        if ratio[1] == 0:
            return self.use(identities.TACTIC, builder, split_depth)
        if self.samples.falsify(builder.state):
            return None
        return self.first(self.table.equation, builder, split_depth)

    # ------------------------------------------------------------ side conditions

    def ensure(self, builder: ProofBuilder, f: Formula) -> bool:
        """Make a relation a fact, if a short search proves it."""
        if builder.state.knows(f):
            return True
        if f in self.pending:
            return False
        if self.uses(positive_terms.NAME) and positive_terms.known_at_once(self, builder, f):
            return True
        self.pending.add(f)
        try:
            proof = self.briefly(builder.wanted(f))
        finally:
            self.pending.discard(f)
        if proof is None:
            return False
        builder.have(f, proof)
        return True

    def briefly(self, state: State) -> Node | None:
        """A proof without case splits; a relation without function values is first tried without the facts on them."""
        if not applied(state.goal):
            plain = {f: None for f in state.facts if not applied(f)}
            if len(plain) < len(state.facts):
                proof = self.relation(State(state.kinds, plain, state.goal), 0)
                if proof is not None or self.round < FIRST_LOOK:
                    return proof
        return self.relation(state, 0)


def transcendental(state: State) -> bool:
    """An exponential or logarithm of something with a variable occurs."""
    return any(t[0] in ("exp", "log") and names_in(t) for t in present(state))
