"""In the tests a defect of the verifier, which production records as the reason of a step that failed, ends the run."""

import os

from tests.speed import (  # noqa: F401
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_ignore_collect,
)
from verify.runtime.defects import STRICT

os.environ[STRICT] = "1"
