"""The texts that are kept, and what they are read back as: data, hashes, rational numbers, times."""

from __future__ import annotations

import hashlib
import json
import re
import time
from fractions import Fraction
from typing import Any

Json = Any
_RATIONAL = re.compile(r"-?[0-9]{1,4000}(/[0-9]{1,4000})?")


def dump(data: Json) -> str:
    """JSON in which tables keep their order, which is part of what is printed later."""
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)


def loads(text: str) -> Json:
    """The data that a text holds; None for one that is no JSON, or is nested too deeply to be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def rational(text: Any) -> Fraction:
    """A rational number of bounded length; ``ValueError`` for any other text."""
    if not isinstance(text, str) or not _RATIONAL.fullmatch(text):
        raise ValueError("no rational number")
    return Fraction(text)


def now() -> float:
    return time.time()
