"""Integers whose product is a number other than 0 are bounded by it: each divides it.

Steps: from an equation f g == c between integers, where f and g are polynomials with whole coefficients, the facts
f <= |c| and -f <= |c| for every such f; what is left are a few values of each factor, which ``integer_cases`` tries.
Applies to equations of integers with a number on one side. Stops at numbers above ``LARGEST`` and at more than
``MOST_FACTORS`` factors. Source: Euclid, Elements, VII.
"""

from __future__ import annotations

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import factors_of, fraction
from verify.prover.proof_builder import Node, ProofBuilder, by_contradiction, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.term import Term

LARGEST = 60  # of the product; between two bounds that far apart not every integer is tried any more
MOST_FACTORS = 4


def bound_factors(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> None:
    """For every equation ``f g == c`` between integers state that f and g are at most |c| in absolute value."""
    for f in [f for f in builder.state.facts if f[0] == "=="]:
        for product, c in ((f[1], f[2]), (f[2], f[1])):
            if isinstance(c, int) and 0 < abs(c) <= LARGEST:
                for p, rest in factored(builder.state, product):
                    for t, g in ((p, rest), (("-", p), ("-", rest))):
                        state_bound(builder, f, t, g, c)


def factored(state: State, product: Term) -> list[tuple[Term, Term]]:
    """A product of integers as a factor times the rest, for every factor; nothing where that is not visible."""
    ratio = fraction(product)
    if ratio is None or any(state.kinds[x] != "integer" for x in names_in(product)):
        return []
    field, n, d = ratio
    if d != 1 or any(not isinstance(a, str) for a in field.atoms):
        return []
    constant, factors = factors_of(n)
    if not 2 <= sum(e for _, e in factors) <= MOST_FACTORS or any(
        c.denominator != 1 for p in (field.context.constant(constant), *(p for p, _ in factors)) for _, c in p.terms()
    ):
        return []
    return [(field.term(p), field.term(n / p)) for p, _ in factors]


def state_bound(builder: ProofBuilder, equation: Formula, t: Term, g: Term, c: int) -> None:
    """State that t <= |c|, where ``equation`` says that t g is c: with t > |c| a g that is not 0 makes too much."""
    bound: Formula = ("<=", t, abs(c))
    if builder.state.knows(bound):
        return
    above: Formula = negate(bound)
    less: Formula = ("<", g, 0)
    more: Formula = ("<", 0, g)
    sign = 1 if equation[2] == c else -1  # of t g - c in the difference of the two sides
    too_low = contradiction(above, ("<=", ("+", g, 1), 0), equation, sign, c)
    too_high = contradiction(above, ("<=", ("+", 0, 1), g), equation, -sign, -c)
    side: Formula = negate(more if c > 0 else less)
    nothing: Node = {
        "rule": "psatz",
        "terms": [["1", [dump(above), dump(side)], "1"], [str(abs(c)), [dump(side)], "1"], [str(abs(c)), [], "1"]],
        "cofactors": [[dump(equation), str(sign if c > 0 else -sign)]],
    }
    no: Node = {
        "rule": "cases", "formula": dump(less), "yes": gap(g, 0, too_low),
        "no": {"rule": "cases", "formula": dump(more), "yes": gap(0, g, too_high), "no": nothing},
    }  # fmt: skip
    try:
        builder.have(bound, by_contradiction(bound, no))
    except Refused:
        return


def gap(low: Term, high: Term, then: Node) -> Node:
    """The step from m < n to m + 1 <= n between integers."""
    return {"rule": "axiom", "name": "gap", "terms": [dump(low), dump(high)], "then": then}


def contradiction(above: Formula, apart: Formula, equation: Formula, sign: int, c: int) -> Node:
    """Where |c| < t and |g| >= 1: (t - |c|)(|g| - 1) + |c|(|g| - 1) + t - |c| is t |g| - |c|.

    ``sign`` is that of t |g| - |c| in the difference of the equation's sides, but for a constant.
    """
    b = abs(c)
    terms = [["1", [dump(above), dump(apart)], "1"], [str(b), [dump(apart)], "1"], ["1", [dump(above)], "1"]]
    if b + c:
        terms.append([str(b + c), [], "1"])
    return {"rule": "psatz", "terms": terms, "cofactors": [[dump(equation), str(sign)]]}


TACTIC = Tactic("integer_factors", bound_factors)
