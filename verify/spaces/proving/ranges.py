"""Sums and recursions: facts about all members of a range, added up or taken one by one; induction."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import RELATIONS, Formula, Term
from verify.kernel.spaces.rules.ranges import INTEGER
from verify.kernel.spaces.state import State
from verify.kernel.spaces.terms import closed, loose, names, opened, put
from verify.runtime.budget import Budget
from verify.runtime.errors import ensured
from verify.spaces.problems.script import KNOWN, Node, Script
from verify.spaces.proving.geometric_sums import closed_forms
from verify.spaces.proving.numbers import establish

MOST_SUMS = 3  # whose variances are taken
MOST_MEMBERS = 8  # of a range between numbers
STEP = 3_000_000  # units for a condition about an index
Prover = Callable[[Script], Node | None]


def add_sums(line: Script) -> None:
    """The sums of what holds for all members of a range, as facts."""
    for f in [f for f in line.state.facts if f[0] == "all" and f[3][0] in ("<=", "<", "==")]:
        _, low, high, body = f
        if not establish(line, ("<=", ("+", low, -1), high), STEP):
            continue
        t = fresh(line, "t")
        relation: Formula = ("==" if body[0] == "==" else "<=", *[opened(side, t) for side in body[1:]])
        inside = line.fork(line.state.assume(("<=", low, t), ("<=", t, high), goal=relation, new={t: INTEGER}))
        try:
            inside.instance(f, t)
            proof = inside.close(KNOWN)
            line.add(termwise(line, t, low, high, inside.write(relation), proof))
        except Refused:
            continue


def add_variances(line: Script) -> None:
    """For sums of vectors or numbers a(t) with mean m: the sum of ||a(t) - m||^2 is not negative, as a fact."""
    found: dict[tuple[bool, Term], None] = {}
    for f in (line.state.goal, *line.state.facts):
        if f[0] in ("<=", "<"):
            for side in f[1:]:
                sums_in(side, False, found)
    for vectors, total in list(found)[:MOST_SUMS]:
        low, high, body = ensured(total, tuple)[1:]
        count: Term = ("+", high, ("-", low), 1)
        if loose(total) or not establish(line, ("<=", ("+", low, -1), high), STEP):
            continue
        if not establish(line, ("!=", count, 0), STEP):
            continue
        t = fresh(line, "t")
        mean: Term = ("scale", ("/", 1, count), total) if vectors else ("/", total, count)
        off: Term = ("+", opened(body, t), ("-", mean))
        relation: Formula = ("<=", 0, ("inner", off, off) if vectors else ("^", off, 2))
        inside = line.fork(line.state.assume(("<=", low, t), ("<=", t, high), goal=relation, new={t: INTEGER}))
        proof = inside.combine(squares=[(1, off)]) if vectors else inside.combine(numbers=[(1, off)])
        try:
            line.add(termwise(line, t, low, high, inside.write(relation), proof))
        except Refused:
            continue


def sums_in(t: Term, vector: bool, found: dict[tuple[bool, Term], None]) -> None:
    """The sums in a term: of vectors, and of numbers where they are squared."""
    if not isinstance(t, tuple):
        return
    if t[0] == "sum" and vector:
        found.setdefault((True, t))
    if t[0] == "^" and t[2] == 2 and isinstance(t[1], tuple) and t[1][0] == "sum":
        found.setdefault((False, t[1]))
    for a in t[1:]:
        inside = t[0] in ("inner", "norm") or (vector and t[0] in ("+", "-", "scale", "E", "apply"))
        sums_in(a, inside, found)


def termwise(line: Script, t: str, low: Term, high: Term, relation: object, proof: Node) -> Node:
    """The node that adds up a relation."""
    bounds = {"lower": line.write(low), "upper": line.write(high)}
    return {"rule": "termwise", "name": t, **bounds, "relation": relation, "proof": proof, "then": None}


def fresh(line: Script, stem: str) -> str:
    """A name that is not in use."""
    name, k = stem, 0
    while name in line.state.sorts:
        k += 1
        name = f"{stem}{k}"
    return name


def take_instances(line: Script, at: list[Term]) -> None:
    """What holds for all members of a range, for those at some indices, where these are known to lie in it."""
    for f in [f for f in line.state.facts if f[0] == "all"]:
        _, low, high, body = f
        for index in at:
            try:
                if opened(body, index) in line.state.facts:
                    continue
                if establish(line, ("<=", low, index), STEP) and establish(line, ("<=", index, high), STEP):
                    line.instance(f, index)
            except Refused:
                continue


def take_all(line: Script) -> None:
    """What holds for all members of a range that has numbers for its bounds, for each of them."""
    for f in [f for f in line.state.facts if f[0] == "all"]:
        low, high = f[1], line.run.forms.tidy(f[2])
        if isinstance(low, int) and isinstance(high, int) and high - low < MOST_MEMBERS:
            for index in range(low, high + 1):
                line.instance(f, index)


def by_induction(script: Script, prover: Prover, budget: Budget) -> Node | None:
    """The goal as one of all ``first <= k <= n`` for an integer n in it: at the first, and from k to k + 1."""
    goal = script.state.goal
    if goal[0] not in (*RELATIONS, "same"):
        return None
    for n in sorted(names(goal)):
        if script.state.sorts[n].kind != "integer":
            continue
        for first in starts(script, n):
            budget.spend(1)
            line = with_closed_forms(script, n, first, prover)
            proof = induction(line, n, first, prover)
            if proof is not None:
                return line.close(proof)
    return None


def with_closed_forms(script: Script, n: str, first: Term, prover: Prover) -> Script:
    """A line that knows what the geometric sums in the goal come to, for all n from ``first``; by an induction each."""
    line = script.copy()
    line.nodes = []
    for f in closed_forms(script.state.goal, n):
        inner = line.fork(line.state.assume(goal=f))
        found = for_all(inner, n, first, prover)
        if found is not None:
            line.have(*found)
    return line


def starts(script: Script, n: str) -> Iterator[Term]:
    """Where an induction over an integer may start: its lower bounds among the facts, and one below."""
    found: list[int] = []
    for f in script.state.facts:
        if f[0] in ("<=", "<") and f[2] == n and isinstance(f[1], int):
            found.append(f[1] if f[0] == "<=" else f[1] + 1)
    for low in sorted(found, reverse=True):
        yield low
        yield low - 1


def induction(script: Script, n: str, first: Term, prover: Prover) -> Node | None:
    """A proof by induction over n from ``first``, as the nodes that follow those of the line."""
    line = script.fork()
    found = for_all(line, n, first, prover)
    if found is None:
        return None
    try:
        line.have(*found)
        if not establish(line, ("<=", first, n), STEP):
            return None
        line.instance(found[0], n)
        line.states(KNOWN)
    except Refused:
        return None
    return line.close(KNOWN)


def for_all(script: Script, n: str, first: Term, prover: Prover) -> tuple[Formula, Node] | None:
    """The goal for all integers from ``first`` to n instead of n, with its proof by induction."""
    k = fresh(script, "k")
    claim: Formula = ("all", first, n, closed(put(script.state.goal, {n: k}), k))
    name = fresh(script, "m")
    node = {"rule": "induction", "name": name, "base": None, "step": None}
    proofs: list[Node] = []
    try:
        base, following = script.fork(script.state.assume(goal=claim)).states(node)
    except Refused:
        return None
    known: list[tuple[State, list[Term]]] = [(base, [("+", first, -1), first]), (following, [name])]
    for state, at in known:
        inside = script.fork(state)
        take_instances(inside, at)
        proof = prover(inside)
        if proof is None:
            return None
        proofs.append(proof)
    return claim, {**node, "base": proofs[0], "step": proofs[1]}
