"""The kernel as one file: what ``make kernel`` writes, once for all tests."""

from __future__ import annotations

import zipapp
from pathlib import Path

import pytest

KERNEL = Path(__file__).parents[3] / "verify" / "kernel"


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("archive") / "kernel.pyz"
    zipapp.create_archive(KERNEL, out, filter=lambda path: path.suffix == ".py")
    return out
