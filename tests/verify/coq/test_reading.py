"""Statements read back are those that were printed, and near misses of them are not."""

from __future__ import annotations

import pytest

from tests.verify.coq.statements import STATEMENTS, certificate
from verify.coq.reals.reading import same_statement
from verify.coq.reals.replay import Theorem, theorems
from verify.coq.reals.theorem import printed


def result(name: str) -> tuple[Theorem, str]:
    """The last theorem of a certificate with its text."""
    named: dict[str, str] = {}
    for theorem in theorems(certificate(name)):
        text = printed(theorem, f"t{len(named)}", named)
        named[theorem.id] = f"t{len(named)}"
    return theorem, text


@pytest.mark.parametrize("name", STATEMENTS)
def test_it_reads_back(name: str) -> None:
    theorem, text = result(name)
    assert same_statement(text, theorem)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("square", "2 * x", "3 * x"),
        ("square", "<=", "<"),
        ("quotient", "(0 < x) ->", ""),
        ("quotient", "(0 < x) ->", "(0 < x) -> (0 < y) ->"),
        ("quotient", "forall x y", "forall y x"),
        ("integers", "is_int n ->", ""),
        ("minimum", "Rmin", "Rmax"),
        ("cubic", "Theorem t0 :", "Theorem t0 : True ->"),
        ("interval", "1 / 4", "2 / 8"),
    ],
)
def test_another_statement_does_not(name: str, old: str, new: str) -> None:
    theorem, text = result(name)
    assert old in text.partition("Proof.")[0]
    assert not same_statement(text.replace(old, new, 1), theorem)
