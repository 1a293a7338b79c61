"""Equations among the facts solved for a variable, or split where they are products.

Steps: what two opposite inequalities pin down becomes an equation; an equation that is linear in a variable with a
coefficient that is visibly not zero replaces that variable everywhere; one with several factors is split on its first
factor being zero. Applies where there are equations. Stops at equations that are linear in no variable and irreducible,
at coefficients without a visible sign, and after ``MOST_STEPS``. Source: elimination by substitution; the choice of the
variable (the coefficient with fewest terms) is ours.
"""

from __future__ import annotations

from verify.kernel.reading import Refused
from verify.kernel.reals.formulas import negate
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import Field, Polynomial, factors_of, fraction
from verify.language.raw_terms import minus
from verify.prover.closing import product_proof
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics import farkas, reduced_powers, sign_facts
from verify.prover.term import Term

MOST_STEPS = 40  # equations that are looked at; rewriting may bring back one in another form


def pin(builder: ProofBuilder) -> None:
    """State as equations what two opposite inequalities pin down."""
    for f in list(builder.state.facts):
        state = builder.state
        if f[0] == "<=" and ("<=", f[2], f[1]) in state.facts and not state.knows(("==", f[1], f[2])):
            builder.axiom("equal", f[1], f[2])


def eliminate(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Solve equations among the facts for variables; returns a proof only if a case split closed the goal."""
    tried: set[Formula] = set()
    pin(builder)
    for _ in range(MOST_STEPS):
        state = builder.state
        f = next((f for f in state.facts if f[0] == "==" and f not in tried and f[1] != f[2]), None)
        if f is None:
            return None
        tried.add(f)
        ratio = fraction(minus(f[1], f[2]))
        if ratio is None:
            continue
        field, n, d = ratio
        if n == 0 or (reduced_powers.rooted(f) and not isinstance(f[2], str)):
            continue
        choice = solvable(search, builder, f, field, n, d)
        if choice is not None:
            x, t, factor = choice
            proof = {"rule": "ring", "cofactors": [[dump(f), dump(factor)]]}
            try:
                if not state.knows(("==", x, t)):
                    builder.have(("==", x, t), proof)
                builder.rewrite(x, t)
            except Refused:
                continue
            tried = {g for g in tried if g in builder.state.facts}
            continue
        _, parts = factors_of(n)
        if split_depth > 0 and (len(parts) > 1 or any(e > 1 for _, e in parts)):
            first = ("==", field.term(parts[0][0]), 0)
            if not state.knows(first) and not state.knows(("!=", first[1], 0)):
                return zero_product(search, builder, f, field, n, d, parts, split_depth)
    return None


def zero_product(
    search: ProofSearch,
    builder: ProofBuilder,
    f: Formula,
    field: Field,
    n: Polynomial,
    d: Polynomial,
    parts: list[tuple[Polynomial, int]],
    split_depth: int,
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
    yes = search.prove(builder.state.assume(zero), split_depth - 1)
    if yes is None:
        return None
    otherwise = ProofBuilder(search.checker, builder.state.assume(negate(zero)))
    multiplier = ("/", field.term(d), ("^", first, int(parts[0][1])))
    claim = ("==", field.term(rest), 0)
    try:
        if len(parts) > 1:
            otherwise.have(claim, {"rule": "ring", "cofactors": [[dump(f), dump(multiplier)]]})
            no = search.prove(otherwise.state, split_depth - 1)
        else:
            otherwise.have(
                ("==", 1, 0), {"rule": "ring", "cofactors": [[dump(f), dump(("/", multiplier, field.term(rest)))]]}
            )
            no = farkas.absurd(("==", 1, 0))
    except Refused:
        return None
    if no is None:
        return None
    return builder.close({"rule": "cases", "formula": dump(zero), "yes": yes, "no": otherwise.close(no)})


def solvable(
    search: ProofSearch, builder: ProofBuilder, f: Formula, field: Field, n: Polynomial, d: Polynomial
) -> tuple[str, Term, Term] | None:
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
        size = (len(slope), builder.state.kinds.get(x) == "integer", len(top), x)
        if best is not None and size >= best[0]:
            continue
        if not slope.is_constant() and not seen_nonzero(search, builder, field, slope):
            continue
        t = field.term(top) if bottom == 1 else ("/", field.term(top), field.term(bottom))
        best = (size, x, t, ("/", field.term(d), field.term(slope)))
    return None if best is None else best[1:]


def seen_nonzero(search: ProofSearch, builder: ProofBuilder, field: Field, p: Polynomial) -> bool:
    """Make the factors of ``p`` visibly non-zero to the checker."""
    for g, _ in factors_of(p)[1]:
        t = field.term(g)
        if not search.checker.nonzero(builder.state, t) and not sign_facts.establish_sign(
            search, builder, t, strict=True
        ):
            return False
    t = field.term(p)
    if not search.checker.nonzero(builder.state, t):
        try:
            builder.have(("!=", 0, t), product_proof(search, field, p))
        except Refused:
            return False
    return True


TACTIC = Tactic("elimination", eliminate)
