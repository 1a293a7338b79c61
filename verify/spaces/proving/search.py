"""The search for a proof: identities, multipliers, statements about numbers, sums and induction, in this order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import RELATIONS, Formula, Term
from verify.kernel.spaces.rules.ranges import INTEGER
from verify.kernel.spaces.terms import opened
from verify.runtime.budget import SECOND, Budget, Spent
from verify.spaces.problems.script import KNOWN, Node, Script
from verify.spaces.proving.combinations import prove_by_multipliers
from verify.spaces.proving.norms import add_norm_facts, parts
from verify.spaces.proving.numbers import establish
from verify.spaces.proving.operators import add_operator_facts
from verify.spaces.proving.powers import add_power_facts
from verify.spaces.proving.ranges import add_sums, add_variances, by_induction, fresh, take_all, take_instances
from verify.spaces.proving.said import Said

MOST_EQUATIONS = 6  # between vectors, of which two are taken at once
QUICK = 2 * SECOND  # for a goal as a statement about numbers, before anything else was tried
HALF = 5 * SECOND  # where the values of functions are left out, before they are taken too
THOROUGH = 10 * SECOND


@dataclass
class Prover:
    """Proves the goals of states; ``values``: names that stand for values of functions, not for parameters."""

    values: frozenset[str]
    budget: Budget
    said: Said | None = None  # what an author says is used

    def prove(self, script: Script, depth: int = 0) -> Node | None:
        """A proof of the goal of a line, with what the line has so far."""
        goal = script.state.goal
        if goal[0] == "and":
            return self.parts(script)
        if script.know(goal):
            return script.close(KNOWN)
        if goal[0] == "all":
            return self.general(script)
        if goal[0] == "same":
            return self.vectors(script, depth)
        if goal[0] not in RELATIONS:
            return None
        return self.relation(script, depth)

    def parts(self, script: Script) -> Node | None:
        """Every part of a conjunction, with those before it as facts."""
        parts = script.state.goal[1:]
        proofs = []
        for state in script.states({"rule": "split", "proofs": [None] * len(parts)}):
            proof = self.prove(script.fork(state))
            if proof is None:
                return None
            proofs.append(proof)
        return script.close({"rule": "split", "proofs": proofs})

    def general(self, script: Script) -> Node | None:
        """A goal about all integers of a range, at a new one."""
        _, low, high, body = script.state.goal
        t = fresh(script, "t")
        inside = script.fork(
            script.state.assume(("<=", low, t), ("<=", t, high), goal=opened(body, t), new={t: INTEGER})
        )
        take_instances(inside, [t])
        proof = self.prove(inside)
        return None if proof is None else script.close({"rule": "general", "name": t, "proof": proof})

    def vectors(self, script: Script, depth: int) -> Node | None:
        """An equation of vectors by its form, from equations, or because the difference has no length."""
        equations = [f for f in script.state.facts if f[0] == "same"][:MOST_EQUATIONS]
        signed = [[script.write(c), script.write(f)] for f in equations for c in (1, -1)]
        for rows in ([], *([row] for row in signed), *map(list, combinations(signed, 2))):
            node = {"rule": "vectors", "equations": rows}
            try:
                script.states(node)
                return script.close(node)
            except Refused:
                continue
        found = self.no_length(script)
        return found if found is not None or depth else self.induction(script)

    def no_length(self, script: Script) -> Node | None:
        """An equation v == w from ||v - w||^2 <= 0."""
        goal = script.state.goal
        difference: Term = ("+", goal[1], ("-", goal[2]))
        line = script.copy()
        short: Formula = ("<=", ("inner", difference, difference), 0)
        proof = self.prove(script.fork(script.state.assume(goal=short)))
        if proof is None:
            return None
        line.have(short, proof)
        line.add({"rule": "null", "vector": line.write(difference), "then": None})
        fact: Formula = ("same", difference, ("zero",))
        node = {"rule": "vectors", "equations": [[line.write(1), line.write(fact)]]}
        line.states(node)
        return line.close(node)

    def relation(self, script: Script, depth: int) -> Node | None:
        """A relation between numbers."""
        line = script.copy()
        add_operator_facts(line)
        take_all(line)
        usual = (self.as_numbers, self.by_multipliers, self.with_norms, self.with_sums, self.by_sign)
        for attempt in usual if self.said is None else (self.as_said, *usual):
            proof: Node | None = None  # a share that is used up ends the attempt without an answer
            try:
                with self.budget.share(0.5):
                    proof = attempt(line.copy())
            except Spent:
                proof = None
            if proof is not None:
                return proof
        if depth == 0:
            return self.induction(line)
        return None

    def as_said(self, line: Script) -> Node | None:
        """By what an author says is used, and nothing else that classes say."""
        proof = prove_by_multipliers(line, self.values, self.budget, self.said)
        return None if proof is None else line.close(proof)

    def as_numbers(self, line: Script) -> Node | None:
        """From the facts, as a statement about numbers; powers are variables at first."""
        if add_power_facts(line) and establish(line, line.state.goal, QUICK, powers=False):
            return line.close(KNOWN)
        work = min(QUICK, int(self.budget.left))
        self.budget.spend(min(work, SECOND // 10))
        return line.close(KNOWN) if establish(line, line.state.goal, work, each=not self.values) else None

    def by_multipliers(self, line: Script) -> Node | None:
        """From the facts and squares, by multipliers."""
        proof = prove_by_multipliers(line, self.values, self.budget)
        return None if proof is None else line.close(proof)

    def with_norms(self, line: Script) -> Node | None:
        """With what is known of norms and inner products, as a statement about numbers."""
        if not add_norm_facts(line):
            return None
        if self.values and establish(line, line.state.goal, HALF, without=self.values):
            return line.close(KNOWN)
        return line.close(KNOWN) if establish(line, line.state.goal, THOROUGH) else None

    def with_sums(self, line: Script) -> Node | None:
        """With what holds for all members of a range, added up."""
        before = len(line.nodes)
        add_sums(line)
        add_variances(line)
        if len(line.nodes) == before:
            return None
        if establish(line, line.state.goal, QUICK):
            return line.close(KNOWN)
        return self.by_multipliers(line)

    def by_sign(self, line: Script) -> Node | None:
        """By cases: what stands in an absolute value of the goal is negative or not."""
        goal = line.state.goal
        found = [t for t in parts(goal[1:]) if t[0] == "abs" and ("<=", 0, t[1]) not in line.state.facts]
        if not found or any(("<", t[1], 0) in line.state.facts for t in found) or goal[0] not in ("<=", "<"):
            return None
        inside = found[0][1]
        node: Node = {"rule": "cases", "formula": line.write(("<=", 0, inside)), "yes": None, "no": None}
        proofs = []
        for state, value in zip(line.states(node), (inside, ("-", inside)), strict=True):
            case = line.fork(state)
            if not establish(case, ("==", ("abs", inside), value), QUICK):
                return None
            proof = self.by_multipliers(case.copy())
            if proof is None:
                return None
            proofs.append(proof)
        return line.close({**node, "yes": proofs[0], "no": proofs[1]})

    def induction(self, line: Script) -> Node | None:
        """By induction over an integer."""
        nodes, line.nodes = line.nodes, []
        proof = by_induction(line, lambda inner: self.prove(inner, 1), self.budget)
        line.nodes = nodes
        return None if proof is None else line.close(proof)
