"""Random statements taken apart by random rules, from the goal backwards: what gets accepted is true at many points.

The rules that leave several states, or other variables than they met, are used here: cases, either, bound, induction,
slope, residues, and limits. A planted fault in any of them has to be found.
"""

from __future__ import annotations

import contextlib
import itertools
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from tests.verify.kernel.test_reals_forward import dumped, judged
from verify.kernel import Refused
from verify.kernel.reading import need
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.rules import RULES as KERNEL_RULES
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import TRUE

KINDS = {"x": "real", "n": "integer"}
POINTS = [
    {"x": x, "n": n}
    for x, n in itertools.product(
        map(Fraction, ("-3", "-1", "-1/2", "0", "1/3", "1", "3/2", "2", "5")), map(Fraction, range(-3, 5))
    )
]
NUMBERS = ("0", "1", "2", "-1", "3")
RUNS, GOALS, DEEPEST = 250, 6, 2
KNOWN = {"rule": "known"}
RULES = {
    "bound",
    "cases",
    "either",
    "induction",
    "irrational",
    "residues",
    "slope",
    "split",
    "sturm",
    "psatz",
    "sign",
    "ring",
}


class Seeker:
    """Random hypotheses; for random goals a random, short and shallow search for a proof."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.checker = Checker()
        self.count = 0
        self.hypotheses = [self.simple() for _ in range(self.random.choice((1, 2, 2)))]
        if self.random.random() < 0.3:
            self.hypotheses.append(["or", self.simple(), self.simple()])

    def simple(self) -> Any:
        x, c = self.random.choice(tuple(KINDS)), self.random.choice(NUMBERS)
        sides = [x, c] if self.random.random() < 0.4 else [c, x]
        return [self.random.choice(("<", "<=", "<=", "!=", "==")), *sides]

    def term(self, depth: int) -> Any:
        pick = self.random.choice
        if depth == 0 or self.random.random() < 0.2:
            return pick([*KINDS, *KINDS, *NUMBERS])
        op = pick(("+", "*", "*", "-", "^", "/", "^n"))
        if op == "^":
            return ["^", self.term(depth - 1), pick(("2", "3", "-1", "0"))]
        if op == "^n":
            return ["^", pick((*KINDS, "2", "-1")), "n"]
        return [op, *(self.term(depth - 1) for _ in range(1 if op == "-" else 2))]

    def goal(self) -> Any:
        pick = self.random.choice
        if self.random.random() < 0.1:  # an equation that residues may exclude
            return [
                "!=",
                ["*", pick(("2", "3", "4")), "n"],
                ["+", ["*", pick(("2", "4", "x")), "n"], pick(("1", "2", "3"))],
            ]
        if self.random.random() < 0.1:  # an equation that would make a quotient an irrational root, or a rational one
            return ["!=", ["^", pick(("n", "n", "x")), "2"], pick(("2", "3", "4", "1/2"))]
        return [pick(("<", "<=", "<=", "!=", "==")), self.term(pick((1, 2))), self.term(1)]

    def certificate(self) -> dict[str, Any] | None:
        row = {"id": "t", "variables": [[k, v] for k, v in KINDS.items()], "hypotheses": self.hypotheses,
               "definitions": [], "goal": self.goal(), "proof": None}  # fmt: skip
        try:
            state = self.checker.theorem(row)[0]
        except Refused:
            return None
        proof = self.solve(state, DEEPEST)
        return None if proof is None else {"schema": 1, "theorems": [{**row, "proof": proof}]}

    def solve(self, state: State, depth: int) -> Any:
        op = state.goal[0]
        if op in ("and", "or") and len(state.goal) > 1:
            return self.parts(state, {"rule": "split"}, ["proofs"], depth, lists=True)
        for node in self.closers(state):
            try:
                if not self.checker.step(state, node):
                    return node
            except Refused:
                continue
        options = self.ways(state) if depth else []
        self.random.shuffle(options)
        for node, branches in options[:4]:
            found = self.parts(state, node, branches, depth - 1, lists=branches == ["proofs"])
            if found is not None:
                return found
        return None

    def parts(self, state: State, node: Any, branches: list[str], depth: int, *, lists: bool) -> Any:
        """The node with a proof of every state that it leaves; None where one is missing."""
        try:
            if lists:
                many = len(state.goal) - 1 if node["rule"] == "split" and state.goal[0] == "and" else 1
                if node["rule"] == "either":
                    many = len(node["formula"]) - 1
                left = self.checker.step(state, {**node, "proofs": [None] * many})
            else:
                left = self.checker.step(state, {**node, **dict.fromkeys(branches)})
        except Refused:
            return None
        proofs = []
        for rest, _ in left:
            proof = self.solve(rest, depth)
            if proof is None:
                return None
            proofs.append(proof)
        return {**node, "proofs": proofs} if lists else {**node, **dict(zip(branches, proofs, strict=True))}

    def closers(self, state: State) -> list[Any]:
        goal = dumped(state.goal)
        facts = [dumped(f) for f in state.facts if len(f) == 3 and f[0] in ("<", "<=", "!=", "==")]
        out: list[Any] = [
            KNOWN,
            *({"rule": "residues", "equation": f, "modulus": m} for f in facts for m in ("2", "3")),
        ]
        root = {"rule": "irrational", "multiple": "1", "below": "1", "degree": "2"}
        squares = [(f, x, q) for f in facts if f[0] == "==" for x in KINDS for q in ("2", "3", "4", "1/2")]
        out += [{**root, "equation": f, "above": x, "value": q} for f, x, q in squares]
        equations = [[f, c] for f in facts if f[0] == "==" for c in ("1", "-1")]
        out += [{"rule": "ring", "cofactors": e} for e in ([], *([pair] for pair in equations))]
        relations = [f for f in facts if f[0] != "=="]
        for few in (*([f] for f in relations), *itertools.combinations(relations[:5], 2)):
            out.append({"rule": "psatz", "cofactors": [], "terms": [["1", [f], "1"] for f in few]})
            out += [{"rule": "psatz", "cofactors": [e], "terms": [["1", [f], "1"] for f in few]} for e in equations[:4]]
        if len(goal) == 3 and goal[0] in ("<", "<=", "!="):
            gap = ["+", goal[2], ["-", goal[1]]]
            out.append({"rule": "sign", "factors": [[gap, "1"]]})
            for name in state.kinds:
                out += [{"rule": "sturm", "variable": name, "lower": a, "upper": b}
                        for a in (None, "0", "1") for b in (None, "2")]  # fmt: skip
        return out

    def ways(self, state: State) -> list[tuple[Any, list[str]]]:
        """Nodes that leave states, with the fields of their proofs."""
        pick, names = self.random.choice, list(state.kinds)
        x = pick(names)
        self.count += 1
        new = f"s{self.count}"
        wanted = [pick(("<", "<=", "==")), *pick(((x, pick(NUMBERS)), (pick(NUMBERS), x)))]
        term = [pick(("+", "*")), x, pick((*names, "1"))]
        out = [
            ({"rule": "cases", "formula": wanted}, ["yes", "no"]),
            ({"rule": "have", "formula": wanted}, ["proof", "then"]),
            ({"rule": "define", "new": new, "term": term}, ["then"]),
        ]
        if state.goal[0] == "!=":
            out.append(({"rule": "cases", "formula": dumped(("==", *state.goal[1:]))}, ["yes", "no"]))
        for f in state.facts:
            if f[0] == "or" and len(f) > 1:
                out.append(({"rule": "either", "formula": dumped(f)}, ["proofs"]))
            if f[0] in ("<", "<="):
                low, high = dumped(f[1]), dumped(f[2])
                if high in names:
                    out.append(({"rule": "bound", "variable": high, "lower": low, "upper": None, "new": new}, ["then"]))
                    out.append(({"rule": "induction", "variable": high, "start": low}, ["base", "step"]))
                if low in names:
                    out.append(({"rule": "bound", "variable": low, "lower": None, "upper": high, "new": new}, ["then"]))
        ends = ({"lower": a, "upper": b} for a, b in (("0", "1"), ("0", "2"), ("-1", "1"), ("1", "3")))
        out += [({"rule": "bound", "variable": x, **end, "new": new}, ["then"]) for end in ends]
        slope = {"rule": "slope", "variable": x, "point": pick(NUMBERS), "new": new}
        return [*out, (slope, ["base", "right", "left"])]


def certificates(seeds: range) -> Iterator[Any]:
    for seed in seeds:
        seeker = Seeker(seed)
        for _ in range(GOALS):
            with contextlib.suppress(Refused):
                yield from filter(None, [seeker.certificate()])


def false_theorems(seeds: range) -> tuple[list[Any], int, set[str]]:
    return judged(certificates(seeds), POINTS)


def test_what_is_proved_backwards_is_true() -> None:
    wrong, accepted, rules = false_theorems(range(RUNS))
    assert not wrong, wrong[0]
    assert accepted > RUNS / 2, accepted
    assert rules >= RULES, RULES - rules


def weakened(name: str, number: int) -> Any:
    """A rule that leaves nothing to show in one of its states."""
    right, fields = KERNEL_RULES[name]

    def rule(run: Checker, state: State, *rest: Any) -> list[Any]:
        left = right(run, state, *rest)
        left[number] = (left[number][0].assume(goal=TRUE), left[number][1])
        return left

    return rule, fields


def open_ends() -> Any:
    """``bound`` that takes every end for an open one."""
    right, fields = KERNEL_RULES["bound"]

    def rule(run: Checker, state: State, *rest: Any) -> list[Any]:
        [(left, then)] = right(run, state, *rest)
        return [(left.assume(("<", 0, rest[3])), then)]

    return rule, fields


def kept_facts() -> Any:
    """``induction`` that keeps the facts about its variable."""
    right, fields = KERNEL_RULES["induction"]

    def rule(run: Checker, state: State, *rest: Any) -> list[Any]:
        return [(left.assume(*state.facts), proof) for left, proof in right(run, state, *rest)]

    return rule, fields


def any_residue() -> Any:
    """``residues`` that does not look for a solution."""
    fields = KERNEL_RULES["residues"][1]

    def rule(run: Checker, state: State, equation: Any, modulus: Any) -> list[Any]:
        need(state.knows(state.formula(equation)), "the equation is not known")
        return []

    return rule, fields


def any_root() -> Any:
    """``irrational`` for rational roots too."""
    right, fields = KERNEL_RULES["irrational"]

    def rule(run: Checker, state: State, *given: Any) -> list[Any]:
        try:
            return right(run, state, *given)
        except Refused as reason:
            need("is rational" in str(reason), str(reason))
            return []

    return rule, fields


FAULTS = {
    "bound": open_ends,
    "cases": lambda: weakened("cases", 1),
    "either": lambda: weakened("either", 1),
    "induction": kept_facts,
    "irrational": any_root,
    "residues": any_residue,
    "slope": lambda: weakened("slope", 2),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_rule_would_be_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KERNEL_RULES, name, FAULTS[name]())
    assert any(false_theorems(range(s, s + 20))[0] for s in range(0, RUNS, 20))
