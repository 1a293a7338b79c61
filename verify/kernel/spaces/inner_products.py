"""Normal forms of inner products and norms: bilinear, symmetric, and operators are self-adjoint."""

from ..reals.terms import Term
from ..reals.work import measure
from .calculus import Calculus, Factors, Vector, beside
from .expectations import expected
from .series import series
from .terms import lifted


def inner(c: Calculus, u: Vector, v: Vector) -> Term:
    """The inner product of two vectors: of each with each, times their coefficients."""
    c.algebra.spend(len(u) * sum(measure(b)[0] for b in v) + len(v) * sum(measure(a)[0] for a in u) + 1)
    parts = [("*", x, y, pair(c, a, b)) for a, x in u.items() for b, y in v.items()]
    return ("+", 0, *parts) if len(parts) != 1 else parts[0]


def pair(c: Calculus, a: Term, b: Term) -> Term:
    """The inner product of two vectors that are no sums of given vectors."""
    for x, y in ((a, b), (b, a)):
        if isinstance(x, tuple) and x[0] == "upto":  # a finite sum comes out
            return series(c, 1, x[1], c.scalar(("inner", x[2], lifted(y))))
    (left, first), (right, second) = taken_off(a), taken_off(b)
    # <A x, B y> = <B A x, y>: self-adjoint operators all go to one side, in one order.
    word = [*reversed(right), *left]
    for x, y, operators in ((first, second, word), (second, first, word[::-1])):
        # <E_k x, y> = E_k <x, y> where y is known at stage k; two expectations at one stage stay as they are.
        if isinstance(x, tuple) and x[0] == "E" and c.level(y) <= x[1] and not is_mean(y, x[1]):
            return expected(c, x[1], c.scalar(("inner", put_on(operators, x[2]), y)))
    if (repr(second), word[::-1]) < (repr(first), word):
        first, second, word = second, first, word[::-1]
    return ("inner", put_on(word, first), second)


def is_mean(x: Term, k: int) -> bool:
    """Whether a vector is an expectation at stage k."""
    return isinstance(x, tuple) and x[0] == "E" and x[1] == k


def taken_off(x: Term) -> tuple[list[str], Term]:
    """The operators applied to a vector, the last one first, and the vector."""
    word = []
    while isinstance(x, tuple) and x[0] == "apply":
        word.append(x[1])
        x = x[2]
    return word, x


def put_on(word: list[str], x: Term) -> Term:
    """A vector with operators applied to it, the last one first."""
    for operator in reversed(word):
        x = ("apply", operator, x)
    return x


def norm(c: Calculus, v: Vector) -> Term:
    """The norm of a vector: a number comes out, and the sign of the vector does not matter."""
    found = [(a, *c.argument(x)) for a, x in c.joined([v]).items()]
    zeros = [zero for _, _, zero in found]
    rows = sorted(((a, x) for a, x, _ in found if x != 0), key=repr)
    if not rows:
        return beside(0, zeros)
    lead = rows[0][1]
    if isinstance(lead, (str, tuple)):
        other = [(a, c.tidy(("-", x))) for a, x in rows]
        return beside(("norm", as_term(min(rows, other, key=repr))), zeros)
    unit = as_term([(a, c.tidy(("/", x, lead))) for a, x in rows])
    return beside(("*", abs(lead), ("norm", unit)), zeros)


def as_term(rows: list[tuple[Term, Term]]) -> Term:
    """Vectors with coefficients as one term."""
    parts = [a if x == 1 else ("scale", x, a) for a, x in rows]
    return parts[0] if len(parts) == 1 else ("+", *parts)


def halved(c: Calculus, factors: Factors) -> Factors:
    """Factors with inner products for squares of norms."""
    out: Factors = []
    for a, e in factors:
        if e > 1 and isinstance(a, tuple) and a[0] == "norm":
            out.append((c.scalar(("inner", a[1], a[1])), e // 2))
            out += [(a, 1)] if e % 2 else []
        else:
            out.append((a, e))
    return out
