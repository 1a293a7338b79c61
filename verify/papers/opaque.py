"""Roots, logarithms and symbolic powers that two terms share, replaced by unknowns: what is left is rational.

A root of the paper and a root of the theory are the same where their arguments are equal as rational functions. The
statement about arbitrary unknowns is stronger than the one about the roots, so a proof of it counts.
"""

from __future__ import annotations

from verify.language import logic
from verify.language.definedness import integer_constant, term_defined
from verify.language.logic import App, Formula, Rel, Term, Var
from verify.language.rational_functions import Field, ZeroDenominator, raw
from verify.runtime.errors import ensured

_FUNCTIONS = ("sqrt", "log", "exp", "abs")


def opaque(t: Term) -> bool:
    return isinstance(t, App) and (t.op in _FUNCTIONS or (t.op == "^" and integer_constant(t.args[1]) is None))


def unknowns(
    paper: Term, theory: Term
) -> tuple[Rel, tuple[Formula, ...], tuple[Formula, ...], dict[Term, Term]] | None:
    """The equation in unknowns, what is known of them, what must be shown besides, and the replacements made.

    None where the terms have nothing of the kind, or where the paper has one that the theory lacks.
    """
    sides = [positive_powers(paper), positive_powers(theory)]
    table: list[tuple[App, Var]] = []
    known: list[Formula] = []
    besides: list[Formula] = []
    replaced: dict[Term, Term] = {}
    for k in (1, 0):
        while (found := next((s for s in logic.subterms(sides[k]) if opaque(s)), None)) is not None:
            found = ensured(found, App)
            name = next((v for other, v in table if _same(found, other)), None)
            if name is None and k == 0:
                return None
            if name is None:
                name = Var(f"unknown_{len(table) + 1}")
                table.append((found, name))
                replaced[found] = name
                if found.op in ("sqrt", "abs"):
                    known.append(Rel(">=", name, logic.ZERO))
                elif found.op in ("^", "exp"):
                    known.append(Rel("!=", name, logic.ZERO))
            elif k == 0:
                besides += [c for a in found.args for c in term_defined(a, frozenset())]
            sides = [replace(side, found, name) for side in sides]
    if not table:
        return None
    return Rel("==", sides[0], sides[1]), tuple(known), tuple(dict.fromkeys(besides)), replaced


def positive_powers(t: Term) -> Term:
    """b^(-k) as 1/b^k for symbolic k; both are defined where b is not 0."""
    if not isinstance(t, App):
        return t
    args = tuple(positive_powers(a) for a in t.args)
    if t.op == "^" and isinstance(args[1], App) and args[1].op == "-":
        return logic.div(logic.ONE, App("^", (args[0], args[1].args[0])))
    return App(t.op, args)


def replace(t: Term, old: Term, new: Term) -> Term:
    """The term with every occurrence of a part replaced."""
    if t == old:
        return new
    return App(t.op, tuple(replace(a, old, new) for a in t.args)) if isinstance(t, App) else t


def replace_in(f: Formula, old: Term, new: Term) -> Formula:
    if isinstance(f, Rel):
        return Rel(f.op, replace(positive_powers(f.lhs), old, new), replace(positive_powers(f.rhs), old, new))
    return logic.Bool(f.op, tuple(replace_in(a, old, new) for a in f.args))


def _same(a: App, b: App) -> bool:
    """Whether two opaque terms have the same operator and, as rational functions, the same arguments."""
    if a.op != b.op or len(a.args) != len(b.args):
        return False
    for x, y in zip(a.args, b.args, strict=True):
        try:
            difference = ("+", raw(x), ("-", raw(y)))
            above, _ = Field([difference]).quotient(difference)
        except ZeroDenominator:
            return False
        if above != 0:
            return False
    return True
