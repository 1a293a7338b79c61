"""Pictures of counterexamples: the marked point is the counterexample, and what is shaded is where the claim fails."""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree

import pytest
import sympy as sp

from tests.ridge import THEORY
from theory.descent import THEORY as DESCENT
from theory.maml_erm import THEORY as MAML
from verify import Bound, Claim, Domain, Equivalence, Holds, Inequality, Limit, Monotone, at_least, free, positive
from verify.claims.sequents import goal_of
from verify.claims.statement import Statement
from verify.counterexamples.refute import refute
from verify.counterexamples.witness import Witness
from verify.derivations.relations import gt, lt
from verify.language.evaluation import Point, holds
from verify.runtime.errors import present
from verify.site.witness_figure import witness_svg
from verify.site.witness_line import line_between, line_through

x, y = sp.symbols("x y", real=True)
n = sp.Symbol("n", integer=True)
ANY = Domain((free(x),))


def claim(statement: Statement, domain: Domain = ANY) -> Claim:
    return Claim("false.mine", "t <&>", statement, domain, expected=False)


def found(c: Claim) -> Witness:
    return present(refute(goal_of(c).expanded()))


def drawn(c: Claim, witness: Witness | None = None) -> ElementTree.Element:
    return ElementTree.fromstring(present(witness_svg(c, (witness or found(c)).shown)))


def marked(picture: ElementTree.Element) -> dict[str, str]:
    return {
        present(e.get("class")).removeprefix("witness "): present(e.get("data-value"))
        for e in picture.iter()
        if (e.get("class") or "").startswith("witness ")
    }


NUMERIC = [
    *(c for c in THEORY.refutable.values()),
    *(
        MAML.refutable[name]
        for name in ("false.threshold_difference", "false.halving_with_d", "false.descent_any_step")
    ),
    claim(Inequality(x**2, ">=", x), Domain((positive(x),))),
    claim(Holds(gt(x**3, -1))),
    claim(Equivalence(gt(x, 0), gt(x, 1))),
    claim(Inequality(sp.sqrt(x), ">=", x), Domain((positive(x),))),
]


@pytest.mark.parametrize("c", NUMERIC, ids=lambda c: f"{c.id}-{c.statement}"[:40])
def test_the_marked_point_is_the_counterexample(c: Claim) -> None:
    witness = found(c)
    assert marked(drawn(c, witness)) == {"left": witness.lhs, "right": witness.rhs}


@pytest.mark.parametrize("c", NUMERIC, ids=lambda c: f"{c.id}-{c.statement}"[:40])
def test_what_is_shaded_is_where_it_fails(c: Claim) -> None:
    sequent, witness = goal_of(c).expanded(), found(c)
    values = {name: Fraction(value) for name, value in witness.shown.items()}
    line = present(line_through(sequent, values))
    assert line.here in line.samples and line.here.true is False
    for sample in line.samples:
        point = Point({**values, line.parameter: sample.at}, sequent.integers)
        assert all(holds(h, point) for h in sequent.hypotheses) and holds(sequent.goal, point) is sample.true
        inside = any(start <= sample.at <= end for start, end in line.failing)
        assert inside == (sample.true is False)


def test_ends_of_what_is_shaded_are_found() -> None:
    """x^2 >= x fails between 0 and 1."""
    c = claim(Inequality(x**2, ">=", x), Domain((positive(x),)))
    line = present(line_through(goal_of(c).expanded(), {"x": Fraction(1, 2)}))
    ((start, end),) = line.failing
    assert start == line.samples[0].at <= Fraction(1, 16) and abs(end - 1) < Fraction(1, 1000)


def test_the_parameter_that_shows_most_is_chosen() -> None:
    """Along x both sides vary and the claim holds on a part; along y one side is constant."""
    c = claim(Inequality(x**2, ">=", x), Domain((positive(x), positive(y))))
    assert present(line_through(goal_of(c).expanded(), {"x": Fraction(1, 2), "y": Fraction(1)})).parameter == "x"
    c = claim(Inequality(y, ">=", x**2 + x), Domain((positive(y), positive(x))))
    line = present(line_through(goal_of(c).expanded(), {"x": Fraction(1), "y": Fraction(1)}))
    assert line.varying == 1 and line.parameter == "y", "the first of several that show as much"


def test_whole_parameters_are_dots_and_stay_whole() -> None:
    c = claim(Inequality(n**2, ">=", 3 * n), Domain((at_least(n, 1),)))
    witness = found(c)
    line = present(line_through(goal_of(c).expanded(), {"n": Fraction(witness.shown["n"])}))
    assert line.whole and [s.at for s in line.samples][:3] == [1, 2, 3]
    assert line.failing == ((Fraction(1, 2), Fraction(5, 2)),)
    assert "h0" in present(witness_svg(c, witness.shown))


def test_the_line_ends_where_the_domain_ends() -> None:
    domain = Domain((Bound(x, lower=sp.Integer(0), upper=sp.Rational(6, 5)),))
    line = present(line_through(goal_of(claim(Inequality(x, ">=", 2), domain)).expanded(), {"x": Fraction(1)}))
    assert line.samples[0].at > 0 and Fraction(11, 10) < line.samples[-1].at < Fraction(6, 5)


