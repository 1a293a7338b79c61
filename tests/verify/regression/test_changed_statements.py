"""How a changed statement stands to the one in the lock, where the values on the grid are the same."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from tests.verify.regression.taken import taken
from verify.claims.claim import Claim
from verify.claims.domain import Domain, above, nonnegative, positive
from verify.claims.statement import Holds, Inequality, Limit, Monotone
from verify.derivations.relations import all_of, gt, implies, lt
from verify.evidence.run import catalogue
from verify.regression import differences
from verify.regression.skeleton import changes
from verify.regression.snapshot import POINTS, others


def difference(before, after):
    """The differences of two claims, but for verdicts: kind, whether fatal, how the new statement stands to the old."""
    return [(d.kind, d.fatal, d.relation) for d in differences.compare(taken(before), taken(after))]


def weaker(claim, statement):
    """That one statement is told to be weaker, and the other way round stronger."""
    other = replace(claim, statement=statement)
    assert difference(claim, other) == [("changed statement", True, "weaker")]
    assert difference(other, claim) == [("changed statement", True, "stronger")]


def test_an_implication_in_place_of_an_equivalence_is_weaker():
    claim = catalogue()["T1"]
    weaker(claim, Holds(implies(claim.statement.left, claim.statement.right)))


def test_a_relation_that_is_no_longer_strict_is_weaker():
    claim = catalogue()["T2.domain"]
    weaker(claim, Inequality(claim.statement.lhs, "<=", claim.statement.rhs))


x, y = sp.symbols("x y", real=True)
QUADRANT = Domain((positive(x), positive(y)))
MEANS = Claim("mine", "m", Inequality(4 * x * y, "<=", (x + y) ** 2), QUADRANT)


def stating(statement, domain=QUADRANT):
    return replace(MEANS, statement=statement, domain=domain)


def test_a_part_of_a_conjunction_is_weaker():
    weaker(stating(Holds(all_of(gt(x, 0), lt(-y, x)))), Holds(lt(-y, x)))


def test_monotony_that_is_no_longer_strict_is_weaker():
    claim = next(c for c in catalogue().values() if isinstance(c.statement, Monotone) and c.statement.strict)
    weaker(claim, replace(claim.statement, strict=False))


def test_the_other_direction_of_a_monotone_claim_is_another_statement():
    claim = next(c for c in catalogue().values() if isinstance(c.statement, Monotone))
    turned = "decreasing" if claim.statement.direction == "increasing" else "increasing"
    assert difference(claim, replace(claim, statement=replace(claim.statement, direction=turned))) == [
        ("changed statement", True, "different")
    ]


def test_a_bound_that_is_less_tight_is_weaker():
    loose = stating(Inequality(3 * x * y, "<=", (x + y) ** 2))
    assert difference(MEANS, loose) == [("different function", True, "weaker")]
    assert difference(loose, MEANS) == [("different function", True, "stronger")]


def test_a_smaller_domain_is_weaker():
    narrow = stating(MEANS.statement, Domain((positive(x), above(y, x))))
    assert difference(MEANS, narrow) == [("changed hypothesis", True, "weaker")]
    assert difference(narrow, MEANS) == [("changed hypothesis", True, "stronger")]
    closed = stating(MEANS.statement, Domain((nonnegative(x), positive(y))))
    assert difference(MEANS, closed) == [("changed hypothesis", True, "stronger")]


def test_the_same_relation_read_from_the_right_is_told_and_equivalent():
    turned = stating(Inequality((x + y) ** 2, ">=", 4 * x * y))
    assert difference(MEANS, turned) == [("changed statement", True, "equivalent")]


def test_the_order_of_hypotheses_is_no_difference():
    assert difference(MEANS, stating(MEANS.statement, Domain((positive(y), positive(x))))) == []


def test_another_way_to_write_a_side_passes():
    factored = stating(Inequality(4 * x * y, "<=", x**2 + 2 * x * y + y**2))
    assert difference(MEANS, factored) == [("new form", False, "")]


def test_a_function_that_agrees_at_the_points_of_the_grid_only_does_not_pass():
    zero = sp.Integer(1)
    for value in {others({"x"}, i)["x"] for i in range(POINTS)}:
        zero *= x - sp.Rational(value.numerator, value.denominator)
    alike = stating(Inequality(4 * x * y + zero, "<=", (x + y) ** 2))
    (found,) = differences.compare(taken(MEANS), taken(alike))
    assert (found.kind, found.fatal) == ("new form", True)
    assert "not proved to agree elsewhere" in found.text


def test_a_claim_that_becomes_one_to_be_refuted_is_another_statement():
    assert ("changed statement", True, "changed") in difference(MEANS, replace(MEANS, expected=False))


def test_a_limit_elsewhere_is_another_statement():
    claim = stating(Limit(x / (x + 1), x, sp.oo, sp.Integer(1)), Domain((positive(x),)))
    turned = replace(claim, statement=replace(claim.statement, to=sp.Integer(0)))
    assert ("changed statement", True, "changed") in difference(claim, turned)


def test_the_left_side_of_a_matrix_identity_is_compared():
    claim = catalogue()["M1"]
    s = claim.statement
    doubled = replace(claim, statement=replace(s, lhs=s.lhs + s.lhs))
    assert ("changed statement", True, "changed") in difference(claim, doubled)
    assert difference(claim, claim) == []


def test_another_named_quantity_with_the_same_values_is_another_statement():
    claim = catalogue()["T1.inverse"]
    entry = taken(claim)["claims"]
    before, after = entry[claim.id], dict(entry[claim.id])
    after["quantities"] = ["kappa"]
    assert "it spoke of" in changes(before, after)[0]
    assert changes(before, before) == []
