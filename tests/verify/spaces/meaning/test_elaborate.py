"""What a claim means: names with sorts and stages, definitions, hypotheses with their sources."""

from __future__ import annotations

import pytest

from verify.runtime.errors import BadInput
from verify.spaces.meaning.elaborate import Meaning, elaborate
from verify.spaces.problems.script import Statement
from verify.spaces.reading.plain import claim


def meaning(statement: str, *assumptions: str) -> Meaning:
    return elaborate(claim(statement, assumptions))


def sources(m: Meaning) -> list[str]:
    return [h.source for h in m.problem.hypotheses]


def test_an_equation_of_vectors_defines_a_name() -> None:
    m = meaning("||y|| <= 1", "x, g vectors", "y == x - (1/L)*g")
    assert [name for name, _ in m.problem.definitions] == ["y"]
    assert any("is defined" in s for s in sources(m)), "1/L was assumed to be defined"


def test_definitions_are_not_circular() -> None:
    m = meaning("||y|| <= 1", "x, y vectors", "y == 2*x", "x == 3*y")
    assert [name for name, _ in m.problem.definitions] == ["y"]
    assert any(h.formula[0] == "same" for h in m.problem.hypotheses)


def test_an_implicit_step_is_a_definition() -> None:
    m = meaning("||x1|| <= 1", "x0, x1 vectors", "f convex", "x1 == x0 - c*grad f(x1)")
    assert dict(m.problem.definitions)["x1"] == ("+", "x0", ("-", ("scale", "c", "grad_f_x1")))


def test_what_is_given_is_known_at_a_stage() -> None:
    m = meaning("E||g||^2 <= 1", "w, g, v random vectors", "E[g | w] == grad f(w)", "E[v | w, g] == 0")
    levels = {name: sort.level for name, sort in m.problem.names.items()}
    assert levels["w"] == levels["grad_f_w"] == 1
    assert levels["g"] == 2
    assert levels["v"] == 3


def test_given_sets_are_nested() -> None:
    with pytest.raises(BadInput, match="given different things"):
        meaning("E||g||^2 <= 1", "w, g, v random vectors", "E[g | w] == 0", "E[g | v] == 0")


def test_points_that_are_one_have_one_value() -> None:
    m = meaning("f(y) <= f(x - g)", "x, g, y vectors", "y == x - g", "f convex")
    assert any("which are one point" in s for s in sources(m))
    # A random vector and its mean are two points.
    apart = meaning("f(E X) <= E f(X)", "X random vector", "f convex")
    assert not any("which are one point" in s for s in sources(apart))


@pytest.mark.parametrize(
    ("classes", "count"),
    [("f convex", 2), ("f L-smooth", 6), ("f convex, f L-smooth", 4), ("f mu-strongly convex", 3), ("A monotone", 1)],
)
def test_classes_say_their_inequalities_at_all_pairs(classes: str, count: int) -> None:
    f = classes[0]
    m = meaning(f"<grad {f}(x) - grad {f}(y), x - y> >= 0", "x, y vectors", classes)
    assert len(m.problem.hypotheses) == count
    assert all(s.startswith((f"{f} at ", "a constant of")) for s in sources(m))


def test_a_function_at_members_of_a_family_holds_for_the_whole_range() -> None:
    m = meaning("sum(f(x[t]) - f(y) for t in 1..T) >= 0", "x family of vectors", "f convex", "T integer, T >= 1")
    assert m.problem.names["f_x"].kind == "reals"
    assert sum(h.formula[0] == "all" and h.source.startswith("f at") for h in m.problem.hypotheses) == 2


def test_bounds_of_an_operator_hold_for_every_vector() -> None:
    m = meaning("<A*u, u> >= 0", "A symmetric operator", "mu <= A <= L")
    assert [h.formula[0] for h in m.problem.hypotheses] == ["every", "every", "<=", "every"]


def test_a_constant_stays_one_where_it_equals_something_random() -> None:
    for equation in ("E[g | w] == h", "h == w[0]"):
        kind = "w, g random vectors" if "E" in equation else "w family of random vectors"
        m = meaning("||h|| <= 1", kind, "h vector", equation)
        assert m.problem.names["h"].level == 0
        assert not m.problem.definitions
        assert [h.formula[0] for h in m.problem.hypotheses] == ["same"]


def test_a_goal_keeps_its_direction() -> None:
    assert meaning("||a|| >= 0", "a vector").problem.goals == ((">=", ("norm", "a"), 0),)


def test_a_range_inside_of_a_range_keeps_what_it_depends_on() -> None:
    m = meaning("sum(sum(f(x[j]) for j in 1..i) for i in 1..n) >= 0", "f convex", "n >= 1", "f(y) == 0")
    over = [h.formula for h in m.problem.hypotheses if h.source.endswith("for all of a range")]
    assert over
    assert all(f[:3] == ("all", 1, "n") and f[3][0] == "all" for f in over), "for i in 1..n, for j in 1..i"
    Statement(m.problem)  # raises where a name is not declared


def test_an_operator_has_no_values_that_are_numbers() -> None:
    m = meaning("A(x) == A(y)", "A monotone")
    assert sorted(m.problem.shown.values()) == ["A(x)", "A(y)"]
    assert {m.problem.names[name].kind for name in m.problem.shown} == {"vector"}