def test_a_narrow_domain_is_looked_at_closely() -> None:
    domain = Domain((Bound(x, lower=sp.Rational(99, 100), upper=sp.Rational(101, 100)),))
    line = present(line_through(goal_of(claim(Inequality(x, ">=", 2), domain)).expanded(), {"x": Fraction(1)}))
    assert len(line.samples) >= 8


def test_where_nothing_varies_there_are_two_bars() -> None:
    c = claim(Holds(lt(sp.Integer(3), sp.Integer(2) + 0 * x)))
    assert witness_svg(c, {}) is None, "no parameter, no line: the page says the values"
    c = claim(Equivalence(gt(x, 0), lt(sp.Integer(3), 2)))
    picture = drawn(c)
    assert marked(picture) == {"left": "3", "right": "2"}
    assert "whatever varies" in "".join(t for t in picture.itertext())


def test_what_has_no_picture() -> None:
    witness = {"x": "1"}
    assert witness_svg(MAML.refutable["false.Q_with_trace"], witness) is None, "matrices"
    assert witness_svg(DESCENT.refutable["false.half"], witness) is None, "vectors"
    c = claim(Limit(1 / x, x, sp.oo, sp.Integer(1)), Domain((positive(x),)))
    assert witness_svg(c, witness) is None, "a limit"
    c = claim(Inequality(x, ">=", 0))
    assert witness_svg(c, {"x": "sqrt(2)"}) is None, "an irrational point"
    assert witness_svg(c, witness) is None, "no counterexample"
    assert witness_svg(claim(Inequality(1 / x, ">=", 0)), {"x": "0"}) is None, "a side without a value"
    assert witness_svg(c, {"x": "-1" + 400 * "0"}) is None, "a number that is too large"
    assert witness_svg(c, {"x": "-1"}) is not None, "the control"


def test_it_says_what_it_shows_and_takes_the_colours_of_its_page() -> None:
    c = claim(Inequality(x**2, ">=", x), Domain((positive(x),)))
    text = present(witness_svg(c, found(c).shown))
    assert text == witness_svg(c, found(c).shown)
    picture = ElementTree.fromstring(text)
    space = "{http://www.w3.org/2000/svg}"
    assert picture.findtext(f"{space}title") == "The counterexample to false.mine"
    assert "At x = 1/2 the left side is 1/4, the right side 1/2." in present(picture.findtext(f"{space}desc"))
    colours = {e.get(a) for e in picture.iter() for a in ("fill", "stroke")} - {None, "none"}
    assert colours and all(str(colour).startswith(("var(--", "currentColor")) for colour in colours)


def test_everything_stays_in_the_picture() -> None:
    """A pole at the end of the domain: what is higher than the plot is cut off by the plot's own frame."""
    c = claim(Inequality(1 / x, "<=", 2 * x), Domain((positive(x),)))
    picture = drawn(c)
    (plot,) = picture.findall(".//{http://www.w3.org/2000/svg}svg")
    assert plot.get("viewBox") and len(list(plot)) >= 3
    for label in picture.findall(".//{http://www.w3.org/2000/svg}text"):
        assert 0 <= float(present(label.get("x"))) <= 440 and 0 <= float(present(label.get("y"))) <= 250


@pytest.mark.parametrize(
    ("statement", "domain"),
    [
        (Monotone(x**2, x, "increasing", y), ANY),
        (Monotone(x + 1 / x, x, "decreasing", y), Domain((positive(x),))),
        (Monotone((n - 3) ** 2, n, "increasing", sp.Symbol("n_2", integer=True)), Domain((at_least(n, 1),))),
    ],
    ids=["negative", "positive", "whole"],
)
def test_what_is_not_monotone_is_one_curve_with_two_points(statement: Monotone, domain: Domain) -> None:
    c = claim(statement, domain)
    sequent, witness = goal_of(c).expanded(), found(c)
    values = {name: Fraction(value) for name, value in witness.shown.items()}
    name, second = statement.variable.name, statement.second.name
    line = present(line_between(sequent, values, name, second))
    assert line.failing == ((values[name], values[second]),) and line.second == values[second]
    at = {s.at: s.left for s in line.samples}
    assert [str(at[values[name]]), str(at[values[second]])] == [witness.lhs, witness.rhs]
    assert list(at) == sorted(at) and all(s.left == s.right for s in line.samples)
    picture = drawn(c, witness)
    assert marked(picture) == {"left": witness.lhs, "right": witness.rhs}
    assert sum(e.get("class") in ("left", "right") for e in picture.iter()) == 1


def test_points_that_are_too_far_apart_are_compared_side_by_side() -> None:
    second = sp.Symbol("n_2", integer=True)
    c = claim(Monotone(1 / n, n, "increasing", second), Domain((at_least(n, 1),)))
    values = {"n": Fraction(1), "n_2": Fraction(100)}
    sequent = goal_of(c).expanded()
    assert line_between(sequent, values, "n", "n_2") is None and line_through(sequent, values) is not None
    assert marked(ElementTree.fromstring(present(witness_svg(c, {"n": "1", "n_2": "100"})))) == {
        "left": "1",
        "right": "1/100",
    }
