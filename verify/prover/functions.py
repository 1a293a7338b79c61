"""Functions: absolute values and extrema by cases, the others named after their axioms are stated."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import TYPE_CHECKING, Any

from verify.checker import Formula, Refused, State, Term, integer_valued
from verify.prover.thread import Thread, dump

if TYPE_CHECKING:
    from verify.prover.search import Search

PIECEWISE = ("abs", "min", "max")


def applications(x: Any) -> Iterator[Term]:
    """Every application of a function or symbolic power inside a term or formula, arguments first."""
    if isinstance(x, tuple):
        for a in x[1:]:
            yield from applications(a)
        if x[0] in ("sqrt", "exp", "log", "abs", "min", "max") or (x[0] == "^" and not isinstance(x[2], int)):
            yield x


def present(state: State) -> list[Term]:
    return list(dict.fromkeys(t for f in (*state.facts, state.goal) for t in applications(f)))


def choice(search: Search, thread: Thread) -> Formula | None:
    """Rewrite the absolute values and extrema that the facts decide; the first undecided one asks for a case split."""
    for _ in range(40):
        t = next((t for t in present(thread.state) if t[0] in PIECEWISE), None)
        if t is None:
            return None
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
            return None
        if not yes and not no:
            return f
        thread.axiom(names[0] if yes else names[1], *terms)
        thread.rewrite(t, values[0] if yes else values[1])
    return None


def ensure(search: Search, thread: Thread, f: Formula) -> bool:
    """Make a relation a fact, if a short search proves it."""
    if thread.state.knows(f):
        return True
    if f in search.pending:
        return False
    search.pending.add(f)
    try:
        proof = search.relation(thread.wanted(f), 0)
    finally:
        search.pending.discard(f)
    if proof is None:
        return False
    thread.have(f, proof)
    return True


def introduce(search: Search, thread: Thread) -> None:
    """Simplify function values, state what is known about each, and give it the name of a variable."""
    for _ in range(30):
        if not any(simplify(search, thread, t) for t in present(thread.state) if t[0] not in PIECEWISE):
            break
        search.tick()
    terms = [t for t in present(thread.state) if t[0] not in PIECEWISE][:12]
    for t in terms:
        describe(search, thread, t)
    for t, other in permutations(terms, 2):
        if t[0] == other[0]:
            compare(search, thread, t, other)
    for t in reversed(terms):
        name = search.fresh(thread.state, {"^": "power"}.get(t[0], t[0]))
        thread.apply("define", new=name, term=dump(t))
        thread.rewrite(t, name)


def simplify(search: Search, thread: Thread, t: Term) -> bool:
    """Rewrite a function value into simpler ones; True if that was possible."""
    op, a = t[0], t[1]
    value: Term = None
    if op == "exp" and a == 0:
        thread.axiom("exp zero")
        value = 1
    elif op == "log" and a == 1:
        thread.axiom("log one")
        value = 0
    elif op == "^" and a == 1:
        thread.axiom("power one", t[2])
        value = 1
    elif op == "exp" and isinstance(a, tuple) and a[0] == "log" and thread.state.knows(("<", 0, a[1])):
        thread.axiom("exp log", a[1])
        value = a[1]
    elif op == "log" and isinstance(a, tuple) and a[0] == "exp":
        thread.axiom("log exp", a[1])
        value = a[1]
    elif op == "exp" and isinstance(a, tuple) and a[0] == "+":
        rest = a[2] if len(a) == 3 else ("+", *a[2:])
        if len(a) > 3:
            thread.apply("congruent", left=dump(t), right=dump(("exp", ("+", a[1], rest))))
            thread.rewrite(t, ("exp", ("+", a[1], rest)))
        thread.axiom("exp sum", a[1], rest)
        t, value = ("exp", ("+", a[1], rest)), ("*", ("exp", a[1]), ("exp", rest))
    elif op == "log" and isinstance(a, tuple) and a[0] in ("*", "/") and len(a) == 3:
        if all(ensure(search, thread, ("<", 0, u)) for u in a[1:]):
            thread.axiom("log product" if a[0] == "*" else "log quotient", *a[1:])
            second = ("log", a[2])
            value = ("+", ("log", a[1]), second if a[0] == "*" else ("-", second))
    elif op == "log" and isinstance(a, tuple) and a[0] == "^" and ensure(search, thread, ("<", 0, a[1])):
        thread.axiom("log power", a[1], a[2])
        value = ("*", a[2], ("log", a[1]))
    elif op == "^" and isinstance(t[2], tuple) and t[2][0] == "+" and len(t[2]) == 3:
        value = split_power(search, thread, t)
    if value is None:
        return False
    thread.rewrite(t, value)
    return True


def split_power(search: Search, thread: Thread, t: Term) -> Term | None:
    """a^(b + c) as a product, where the base allows it."""
    _, a, (_, b, c) = t
    whole = integer_valued(b, thread.state.kinds) and integer_valued(c, thread.state.kinds)
    if search.checker.nonzero(thread.state, a) and whole:
        if not thread.state.knows(("!=", a, 0)):
            thread.have(("!=", 0, a), {"rule": "sign", "factors": [[dump(a), "1"], ["-1", "1"]]})
        thread.axiom("power integer sum", a, b, c)
    elif ensure(search, thread, ("<", 0, a)):
        thread.axiom("power sum", a, b, c)
    else:
        return None
    return ("*", ("^", a, b), ("^", a, c))


def describe(search: Search, thread: Thread, t: Term) -> None:
    """Add the axioms about one function value."""
    op, a = t[0], t[1]
    state = thread.state
    if op == "sqrt" and ensure(search, thread, ("<=", 0, a)):
        thread.axiom("sqrt positive" if state.knows(("<", 0, a)) else "sqrt sign", a)
        thread.axiom("sqrt square", a)
    elif op == "exp":
        thread.axiom("exp positive", a)
        thread.axiom("exp strict tangent" if state.knows(("!=", a, 0)) else "exp tangent", a)
    elif op == "log" and ensure(search, thread, ("<", 0, a)):
        thread.axiom("log strict tangent" if state.knows(("!=", a, 1)) else "log tangent", a)
    elif op == "^" and ensure(search, thread, ("<", 0, a)):
        thread.axiom("power positive", a, t[2])


def compare(search: Search, thread: Thread, low: Term, high: Term) -> None:
    """Monotonicity between two values of the same function."""
    strict = ("<", low[1], high[1])
    if low[0] not in ("log", "exp") or search.falsified(thread.wanted(strict)):
        return
    if ensure(search, thread, strict) and (low[0] == "exp" or ensure(search, thread, ("<", 0, low[1]))):
        thread.axiom(f"{low[0]} less", low[1], high[1])
