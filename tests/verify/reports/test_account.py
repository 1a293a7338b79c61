"""The page that says what carries each sentence of a text."""

from __future__ import annotations

from importlib import import_module

import pytest
import sympy as sp

from theory.maml_erm import THEORY
from verify import Claim, Domain, Inequality, Theory, positive
from verify.claims.sentence import Sentence
from verify.reports.account import account, named
from verify.runtime.errors import BadInput

x = sp.Symbol("x", real=True)


def claims():
    for name in ("A.one", "A.two", "B"):
        yield Claim(name, "A sum", Inequality(x + 1, ">", 1), Domain((positive(x),)))


def theory(*sentences: Sentence) -> Theory:
    return Theory(name="small", claims=claims, sentences=lambda: sentences, account_title="The text")


def test_claims_stand_with_their_verdicts():
    said = Sentence(says="all | of it", claims=("B", "A.*"), experiments=("run",), weaker="Only for x > 0.")
    page = account(theory(said), {"B": "proved", "A.one": "proved", "A.two": "supported"})
    row = r"| all \| of it | proved: `B`, `A.one`; supported: `A.two` | `run` | Only for x > 0. |"
    assert page.splitlines()[-1] == row
    assert "not locked: `B`" in account(theory(said), {"A.one": "proved", "A.two": "proved"})


@pytest.mark.parametrize("name", ["C", "C.*", "a.one"])
def test_a_claim_that_is_not_stated(name):
    with pytest.raises(BadInput, match="which is not a claim of the theory"):
        account(theory(Sentence(says="something", claims=("B", name))), {})


def test_a_sentence_without_support_says_so_or_is_motivation():
    """What carries a sentence of this theory exists; where nothing does, the page says what is missing."""
    runs = import_module(THEORY.experiments).NAMES
    for sentence in THEORY.sentences():
        assert set(sentence.experiments) <= set(runs)
        carried = bool(named(THEORY, sentence) or sentence.experiments)
        assert sentence.motivation != (carried or bool(sentence.weaker))
