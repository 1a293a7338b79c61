"""In the tests a defect of the verifier, which production records as the reason of a step that failed, ends the run."""

import os

import pytest

from tests.speed import (  # noqa: F401
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_ignore_collect,
)
from verify.runtime.defects import STRICT

os.environ[STRICT] = "1"


@pytest.fixture(scope="session", autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a user keeps for all projects, such as the key of a seal, is not that of whoever runs the tests."""
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))
