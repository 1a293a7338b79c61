"""Absolute values, minima and maxima by cases; powers of 0.

Steps: where the sign (or the order of the arguments) is known, the value is rewritten; the first one that is not asks
for a case split, as does a base that may be 0 under a rational power. Applies before anything else is done with a
relation. Stops after ``MOST_STEPS`` values. Source: the definitions of abs, min, max.
"""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.reading import Refused
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.raw_terms import symbolic_power
from verify.prover.proof_builder import ProofBuilder, dump, present
from verify.prover.tactic import ProofSearch
from verify.prover.tactics import farkas
from verify.prover.term import Term

PIECEWISE = ("abs", "min", "max")
MOST_STEPS = 40  # values that are rewritten before the search goes on


def next_case_split(search: ProofSearch, builder: ProofBuilder) -> Formula | None:
    """Rewrite the absolute values and extrema that the facts decide; the first undecided one asks for a case split."""
    for _ in range(MOST_STEPS):
        t = next((t for t in present(builder.state) if t[0] in PIECEWISE), None)
        if t is None:
            return at_zero(search, builder)
        if t[0] == "abs" and symbolic_power(t[1]) and size_of_power(search, builder, t):
            continue
        if t[0] == "abs":
            f: Formula = ("<=", 0, t[1])
            signs = search.checker.sign(builder.state, t[1])
            yes, no = signs <= {0, 1}, signs <= {0, -1}
            names, terms, values = ("abs right", "abs left"), t[1:], (t[1], ("-", t[1]))
            if (yes or no) and not builder.state.knows(f if yes else ("<=", t[1], 0)):
                g = f if yes else ("<=", t[1], 0)
                try:
                    builder.have(g, {"rule": "sign", "factors": [[dump(t[1]), "1"], *([] if yes else [["-1", "1"]])]})
                except Refused:
                    yes = no = False
        elif len(t) == 3:
            f = ("<=", t[1], t[2])
            yes, no = builder.state.knows(f), builder.state.knows(("<=", t[2], t[1]))
            names, terms = (f"{t[0]} left", f"{t[0]} right"), t[1:]
            values = (t[1], t[2])
            if t[0] == "max":
                yes, no, f = no, yes, ("<=", t[2], t[1])
        else:
            best = extreme_argument(search, builder, t)
            if isinstance(best, tuple):
                return best
            builder.apply("extreme", term=dump(t), index=str(best))
            builder.rewrite(t, t[best])
            continue
        if not yes and not no:
            return f
        builder.axiom(names[0] if yes else names[1], *terms)
        builder.rewrite(t, values[0] if yes else values[1])
    return None


def at_zero(search: ProofSearch, builder: ProofBuilder) -> Formula | None:
    """Whether the base of a rational power is positive, or the exponent of 0, where it may be 0 but is not negative."""
    for t in present(builder.state):
        if t[0] == "^" and names_in(t[2]) and known_zero(builder.state, t[1]):
            if search.checker.sign(builder.state, t[2]) == {0, 1}:
                return ("<", 0, t[2])
        elif t[0] == "^" and isinstance(t[2], Fraction) and t[2] > 0:
            if search.checker.sign(builder.state, t[1]) != {0, 1} or known_zero(builder.state, t[1]):
                continue
            return ("<", 0, t[1])
    return None


def known_zero(state: State, a: Term) -> bool:
    """Whether a term is known to be zero."""
    return a == 0 or state.knows(("==", a, 0)) or (state.knows(("<=", a, 0)) and state.knows(("<=", 0, a)))


def extreme_argument(search: ProofSearch, builder: ProofBuilder, t: Term) -> Formula | int:
    """The index of the extreme argument, or a comparison that is not decided yet."""
    best = 1
    below = t[0] == "min"
    for j in range(2, len(t)):
        f: Formula = ("<=", t[j], t[best]) if below else ("<=", t[best], t[j])
        if builder.state.knows(f):
            best = j
        elif not builder.state.knows(("<=", *f[:0:-1])):
            return f
    for a in t[1:]:
        g: Formula = ("<=", t[best], a) if below else ("<=", a, t[best])
        if builder.state.knows(g):
            continue
        proof = search.use(farkas.TACTIC, ProofBuilder(search.checker, builder.wanted(g)), 0)
        if proof is None:
            return g
        builder.have(g, proof)
    return best


def size_of_power(search: ProofSearch, builder: ProofBuilder, t: Term) -> bool:
    """Rewrite abs(a^n) as abs(a)^n for a natural exponent."""
    _, a, b = t[1]
    if not builder.state.whole(b) or not search.ensure(builder, ("<=", 0, b)):
        return False
    builder.axiom("power natural abs", a, b)
    builder.rewrite(t, ("^", ("abs", a), b))
    return True


NAME = "piecewise"
