"""What the axioms say about one function value: signs, tangents, comparisons with 0 and 1.

Steps: rational bounds of a value of numbers; sqrt(a)^2 = a; exp(a) >= 1 + a and log(a) <= a - 1 (strict where a is
known to be away from the point of contact); powers of positive bases compared with the base and with 1, on the side
that the sample points suggest. Stops where a premise is not shown by a short search.
Source: convexity of exp; the axioms are those of ``verify.kernel``.
"""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import names_in
from verify.language.evaluation import Undecided, Undefined, ball, evaluate
from verify.language.raw_terms import is_number, minus
from verify.prover.derived_equations import whole_multiple
from verify.prover.proof_builder import ProofBuilder, dump, present
from verify.prover.tactic import ProofSearch
from verify.prover.tactics import power_bounds
from verify.prover.term import Term

COARSE, FINE = 10**7, 10**25  # bounds of a number such as exp(1) are multiples of one over this; fine ones from round 2


def monotone(search: ProofSearch, builder: ProofBuilder) -> None:
    """Carry a known bound of an argument over to the value of exp or log."""
    for t in present(builder.state):
        if t[0] not in ("exp", "log"):
            continue
        for f in [f for f in builder.state.facts if f[0] in ("<", "<=") and t[1] in f[1:] and f[1] != f[2]]:
            other = f[2] if f[1] == t[1] else f[1]
            if isinstance(other, tuple) and other[0] not in ("log", "exp", "/"):
                continue
            if (isinstance(other, int) and other in (0, 1)) or len(names_in(other)) > 1:
                continue
            if t[0] == "log" and not search.ensure(builder, ("<", 0, f[1])):
                continue
            builder.axiom(f"{t[0]} {'less' if f[0] == '<' else 'at most'}", f[1], f[2])


def describe(search: ProofSearch, builder: ProofBuilder, t: Term) -> None:
    """Add what the axioms say about one function value."""
    op, a = t[0], t[1]
    if not names_in(t):
        numeric(builder, t, COARSE if search.round < 2 else FINE)
    if op == "sqrt" and search.ensure(builder, ("<=", 0, a)):
        builder.axiom("sqrt positive" if search.ensure(builder, ("<", 0, a)) else "sqrt sign", a)
        builder.axiom("sqrt square", a)
    elif op == "exp":
        builder.axiom("exp positive", a)
        side = search.samples.likely(builder.state, a)
        if side in ("<", ">") and search.ensure(builder, ("<", a, 0) if side == "<" else ("<", 0, a)):
            builder.axiom("exp strict tangent", a)
        else:
            builder.axiom("exp strict tangent" if builder.state.knows(("!=", a, 0)) else "exp tangent", a)
        if side in ("<", "<=") and search.ensure(builder, ("<", a, 0) if side == "<" else ("<=", a, 0)):
            builder.axiom("exp less" if side == "<" else "exp at most", a, 0)
            builder.axiom("exp zero")
            builder.rewrite(("exp", 0), 1)
    elif op == "log" and search.ensure(builder, ("<", 0, a)):
        side = search.samples.likely(builder.state, minus(a, 1))
        if side in ("<", ">") and search.ensure(builder, ("<", a, 1) if side == "<" else ("<", 1, a)):
            builder.axiom("log strict tangent", a)
        else:
            builder.axiom("log strict tangent" if builder.state.knows(("!=", a, 1)) else "log tangent", a)
        if side in (">", ">=") and search.ensure(builder, ("<", 1, a) if side == ">" else ("<=", 1, a)):
            builder.axiom("log less" if side == ">" else "log at most", 1, a)
            builder.axiom("log one")
            builder.rewrite(("log", 1), 0)
    elif op == "^":
        describe_power(search, builder, t)


def describe_power(search: ProofSearch, builder: ProofBuilder, t: Term) -> None:
    """Add what the axioms say about one power."""
    _, a, b = t
    if not search.ensure(builder, ("<", 0, a)):
        if not is_number(b) and builder.state.whole(b) and search.uses(power_bounds.NAME):
            power_bounds.describe(search, builder, t)
        return
    builder.axiom("power positive", a, b)
    if isinstance(b, Fraction):
        whole_multiple(builder, a, t, b, b.denominator)
        return
    base = search.samples.likely(builder.state, minus(a, 1))
    if base is None:
        return
    rises = base in (">", ">=")
    strict = base in ("<", ">")
    wanted = (("<" if strict else "<="), *((1, a) if rises else (a, 1)))
    if not search.ensure(builder, wanted):
        return
    for k in (0, 1):
        side = search.samples.likely(builder.state, minus(b, k))
        if side is None:
            continue
        low, high = (k, b) if side in (">", ">=") else (b, k)
        sharp = strict and side in ("<", ">")
        if search.ensure(builder, ("<" if side in ("<", ">") else "<=", low, high)):
            name = "power grows" if rises else "power shrinks"
            builder.axiom(name if sharp else f"{name} at most", a, low, high)


def numeric(builder: ProofBuilder, t: Term, scale: int) -> None:
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
        builder.apply("numeric", term=dump(t), lower=ends[0], upper=ends[1])
    except Refused:
        return


NAME = "function_bounds"
