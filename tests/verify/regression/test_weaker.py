"""A variant that says less is true because the claim is; what says more, or has no value somewhere, never counts."""

from itertools import islice

import pytest

from verify.claims.sequents import Goal
from verify.claims.theories import named
from verify.language.logic import Sequent, variables_of
from verify.language.parser import parse_problem, parse_statement
from verify.language.verdict import Verdict
from verify.prover.api import follows
from verify.regression.mutation import mutate
from verify.regression.trial import with_atoms
from verify.regression.weaker import changed, new_names, says_less, simplified
from verify.runtime.budget import SECOND

DOMAIN = "x > 0, y > 0, m >= 1, m integer, z >= -5"


def less(stated, variant):
    domain = parse_problem("x + y + m + z > -5", [DOMAIN])

    def proves(f):
        new = tuple((name, "real") for name in sorted(variables_of(f) - dict(domain.variables).keys()))
        asked = Sequent((*domain.variables, *new), domain.hypotheses, f)
        return follows(asked, work=SECOND).verdict is Verdict.PROVED

    return says_less(parse_statement(stated), parse_statement(variant), domain.integers, proves)


@pytest.mark.parametrize(
    ("stated", "variant"),
    [
        ("x*y <= x^2 + y^2", "x*y <= x^2 + y^2 + x"),
        ("x*y <= x^2 + y^2", "-x*y <= x^2 + y^2"),
        ("x*y < x^2 + y^2", "x*y <= x^2 + y^2"),
        ("x^2 + y^2 >= x*y", "x^2 + m*y^2 >= x*y"),
        ("x < y implies x^2 < y^2", "x + 1/m < y implies x^2 < y^2"),
        ("x < y implies x^2 < y^2", "x < y implies x^2 < y^2 + 1"),
        ("not (x < -y)", "not (x < -2*y)"),
        ("x > 0 and (y > 0 or x < 0)", "x > 0 and (y + 1 > 0 or x < 0)"),
        ("x <= x", "x < x + 1/(x + 1)"),
        ("x > 0 implies (y > 0 implies x + y > 0)", "x > 0 implies (y > 1 implies x + y > 0)"),
    ],
)
def test_what_is_larger_on_the_larger_side_says_less(stated, variant):
    assert less(stated, variant)
    assert not less(variant, stated)


@pytest.mark.parametrize(
    ("stated", "variant"),
    [
        ("x*y <= x^2 + y^2", "x*y <= x^2 - y^2"),
        ("x <= x", "x < x"),
        ("x < y implies x^2 < y^2", "x - 1 < y implies x^2 < y^2"),
        ("x < y iff x^2 < y^2", "x < y iff x^2 < y^2 + 1"),  # neither more nor less
        ("x == x", "x == 2*x"),
        ("x != y or x == y", "x != y + 1 or x == y"),
        ("x <= x + 1", "x <= x + 2 + 0/(x - 1)"),  # without a value at 1
        ("x <= x + 1", "x <= x + 2 + 0*log(x - 1)"),
        ("x > 0 implies x < 2*x", "x > 1/(x - 1) - 1/(x - 1) + 1 implies x < 2*x"),
        ("x < 2*x and y < 2*y", "x < 3*x and y < 3*y"),  # two changes
        ("x < 2*x and y < 2*y", "x < 2*x"),
        ("x < 2*x", "not (x >= 2*x)"),
        # What is evaluated after the relation is then evaluated at more points, where it has no value.
        ("(z > 0 and 1/z > 0) or z <= 0", "(z + 1 > 0 and 1/z > 0) or z <= 0"),
        ("(z <= 0 or 1/z > 0) implies z >= -5", "(z <= -1 or 1/z > 0) implies z >= -5"),
        ("(z > 0 implies 1/z > 0) implies z >= -5", "(z + 1 > 0 implies 1/z > 0) implies z >= -5"),
        ("not (z > 0 implies 1/z < 0) or z <= 0", "not (z + 1 > 0 implies 1/z < 0) or z <= 0"),
    ],
)
def test_what_says_more_or_has_no_value_somewhere_does_not_count(stated, variant):
    assert not less(stated, variant)


