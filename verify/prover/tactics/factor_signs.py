"""Signs of differences, from the signs of their factors."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.kernel.checker import FALSE, Formula, Refused, State, Term, names_in, negate, normal
from verify.language.rational_functions import Field, ZeroDenominator, factors_of, fraction
from verify.prover.proof_builder import KNOWN, Node, Thread, by_contradiction, dump, minus
from verify.prover.tactics import farkas, sturm, sums_of_squares
from verify.prover.tactics.bounds import factor_terms

if TYPE_CHECKING:
    from verify.prover.search import Search


def decide(search: Search, thread: Thread, fuel: int) -> Node | None:
    """Close a goal ``a < b``, ``a <= b``, ``a != b`` or false by signs of factors."""
    if thread.state.knows(thread.state.goal):
        return thread.close(KNOWN)
    op = thread.state.goal[0]
    if op in ("<", "<=", "!="):
        proof = by_factors(search, thread, fuel)
        if proof is not None:
            return proof
    return contradiction(search, thread)


def by_factors(search: Search, thread: Thread, fuel: int) -> Node | None:
    op, a, b = thread.state.goal
    gap = minus(b, a)
    ratio = fraction(gap)
    if ratio is None:
        return None
    field, n, d = ratio
    if n == 0 and op != "<=":
        return None
    work = thread.fork()
    if not denominators(search, work, gap):
        search.note(f"a denominator of {op} was not shown to be non-zero")
        return None
    if n == 0:
        return checked(search, work, {"rule": "sign", "factors": [["0", "1"]]})
    for t, e in factor_terms(field, n):
        signs = search.checker.sign(work.state, t)
        enough = (0 not in signs or op == "<=") and (e % 2 == 0 or len(signs - {0}) <= 1)
        if not enough and not settle(search, work, t, strict=op != "<=", fuel=fuel, nonzero=e % 2 == 0 or op == "!="):
            search.note("signs of factors: a factor of the difference has no visible sign on the domain")
            return None
    for t, e in factor_terms(field, d):
        signs = search.checker.sign(work.state, t)
        if len(signs) != 1 and (e % 2 or 0 in signs) and not settle(search, work, t, strict=True, fuel=fuel):
            return None
    return checked(search, work, product_proof(search, field, n, d))


def checked(search: Search, thread: Thread, node: Node) -> Node | None:
    try:
        search.checker.step(thread.state, node)
    except Refused as reason:
        search.note(f"signs of factors: {reason}")
        return None
    return thread.close(node)


def denominators(search: Search, thread: Thread, t: Term) -> bool:
    """Make every denominator inside ``t`` visibly non-zero."""
    for d in search.checker.algebra.quotient(t)[2]:
        if search.checker.nonzero(thread.state, d):
            continue
        ratio = fraction(d)
        if ratio is None:
            return False
        field, n, below = ratio
        if n == 0:
            return False
        for g, _ in [*factors_of(n)[1], *factors_of(below)[1]]:
            s = field.term(g)
            if not search.checker.nonzero(thread.state, s) and not settle(
                search, thread, s, strict=True, fuel=0, nonzero=True
            ):
                return False
        if not search.checker.nonzero(thread.state, d):
            try:
                thread.have(("!=", 0, d), product_proof(search, field, n, below))
            except Refused:
                return False
    return True


def settle(search: Search, thread: Thread, t: Term, *, strict: bool, fuel: int, nonzero: bool = False) -> bool:
    """Add a fact about the sign of the polynomial ``t``, guessed from sample points and then proved."""
    search.tick()
    if nonzero and excluded(search, thread, t):
        return True
    seen = search.samples.signs(thread.state, t)
    if (0 in seen and strict) or {1, -1} <= seen:
        return False
    sides = [1] if 1 in seen else [-1] if -1 in seen else [1, -1]
    for side in sides:
        for op in ("<",) if strict else ("<", "<=") if 0 not in seen and seen else ("<=",):
            f = (op, 0, t) if side > 0 else (op, t, 0)
            if add_fact(search, thread, f, fuel):
                return True
    return False


def excluded(search: Search, thread: Thread, t: Term) -> bool:
    """Add ``t != 0`` if it divides the difference of two terms known to be different."""
    for f in [f for f in thread.state.facts if f[0] == "!="]:
        gap = minus(f[2], f[1])
        field = Field([gap, t])
        try:
            (h, below), (p, one) = field.quotient(gap), field.quotient(t)
        except ZeroDenominator:
            continue
        if below != 1 or one != 1 or h == 0 or p == 0:
            continue
        q, r = divmod(h, p)
        if r != 0:
            continue
        wanted = ("!=", t, 0)
        cofactor = [dump(("==", t, 0)), dump(field.term(-q * h))]
        no: Node = {"rule": "psatz", "terms": [["1", [dump(f)], "1"]], "cofactors": [cofactor]}
        try:
            search.checker.step(thread.state.assume(("==", t, 0)), no)
            thread.have(wanted, by_contradiction(wanted, no))
        except Refused:
            continue
        return True
    return False


def add_fact(search: Search, thread: Thread, f: Formula, fuel: int) -> bool:
    state = thread.wanted(f)
    for method in (farkas.prove, sturm.prove, sums_of_squares.prove):
        search.tick()
        proof = method(search, state)
        if proof is not None:
            thread.have(f, proof)
            return True
    return False


def product_proof(search: Search, field: Field, p: Any, q: Any = None) -> Node:
    """The ``sign`` node that gives the sign of p/q from its factors."""
    factors = factor_terms(field, p) + (factor_terms(field, q, -1) if q is not None else [])
    return {"rule": "sign", "factors": [[dump(t), str(e)] for t, e in factors] or [["1", "1"]]}


def contradiction(search: Search, thread: Thread) -> Node | None:
    proof = farkas.contradiction(search, thread.state)
    if proof is None and thread.state.goal == FALSE:
        proof = sums_of_squares.prove(search, thread.state, 1)
    if proof is None and thread.state.goal == FALSE:
        return clash(search, thread)
    return None if proof is None else thread.close(proof)


def clash(search: Search, thread: Thread) -> Node | None:
    """A fact whose opposite follows from the others by signs of factors."""
    atoms = {f: len(names_in(f)) for f in thread.state.facts if f[0] in ("<", "<=", "!=", "==")}
    simple = [f for f in atoms if isinstance(f[1], (int, Fraction)) and isinstance(f[2], str)]
    for f in [f for f in atoms if f not in simple][:8]:
        search.tick()
        opposite = normal(negate(f))
        if f[0] == "==":
            opposite = ("!=", f[1], f[2])
        elif f[0] == "!=":
            continue
        rest = State(thread.state.kinds, {g: None for g in thread.state.facts if g != f}, opposite)
        proof = by_factors(search, Thread(search.checker, rest), 0)
        if proof is None:
            continue
        work = thread.fork()
        try:
            work.have(opposite, proof)
            gaps = [["1", [dump(opposite)], "1"]]
            if f[0] == "==":
                gap = minus(f[1], f[2])
                node = {"rule": "psatz", "terms": gaps, "cofactors": [[dump(f), dump(("-", gap))]]}
            else:
                node = {"rule": "psatz", "terms": [*gaps, ["1", [dump(f)], "1"]], "cofactors": []}
            search.checker.step(work.state, node)
        except Refused:
            continue
        return work.close(node)
    return None
