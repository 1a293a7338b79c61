"""Limits that are too large to be multiplied out: through an inner function of x, where there is one.

The kernel compares degrees of polynomials of thousands of terms in no time, and Coq does not. Where x occurs in one
part u of the function alone, as the odds in a gain do, the limit w of u is found by degrees, the rest is continuous at
w, and its value there is the one that is claimed: an identity between terms without x.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from verify.coq.reals import tidy
from verify.coq.reals.arithmetic import Arithmetic
from verify.coq.reals.notation import term
from verify.coq.reals.rules.continuity import Continuity
from verify.coq.reals.rules.degrees import Limit, by_degrees
from verify.coq.reals.script import Scope, Work
from verify.kernel.reading import Refused
from verify.kernel.reals.run import Run
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Term, minus, names_in, rewrite, substitute

MOST = 300  # terms of a numerator that is multiplied out: Coq takes some 30 s for so many


def small(run: Run, state: State) -> bool:
    """Whether the difference of a function and its limit is multiplied out easily."""
    _, t, _, _, value = state.goal
    return len(run.algebra.quotient(minus(t, value))[0]) <= MOST


def inner_function(state: State) -> Term | None:
    """The largest proper part of the function outside of which it has no x."""
    _, t, x, _, _ = state.goal
    parts = {part: None for part in tidy.subterms(t) if isinstance(part, tuple) and part != t and x in names_in(part)}
    for part in sorted(parts, key=lambda part: -len(str(part))):
        if x not in names_in(rewrite(t, part, 0)):
            return part
    return None


def through(work: Work, scope: Scope, state: State, u: Term) -> None:
    """The limit of the function through that of u."""
    script = work.script
    _, t, x, point, value = state.goal
    s, name, at = f"{x}_inner", script.fresh("s"), script.fresh("x")
    while s in state.kinds or s == x:
        s += "_"
    w = _limit_of(work, scope, state, u)
    outer = rewrite(t, u, s)
    algebra = Arithmetic(work.run, script, scope, State(state.kinds, state.facts, ("==", value, value)))
    reached = substitute(outer, {s: w})
    for d in work.run.algebra.quotient(minus(reached, value))[2]:
        _away(algebra, d)
    names = {**scope.names, s: name}
    proof = Continuity(algebra, names, s, w).of(outer)
    function = f"(fun {name} => {term(outer, names)})"
    place = term(w, scope.names)
    continuous = script.stated(f"continuity_pt {function} {place}", f"exact {proof}", "C")
    equation = algebra.equal(reached, value)
    tends = "limit_oo" if point == "oo" else "limit_0"
    whole = f"(fun {at} => {term(t, {**scope.names, x: at})})"
    script.line(f"refine (eq_ind _ (fun v : R => {tends} {whole} v) _ _ {equation}).")
    inner = f"(fun {at} => {term(u, {**scope.names, x: at})})"
    lemma = "comp_oo" if point == "oo" else "comp_0"
    script.line(f"refine ({lemma} {function} {inner} {place} {continuous} _).")
    by_degrees(Limit(work, scope, State(state.kinds, state.facts, ("limit", u, x, point, w))))


def _limit_of(work: Work, scope: Scope, state: State, u: Term) -> Term:
    """What u tends to: 0, or the quotient of the extreme coefficients."""
    _, _, x, point, _ = state.goal
    this = Limit(work, scope, State(state.kinds, state.facts, ("limit", u, x, point, 0)))
    numerator, denominator, _ = work.run.algebra.quotient(u)
    below = work.run.algebra.powers(denominator.items())
    sign = 1 if point == "oo" else -1
    above, under = sign * this.extreme(numerator), sign * this.extreme(below)
    if above > under:
        raise Refused("the inner function tends to no number")
    return 0 if above < under else ("/", this.lead(numerator), this.lead(below))


def _away(algebra: Arithmetic, d: Term) -> str:
    """That a divisor is not zero, which becomes a fact: by its factors, its sign, or a fact about an equal term."""
    if not isinstance(d, (str, tuple)):
        return ""
    fact = ("!=", d, 0)
    if fact not in algebra.scope.facts:
        proof = _found(algebra, d)
        algebra.scope.facts[fact] = algebra.script.stated(f"{algebra.text(d)} <> 0", f"exact {proof}", "N")
        algebra.state = algebra.state.assume(fact)
    return algebra.must(fact)


def _found(algebra: Arithmetic, d: Term) -> str:
    if algebra.run.nonzero(algebra.state, d):
        return algebra.nonzero(d)
    if isinstance(d, tuple) and d[0] == "*":
        for a in d[1:]:
            _away(algebra, a)
        return algebra.nonzero(d)
    if isinstance(d, tuple) and d[0] == "^" and isinstance(d[2], int) and d[2] > 0:
        _away(algebra, d[1])
        return algebra.nonzero(d)
    for f in [f for f in algebra.scope.facts if f[0] == "!=" and f[2] == 0]:
        for path in _factors((f[1],)):
            if not algebra.run.algebra.quotient(minus(d, path[-1]))[0]:
                proof = algebra.must(f)
                for whole, part in itertools.pairwise(path):
                    proof = algebra.part(whole, part, proof, "unfold Rdiv; ring")
                return f"(nz_same _ _ {proof} {algebra.equal(d, path[-1])})"
    raise Refused(f"the translation does not see that {algebra.text(d)} is not zero")


def _factors(path: tuple[Term, ...]) -> Iterator[tuple[Term, ...]]:
    """A term with its factors, the numerator of a quotient too, each behind the terms that it is a factor of."""
    yield path
    t = path[-1]
    if isinstance(t, tuple) and (t[0] in ("*", "-") or (t[0] == "^" and isinstance(t[2], int) and t[2] > 0)):
        for a in t[1:2] if t[0] == "^" else t[1:]:
            if isinstance(a, (str, tuple)):
                yield from _factors((*path, a))
    elif isinstance(t, tuple) and t[0] == "/" and isinstance(t[1], (str, tuple)):
        yield from _factors((*path, t[1]))
