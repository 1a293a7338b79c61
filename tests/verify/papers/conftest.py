"""What several tests of papers ask for."""

from __future__ import annotations

import pytest

from verify.language.logic import Sequent
from verify.papers import memory
from verify.papers.decide import Decision, decide


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Sequent]:
    """The statements that were decided anew."""
    told: list[Sequent] = []

    def spy(forms: list[Sequent], seconds: float) -> Decision:
        told.append(forms[-1])
        return decide(forms, seconds)

    monkeypatch.setattr(memory, "decide", spy)
    return told
