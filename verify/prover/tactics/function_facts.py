"""Functions: absolute values and extrema by cases, the others named after what is known about them is stated."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from verify.kernel.checker import Formula, Refused, State, Term, names_in
from verify.language.evaluation import Undecided, Undefined, ball, evaluate
from verify.prover.proof_builder import Thread, applied, dump, minus, present
from verify.prover.tactics import farkas, function_identities, power_bounds, roots, whole_powers

if TYPE_CHECKING:
    from verify.prover.search import Search

PIECEWISE = ("abs", "min", "max")
MOST_TERMS = 12


def choice(search: Search, thread: Thread) -> Formula | None:
    """Rewrite the absolute values and extrema that the facts decide; the first undecided one asks for a case split."""
    for _ in range(40):
        t = next((t for t in present(thread.state) if t[0] in PIECEWISE), None)
        if t is None:
            return at_zero(search, thread)
        if t[0] == "abs" and whole_powers.symbolic(t[1]) and power_bounds.size_of_power(search, thread, t):
            continue
        if t[0] == "abs":
            f: Formula = ("<=", 0, t[1])
            signs = search.checker.sign(thread.state, t[1])
            yes, no = signs <= {0, 1}, signs <= {0, -1}
            names, terms, values = ("abs right", "abs left"), t[1:], (t[1], ("-", t[1]))
            if (yes or no) and not thread.state.knows(f if yes else ("<=", t[1], 0)):
                g = f if yes else ("<=", t[1], 0)
                try:
                    thread.have(g, {"rule": "sign", "factors": [[dump(t[1]), "1"], *([] if yes else [["-1", "1"]])]})
                except Refused:
                    yes = no = False
        elif len(t) == 3:
            f = ("<=", t[1], t[2])
            yes, no = thread.state.knows(f), thread.state.knows(("<=", t[2], t[1]))
            names, terms = (f"{t[0]} left", f"{t[0]} right"), t[1:]
            values = (t[1], t[2])
            if t[0] == "max":
                yes, no, f = no, yes, ("<=", t[2], t[1])
        else:
            best = champion(search, thread, t)
            if isinstance(best, tuple):
                return best
            thread.apply("extreme", term=dump(t), index=str(best))
            thread.rewrite(t, t[best])
            continue
        if not yes and not no:
            return f
        thread.axiom(names[0] if yes else names[1], *terms)
        thread.rewrite(t, values[0] if yes else values[1])
    return None


def at_zero(search: Search, thread: Thread) -> Formula | None:
    """Whether the base of a rational power is positive, or the exponent of 0, where it may be 0 but is not negative."""
    for t in present(thread.state):
        if t[0] == "^" and names_in(t[2]) and known_zero(thread.state, t[1]):
            if search.checker.sign(thread.state, t[2]) == {0, 1}:
                return ("<", 0, t[2])
        elif t[0] == "^" and isinstance(t[2], Fraction) and t[2] > 0:
            if search.checker.sign(thread.state, t[1]) != {0, 1} or known_zero(thread.state, t[1]):
                continue
            return ("<", 0, t[1])
    return None


def known_zero(state: State, a: Term) -> bool:
    return a == 0 or state.knows(("==", a, 0)) or (state.knows(("<=", a, 0)) and state.knows(("<=", 0, a)))


def champion(search: Search, thread: Thread, t: Term) -> Formula | int:
    """The index of the extreme argument, or a comparison that is not decided yet."""
    best = 1
    below = t[0] == "min"
    for j in range(2, len(t)):
        f: Formula = ("<=", t[j], t[best]) if below else ("<=", t[best], t[j])
        if thread.state.knows(f):
            best = j
        elif not thread.state.knows(("<=", *f[:0:-1])):
            return f
    for a in t[1:]:
        g: Formula = ("<=", t[best], a) if below else ("<=", a, t[best])
        if thread.state.knows(g):
            continue
        proof = farkas.prove(search, thread.wanted(g))
        if proof is None:
            return g
        thread.have(g, proof)
    return best


def monotone(search: Search, thread: Thread) -> None:
    """Carry a known bound of an argument over to the value of exp or log."""
    for t in present(thread.state):
        if t[0] not in ("exp", "log"):
            continue
        for f in [f for f in thread.state.facts if f[0] in ("<", "<=") and t[1] in f[1:] and f[1] != f[2]]:
            other = f[2] if f[1] == t[1] else f[1]
            if isinstance(other, tuple) and other[0] not in ("log", "exp", "/"):
                continue
            if (isinstance(other, int) and other in (0, 1)) or len(names_in(other)) > 1:
                continue
            if t[0] == "log" and not search.ensure(thread, ("<", 0, f[1])):
                continue
            thread.axiom(f"{t[0]} {'less' if f[0] == '<' else 'at most'}", f[1], f[2])


def introduce(search: Search, thread: Thread) -> None:
    """Simplify function values, state what is known about each, and give it the name of a variable."""
    monotone(search, thread)
    for _ in range(40):
        search.tick()
        terms = [t for t in present(thread.state) if t[0] not in PIECEWISE]
        if not terms:
            return
        if not any(attempt(search, thread, t) for t in terms):
            work = thread.fork()
            try:
                stages = (
                    function_identities.common_exponentials,
                    function_identities.common_powers,
                    function_identities.common_bases,
                    whole_powers.common_factors,
                    whole_powers.common_exponents,
                    roots.common_roots,
                )
                if not any(stage(search, work, terms) for stage in stages):
                    break
            except Refused:
                break
            thread.nodes, thread.state = work.nodes, work.state
    terms = [t for t in present(thread.state) if t[0] not in PIECEWISE][:MOST_TERMS]
    exponentials = [t for t in terms if t[0] == "exp" and names_in(t)]
    if search.reciprocals and len(exponentials) == 1:
        terms.append(function_identities.reciprocal(thread, exponentials[0]))
    logarithms = [t for t in terms if t[0] == "log" and names_in(t)]
    if search.reciprocals and len(logarithms) == 1:
        function_identities.inverse_tangent(search, thread, logarithms[0])
    for t in terms:
        if t in present(thread.state):
            describe(search, thread, t)
    for t, other in combinations(terms, 2):
        if t[0] == other[0]:
            compare(search, thread, t, other)
    for t in reversed(terms):
        name = search.fresh(thread.state, {"^": "power"}.get(t[0], t[0]))
        thread.apply("define", new=name, term=dump(t))
        thread.rewrite(t, name)


def attempt(search: Search, thread: Thread, t: Term) -> bool:
    """Apply a law to one value, or leave the thread as it was."""
    work = thread.fork()
    try:
        if not function_identities.simplify(search, work, t):
            if len(work.nodes) > len(thread.nodes) and t not in present(work.state):
                thread.nodes, thread.state = work.nodes, work.state
                return True
            return False
    except Refused:
        return False
    thread.nodes, thread.state = work.nodes, work.state
    return True


def describe(search: Search, thread: Thread, t: Term) -> None:
    """Add what the axioms say about one function value."""
    op, a = t[0], t[1]
    if not names_in(t):
        numeric(thread, t, 10**7 if search.level < 2 else 10**25)
    if op == "sqrt" and search.ensure(thread, ("<=", 0, a)):
        thread.axiom("sqrt positive" if search.ensure(thread, ("<", 0, a)) else "sqrt sign", a)
        thread.axiom("sqrt square", a)
    elif op == "exp":
        thread.axiom("exp positive", a)
        side = search.samples.likely(thread.state, a)
        if side in ("<", ">") and search.ensure(thread, ("<", a, 0) if side == "<" else ("<", 0, a)):
            thread.axiom("exp strict tangent", a)
        else:
            thread.axiom("exp strict tangent" if thread.state.knows(("!=", a, 0)) else "exp tangent", a)
        if side in ("<", "<=") and search.ensure(thread, ("<", a, 0) if side == "<" else ("<=", a, 0)):
            thread.axiom("exp less" if side == "<" else "exp at most", a, 0)
            thread.axiom("exp zero")
            thread.rewrite(("exp", 0), 1)
    elif op == "log" and search.ensure(thread, ("<", 0, a)):
        side = search.samples.likely(thread.state, minus(a, 1))
        if side in ("<", ">") and search.ensure(thread, ("<", a, 1) if side == "<" else ("<", 1, a)):
            thread.axiom("log strict tangent", a)
        else:
            thread.axiom("log strict tangent" if thread.state.knows(("!=", a, 1)) else "log tangent", a)
        if side in (">", ">=") and search.ensure(thread, ("<", 1, a) if side == ">" else ("<=", 1, a)):
            thread.axiom("log less" if side == ">" else "log at most", 1, a)
            thread.axiom("log one")
            thread.rewrite(("log", 1), 0)
    elif op == "^":
        describe_power(search, thread, t)


def describe_power(search: Search, thread: Thread, t: Term) -> None:
    _, a, b = t
    if not search.ensure(thread, ("<", 0, a)):
        if not function_identities.is_number(b) and thread.state.whole(b):
            power_bounds.describe(search, thread, t)
        return
    thread.axiom("power positive", a, b)
    if isinstance(b, Fraction):
        function_identities.whole(thread, a, t, b, b.denominator)
        return
    base = search.samples.likely(thread.state, minus(a, 1))
    if base is None:
        return
    rises = base in (">", ">=")
    strict = base in ("<", ">")
    wanted = (("<" if strict else "<="), *((1, a) if rises else (a, 1)))
    if not search.ensure(thread, wanted):
        return
    for k in (0, 1):
        side = search.samples.likely(thread.state, minus(b, k))
        if side is None:
            continue
        low, high = (k, b) if side in (">", ">=") else (b, k)
        sharp = strict and side in ("<", ">")
        if search.ensure(thread, ("<" if side in ("<", ">") else "<=", low, high)):
            name = "power grows" if rises else "power shrinks"
            thread.axiom(name if sharp else f"{name} at most", a, low, high)


def positive(search: Search, thread: Thread, t: Term) -> bool:
    """Make ``0 < t`` a fact for exponentials, for powers and roots of positive terms, and for products of such."""
    if not isinstance(t, tuple) or t[0] not in ("exp", "^", "sqrt", "*", "/"):
        return False
    wanted: Formula = ("<", 0, t)
    if thread.state.knows(wanted):
        return True
    work = thread.fork()
    if t[0] == "exp":
        work.axiom("exp positive", t[1])
    elif t[0] in ("*", "/"):
        if not applied(t) or not all(known_positive(search, work, a) for a in t[1:]):
            return False
        factors = [[dump(a), "-1" if t[0] == "/" and i else "1"] for i, a in enumerate(t[1:])]
        try:
            work.have(wanted, {"rule": "sign", "factors": factors})
        except Refused:
            return False
    else:
        if (isinstance(t[-1], int) and t[0] == "^") or not search.ensure(work, ("<", 0, t[1])):
            return False
        work.axiom(*(("sqrt positive", t[1]) if t[0] == "sqrt" else ("power positive", t[1], t[2])))
    thread.nodes, thread.state = work.nodes, work.state
    return True


def known_positive(search: Search, thread: Thread, t: Term) -> bool:
    return search.checker.sign(thread.state, t) == {1} or search.ensure(thread, ("<", 0, t))


def numeric(thread: Thread, t: Term, scale: int) -> None:
    """Rational bounds of a function of numbers, multiples of 1/``scale`` unless the value is tiny."""
    if any(isinstance(a, (str, tuple)) for a in t[1:]):
        return
    try:
        value = evaluate(t, {})
    except (Undefined, Undecided):
        return
    value = ball(value)
    while abs(value) * scale < 10**6 and scale < 10**40:
        scale *= 10
    low = int((value * scale).lower().floor().unique_fmpz() or 0) - 1
    high = int((value * scale).upper().ceil().unique_fmpz() or 0) + 1
    ends = [str(Fraction(low, scale)), str(Fraction(high, scale))]
    if t[0] in ("sqrt", "^", "exp") and low < 0:
        ends[0] = "0"
    try:
        thread.apply("numeric", term=dump(t), lower=ends[0], upper=ends[1])
    except Refused:
        return


def compare(search: Search, thread: Thread, one: Term, two: Term) -> None:
    """Monotonicity between two values of the same function."""
    if one[0] == "^":
        compare_powers(search, thread, one, two)
        return
    if one[0] not in ("log", "exp"):
        return
    side = search.samples.likely(thread.state, minus(two[1], one[1]))
    if side is None:
        return
    low, high = (one, two) if side in (">", ">=") else (two, one)
    strict = side in ("<", ">")
    if one[0] == "log" and not search.ensure(thread, ("<", 0, low[1])):
        return
    if search.ensure(thread, ("<" if strict else "<=", low[1], high[1])):
        thread.axiom(f"{one[0]} {'less' if strict else 'at most'}", low[1], high[1])


def compare_powers(search: Search, thread: Thread, one: Term, two: Term) -> None:
    same = 2 if one[2] == two[2] else 1 if one[1] == two[1] else 0
    if not same:
        return
    other = 3 - same
    side = search.samples.likely(thread.state, minus(two[other], one[other]))
    if side is None:
        return
    low, high = (one, two) if side in (">", ">=") else (two, one)
    strict = side in ("<", ">")
    relation = "<" if strict else "<="
    if not search.ensure(thread, (relation, low[other], high[other])):
        return
    if same == 2:
        c = one[2]
        if search.ensure(thread, ("<", 0, low[1])) and search.ensure(thread, (relation, 0, c)):
            thread.axiom("power base less" if strict else "power base at most", low[1], high[1], c)
        return
    a = one[1]
    base = search.samples.likely(thread.state, minus(a, 1))
    if base in (">", ">=") and search.ensure(thread, ("<=", 1, a)):
        thread.axiom("power grows at most", a, low[2], high[2])
    elif base in ("<", "<=") and search.ensure(thread, ("<=", a, 1)) and search.ensure(thread, ("<", 0, a)):
        thread.axiom("power shrinks at most", a, low[2], high[2])
