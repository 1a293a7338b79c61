"""Integers: strict inequalities tightened, residues, finite ranges, and induction."""

from __future__ import annotations

from itertools import product
from math import ceil, floor, gcd, lcm, prod
from typing import TYPE_CHECKING, Any

import flint

from verify.kernel.checker import FALSE, Formula, Refused, State, Term, integer_valued, names_in
from verify.language.rational_functions import fraction
from verify.prover.proof_builder import Node, Thread, by_contradiction, dump, minus
from verify.prover.tactics.bounds import isolate

if TYPE_CHECKING:
    from verify.prover.search import Search

MODULI = (2, 3, 4, 5, 7, 8, 9, 11, 13, 16, 17, 25)
MOST_RESIDUES = 20_000
MOST_VALUES = 60  # of an integer, tried one by one


def tighten(search: Search, thread: Thread) -> None:
    """Strict inequalities between integers become m + 1 <= n; rational bounds on integers become whole ones."""
    kinds = thread.state.kinds
    for f in [f for f in thread.state.facts if f[0] == "<"]:
        if all(integer_valued(t, kinds) for t in f[1:]) and not all(isinstance(t, int) for t in f[1:]):
            thread.axiom("gap", f[1], f[2])
    if "integer" not in kinds.values():
        return
    for b in isolate(search.checker, thread.state):
        x, value = b.variable, b.term
        if kinds.get(x) != "integer" or isinstance(value, (str, tuple)):
            continue
        if isinstance(value, int) and not b.strict:
            continue
        whole = (floor(value) if b.lower else ceil(value)) if not b.strict or value != int(value) else int(value)
        ends: tuple[Term, Term] = (whole, x) if b.lower else (x, whole)
        wanted = ("<", *ends)
        try:
            if not thread.state.knows(wanted):
                prove_linear(search, thread, wanted)
            thread.axiom("gap", *ends)
            step = 1 if b.lower else -1
            final = ("<=", whole + step, x) if b.lower else ("<=", x, whole + step)
            if not thread.state.knows(final):
                prove_linear(search, thread, final)
        except Refused:
            continue


def prove_linear(search: Search, thread: Thread, f: Formula) -> None:
    from verify.prover.tactics import farkas

    proof = farkas.prove(search, thread.wanted(f))
    if proof is None:
        raise Refused("not a consequence")
    thread.have(f, proof)


def residues(search: Search, thread: Thread) -> Node | None:
    """Close a state with an equation between integers that has no solution modulo some number, or a goal against it."""
    state = thread.state
    goal = state.goal
    for f in [("==", *goal[1:])] if goal[0] == "!=" else []:
        node = without_solution(search, state.assume(f), f)
        if node is not None:
            return thread.close(by_contradiction(goal, node))
    for f in [f for f in state.facts if f[0] == "=="]:
        node = without_solution(search, state, f)
        if node is not None:
            return thread.close(node)
    return None


def without_solution(search: Search, state: State, f: Formula) -> Node | None:
    """The modulus by which an equation is seen to have no solution in integers."""
    if ("residues", f) in search.hopeless:
        return None
    search.hopeless.add(("residues", f))
    gap = minus(f[1], f[2])
    ratio = fraction(gap)
    if ratio is None:
        return None
    field, n, d = ratio
    if d != 1 or n == 0 or not all(state.kinds.get(a) == "integer" for a in field.atoms):
        return None
    monomials = field.monomials(n)
    scale = lcm(*(c.denominator for _, c in monomials))
    parts = [(m, int(c * scale)) for m, c in monomials]
    divisor = gcd(*(c for m, c in parts if any(m)))
    for modulus in (divisor, *MODULI):
        if modulus < 2 or solvable(search, parts, modulus):
            continue
        node: Node = {"rule": "residues", "equation": dump(f), "modulus": str(modulus)}
        try:
            search.checker.step(state, node)
        except Refused:
            continue
        search.hopeless.discard(("residues", f))
        return node
    return None


def solvable(search: Search, parts: list[tuple[tuple[int, ...], int]], modulus: int) -> bool:
    """Whether a polynomial vanishes at some residues, or has too many to try."""
    parts = [(m, c % modulus) for m, c in parts if c % modulus]
    used = [i for i in range(len(parts[0][0])) if any(m[i] for m, _ in parts)] if parts else []
    if modulus ** len(used) > MOST_RESIDUES:
        return True
    search.tick()
    for values in product(range(modulus), repeat=len(used)):
        at = dict(zip(used, values, strict=True))
        if sum(c * prod(pow(at[i], m[i], modulus) for i in used) for m, c in parts) % modulus == 0:
            return True
    return False


def roots(p: Any, i: int) -> list[float]:
    """Real roots of a polynomial in one variable."""
    coefficients = [0] * (int(p.degrees()[i]) + 1)
    for m, c in p.terms():
        coefficients[int(m[i])] = c
    out = []
    for r, _ in flint.fmpq_poly(coefficients).complex_roots():
        if abs(float(r.imag.mid())) < 1e-9:
            out.append(float(r.real.mid()))
    return out