def test_a_condition_that_the_claim_needs_as_well_is_not_asked_for_again():
    assert less("x != 1 implies x/(x - 1)^2 > 0", "x != 1 implies x/(x - 1)^2 + 1 > 0")
    assert not less("x != 1 implies x > 0", "x != 1 implies x + 1/(x - 1)^2 > 0")


LONG = "(x*y + z*x^2 - y^3*z + x*z + 1)"


@pytest.mark.parametrize(
    ("stated", "variant"),
    [
        (f"m*{LONG} <= m^2", f"{LONG} <= m^2"),  # larger or smaller, as the long term is positive or not
        (f"x > 0 implies m >= (m + 1)*{LONG}", f"x > 0 implies m >= m*{LONG}"),
        (f"{LONG}/y <= m", f"{LONG}/(y + 1) <= m"),
    ],
)
def test_what_both_have_may_be_any_number(stated, variant):
    assert less(stated, variant)
    assert not less(variant, stated)


@pytest.mark.parametrize(
    ("stated", "variant"),
    [
        (f"m*{LONG} >= -m^2", f"-{LONG} >= -m^2"),
        (f"{LONG} <= y", f"{LONG}^2 <= y^2"),
        (f"m >= {LONG} + z", f"m >= {LONG} - z"),
        (f"m*{LONG} <= m^2", f"{LONG}/z <= m^2"),  # without a value at 0
    ],
)
def test_nor_is_it_more_than_any_number(stated, variant):
    assert not less(stated, variant)


def test_a_condition_may_hold_outside_of_its_premise_as_well():
    """What is asked of the whole domain is easier; what holds under the premise alone is asked with it."""
    assert less("x*y <= 2 implies x^2/y >= 0", "x*y <= 2 implies x^2/y + 1/(y + 1) >= 0")
    assert less("z > 0 implies z > 0", "z > 0 implies z + 1/z - 1/z > 0")
    assert not less("z > 0 implies z > 0", "z > -1 implies z + 1/z - 1/z > -2")


def test_the_place_of_the_change_and_how_the_formula_grows():
    f, g = (parse_statement(f"not (x > 0 and (x > {a} implies x > 1))") for a in (2, 3))
    stated, other, positive = changed(f, g)
    assert (str(stated), str(other), positive) == ("x > 2", "x > 3", True)  # twice on the side that turns it
    assert changed(f, f) is None and changed(f, parse_statement("x > 0")) is None


def test_what_cancels_is_gone():
    difference = parse_statement("(x + 1)^2 - x^2 - 2*x > 0").lhs
    assert str(simplified(difference)) == "1"
    assert simplified(parse_statement("1/(x - x) > 0").lhs) is None


def test_mutants_of_a_claim_that_say_less_are_true_and_none_of_them_is_refuted():
    """A premise that asks for more, in a claim with polynomials of degree seven."""
    claim = named("maml-erm").catalogue["N2.packing"]
    outcomes = [variant().outcome for variant in mutate(claim, named("maml-erm").catalogue)]
    assert outcomes.count("refuted") == 10 and outcomes.count("proved") == 5 and "open" not in outcomes


def test_a_name_stands_for_one_term():
    """A new name that another term has already would make the two equal, and what is known of one true of the other."""
    long = f"{LONG}*{LONG}/(1 + {LONG}^2)"
    variables = tuple((name, "real") for name in ("x", "y", "z", "quantity_1"))
    fact = parse_statement(f"{long} > 5")

    def judged(text):
        goal = Goal(Sequent(variables, (), parse_statement(text)), ())
        return [follows(s, work=SECOND).verdict is Verdict.PROVED for s in with_atoms(goal, [fact])]

    assert judged(f"{long} > 4") == [True]
    assert judged(f"{long} > 4 and quantity_1 > 4") == [False]
    assert judged(f"{long} > 4 and quantity_1 + 1 > quantity_1") == [True]
    assert list(islice(new_names({"quantity_1", "quantity_3"}), 2)) == ["quantity_2", "quantity_4"]
