"""Integers: strict inequalities tightened, residues, finite ranges, and induction."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, gcd
from typing import TYPE_CHECKING, Any

import flint

from verify.checker import FALSE, Formula, Refused, Term, integer_valued, names_in
from verify.fractions import Field, Undefined
from verify.prover.bounds import isolate
from verify.prover.thread import Node, Thread, dump, minus

if TYPE_CHECKING:
    from verify.prover.search import Search


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
    from verify.prover import farkas

    proof = farkas.prove(search, thread.wanted(f))
    if proof is None:
        raise Refused("not a consequence")
    thread.have(f, proof)


def residues(search: Search, thread: Thread) -> Node | None:
    """An equation ``g u == c`` with an integer u and a number c that g does not divide."""
    from verify.prover import farkas

    kinds = thread.state.kinds
    for f in [f for f in thread.state.facts if f[0] == "=="]:
        gap = minus(f[1], f[2])
        field = Field([gap])
        try:
            n, d = field.quotient(gap)
        except Undefined:
            continue
        if d != 1 or n == 0 or not all(kinds.get(a) == "integer" for a in field.atoms):
            continue
        parts = field.monomials(n)
        scale = 1
        for _, c in parts:
            scale = scale * c.denominator // gcd(scale, c.denominator)
        constant = next((c * scale for m, c in parts if not any(m)), Fraction(0))
        divisor = gcd(*(int(c * scale) for m, c in parts if any(m)))
        if divisor == 0 or constant % divisor == 0:
            continue
        u = field.term((n * scale - int(constant)) / divisor)
        value = -constant / divisor
        low = floor(value)
        work = thread.fork()
        try:
            for g in (("<", low, u), ("<", u, low + 1)):
                proof = farkas.prove(search, work.wanted(g))
                if proof is None:
                    raise Refused("not a consequence")
                work.have(g, proof)
            work.axiom("gap", low, u)
            end = {
                "rule": "psatz",
                "terms": [["1", [dump(("<=", ("+", low, 1), u))], "1"], ["1", [dump(("<", u, low + 1))], "1"]],
                "cofactors": [],
            }
            search.checker.step(work.state, end)
        except Refused:
            continue
        return work.close(end)
    return None


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
        if f is not thread.state.goal and f[0] != "==":
            continue
        field = Field([minus(f[2], f[1])])
        try:
            n, _ = field.quotient(minus(f[2], f[1]))
        except Undefined:
            continue
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
