"""What a derivation takes from others it holds as derivations: they are replayed, shown and certified with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas import methods, mixture
from theory.maml_erm.formulas.losses import adapted_error, adapted_loss, loss_in_error, sample_gradient
from theory.maml_erm.formulas.symbols import m, n
from verify.claims.matrix_certificates import word_certificate
from verify.derivations.combination import AtZero, Substituted, Sum, Times, minus, value_of
from verify.derivations.derivation import Derivation, ReplayError, made_of
from verify.derivations.trace_polynomials import Letter, TracePolynomial
from verify.kernel import check
from verify.typesetting.plain_text import derivation_lines

d = sp.Symbol("d", integer=True)
x, y, z = sp.symbols("x y z", real=True)
A, B = (TracePolynomial.letter(Letter(name, d, d, symmetric=True)) for name in "AB")


def square() -> Derivation:
    return Derivation("square", x**2 - y**2, "a definition").then("factor", "factor")


def test_a_result_is_used_as_the_derivation_that_gives_it() -> None:
    one = square()
    other = Derivation("ratio", z / (x - y), "a definition").then("substitute_scalars", "the square", values={z: one})
    assert sp.cancel(other.scalar - (x + y)) == 0
    assert other.sources == (one,) and one.sources == ()
    assert one.as_start("again", "the square").sources == (one,)
    assert one.as_start("again", "the square").result == one.result


def test_what_a_start_is_made_of_is_computed_from_it() -> None:
    one = Derivation("A B", A * B, "a definition")
    made = {
        Sum((one, A)): A * B + A,
        minus(one, A): A * B - A,
        Times(x, one): (A * B).scale(x),
        Substituted(one, "B", A): A * A,
        AtZero(Times(x, one), x): TracePolynomial(d, d, {}),
    }
    for given, value in made.items():
        found = Derivation("made", given, "made of A B")
        assert found.start == value_of(given) == value and found.sources == (one,)


def test_a_wrong_source_is_noticed_wherever_it_enters() -> None:
    """The same damage to a derivation that is a start, a value in a table, or part of a combination."""
    good = square()
    (step,) = good.steps
    bad = replace(good, steps=(replace(step, after=step.after + 1),))
    matrix = Derivation("A", A, "a definition").then("substitute_letters", "A is B", A=B)
    worse = replace(matrix, steps=(replace(matrix.steps[0], after=A),))
    for fine, wrong in ((good, bad), (matrix, worse)):
        assert fine.as_start("more", "a start").replay() == 1
        with pytest.raises(ReplayError, match="is recorded"):
            wrong.as_start("more", "a start").replay()
    for source, replays in ((good, True), (bad, False)):
        used = Derivation("use", z + 1, "a definition").then("substitute_scalars", "insert", values={z: source})
        twice = used.as_start("use again", "what was used")
        if replays:
            assert twice.replay() == 2
        else:
            with pytest.raises(ReplayError, match="square, step 1"):
                twice.replay()
    for part, replays in ((matrix, True), (worse, False)):
        whole = Derivation("sum", Sum((part, Times(x, part))), "a sum")
        if replays:
            assert whole.replay() == 1
        else:
            with pytest.raises(ReplayError, match="is recorded"):
                whole.replay()


def test_a_result_that_is_not_its_sources_is_noticed() -> None:
    """A step whose record does not follow from what its sources give now."""
    used = Derivation("use", z + 1, "a definition").then("substitute_scalars", "insert", values={z: square()})
    other = Derivation("square", x**2, "another definition")
    (step,) = used.steps
    moved = replace(used, steps=(replace(step, params=(("values", {z: other}),)),))
    assert used.replay() == 2
    with pytest.raises(ReplayError, match="use, step 1"):
        moved.replay()


def test_each_part_of_a_history_comes_once_and_after_what_it_is_made_of() -> None:
    for derivation in (mixture.gain(), mixture.odds_fresh(), mixture.threshold()):
        seen: list[Derivation] = []
        for part in derivation.history:
            assert part not in seen and all(source in seen for source in part.sources)
            seen.append(part)
        assert all(part in seen for part in (mixture.position(), sample_gradient(m)))
    assert made_of([mixture.gain(), *mixture.gain().history]) == ()


def test_an_inner_step_brings_its_gradient_along() -> None:
    assert adapted_loss(n).sources == (sample_gradient(n),)
    assert value_of(adapted_error(n)).letters.keys() == {"v", "X", "z"}
    assert methods.proximal_solution().sources == (loss_in_error(),)


def test_the_certificate_of_a_composite_derivation_has_its_sources() -> None:
    for name, titles in {
        "M3": ["gradient on a batch", "loss after one inner step"],
        "S0.imaml": ["loss at the error v", "solution of the proximal inner problem", "weight of iMAML"],
        "M3.excess": [
            "gradient on a batch",
            "loss after one inner step",
            THEORY.stated["M3.excess"].derivations[0].title,
        ],
    }.items():
        data = word_certificate(THEORY.stated[name])
        assert [one["title"] for one in data["derivations"]] == titles
        assert check(data)


def test_what_is_shown_names_the_sources() -> None:
    lines = "\n".join(derivation_lines(mixture.threshold()))
    assert "from: sigma in the parameters; kappa" in lines
    assert "from:" not in "\n".join(derivation_lines(square()))
