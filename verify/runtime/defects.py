"""What must never happen, and costs one step where it does: an internal error, or a proof that the checker refuses.

In production it is recorded among the reasons, and the search goes on. With VERIFY_STRICT set, as in the tests, it ends
the run.
"""

from __future__ import annotations

import os

STRICT = "VERIFY_STRICT"


class Defect(Exception):
    """A defect of the verifier."""


def defect(what: str, error: BaseException) -> str:
    """The reason to record; raises ``Defect`` where defects end the run."""
    text = f"{what}: {f'{type(error).__name__}: {error}'.rstrip(': ')}"
    if os.environ.get(STRICT):
        raise Defect(text) from error
    return text
