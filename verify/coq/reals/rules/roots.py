"""The rule ``sturm``: a polynomial without roots inside an interval has one sign there (``Roots.v``).

p is written as K (x - low)^i (high - x)^j s, where s has integer coefficients and is positive on all of the interval,
its ends included. Then s is positive by its Bernstein coefficients on the parts of a subdivision: a part where they are
not all positive is halved, which comes to an end since s is positive on a compact interval (Bernstein 1915); and beyond
a point that is far enough out all coefficients of s(m + t) are positive.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from verify.coq.reals.arithmetic import Arithmetic
from verify.coq.reals.notation import computed
from verify.coq.reals.replay import Step
from verify.coq.reals.rules.enclosures import literal
from verify.coq.reals.rules.rest import Rest
from verify.coq.reals.script import Scope, Work
from verify.kernel.reading import need
from verify.kernel.reals.json_form import read_number
from verify.kernel.reals.terms import Number, Term, minus

Poly = list[Fraction]  # coefficients from the lowest
EQUAL = "ltac:(clear; lra)"  # of two literals
MOST_PIECES = 2000  # a bound on the work alone; the tests need 30


@dataclass(frozen=True)
class Split:
    """p = scale (x - low)^below (high - x)^above rest(x); the rest is positive between multiples of 1/unit."""

    scale: Fraction
    below: int
    above: int
    rest: list[int]
    unit: int
    points: list[int]
    from_infinity: bool
    to_infinity: bool


def split(p: Poly, low: Number | None, high: Number | None) -> Split:
    """The factors of a polynomial that has no root inside the interval, and a subdivision that shows their signs."""
    rest, below = without_root(p, low, 1)
    rest, above = without_root(rest, high, -1)
    start, end = (None if b is None else Fraction(b) for b in (low, high))
    scale = lcm(*(c.denominator for c in rest))
    content = gcd(*(int(c * scale) for c in rest))
    content = content if value(rest, inside(start, end)) > 0 else -content
    whole = [int(c * scale) // content for c in rest]
    points = subdivision(whole, start, end)
    unit = lcm(*(x.denominator for x in points))
    numbers = [int(x * unit) for x in points]
    return Split(Fraction(content, scale), below, above, whole, unit, numbers, low is None, high is None)


def inside(low: Fraction | None, high: Fraction | None) -> Fraction:
    """A number between two ends."""
    if low is not None and high is not None:
        return (low + high) / 2
    return low + 1 if low is not None else high - 1 if high is not None else Fraction(0)


def without_root(p: Poly, root: Number | None, sign: int) -> tuple[Poly, int]:
    """p / (sign (x - root))^n and n, which is as large as possible."""
    count = 0
    while root is not None and len(p) > 1 and value(p, Fraction(root)) == 0:
        quotient, carry = [], Fraction(0)
        for c in reversed(p):
            carry = c + carry * root
            quotient.append(sign * carry)
        p, count = quotient[-2::-1], count + 1
    return p, count


def value(p: Poly, x: Fraction) -> Fraction:
    """The value at a number, by Horner's scheme."""
    total = Fraction(0)
    for c in reversed(p):
        total = total * x + c
    return total


def subdivision(s: list[int], low: Fraction | None, high: Fraction | None) -> list[Fraction]:
    """Points from the lower end to the upper one between which ``positive`` sees that s is; beyond them too."""
    if low is None:
        low = far(s, high or Fraction(0), -1)
    if high is None:
        high = far(s, low, 1)
    done, todo = [low], [high] if low < high else []
    while todo:
        need(len(done) + len(todo) < MOST_PIECES, "too many parts of the interval")
        a, b = done[-1], todo[-1]
        if positive(s, [a, b], [Fraction(1), Fraction(1)]):
            done.append(todo.pop())
        else:
            todo.append((a + b) / 2)
    return done


def far(s: list[int], start: Fraction, side: int) -> Fraction:
    """The start, or a point beyond it, from which on s has positive coefficients."""
    for k in range(-1, 200):
        point = start + (side * 2**k if k >= 0 else 0)
        if positive(s, [point, Fraction(side)], [Fraction(1)]):
            return point
    need(False, "the polynomial is not positive far out")
    return start


def positive(s: list[int], u: Poly, v: Poly) -> bool:
    """Whether v^n s(u / v) has no negative coefficient, and a positive first one: ``compose`` of the library."""
    r: Poly = []
    w: Poly = [Fraction(1)]
    for c in reversed(s):
        r, w = add([c * b for b in w], multiplied(u, r)), multiplied(v, w)
    return bool(r) and r[0] > 0 and all(c >= 0 for c in r)


def add(p: Poly, q: Poly) -> Poly:
    """The sum."""
    n = max(len(p), len(q))
    return [(p[i] if i < len(p) else Fraction(0)) + (q[i] if i < len(q) else Fraction(0)) for i in range(n)]


