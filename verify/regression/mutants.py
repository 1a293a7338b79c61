"""Mutants: systematic wrong versions of a statement, each one small slip away from it.

The slips are those that people make: a lost term or factor, a flipped sign, a dropped square, a swapped pair of
symbols, a relation the wrong way round, a condition forgotten. A verifier that can't tell a claim from its mutants
has not verified the claim.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from verify.derivations.trace_polynomials import Term as WordTerm
from verify.derivations.trace_polynomials import TracePolynomial
from verify.language import logic
from verify.language.definedness import integer_constant
from verify.language.logic import App, Bool, Formula, Num, Rel, Term, Var, num, show

MOST_PAIRS = 6  # of symbols that are exchanged, where no theory says which are alike
REVERSED = {"<": ">", "<=": ">", ">": "<", ">=": "<", "==": None, "!=": "=="}
STRICTER = {"<=": "<", ">=": ">"}


@dataclass(frozen=True)
class Mutant:
    """A wrong version of a formula and what is wrong with it."""

    slip: str
    formula: Formula


def mutants(
    formula: Formula,
    declared: frozenset[str],
    derived: frozenset[Term] = frozenset(),
    alike: tuple[tuple[str, str], ...] = (),
) -> list[Mutant]:
    """All slips in a formula, in a fixed order, without repetitions.

    Symbols are exchanged for ``declared`` ones, those of the pairs ``alike``, or else any two. ``derived`` terms are
    left alone: they are not what the statement claims but what it is about, and they come from derivations, not from
    anybody's pen.
    """
    seen = {formula}
    out = []
    for m in (*_swaps(formula, declared, derived, alike), *_inside(formula, derived)):
        if m.formula not in seen:
            seen.add(m.formula)
            out.append(m)
    return out


def _swaps(
    f: Formula, declared: frozenset[str], derived: frozenset[Term], alike: tuple[tuple[str, str], ...]
) -> Iterator[Mutant]:
    """Exchange two symbols of one side of one relation: of both sides at once would often be a symmetry."""
    for i, r in enumerate(logic.relations(f)):
        names = set() if r.rhs in derived and r.lhs not in derived else logic.variables_of(r.rhs)
        pairs = alike or list(itertools.combinations(sorted(names & declared), 2))[:MOST_PAIRS]
        for a, b in pairs:
            if {a, b} & names and {a, b} <= declared:
                swapped = logic.substitute_term(r.rhs, {a: Var(b), b: Var(a)})
                yield Mutant(f"{a} and {b} exchanged in {show(r.rhs)}", _replace(f, i, Rel(r.op, r.lhs, swapped)))


def _replace(f: Formula, index: int, new: Rel) -> Formula:
    """The formula with its relation number ``index`` replaced."""
    count = -1

    def walk(g: Formula) -> Formula:
        nonlocal count
        if isinstance(g, Rel):
            count += 1
            return new if count == index else g
        return Bool(g.op, tuple(walk(a) for a in g.args))

    return walk(f)


def _inside(f: Formula, derived: frozenset[Term]) -> Iterator[Mutant]:
    if isinstance(f, Rel):
        other = REVERSED[f.op]
        if other is not None:
            yield Mutant(f"{f.op} turned into {other}", Rel(other, f.lhs, f.rhs))
        if f.op in STRICTER:
            yield Mutant(f"{f.op} made strict", Rel(STRICTER[f.op], f.lhs, f.rhs))
        # Where the left side is derived, the right side is what is claimed of it, even if it has the same form.
        claimed = derived - {f.rhs} if f.lhs in derived else derived
        for slip, side in _term(f.rhs, claimed):
            yield Mutant(slip, Rel(f.op, f.lhs, side))
        for slip, side in _term(f.lhs, derived):
            yield Mutant(slip, Rel(f.op, side, f.rhs))
        return
    if f.op == "implies":
        yield Mutant(f"the condition {f.args[0]} forgotten", f.args[1])
    for i, a in enumerate(f.args):
        for m in _inside(a, derived):
            yield Mutant(m.slip, Bool(f.op, (*f.args[:i], m.formula, *f.args[i + 1 :])))


def _term(t: Term, derived: frozenset[Term]) -> Iterator[tuple[str, Term]]:
    """Slips in a term: (what is wrong, the wrong term)."""
    if not isinstance(t, App) or any(instance(p, t, {}) for p in derived):
        return
    if t.op == "+":
        for i, a in enumerate(t.args):
            rest = (*t.args[:i], *t.args[i + 1 :])
            yield f"{show(a)} lost from {show(t)}", logic.add(*rest)
            flipped = a.args[0] if isinstance(a, App) and a.op == "-" else logic.neg(a)
            yield f"sign of {show(a)} flipped in {show(t)}", App("+", (*t.args[:i], flipped, *t.args[i + 1 :]))
    if t.op == "*":
        for i, a in enumerate(t.args):
            if isinstance(a, Num):
                yield f"factor {show(a)} lost from {show(t)}", logic.mul(*t.args[:i], *t.args[i + 1 :])
    if t.op == "/":
        yield f"{show(t)} upside down", App("/", (t.args[1], t.args[0]))
    if t.op == "^":
        k = integer_constant(t.args[1])
        if k is not None and k >= 2:
            yield f"{show(t)} with exponent {k - 1}", t.args[0] if k == 2 else App("^", (t.args[0], num(k - 1)))
    if t.op == "-":
        yield f"sign of {show(t)} lost", t.args[0]
    for i, a in enumerate(t.args):
        for slip, wrong in _term(a, derived):
            yield slip, App(t.op, (*t.args[:i], wrong, *t.args[i + 1 :]))


def instance(pattern: Term, t: Term, theta: dict[str, Term]) -> bool:
    """Whether ``t`` is the pattern with terms for its variables; ``theta`` collects them."""
    if isinstance(pattern, Var):
        return theta.setdefault(pattern.name, t) == t
    if isinstance(pattern, Num) or not isinstance(t, App):
        return pattern == t
    same = pattern.op == t.op and len(pattern.args) == len(t.args)
    return same and all(instance(p, a, theta) for p, a in zip(pattern.args, t.args, strict=True))


# ---------------------------------------------------------------- identities of matrices


def matrix_mutants(poly: TracePolynomial) -> list[tuple[str, TracePolynomial]]:
    """Slips in a trace polynomial: a lost, doubled or flipped term, a wrong power, tr(Sigma) for tr(Sigma^2)."""
    out = []
    for term, k in poly.terms.items():
        single = TracePolynomial(poly.rows, poly.cols, {term: k})
        out.append((f"{single} lost", poly - single))
        out.append((f"{single} doubled", poly + single))
        out.append((f"sign of {single} flipped", poly - single.scale(2)))
        for i, loop in enumerate(term.traces):
            if len(loop) == 2 and loop[0] == loop[1]:
                others = (*term.traces[:i], loop[:1], *term.traces[i + 1 :])
                scalar = poly.rows == 1  # tr(Sigma)^2 for tr(Sigma^2), or tr(Sigma) Sigma where there is a word
                wrong_term = WordTerm((*others, loop[:1]), ()) if scalar else WordTerm(others, (*term.word, loop[0]))
                wrong = TracePolynomial(poly.rows, poly.cols, {wrong_term: k})
                out.append((f"{wrong} for {single}", poly - single + wrong))
        for s in sorted(k.free_symbols, key=str):
            if s.is_integer:
                shifted = TracePolynomial(poly.rows, poly.cols, {term: sp.cancel(k.subs(s, s + 1))})
                if shifted != single:
                    out.append((f"{s} + 1 for {s} in {single}", poly - single + shifted))
    return out
