"""Inequalities between means: every value is bounded by a multiple of one value E, and the multiples add up.

Steps: write the difference of the goal as c1 P1 + ... + ck Pk + c E, where the P are products of powers and
exponentials; bound each P by b E (``mean_bounds``), from below where its coefficient is at least 0 and from above where
it is at most 0; what is left, E (c1 b1 + ... + ck bk + c), is shown to be at least 0, its logarithms being any numbers.
Applies to goals ``<=`` with an exponential, or a power whose exponent is no literal whole number, of something that has
a name. Stops where the difference has other parts, and where the order of 1 and an exponent changes on the domain.
Source: Jensen 1906; Hardy, Littlewood, Polya 1934, 2.5 and 2.9; Young 1912.
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.kernel.reals.formulas import negate, normal
from verify.kernel.reals.state import State
from verify.kernel.reals.terms import Formula, names_in
from verify.language.rational_functions import Field, Polynomial, ZeroDenominator
from verify.language.raw_terms import applications, applied, is_number, minus
from verify.prover.closing import by_opposite
from verify.prover.derived_equations import lemma
from verify.prover.proof_builder import Node, ProofBuilder, dump
from verify.prover.tactic import ProofSearch, Tactic
from verify.prover.tactics.mean_bounds import Bounds, families, product
from verify.prover.term import Term

DEPTH = 1  # of the cases that may be split for what is left
MOST_VALUES = 6  # of the goal; each costs a few short searches


@dataclass(frozen=True)
class Sum:
    """A term as a sum of products of values with coefficients."""

    parts: dict[Term, Term]

    def without(self, value: Term) -> dict[Term, Term]:
        return {t: c for t, c in self.parts.items() if t != value}


def weighted_means(search: ProofSearch, builder: ProofBuilder, split_depth: int) -> Node | None:
    """Close ``a <= b`` by bounds of all values by multiples of one of them."""
    _, left, right = builder.state.goal
    gap = minus(right, left)
    for whole in (sum_of_values(gap, opened=True), sum_of_values(gap, opened=False)):
        if whole is None or not 2 <= len(whole.parts) <= MOST_VALUES:
            continue
        for value, c in whole.parts.items():
            likely = search.samples.likely(builder.state, c)
            for bounds in families(search, value, likely in ("<", "<=")):
                proof = closed(search, builder.fork(), whole, value, bounds)
                if proof is not None:
                    return proof
    return None


def sum_of_values(gap: Term, opened: bool) -> Sum | None:
    """The difference as a sum of values; ``opened``: a name that is the base of a power belongs to them."""
    powers = [t for t in applications(gap) if t[0] == "exp" or (t[0] == "^" and not is_number(t[2]))]
    powers += [t for t in applications(gap) if t[0] == "^" and is_number(t[2])]
    field = Field([gap])
    try:
        n, d = field.quotient(gap)
    except ZeroDenominator:
        return None
    bases = {t[1] for t in powers if t[0] == "^"} if opened else set()
    inside = [a in powers or a in bases for a in field.atoms]
    parts: dict[tuple[int, ...], Polynomial] = {}
    if any(e and inside[i] for i, e in enumerate(map(int, d.degrees()))):
        return None
    for exponents, c in n.terms():
        key = tuple(int(e) if i else 0 for e, i in zip(exponents, inside, strict=False))
        rest = tuple(0 if i else int(e) for e, i in zip(exponents, inside, strict=False))
        parts[key] = parts.get(key, field.one * 0) + field.context.from_dict({rest: c})
    found = {}
    for key, p in parts.items():
        factors = [a if e == 1 else ("^", a, e) for a, e in zip(field.atoms, key, strict=False) if e]
        if not factors:
            return None
        found[product(factors)] = field.term(p) if d == 1 else ("/", field.term(p), field.term(d))
    return Sum(found)


def closed(search: ProofSearch, builder: ProofBuilder, whole: Sum, value: Term, bounds: Bounds) -> Node | None:
    """The proof with one value E and one kind of bounds."""
    total: list[Term] = [whole.parts[value]]
    terms = []
    sides = {other: search.samples.likely(builder.state, c) for other, c in whole.without(value).items()}
    if None in sides.values() or (bounds.lower_only and {*sides.values()} - {">", ">="}):
        return None
    for other, c in whole.without(value).items():
        lower = sides[other] in (">", ">=")
        found = bounds.bound(builder, other, lower)
        weight: Formula = ("<=", 0, c if lower else ("-", c))
        if found is None or not search.ensure(builder, weight):
            return None
        total.append(("*", c, found.multiple))
        relations = [weight, found.fact]
        if found.scale != 1:
            inverse: Formula = ("<", 0, ("/", 1, found.scale))
            if not search.ensure(builder, inverse):
                return None
            relations.append(inverse)
        terms.append(["1", [dump(normal(f)) for f in relations], "1"])
    rest, positive = ("<=", 0, ("+", *total)), ("<", 0, value)
    if not search.ensure(builder, positive):
        return None
    if not shown(search, builder, ("==", 0, rest[2])) and not shown(search, builder, rest):
        return None
    terms.append(["1", [dump(normal(positive)), dump(normal(rest))], "1"])
    terms.append(["1", [dump(normal(negate(builder.state.goal)))], "1"])
    return by_opposite(search, builder, {"rule": "psatz", "terms": terms, "cofactors": []})


def shown(search: ProofSearch, builder: ProofBuilder, f: Formula) -> bool:
    """Make a relation a fact that holds whatever numbers its function values are."""
    values, wanted = [], f
    for t in sorted(dict.fromkeys(applications(f)), key=size, reverse=True):  # outer values first
        name = search.fresh(builder.state, "value")
        named = replaced(wanted, t, name)
        if named != wanted:
            values.append((name, t))
        wanted = named
    plain = {g: None for g in builder.state.facts if not applied(g)}
    kinds = {**builder.state.kinds, **{name: "real" for name, _ in values}}
    proof = search.relation(State(kinds, plain, wanted), DEPTH)
    if proof is None:
        return False
    inner = lemma(builder)
    for name, t in values:
        inner.apply("define", new=name, term=dump(t))
        inner.rewrite(t, name)
    builder.have(f, inner.close(proof))
    return True


def size(t: Term) -> int:
    """How many operators, names and numbers it has."""
    return 1 + sum(map(size, t[1:])) if isinstance(t, tuple) else 1


def replaced(f: Term, t: Term, name: str) -> Term:
    """A formula or term with a name for every occurrence of a term."""
    if f == t:
        return name
    return (f[0], *(replaced(a, t, name) for a in f[1:])) if isinstance(f, tuple) else f


def mean(search: ProofSearch, state: State) -> bool:
    """The goal is ``<=`` with an exponential of, or a power with, something that has a name in it."""
    return state.goal[0] == "<=" and any(
        t[0] in ("exp", "^") and names_in(t) and not isinstance(t[-1], int) for t in applications(state.goal)
    )


TACTIC = Tactic("weighted_means", weighted_means, mean)
