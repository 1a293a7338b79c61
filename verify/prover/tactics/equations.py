"""Equations among the facts: solved for a variable, split where they are products, closed where they are absurd."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.kernel.checker import Formula, Refused, Term, names_in, negate
from verify.language.rational_functions import Field, factors_of, fraction
from verify.prover.proof_builder import Node, Thread, by_contradiction, dump, minus, number
from verify.prover.tactics import factor_signs, farkas, ideal_membership

if TYPE_CHECKING:
    from verify.prover.search import Search


def pin(thread: Thread) -> None:
    """State as equations what two opposite inequalities pin down."""
    for f in list(thread.state.facts):
        state = thread.state
        if f[0] == "<=" and ("<=", f[2], f[1]) in state.facts and not state.knows(("==", f[1], f[2])):
            thread.axiom("equal", f[1], f[2])


def absurd(search: Search, thread: Thread) -> Node | None:
    """Closes a state one of whose facts is false for all values of the variables."""
    for f in thread.state.facts:
        if f[0] not in ("==", "!=", "<", "<="):
            continue
        gap = minus(f[2], f[1])
        ratio = fraction(gap)
        if ratio is None:
            continue
        _, n, d = ratio
        work = thread.fork()
        if f[0] == "==" and n != 0 and n.is_constant():
            multiplier = ("/", Field([gap]).term(d), rational(n.leading_coefficient()))
            node: Node = {"rule": "psatz", "terms": [["1", [], "1"]], "cofactors": [[dump(f), dump(multiplier)]]}
        elif n == 0 and f[0] in ("!=", "<"):
            node = {"rule": "psatz", "terms": [["1", [dump(f)], "1"]], "cofactors": []}
        elif f[0] in ("<", "<=") and d == 1 and n.is_constant() and n.leading_coefficient() < 0:
            c = -1 / rational(n.leading_coefficient())
            node = {"rule": "psatz", "terms": [[str(c), [dump(f)], "1"], ["1", [], "1"]], "cofactors": []}
        else:
            continue
        if not factor_signs.denominators(search, work, gap):
            continue
        try:
            search.checker.step(work.state, node)
        except Refused:
            continue
        return work.close(node)
    return None


def rational(q: Any) -> Any:
    return number(Fraction(int(q.p), int(q.q)))


def eliminate(search: Search, thread: Thread, fuel: int) -> Node | None:
    """Solve equations among the facts for variables; returns a proof only if a case split closed the goal."""
    tried: set[Formula] = set()
    pin(thread)
    for _ in range(40):
        state = thread.state
        f = next((f for f in state.facts if f[0] == "==" and f not in tried and f[1] != f[2]), None)
        if f is None:
            return None
        tried.add(f)
        ratio = fraction(minus(f[1], f[2]))
        if ratio is None:
            continue
        field, n, d = ratio
        if n == 0 or (ideal_membership.rooted(f) and not isinstance(f[2], str)):
            continue
        choice = solvable(search, thread, f, field, n, d)
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
        _, parts = factors_of(n)
        if fuel > 0 and (len(parts) > 1 or any(e > 1 for _, e in parts)):
            first = ("==", field.term(parts[0][0]), 0)
            if not state.knows(first) and not state.knows(("!=", first[1], 0)):
                return zero_product(search, thread, f, field, n, d, parts, fuel)
    return None


def zero_product(
    search: Search, thread: Thread, f: Formula, field: Field, n: Any, d: Any, parts: Any, fuel: int
) -> Node | None:
    """The equation is a product; split on its first factor being zero."""
    first = field.term(parts[0][0])
    zero = ("==", first, 0)
    rest = n
    while True:
        q, r = divmod(rest, parts[0][0])
        if r != 0:
            break
        rest = q
    yes = search.prove(thread.state.assume(zero), fuel - 1)
    if yes is None:
        return None
    no_thread = Thread(search.checker, thread.state.assume(negate(zero)))
    multiplier = ("/", field.term(d), ("^", first, int(parts[0][1])))
    claim = ("==", field.term(rest), 0)
    try:
        if len(parts) > 1:
            no_thread.have(claim, {"rule": "ring", "cofactors": [[dump(f), dump(multiplier)]]})
            no = search.prove(no_thread.state, fuel - 1)
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


def solvable(search: Search, thread: Thread, f: Formula, field: Field, n: Any, d: Any) -> tuple[str, Term, Term] | None:
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
        if not slope.is_constant() and not seen_nonzero(search, thread, field, slope):
            continue
        t = field.term(top) if bottom == 1 else ("/", field.term(top), field.term(bottom))
        best = (size, x, t, ("/", field.term(d), field.term(slope)))
    return None if best is None else best[1:]


def seen_nonzero(search: Search, thread: Thread, field: Field, p: Any) -> bool:
    """Make the factors of ``p`` visibly non-zero to the checker."""
    for g, _ in factors_of(p)[1]:
        t = field.term(g)
        if not search.checker.nonzero(thread.state, t) and not factor_signs.settle(
            search, thread, t, strict=True, fuel=0
        ):
            return False
    t = field.term(p)
    if not search.checker.nonzero(thread.state, t):
        try:
            thread.have(("!=", 0, t), factor_signs.product_proof(search, field, p))
        except Refused:
            return False
    return True


def clear_denominators(search: Search, thread: Thread) -> None:
    """Beside a fact about a quotient state the one about its numerator, where the denominator is visibly positive."""
    for f in [f for f in thread.state.facts if f[0] in ("<", "<=")]:
        ratio = fraction(minus(f[2], f[1]))
        if ratio is None:
            continue
        field, n, d = ratio
        top, bottom = field.term(n), field.term(d)
        wanted: Formula = (f[0], 0, top)
        if d.is_constant() or thread.state.knows(wanted) or search.checker.sign(thread.state, bottom) != {1}:
            continue
        positive: Formula = ("<", 0, bottom)
        denied: Formula = ("<=" if f[0] == "<" else "<", top, 0)
        terms = [["1", [dump(f), dump(positive)], "1"], ["1", [dump(denied)], "1"]]
        no: Node = {"rule": "psatz", "terms": terms, "cofactors": []}
        work = thread.fork()
        try:
            if not work.state.knows(positive):
                work.have(positive, {"rule": "sign", "factors": [[dump(bottom), "1"]]})
            work.have(wanted, by_contradiction(wanted, no))
        except Refused:
            continue
        thread.nodes, thread.state = work.nodes, work.state


def clear_goal(search: Search, thread: Thread, fuel: int) -> Node | None:
    """Close an inequality by one for the numerator of the difference, the factors of its denominator having signs."""
    if thread.state.goal[0] not in ("<", "<="):
        return None
    op, a, b = thread.state.goal
    gap = minus(b, a)
    ratio = fraction(gap)
    if ratio is None:
        return None
    field, n, d = ratio
    if d.is_constant() or n == 0:
        return None
    work, positive = thread.fork(), True
    for t, e in factor_signs.factor_terms(field, d):
        side = search.samples.likely(work.state, t)
        if side not in ("<", ">") or not search.ensure(work, ("<", 0, t) if side == ">" else ("<", t, 0)):
            return None
        positive ^= side == "<" and e % 2 == 1
    top = field.term(n)
    wanted: Formula = (op, 0, top) if positive else (op, top, 0)
    proof = search.prove(work.wanted(wanted), fuel)
    if proof is None:
        return None
    work.have(wanted, proof)
    pieces = [[dump(top), "1"], *([dump(t), str(e)] for t, e in factor_signs.factor_terms(field, d, -1))]
    return factor_signs.checked(search, work, {"rule": "sign", "factors": pieces})
