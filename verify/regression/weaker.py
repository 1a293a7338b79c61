"""Whether a variant of a true statement says less than it: one relation of it follows from the one in its place.

A slip often enlarges what is on the larger side, or asks for more in a premise. The variant as a whole is then as hard
to prove as the claim, and the difference of the two relations is one term with a sign. Where it has that sign on the
whole domain, or one relation follows from the other whatever their common terms are, the variant is true because the
statement is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from itertools import count

from verify.language import logic
from verify.language.definedness import defined
from verify.language.logic import App, Bool, Formula, Rel, Term, sub
from verify.language.rational_functions import ZeroDenominator, fraction, raw, term_of

LONG = 12  # subterms of a term that is given a name: in shorter ones it matters what they are made of
ORDERS = ("<", "<=", ">", ">=")
Proves = Callable[[Formula], bool]


def changed(f: Formula, variant: Formula, *, positive: bool = True) -> tuple[Rel, Rel, bool] | None:
    """The one relation in which two formulas differ, in both, and whether the formula grows with it.

    >>> x, one, two = logic.Var("x"), logic.num(1), logic.num(2)
    >>> f, g = (Bool("implies", (Rel(">", x, a), Rel(">=", x, one))) for a in (one, two))
    >>> str(changed(f, g)[1]), changed(f, g)[2], changed(f, f)
    ('x > 2', False, None)
    """
    if isinstance(f, Rel) and isinstance(variant, Rel):
        return (f, variant, positive) if f != variant else None
    if (
        not (isinstance(f, Bool) and isinstance(variant, Bool))
        or f.op != variant.op
        or len(f.args) != len(variant.args)
    ):
        return None
    places = [i for i, (a, b) in enumerate(zip(f.args, variant.args, strict=True)) if a != b]
    if len(places) != 1 or f.op not in ("and", "or", "not", "implies"):
        return None
    (i,) = places
    turned = f.op == "not" or (f.op == "implies" and i == 0)
    return changed(f.args[i], variant.args[i], positive=positive is not turned)


def says_less(
    f: Formula, variant: Formula, integers: frozenset[str], proves: Proves, taken: Set[str] = frozenset()
) -> bool:
    """Whether a variant is true because the formula is; ``proves`` says whether something holds on the whole domain.

    What it is asked may have new real variables, with names that are not ``taken``.
    """
    found = changed(f, variant)
    if found is None:
        return False
    stated, other, positive = found
    strong, weak = (stated, other) if positive else (other, stated)
    if strong.op not in ORDERS or weak.op not in ORDERS:
        return False
    difference = simplified(sub(_gap(weak), _gap(strong)))
    if difference is None:
        return False
    strictly = weak.op in ("<", ">") and strong.op not in ("<", ">")
    sign = Rel(">" if strictly else ">=", difference, logic.ZERO)
    if not _has_a_value(f, variant, integers, proves):
        return False
    named = _with_names(strong, weak, taken)
    return proves(sign) or (named is not None and proves(named))


def _has_a_value(f: Formula, variant: Formula, integers: frozenset[str], proves: Proves) -> bool:
    """Whether a variant has a value everywhere because the formula has one.

    A relation that is true elsewhere leads to other parts of it elsewhere too.
    """
    known = logic.conjuncts(defined(f, integers))
    conditions = [c for c in logic.conjuncts(defined(variant, integers)) if c not in known]
    if not conditions:
        return True
    # Mostly every relation by itself has a value on the whole domain, which is easier to say.
    everywhere = [c for r in logic.relations(variant) for c in logic.conjuncts(defined(r, integers)) if c not in known]
    return all(map(proves, dict.fromkeys(everywhere))) or all(map(proves, conditions))


def new_names(taken: Set[str]) -> Iterator[str]:
    """Names for long terms that are none of those that are taken: one name for two terms would make them equal.

    >>> names = new_names({"quantity_1"})
    >>> next(names), next(names)
    ('quantity_2', 'quantity_3')
    """
    return (name for i in count(1) if (name := f"quantity_{i}") not in taken)


def _with_names(strong: Rel, weak: Rel, taken: Set[str]) -> Formula | None:
    """That one relation follows from another, with a name for each long term of both, which may then be any number.

    None where they have no such term: the relations themselves are as hard as what is asked.

    >>> x, a = logic.Var("x"), logic.Var("a")
    >>> long = logic.mul(*[logic.add(x, logic.num(k)) for k in range(5)])
    >>> str(_with_names(Rel(">", a, long), Rel(">", a, logic.neg(long)), set()))
    'a > quantity_1 implies a > -quantity_1'
    """
    both = [{t for side in (r.lhs, r.rhs) for t in logic.subterms(side)} for r in (strong, weak)]
    shared = both[0] & both[1]
    names: dict[Term, Term] = {}
    new = new_names(logic.variables_of(Bool("and", (strong, weak))) | taken)

    def named(t: Term) -> Term:
        if not isinstance(t, App):
            return t
        if t in shared and sum(1 for _ in logic.subterms(t)) >= LONG:
            if t not in names:
                names[t] = logic.Var(next(new))
            return names[t]
        return App(t.op, tuple(map(named, t.args)))

    both_named = Bool("implies", tuple(Rel(r.op, named(r.lhs), named(r.rhs)) for r in (strong, weak)))
    return both_named if names else None


def _gap(r: Rel) -> Term:
    """What an inequality says is positive, or not negative."""
    return sub(r.rhs, r.lhs) if r.op in ("<", "<=") else sub(r.lhs, r.rhs)


def simplified(t: Term) -> Term | None:
    """A term as one quotient in which what cancels is gone; None where a denominator is zero everywhere."""
    try:
        found = fraction(raw(t))
    except ZeroDenominator:
        return None
    if found is None:
        return None
    field, above, below = found
    return (
        term_of(field.term(above)) if below == 1 else logic.div(term_of(field.term(above)), term_of(field.term(below)))
    )
