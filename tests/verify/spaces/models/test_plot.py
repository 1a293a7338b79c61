"""Pictures of counterexamples."""

import pytest

from tests.verify.spaces.statements import gradient_descent, problem, square
from verify.runtime.errors import BadInput
from verify.spaces.models.plot import arrows, plot
from verify.spaces.problems.problem import Sort
from verify.spaces.refutation.refute import refute


@pytest.fixture(scope="module")
def plane():
    return refute(problem(("==", ("*", square("a"), square("b")), ("^", ("inner", "a", "b"), 2)), vectors="a b"))


def test_a_picture_is_written(plane, tmp_path):
    for name in ("p.png", "p.svg"):
        plot(plane, tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000
    assert [a.label for a in arrows(plane)] == ["a", "b"]


def test_pictures_are_reproducible(plane, tmp_path):
    for name in ("1.svg", "2.svg"):
        plot(plane, tmp_path / name)
    assert (tmp_path / "1.svg").read_bytes() == (tmp_path / "2.svg").read_bytes()


def test_gradients_start_at_their_points(tmp_path):
    stated, f = gradient_descent(0)
    found = refute(stated, [f])
    plot(found, tmp_path / "line.png")
    steep = {a.label: a for a in arrows(found) if a.gradient}
    assert steep["grad f(x0)"].foot == (float(found.model.values["x0"][0][0]), 0.0)
    assert any("grad f(xs) = 0" in a.label for a in arrows(found))


def test_what_cannot_be_drawn_is_refused(plane, tmp_path):
    with pytest.raises(BadInput, match=r"p\.gif"):
        plot(plane, tmp_path / "p.gif")
    numbers = refute(problem(("==", "X", 0), names={"X": Sort("real", 1)}))
    with pytest.raises(BadInput, match="nothing to draw"):
        plot(numbers, tmp_path / "p.png")
