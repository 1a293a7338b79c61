"""Proofs put together at random: what the checker accepts is true at many points, by an evaluator of its own."""

import itertools
import random
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import pytest

from tests.plain_values import contradicts
from verify.kernel import AXIOMS, LIMIT, Refused, check
from verify.kernel.reals.certificate import Checker
from verify.kernel.reals.definedness import defined, term_conditions
from verify.kernel.reals.formulas import normal
from verify.kernel.reals.json_form import read_formula
from verify.kernel.reals.state import State
from verify.kernel.reals.whole import integer_valued

KINDS = {"x": "real", "y": "real", "n": "integer"}
NUMBERS = ("0", "1", "2", "-1", "1/2", "3")
POINTS = [
    {"x": x, "y": y, "n": n}
    for x, y, n in itertools.product(
        map(Fraction, ("-2", "-1", "-1/2", "0", "1/3", "1", "2", "5/2")),
        map(Fraction, ("-1", "0", "1/2", "1", "2", "3")),
        map(Fraction, (-2, -1, 0, 1, 2, 3)))]  # fmt: skip
KNOWN = {"rule": "known"}
RUNS, STEPS = 500, 14


class Builder:
    """One random theorem: hypotheses, facts found forward by random rules, and one of them as the goal."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.checker = Checker(LIMIT)
        self.names = list(KINDS)
        self.hypotheses = [self.relation(1) for _ in range(self.random.choice((1, 2, 2, 3)))]
        self.nodes: list[dict[str, Any]] = []

    def term(self, depth: int) -> Any:
        pick = self.random.choice
        if depth == 0 or self.random.random() < 0.25:
            return pick([*self.names, *KINDS, *NUMBERS])
        op = pick(("+", "*", "-", "/", "^", "^", "^", "sqrt", "exp", "log", "abs", "min", "max"))
        count = {"-": 1, "sqrt": 1, "exp": 1, "log": 1, "abs": 1}.get(op, 2)
        return [op, *(self.term(depth - 1) for _ in range(count))]

    def relation(self, depth: int) -> Any:
        if depth == 1 and self.random.random() < 0.6:  # what many rules ask for
            x = self.random.choice(list(KINDS))
            return [
                self.random.choice(("<", "<=", "!=", "==")),
                *self.random.choice((("0", x), (x, "2"), (x, "0"), ("1", x))),
            ]
        return [self.random.choice(("==", "!=", "<", "<=")), self.term(depth), self.term(depth)]

    def candidate(self, state: State) -> dict[str, Any]:
        """A node that leaves one state, on which the proof goes on."""
        pick = self.random.choice
        pool = [dumped(t) for f in state.facts for t in parts(f)] + [*self.names, *NUMBERS]
        rule = pick(("axiom", "axiom", "axiom", "have", "have", "congruent", "rewrite", "define", "extreme", "numeric"))
        if rule == "axiom":
            name = pick(sorted(AXIOMS))
            letters, conditions, _ = AXIOMS[name]
            theta = {a: pick((pick(pool), self.term(1))) for a in letters}
            for op, *sides in conditions:  # where a fact has the form of a condition, take its terms
                facts = [f for f in state.facts if f[0] == op]
                if facts and self.random.random() < 0.8:
                    theta |= {a: dumped(t) for a, t in zip(sides, pick(facts)[1:], strict=True) if a in theta}
            return {"rule": rule, "name": name, "terms": [theta[a] for a in letters]}
        if rule == "have":
            a, b = (pick((pick(pool), self.term(2))) for _ in range(2))
            if self.random.random() < 0.5:
                a, b = pick((["*", a, b], ["/", a, b], ["^", a, pick(("2", "3", "-1", "0"))])), pick(("0", b, a))
            goal = [pick(("==", "!=", "<", "<=")), a, b]
            return {"rule": rule, "formula": goal, "proof": self.closing(state, goal)}
        if rule == "congruent":
            t = pick([t for t in pool if isinstance(t, list)] or [["exp", "x"]])
            return {"rule": rule, "left": t, "right": [t[0], *(pick((a, pick(pool))) for a in t[1:])]}
        if rule == "rewrite":
            equations = [f for f in state.facts if f[0] == "=="]
            sides = [dumped(t) for t in pick(equations)[1:]] if equations else ["x", "x"]
            self.random.shuffle(sides)
            return {"rule": rule, "left": sides[0], "right": sides[1]}
        if rule == "define":
            return {"rule": rule, "new": f"w{len(self.nodes)}", "term": pick((pick(pool), self.term(2)))}
        if rule == "extreme":
            t = pick([t for t in pool if t[0] in ("min", "max")] or [["min", "x", "y"]])
            return {"rule": rule, "term": t, "index": pick(("1", "2"))}
        term = [pick(("exp", "log", "sqrt")), pick(NUMBERS)]
        return {"rule": rule, "term": term, "lower": pick(NUMBERS), "upper": pick(NUMBERS)}

    def closing(self, state: State, goal: Any) -> Any:
        """A short proof, perhaps."""
        pick = self.random.choice
        difference = ["+", goal[2], ["-", goal[1]]]
        product = goal[1] if goal[1][0] in ("*", "/", "^") else difference
        factors = [[product, "-1" if product is goal[1] else "1"]]
        if product is goal[1]:
            factors = [["-1", "1"], *([[a, "1"] for a in product[1:]] if product[0] == "*" else [[product, "1"]])]
        equations = [[dumped(f), pick(("1", "-1", "x"))] for f in state.facts if f[0] == "=="]
        relations = [dumped(f) for f in state.facts if f[0] in ("<", "<=", "!=")]
        opposite = {"<": "<=", "<=": "<"}.get(goal[0])
        no = {"rule": "psatz", "cofactors": equations[:1] if pick((True, False)) else [], "terms": [
            ["1", [[opposite, goal[2], goal[1]]], "1"], *[["1", [r], "1"] for r in relations[:1]]]}  # fmt: skip
        sturm = {"rule": "sturm", "variable": pick(("x", "y", "n")), "lower": pick((None, "0", "1")),
                 "upper": pick((None, "2"))}  # fmt: skip
        options = [KNOWN, {"rule": "sign", "factors": [[difference, "1"]]}, {"rule": "sign", "factors": factors}, sturm,
                   {"rule": "ring", "cofactors": equations[:2] if pick((True, False)) else []}]  # fmt: skip
        if opposite is not None:
            options.append({"rule": "cases", "formula": goal, "yes": KNOWN, "no": no})
        return pick(options)

    def build(self) -> list[dict[str, Any]]:
        """Certificates with one theorem, every fact that was found and needs no new name being a goal."""
        rows = {"id": "t", "variables": [[k, v] for k, v in KINDS.items()], "hypotheses": self.hypotheses,
                "definitions": [], "goal": ["and"], "proof": None}  # fmt: skip
        try:
            state = self.checker.theorem(rows)[0]
        except Refused:
            return []
        start = set(state.facts)
        for _ in range(STEPS):
            node = self.candidate(state)
            try:
                first, *_ = self.checker.step(state, {**node, "then": None})
                if node["rule"] == "have":
                    self.checker.prove(first[0], node["proof"])
                state = self.checker.step(state, {**node, "then": None})[-1][0]
            except (Refused, IndexError, TypeError, KeyError, AttributeError):
                continue
            self.nodes.append(node)
            if node["rule"] == "define":
                self.names.append(node["new"])
        return [self.certificate(rows, state, f) for f in state.facts if f not in start][:8]

    def certificate(self, rows: dict[str, Any], state: State, f: Any) -> dict[str, Any]:
        goal = dumped(f)
        conditions = normal(("and", defined(read_formula(goal), KINDS), f))
        proof: Any = {"rule": "split", "proofs": [KNOWN] * (len(conditions) - 1)} if conditions[0] == "and" else KNOWN
        for node in reversed(self.nodes):
            proof = {**node, "then": proof}
        return {"schema": 1, "theorems": [{**rows, "goal": goal, "proof": proof}]}


def dumped(x: Any) -> Any:
    return [x[0], *map(dumped, x[1:])] if isinstance(x, tuple) else x if isinstance(x, str) else str(x)


def parts(f: Any) -> list[Any]:
    """The terms in a formula, without numbers."""
    below = [t for a in f[1:] if isinstance(a, tuple) for t in parts(a)]
    return below + [
        a for a in f[1:] if isinstance(a, (str, tuple)) and not (isinstance(a, tuple) and a[0] in ("and", "or"))
    ]


def judged(certificates: Iterable[Any], points: Sequence[Any]) -> tuple[list[Any], int, set[str]]:
    """What was accepted though a point contradicts it, how many were accepted, and by which rules."""
    wrong, accepted, rules = [], 0, set()
    for certificate in certificates:
        try:
            check(certificate)
        except Refused:
            continue
        accepted += 1
        row = certificate["theorems"][0]
        rules |= used(row["proof"])
        bad = next((p for p in points if contradicts(row, p)), None)
        if bad is not None:
            wrong.append((row["hypotheses"], row["goal"], bad, row["proof"]))
    return wrong, accepted, rules


def false_theorems(seeds: range) -> tuple[list[Any], int, set[str]]:
    return judged((c for seed in seeds for c in Builder(seed).build()), POINTS)


def used(proof: Any) -> set[str]:
    if isinstance(proof, list):
        return set().union(*map(used, proof))
    if not isinstance(proof, dict):
        return set()
    return {proof["rule"]}.union(*(used(v) for v in proof.values()))


def test_what_random_proofs_prove_is_true() -> None:
    wrong, accepted, rules = false_theorems(range(RUNS))
    assert not wrong, wrong[0]
    assert accepted > RUNS / 4, accepted
    assert rules >= {
        "known",
        "split",
        "have",
        "axiom",
        "congruent",
        "rewrite",
        "define",
        "sign",
        "ring",
        "extreme",
        "numeric",
    }


RIGHT = State.known


def unsound_knows(self: State, f: Any) -> bool:
    """Takes a <= b for a < b."""
    return RIGHT(self, f) or (f[0] in ("<", "!=") and ("<=", *f[1:]) in self.facts)


def unsound_whole(self: State, t: Any) -> bool:
    return True


def unsound_vanishes(self: Checker, state: State, t: Any) -> bool:
    """Looks at the monomials without a function or a power alone."""
    numerator = self.algebra.quotient(t)[0]
    return all(any(isinstance(a, tuple) for a, _ in self.algebra.exponents(m)) for m in numerator)


@pytest.mark.parametrize(
    ("place", "name", "wrong"),
    [(State, "known", unsound_knows), (State, "whole", unsound_whole), (Checker, "vanishes", unsound_vanishes)],
)
def test_a_wrong_rule_would_be_found(place: Any, name: str, wrong: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, name, wrong)
    assert any(false_theorems(range(s, s + 20))[0] for s in range(0, RUNS, 20))


def test_whole_and_defined_are_used() -> None:
    """What the fuzz above leans on exists under these names."""
    assert integer_valued("n", KINDS) and not integer_valued("x", KINDS)
    assert term_conditions(("log", "x"), KINDS) == [("<", 0, "x")]