def split(search: Search, thread: Thread, fuel: int) -> Node | None:
    """Cut the integers at the real roots of the polynomials in one of them."""
    kinds = thread.state.kinds
    if "integer" not in kinds.values():
        return None
    relations = [f for f in (thread.state.goal, *thread.state.facts) if f[0] in ("==", "<", "<=", "!=")]
    for f in relations:
        if f is not thread.state.goal and f[0] != "==" and thread.state.goal != FALSE:
            continue
        ratio = fraction(minus(f[2], f[1]))
        if ratio is None:
            continue
        field, n, _ = ratio
        used = [a for a, e in zip(field.atoms, n.degrees(), strict=False) if e]
        for x in used:
            if kinds.get(x) != "integer" or (len(used) > 1 and fuel < 2):
                continue
            if len(used) == 1:
                try:
                    cuts = sorted({floor(r + 1e-9) for r in roots(n, field.index[x])})
                except (ValueError, ZeroDivisionError):
                    continue
                if cuts and cuts[-1] - cuts[0] <= 10:  # every integer between the roots
                    cuts = list(range(cuts[0] - 1, cuts[-1] + 1))
                else:
                    cuts = sorted({k + e for k in cuts for e in (-1, 0)})
            else:
                cuts = [-1, 0]
            if 0 < len(cuts) <= 12:
                proof = by_cuts(search, thread.fork(), x, cuts, fuel)
                if proof is not None:
                    return proof
    return one_by_one(search, thread, fuel)


def one_by_one(search: Search, thread: Thread, fuel: int) -> Node | None:
    """Every value of an integer between two numbers."""
    bounds = [b for b in isolate(search.checker, thread.state) if isinstance(b.term, int) and not b.strict]
    for x in sorted(names_in(thread.state.goal)):
        if thread.state.kinds.get(x) == "integer":
            low = max((b.term for b in bounds if b.variable == x and b.lower), default=None)
            high = min((b.term for b in bounds if b.variable == x and not b.lower), default=None)
            if low is not None and high is not None and 0 < high - low <= MOST_VALUES:
                return by_cuts(search, thread.fork(), x, list(range(low, high)), fuel)
    return None


def by_cuts(search: Search, thread: Thread, x: str, cuts: list[int], fuel: int) -> Node | None:
    """Cases x <= k for growing k; between two cuts lies one integer."""
    if not cuts:
        proof = search.prove(thread.state, fuel - 1)
        return None if proof is None else thread.close(proof)
    k, rest = cuts[0], cuts[1:]
    f = ("<=", x, k)
    state = thread.state
    if state.knows(("<", k, x)) or state.knows(("<=", k + 1, x)):
        return by_cuts(search, thread, x, rest, fuel)
    low = Thread(search.checker, state.assume(f))
    if low.state.knows(("<=", k, x)):
        low.axiom("equal", x, k)
        low.rewrite(x, k)
    yes = search.prove(low.state, fuel - 1)
    if yes is None:
        return None
    high = Thread(search.checker, state.assume(("<", k, x)))
    high.axiom("gap", k, x)
    try:
        if not high.state.knows(("<=", k + 1, x)):
            prove_linear(search, high, ("<=", k + 1, x))
    except Refused:
        return None
    no = by_cuts(search, high, x, rest, fuel)
    if no is None:
        return None
    return thread.close({"rule": "cases", "formula": dump(f), "yes": low.close(yes), "no": no})


def induction(search: Search, thread: Thread, fuel: int) -> Node | None:
    """Induction over an integer with a lower bound."""
    state = thread.state
    if state.goal == FALSE:
        return None
    for x in sorted(names_in(state.goal)):
        if state.kinds.get(x) != "integer" or x.startswith("step_"):
            continue
        for b in [b for b in isolate(search.checker, state, x) if b.variable == x and b.lower]:
            if not integer_valued(b.term, state.kinds):
                continue
            work = thread.fork()
            try:
                if not work.state.knows(("<=", b.term, x)):
                    if b.scale is None and b.strict:
                        work.axiom("gap", b.term, x)
                        start: Term = ("+", b.term, 1)
                    else:
                        prove_linear(search, work, ("<=", b.term, x))
                        start = b.term
                else:
                    start = b.term
                if isinstance(start, tuple) and all(isinstance(a, int) for a in start[1:]):
                    start = sum(start[1:])
                    prove_linear(search, work, ("<=", start, x))
                node = {"rule": "induction", "variable": x, "start": dump(start), "base": None, "step": None}
                (base, _), (step, _) = search.checker.step(work.state, node)
            except Refused:
                continue
            with search.share(0.3):
                first = search.prove(base, max(0, fuel - 1))
                if first is None:
                    continue
                with search.share(1.0):
                    second = search.prove(step, max(0, fuel - 1))
                    if second is not None:
                        return work.close({**node, "base": first, "step": second})
            search.note(f"induction on {x}: the step was not shown")
    return None