def multiplied(p: Poly, q: Poly) -> Poly:
    """The product."""
    out = [Fraction(0)] * (len(p) + len(q) - 1) if q else []
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            out[i + j] += a * b
    return out


def horner(s: list[int], x: Term) -> Term:
    """The polynomial as ``at_point`` of the library computes it."""
    total: Term = 0
    for c in reversed(s):
        total = ("+", c, ("*", x, total))
    return total


def product(found: Split, x: str, low: Number | None, high: Number | None) -> Term:
    """scale ((x - low)^below ((high - x)^above rest)), without the factors that are 1."""
    t = horner(found.rest, x)
    if high is not None and found.above:
        t = ("*", ("^", minus(high, x), found.above), t)
    if low is not None and found.below:
        t = ("*", ("^", minus(x, low), found.below), t)
    k = found.scale
    return ("*", k.numerator if k.denominator == 1 else k, t)


def rest_positive(found: Split, x: str, low: str | None, high: str | None) -> str:
    """A proof that the rest is positive at ``x``, from proofs of ``low <= x`` and ``x <= high``, as Coq texts."""
    first, last, unit = found.points[0], found.points[-1], found.unit
    numbers = f"{coq_list(found.rest)} {unit} {whole(first)} {coq_list(found.points[1:])}"
    sides = f"{str(found.from_infinity).lower()} {str(found.to_infinity).lower()}"
    at_first, at_last = literal(Fraction(first, unit)), literal(Fraction(last, unit))
    below = above = "(fun e => False_ind _ (Bool.diff_true_false e))"  # of an end that is not there
    if low is not None:
        below = f"(fun _ => Rle_trans _ _ _ (Req_le ({whole(first, 'R')} / {unit}) {at_first} {EQUAL}) {low})"
    if high is not None:
        above = f"(fun _ => Rle_trans _ _ _ {high} (Req_le {at_last} ({whole(last, 'R')} / {unit}) {EQUAL}))"
    check = computed(f"root_free_check {numbers} {sides}")
    return f"(root_free {numbers} {sides} {x} {check} {below} {above})"


def whole(z: int, scope: str = "Z") -> str:
    """A literal."""
    return f"({z})%{scope}"


def coq_list(p: list[int]) -> str:
    """A list of integers."""
    out = "nil"
    for c in reversed(p):
        out = f"(cons {whole(c)} {out})"
    return out


def rule_sturm(work: Work, scope: Scope, step: Step) -> Rest:
    """The goal a REL b, where b - a is a product of the factors of a ``Split``."""
    state, script = step.state, work.script
    algebra = Arithmetic(work.run, script, scope, state)
    relation, a, b = state.goal
    x = str(step.node["variable"])
    low, high = (None if step.node[k] is None else read_number(step.node[k]) for k in ("lower", "upper"))
    numerator = work.run.algebra.quotient(minus(b, a))[0]
    coefficients = {dict(work.run.algebra.exponents(m)).get(x, 0): c for m, c in numerator.items()}
    found = split([Fraction(coefficients.get(i, 0)) for i in range(max(coefficients) + 1)], low, high)
    equal = product(found, x, low, high)
    same = algebra.equal(minus(b, a), equal)
    ends = [None if e is None else algebra.must(f) for e, f in ((low, ("<=", low, x)), (high, ("<=", x, high)))]
    rest = algebra.text(horner(found.rest, x))
    proof = f"exact {rest_positive(found, scope.names[x], *ends)}"
    code, proof = "p", script.stated(f"0 < {rest}", proof)
    for end, count, strict, weak in (
        (high, found.above, ("<", x, high), ("<=", x, high)),
        (low, found.below, ("<", low, x), ("<=", low, x)),
    ):
        if end is not None and count:
            open_end = state.knows(strict)
            gap = algebra.must(strict if open_end else weak)
            factor = f"(pow_{'lt' if open_end else 'le'} _ {count} (d_{'lt' if open_end else 'le'} _ _ {gap}))"
            before = "p" if open_end else "P"
            proof = f"(mul_{before}{code} _ _ {factor} {proof})"
            code = "p" if before + code == "pp" else "P"
    k = found.scale
    sign = script.stated(f"{literal(k)} < 0" if k < 0 else f"0 < {literal(k)}", "clear; lra")
    proof = f"(mul_{'n' if k < 0 else 'p'}{code} _ _ {sign} {proof})"
    code = ("n" if code == "p" else "N") if k < 0 else code
    lemma, wanted = {"<": ("lt", "p"), "<=": ("le", "P"), "!=": ("ne", "x")}[relation]
    script.line(f"exact (of_{lemma} _ _ _ {same} (weak_{code}{wanted} _ {proof})).")
    return None
