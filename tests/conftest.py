"""In the tests a defect of the verifier, which production records as the reason of a step that failed, ends the run."""

import os

from verify.runtime.defects import STRICT

os.environ[STRICT] = "1"
