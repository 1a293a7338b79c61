"""``verify.prove`` takes a text, whatever it is about, and says the same as the command."""

from __future__ import annotations

import pytest

import verify
from verify.kernel import check
from verify.prover.outcome import EmptyDomain
from verify.runtime.errors import BadInput


def test_a_text_is_proved_or_refuted_whatever_it_is_about() -> None:
    for statement, assumed in (("x + 1/x >= 2", ["x > 0"]), ("||u - v||^2 >= 0", ["u, v vectors"])):
        found = verify.prove(statement, assumed)
        assert found.verdict is verify.Verdict.PROVED
        assert "all of them checked" in check(found.certificate)
    slip = "||u + v||^2 == ||u||^2 + ||v||^2"
    for statement, shown in (("x + 1/x >= 2", "<Outcome refuted"), (slip, "<Outcome refuted: at u = 1, v = 1>")):
        found = verify.prove(statement)
        assert found.verdict is verify.Verdict.REFUTED
        assert found.witness is not None
        assert repr(found).startswith(shown)


def test_a_problem_that_was_parsed_is_taken_as_it_is() -> None:
    assert verify.prove(verify.parse("x^2 >= 0")).verdict.key == "proved"
    with pytest.raises(BadInput, match="beside a problem that has been parsed"):
        verify.prove(verify.parse("x^2 >= 0"), ["x > 0"])  # type: ignore[call-overload]


@pytest.mark.parametrize("statement, assumed", [("x > 0", "x > 1, x < 0"), ("||u|| >= 0", "||u|| < 0")])
def test_assumptions_that_contradict_each_other_prove_nothing(statement: str, assumed: str) -> None:
    with pytest.raises(EmptyDomain):
        verify.prove(statement, [assumed])


def test_a_term_of_the_wrong_sort_is_one_error() -> None:
    with pytest.raises(BadInput, match="a vector and a scalar are added"):
        verify.prove("||u|| + u >= 0")
