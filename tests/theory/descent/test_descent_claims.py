"""Some claims of every family, proved and refuted; `verify check --theory descent` does all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from theory.descent import THEORY
from verify import Verdict
from verify.evidence.routes.proof import proof
from verify.evidence.routes.refutation import refutation
from verify.regression import lock_file
from verify.reports.docs import claim_pages
from verify.typesetting.plain_text import domain_lines, statement_text

FOLDER = Path(__file__).parents[3]
# One of each family, of those whose search is short; each takes less than two seconds of processor time.
PROVED = ("GD.smooth", "V.split", "V.batch", "SGD.bounded", "SGD.weighted", "M.average", "M.hidden", "J.point")
PROVED = (*PROVED, "P.one", "MAML.drift", "GD.average", "SGD.decreasing")
REFUTED = ("false.half", "false.long", "false.contract", "false.batch", "false.momentum", "false.adapt", "false.floor")


@pytest.mark.parametrize("name", PROVED)
def test_a_claim_is_proved_with_a_certificate_and_a_model_of_what_it_assumes(name: str) -> None:
    found = proof(THEORY.stated[name])
    assert found is not None and found.verdict is Verdict.PROVED, found


@pytest.mark.parametrize("name", REFUTED)
def test_a_false_statement_has_a_witness(name: str) -> None:
    found = refutation(THEORY.refutable[name])
    assert found is not None and found.verdict is Verdict.REFUTED, found


def test_claims_are_stated_with_what_their_recursions_come_from() -> None:
    for claim in THEORY.catalogue.values():
        assert set(claim.states_with) <= set(THEORY.stated)
    assert THEORY.stated["SGD.average"].states_with == ("SGD.short",)


def test_the_lock_holds_what_is_claimed_all_of_it_proved_or_refuted() -> None:
    lock = lock_file.read(FOLDER / "theory" / "descent" / "theorems.lock")
    assert lock["theory"] == THEORY.name and set(lock["claims"]) == set(THEORY.catalogue)
    for name, claim in THEORY.catalogue.items():
        entry = lock["claims"][name]
        assert entry["verdict"] == ("proved" if claim.expected else "refuted"), name
        assert entry["statement"] == statement_text(claim) and entry["hypotheses"] == domain_lines(claim), name


def test_the_page_of_claims_is_up_to_date() -> None:
    page = FOLDER / "docs" / "descent" / "claims.md"
    assert page.read_text(encoding="utf-8") == claim_pages(THEORY), "run `make docs`"
