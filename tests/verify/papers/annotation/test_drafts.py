"""Proposals for drafts that nobody prepared: what is true is never refuted, and a slip in an identity is shown."""

from __future__ import annotations

import json
from pathlib import Path

from verify.papers.annotation.proposal import Annotated, annotated
from verify.papers.check import check
from verify.papers.memory import Memory
from verify.papers.scanner import read

DRAFTS = Path(__file__).parents[3] / "corpus" / "papers"
SECONDS = 1  # of work for a step, the least there is; what is shown here takes less


def proposed(name: str) -> Annotated:
    memory = Memory()  # of this run alone
    memory.store.off = True
    return annotated(read(DRAFTS / f"{name}.tex"), lambda d, e: check(d, everything=e, seconds=SECONDS, memory=memory))


def test_a_slip_is_shown_and_nothing_that_is_true_is_refuted() -> None:
    copy = proposed("stat_expfam-slips")
    planted = json.loads((DRAFTS / "stat_expfam-slips.json").read_text(encoding="utf-8"))["slips"]
    wrong = {copy.text.splitlines()[s.line - 1].strip() for s in copy.steps if s.status == "refuted"}
    lines = (DRAFTS / "stat_expfam-slips.tex").read_text(encoding="utf-8").splitlines()
    near = [{lines[s["line"] - 1 + k].strip() for k in (-1, 0, 1)} for s in planted]  # both links beside a member fail
    assert sum(bool(wrong & rows) for rows in near) >= 2
    assert wrong <= set().union(*near)
