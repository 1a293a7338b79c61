"""A field of a claim that means nothing is refused where the claim is made; what has a meaning is taken."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas.mixture import s_H, sigma
from theory.maml_erm.formulas.symbols import alpha, d, m, rho_H
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain, above, at_least, between, free, nonnegative, positive
from verify.claims.hints import Assume, Auto, By, Cite, Fact, Let, Sum
from verify.claims.statement import Equivalence, Holds, Identity, Inequality, Limit, MatrixIdentity, Minimiser, Monotone
from verify.derivations.relations import Connective, Relation, all_of, eq, ge, gt, implies, le
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.runtime.errors import Malformed

x, y, z, h = sp.symbols("x y z h", real=True)
x_2 = sp.Symbol("x_2", real=True)
k = sp.Symbol("k", integer=True)
POSITIVE = Domain((positive(x), positive(y)))
PLUS, OTHER = sp.symbols("x y", positive=True)
EVEN, RATIO, UNREAL = sp.Symbol("e", even=True), sp.Symbol("r", rational=True), sp.Symbol("i", imaginary=True)
S = TracePolynomial.letter(Letter("S", sp.Symbol("d"), sp.Symbol("d"), symmetric=True))


def claim(statement: object, domain: object = POSITIVE, **more: object) -> Claim:
    return Claim("a.b", "t", statement, domain, **more)  # type: ignore[arg-type]


def deep(e: sp.Expr, times: int) -> sp.Expr:
    for _ in range(times):
        e = sp.exp(e) + 1
    return e


TAKEN = {
    "an inequality": lambda: claim(Inequality(x, "<=", x + y)),
    "numbers of Python": lambda: claim(Inequality(0, "<=", x), at=((y, Fraction(1, 2)),)),
    "a number of Python as a limit": lambda: claim(Limit(1 / x, x, sp.oo, 0)),
    "a limit at 0": lambda: claim(Limit(x / y, x, 0, 0)),
    "lists in place of tuples": lambda: claim(Inequality(x, "<=", x + y), Domain([positive(x), positive(y)])),
    "both directions": lambda: [
        claim(Monotone(e, x, way, x_2)) for e, way in ((x, "increasing"), (1 / x, "decreasing"))
    ],
    "a constant that SymPy writes E": lambda: claim(Inequality(sp.exp(1), "<=", x + 3)),
    "a positive symbol in a positive domain": lambda: claim(Identity(PLUS, abs(PLUS)), Domain((positive(PLUS),))),
    "a plain symbol": lambda: claim(Holds(ge(sp.Symbol("u") ** 2, 0)), Domain((free(sp.Symbol("u")),))),
    "positive above something positive": lambda: claim(
        Holds(gt(PLUS, y)), Domain((positive(y), above(PLUS, y / (1 + y))))
    ),
    "nonnegative and not zero": lambda: claim(Holds(gt(PLUS, 0)), Domain((nonnegative(PLUS),)).where(gt(PLUS, 0))),
    "a positive integer": lambda: claim(
        Holds(ge(x, 0)), Domain((positive(x), at_least(sp.Symbol("n", integer=True, positive=True), 1)))
    ),
    "a variable that is positive where it tends to oo": lambda: claim(Limit(1 / PLUS, PLUS, sp.oo, 0), Domain(())),
    "a fixed integer": lambda: claim(Holds(ge(x**k, 0)), Domain((positive(x), at_least(k, 0))), at=((k, 3),)),
    "hints": lambda: claim(
        Holds(implies(gt(x, 1), gt(x, 0))), proof=Assume(By((Fact(gt(x, 0)), Let(z, x)), Sum((gt(x, 1),))))
    ),
    "a matrix identity": lambda: claim(MatrixIdentity("S", S, S.scale(sp.Rational(1, 2)))),
}  # fmt: skip

REFUSED = {
    # Values of the wrong kind.
    "a float": (lambda: claim(Inequality(x * 0.5, "<=", y)), "floating-point"),
    "a float alone": (lambda: claim(Inequality(0.5, "<=", y)), "floating-point"),
    "a quotient of Python": (lambda: claim(Inequality(1 / 3, "<=", y)), "floating-point"),
    "a float in an exponent": (lambda: claim(Inequality(x**0.5, "<=", y)), "floating-point"),
    "a float in the domain": (lambda: claim(Inequality(x, "<=", y), Domain((positive(y), above(x, 0.1)))), "floating"),
    "text": (lambda: claim(Inequality("x", "<=", y)), "is text"),
    "text in the domain": (lambda: claim(Inequality(x, "<=", y), Domain((at_least(x, "1"), positive(y)))), "is text"),
    "text as a symbol": (lambda: claim(Inequality(x, "<=", y), Domain((positive("x"),))), "not a symbol"),
    "a truth value": (lambda: claim(Inequality(True, "<=", y)), "truth value"),
    "None": (lambda: claim(Identity(None, y)), "not an expression"),
    "a class": (lambda: claim(Identity(sp.Symbol, y)), "not an expression"),
    "a matrix": (lambda: claim(Identity(sp.eye(2), y)), "not an expression"),
    # Relations where expressions are wanted, and the reverse.
    "a relation of SymPy": (lambda: claim(Holds(x <= y)), "relation of SymPy"),
    "a relation that SymPy decided": (lambda: claim(Holds(x > x)), "decided it"),
    "an equation that SymPy decided": (lambda: claim(Holds(sp.Eq(1, 2))), "decided it"),
    "a comparison of Python": (lambda: claim(Holds(x == y)), "decided it"),
    "a relation of SymPy as a side": (lambda: claim(Inequality(x <= y, "<=", y)), "relation of SymPy"),
    "a relation as a side": (lambda: claim(Relation(le(x, y), "<=", y)), "not a statement"),
    "a relation between relations": (lambda: claim(Holds(Relation(le(x, y), "<=", le(y, x)))), "number is wanted"),
    "a relation of SymPy as a hypothesis": (lambda: claim(Identity(x, x), POSITIVE.where(x > y)), "relation of SymPy"),
    "an expression as a hypothesis": (lambda: claim(Identity(x, x), POSITIVE.where(x)), "not a formula"),
    "an expression as a statement": (lambda: claim(x), "not a statement"),
    "a formula as a statement": (lambda: claim(le(x, x + y)), "Holds"),
    "a relation of SymPy as a statement": (lambda: claim(x <= y), "relation of SymPy"),
    # Words.
    "a direction": (lambda: claim(Monotone(1 / x, x, "increase", x_2)), "no direction"),
    "a direction in capitals": (lambda: claim(Monotone(1 / x, x, "Decreasing", x_2)), "no direction"),
    "a relation": (lambda: claim(Inequality(x, "=<", y)), "the relation '=<'"),
    "a connective": (lambda: claim(Holds(Connective("xor", (gt(x, 0), gt(y, 0))))), "the connective 'xor'"),
    "strict": (lambda: claim(Monotone(x, x, "increasing", x_2, strict="no")), "neither True nor False"),
    "expected": (lambda: claim(Identity(x, x), expected="false"), "neither True nor False"),
    # Statements that are empty or do not fit.
    "an empty statement": (lambda: claim(Holds(Connective("and", ()))), "empty"),
    "half an implication": (lambda: claim(Holds(Connective("implies", (gt(x, 0),)))), "does not join 1"),
    "an equivalence of numbers": (lambda: claim(Equivalence(x, y)), "not a formula"),
    "a limit at 1": (lambda: claim(Limit(x, x, sp.Integer(1), sp.Integer(0))), "tends to 1"),
    "a limit at -oo": (lambda: claim(Limit(1 / x, x, -sp.oo, 0)), "tends to -oo"),
    "a limit at a float": (lambda: claim(Limit(x, x, 0.0, 0)), "tends to 0.0"),
    "a limit of an integer at 0": (lambda: claim(Limit(x * k, k, 0, 0)), "integer k"),
    "a limit that depends on its variable": (lambda: claim(Limit(x, x, sp.oo, x)), "point or the value"),
    "a limit outside the domain": (lambda: claim(Limit(x, x, 0, 0), Domain((at_least(x, 1),))), "no end"),
    "a limit beyond the domain": (lambda: claim(Limit(x, x, sp.oo, 0), Domain((between(x, 0, 1),))), "at most 1"),
    "a limit that bounds others": (lambda: claim(Limit(y, x, sp.oo, 0), Domain((Bound(x), above(y, x)))), "depend on"),
    "a minimiser over a part": (lambda: claim(Minimiser((x - y) ** 2, x, y)), "over all real x"),
    "a minimiser over integers": (lambda: claim(Minimiser(k**2 - k / 2, k, 0), Domain((free(k),))), "an integer here"),
    "a minimiser over what satisfies more": (
        lambda: claim(Minimiser(x**2 + 2 * x, x, 0), Domain((free(x),), (ge(x, 0),))),
        "other hypotheses depend",
    ),
    "a minimiser that bounds others": (
        lambda: claim(Minimiser((x + y) ** 2, x, y), Domain((free(x), Bound(y, 0, True, x, True)))),
        "other hypotheses depend",
    ),
    "a minimiser that moves what is fixed": (
        lambda: claim(Minimiser(x**2 + y, x, 0), Domain((free(x), free(y))), at=((y, -2 * x),)),
        "depends on the variable x",
    ),
    "a minimiser that depends on itself": (lambda: claim(Minimiser(x**2, x, x / 2), Domain((free(x),))), "point or"),
    "a minimiser at a pole": (lambda: claim(Minimiser(1 / h, h, 0), Domain((free(h),))), "zoo"),
    "a second value that is the first": (lambda: claim(Monotone(x, x, "increasing", x)), "stands for something else"),
    "a second value that occurs": (lambda: claim(Monotone(x + y, x, "increasing", y)), "stands for something else"),
    "a second value with a bound": (lambda: claim(Monotone(x, x, "increasing", y)), "place in the domain"),
    "a second value of another kind": (lambda: claim(Monotone(x, x, "increasing", k)), "only one is an integer"),
    "sides of two shapes": (lambda: claim(MatrixIdentity("S", S, S.trace())), "shapes"),
    "a number for a matrix": (lambda: claim(MatrixIdentity("S", S, x)), "TracePolynomial"),
    "a float in a matrix": (lambda: claim(MatrixIdentity("S", S, S.scale(0.5))), "floating-point"),
    # Symbols.
    "two symbols of one name": (lambda: claim(Identity(PLUS, x)), "two symbols x"),
    "two of one name in the domain": (lambda: claim(Identity(x, x), Domain((positive(x), positive(PLUS)))), "two sym"),
    "a plain symbol beside a real one": (lambda: claim(Inequality(sp.Symbol("x"), "<=", y)), "two symbols x"),
    "an integer beside a real one": (lambda: claim(Holds(ge(sp.Symbol("x", integer=True), x))), "two symbols x"),
    "positive without a reason": (lambda: claim(Identity(PLUS, sp.sqrt(PLUS**2)), Domain((free(PLUS),))), "not follow"),
    "positive though it may be 0": (lambda: claim(Identity(PLUS, PLUS), Domain((nonnegative(PLUS),))), "not follow"),
    "positive above something unknown": (
        lambda: claim(Identity(PLUS, PLUS), Domain((free(y), above(PLUS, y)))), "not follow",
    ),
    "positive because the other is": (
        lambda: claim(Identity(PLUS, PLUS), Domain((free(PLUS), free(OTHER))).where(ge(PLUS, OTHER), ge(OTHER, PLUS))),
        "not follow",
    ),
    "an even number": (
        lambda: claim(Identity(EVEN, x), Domain((free(EVEN),))), "not follow"
    ),
    "a rational number": (
        lambda: claim(Holds(ge(RATIO ** 2, 0)), Domain((free(RATIO),))),
        "not follow",
    ),
    "an imaginary number": (
        lambda: claim(Holds(ge(UNREAL ** 2, 0)), Domain((free(UNREAL),))),
        "not follow",
    ),
    "letters that do not commute": (
        lambda: claim(Identity(sp.Symbol("A", commutative=False), x)), "not follow",
    ),
    "a dummy": (lambda: claim(Identity(sp.Dummy("x"), x)), "not a symbol"),
    "a name that is a number": (lambda: claim(Identity(sp.Symbol("2", real=True), x)), "not a name"),
    "a name with a space": (lambda: claim(Identity(sp.Symbol("a b", real=True), x)), "not a name"),
    "a name without letters": (lambda: claim(Identity(sp.Symbol("", real=True), x)), "not a name"),
    "a fixed integer that is none": (
        lambda: claim(Holds(ge(x**k, 0)), Domain((positive(x), at_least(k, 0))), at=((k, sp.Rational(1, 2)),)),
        "is an integer",
    ),
    "a fixed number of the wrong sign": (lambda: claim(Identity(PLUS, 1), Domain(()), at=((PLUS, -1),)), "not follow"),
    # What the language lacks.
    "a sine": (lambda: claim(Inequality(sp.sin(x), "<=", y)), "not a term of the language"),
    "a gamma function": (lambda: claim(Inequality(sp.gamma(x), "<=", y)), "not a term of the language"),
    "a derivative": (lambda: claim(Identity(sp.Derivative(x**2, x), 2 * x)), "not a term of the language"),
    "a sum": (lambda: claim(Identity(sp.Sum(k, (k, 1, 3)), 6)), "not a term of the language"),
    "a case distinction": (lambda: claim(Identity(sp.Piecewise((x, x > 0), (0, True)), x)), "not a term"),
    "an unknown function": (lambda: claim(Identity(sp.Function("f")(x), x)), "not a term of the language"),
    "pi": (lambda: claim(Inequality(sp.pi, "<=", x + 4)), "constant pi"),
    "i": (lambda: claim(Identity(sp.sqrt(-1) * x, x)), "imaginary unit"),
    "a division by zero": (lambda: claim(Identity(x, 1 / sp.Integer(0))), "zoo is not a number"),
    "a logarithm of zero": (lambda: claim(Identity(x, sp.log(0))), "zoo is not a number"),
    "nan": (lambda: claim(Identity(x, sp.nan)), "nan is not a number"),
    "an infinite side": (lambda: claim(Inequality(x, "<", sp.oo)), "oo is not a number"),
    "an infinite bound": (lambda: claim(Identity(x, x), Domain((Bound(x, 0, False, sp.oo),))), "leave the end out"),
    "a pole where it is fixed": (lambda: claim(Identity(1 / x, y), at=((x, 0),)), "zoo"),
    # Sizes.
    "a long number": (lambda: claim(Inequality(x, "<=", sp.Integer(10) ** 5_000)), "digits"),
    "a large exponent": (lambda: claim(Inequality(x**100_000, ">=", 0)), "exponent"),
    "a large degree": (lambda: claim(Inequality(((x + 1) ** 900 + 1) ** 900, ">=", 0)), "degrees"),
    "a deep nesting": (lambda: claim(Inequality(deep(x, 60), ">=", 0)), "nesting"),
    # The other fields.
    "one bound in place of several": (lambda: claim(Identity(x, x), Domain(positive(x))), "not a tuple"),
    "bounds in place of a domain": (lambda: claim(Identity(x, x), (positive(x),)), "not a Domain"),
    "two bounds on one symbol": (lambda: claim(Identity(x, x), Domain((positive(x), between(x, 0, 1)))), "two bounds"),
    "a bound by what comes later": (lambda: claim(Identity(x, x), Domain((above(x, y), positive(y)))), "not bounded"),
    "a bound by itself": (lambda: claim(Identity(x, x), Domain((above(x, x),))), "not bounded"),
    "an empty range": (lambda: claim(Identity(x, x), Domain((between(x, 1, 0),))), "no number"),
    "an id that is none": (lambda: Claim(3, "t", Identity(x, x), POSITIVE), "not text"),
    "an empty id": (lambda: Claim("", "t", Identity(x, x), POSITIVE), "empty"),
    "a title on two lines": (lambda: Claim("a", "t\nt", Identity(x, x), POSITIVE), "printed on one line"),
    "half a character": (lambda: Claim("a", "\ud800", Identity(x, x), POSITIVE), "printed on one line"),
    "rests_on without a comma": (lambda: claim(Identity(x, x), rests_on=("T1")), "not a tuple"),
    "a claim in rests_on": (lambda: claim(Identity(x, x), rests_on=(claim(Identity(x, x)),)), "not the id"),
    "a fixed symbol alone": (lambda: claim(Identity(x, x), at=(x, 1)), "not a symbol and its value"),
    "a symbol fixed twice": (lambda: claim(Identity(x, x), at=((x, 1), (x, 2))), "set twice"),
    "a hint as text": (lambda: claim(Identity(x, x), proof="auto"), "not a proof"),
    "a class of hints": (lambda: claim(Identity(x, x), proof=Auto), "not a proof"),
    "a step as a proof": (lambda: claim(Identity(x, x), proof=Cite("T1")), "By"),
    "a proof as a step": (lambda: claim(Identity(x, x), proof=By((Auto(),))), "not a step"),
    "a relation of SymPy as a fact": (lambda: claim(Identity(x, x), proof=By((Fact(x > 0),))), "relation of SymPy"),
    "a float in a hint": (lambda: claim(Identity(x, x), proof=By((Let(z, 0.5 * x),))), "floating-point"),
    "a derivation that is none": (lambda: claim(Identity(x, x), derivations=("X1",)), "not a Derivation"),
}  # fmt: skip


@pytest.mark.parametrize("make", TAKEN.values(), ids=TAKEN.keys())
def test_what_has_a_meaning_is_taken(make):
    assert make()


@pytest.mark.parametrize("make, message", REFUSED.values(), ids=REFUSED.keys())
def test_what_has_no_meaning_is_refused(make, message):
    with pytest.raises(Malformed, match=message):
        make()


def test_the_error_names_the_claim_and_the_field():
    with pytest.raises(Malformed) as caught:
        claim(Monotone(1 / x, x, "increase", x_2))
    assert (caught.value.claim, caught.value.field) == ("a.b", "statement.direction")
    assert "increasing or decreasing" in caught.value.hint


def test_every_claim_of_the_theory_is_still_taken_when_it_is_made_again():
    for c in {**THEORY.stated, **THEORY.refutable}.values():
        assert replace(c, note="again").note == "again"


def test_the_second_copy_of_a_quantity_is_not_taken_for_a_symbol_of_that_name():
    """sigma depends on m, so a claim about two values of m speaks of a second sigma, and calls it sigma_2."""
    taken = sp.Symbol("sigma_2", real=True)
    domain = THEORY.stated["T1"].domain + free(taken)
    stated = Monotone(sigma + taken, m, "decreasing", sp.Symbol("m_2", integer=True))
    with pytest.raises(Malformed, match="sigma_2 is the second value of sigma"):
        THEORY.adopt(claim(stated, domain)).problem()
    assert THEORY.adopt(claim(replace(stated, expression=sigma), domain)).problem().goal is not None


def test_formulas_keep_what_is_written():
    assert all_of(eq(x, x), le(1, 2)) == Connective("and", (Relation(x, "==", x), Relation(sp.Integer(1), "<=", 2)))


def test_a_name_does_not_hide_the_variable_of_a_minimiser() -> None:
    """s_H is a polynomial in alpha: at alpha = 1 it has another value, which the name does not show."""
    around = (positive(rho_H), at_least(d, 1), at_least(m, 1))
    with pytest.raises(Malformed, match="s_H depends on the variable alpha"):
        THEORY.adopt(claim(Minimiser(s_H + (alpha - 1) ** 2, alpha, 1), Domain((*around, free(alpha))))).problem()
    other = THEORY.adopt(claim(Minimiser(s_H + (x - 1) ** 2, x, 1), Domain((*around, positive(alpha), free(x)))))
    assert other.problem().definitions
