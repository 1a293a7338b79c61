"""Rules of arithmetic, by identities of rational functions that the algebra redoes: nothing remains."""

from ...reading import Json, Refused, need
from ..json_form import items, read_number
from ..run import Run, Signs
from ..state import Remaining, State
from ..terms import Term, minus


def rule_ring(run: Run, state: State, cofactors: Json) -> Remaining:
    """The goal a == b, from known equations l == r: a - b - sum of c (l - r) is identically zero.

    Sound: each c (l - r) is zero, so a - b is. Checked: the equations are known, the identity holds as one of rational
    functions, and every divisor in it is not zero under the facts.
    """
    need(state.goal[0] == "==", "the goal is not an equation")
    rest = [("-", c) for c in run.cofactors(state, cofactors)]
    need(run.vanishes(state, ("+", minus(state.goal[1], state.goal[2]), *rest)), "the identity does not hold")
    return []


def rule_psatz(run: Run, state: State, terms: Json, cofactors: Json) -> Remaining:
    """The facts contradict each other: a sum of non-negative terms, one of them positive, is identically zero.

    A term is q t^2 (b1 - a1) ... (bn - an) with q > 0 and known relations ai < bi or ai <= bi; for ai != bi the square
    of bi - ai stands there. To the sum belong c (l - r) of known equations l == r, which are zero.

    Sound: where the facts hold no term is negative, and one is positive if its t is not zero and none of its relations
    is ``<=``; the sum would be positive, and is zero. So there are no such values (the easy half of the
    Positivstellensatz of Krivine 1964 and Stengle 1974). Checked: the numbers q, that the relations and equations are
    known, that one term is positive, and the identity with all its divisors, as in ``ring``.
    """
    total, strict = run.cofactors(state, cofactors), False
    for entry in items(terms):
        need(len(items(entry)) == 3, "expected a coefficient, relations and a square")
        coefficient, square = read_number(entry[0]), state.term(entry[2])
        need(coefficient > 0, "a coefficient is not positive")
        factors: list[Term] = [coefficient, ("^", square, 2)]
        positive = run.nonzero(state, square)
        for f in map(state.formula, items(entry[1])):
            need(f[0] in ("<", "<=", "!=") and state.knows(f), "a relation of the sum is not known")
            gap = minus(f[2], f[1])
            factors.append(("^", gap, 2) if f[0] == "!=" else gap)
            positive = positive and f[0] != "<="
        strict = strict or positive
        total.append(("*", *factors))
    need(strict, "no term of the sum is positive")
    need(run.vanishes(state, ("+", 0, *total)), "the sum is not identically zero")
    return []


def rule_sign(run: Run, state: State, factors: Json) -> Remaining:
    """The goal ``a REL b``, where b - a is a product of powers of factors whose signs are known.

    Sound: the sign of a product is the product of the signs. Checked: the exponents are whole and not zero, the
    possible signs all give the relation, and the identity, as in ``ring``; a factor with a negative exponent is a
    divisor, and so not zero.
    """
    signs: Signs = frozenset((1,))
    parts: list[Term] = []
    for pair in items(factors):
        need(len(items(pair)) == 2, "expected a factor and its exponent")
        t, e = state.term(pair[0]), read_number(pair[1])
        if not isinstance(e, int) or e == 0:
            raise Refused("an exponent is a non-zero integer")
        part = run.sign(state, t)
        signs = frozenset(u * v ** abs(e) for u in signs for v in part)
        parts.append(("^", t, e))
    run.meets(state, signs)
    need(run.vanishes(state, minus(minus(state.goal[2], state.goal[1]), ("*", 1, *parts))), "not that product")
    return []
