from __future__ import annotations

from pathlib import Path

import pytest

from verify.coq import coqc, lemmas


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the compiled lemmas about numbers."""
    return coqc.prepared(tmp_path_factory.mktemp("coq"), lemmas.NUMBERS)
