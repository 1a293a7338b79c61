"""The page about the language of vectors: what it says is read is proved, what it says is refused is refused so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from verify.runtime.errors import BadInput
from verify.spaces.decide import decide
from verify.spaces.meaning.elaborate import elaborate
from verify.spaces.reading.plain import claim, is_spatial

PAGE = (Path(__file__).parents[4] / "docs" / "vectors.md").read_text(encoding="utf-8")


def rows(heading: str) -> Iterator[list[str]]:
    """The cells of the table under a heading, without the backticks around them."""
    section = PAGE[PAGE.index(f"## {heading}\n") :].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    for line in lines:
        cells = [c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", line)[1:-1]]
        yield [c[1:-1] if c.startswith("`") and c.count("`") == 2 and c.endswith("`") else c for c in cells]


READ = [(statement, assumed) for _, statement, assumed, _ in rows("What is read")]
READ += [(statement, assumed) for assumed, statement in rows("Sorts")]
REFUSED = list(rows("What is refused"))


def test_the_tables_are_there() -> None:
    assert len(READ) > 30
    assert len(REFUSED) > 15


@pytest.mark.parametrize("statement, assumed", READ, ids=[s for s, _ in READ])
def test_what_is_read_is_proved(statement: str, assumed: str) -> None:
    assumptions = [assumed] if assumed else []
    assert is_spatial(statement, assumptions) or "integer" in assumed
    assert decide(claim(statement, assumptions)).verdict.key == "proved"


@pytest.mark.parametrize("statement, assumed, reason", REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_refused_is_refused_for_that_reason(statement: str, assumed: str, reason: str) -> None:
    with pytest.raises(BadInput) as refusal:
        elaborate(claim(statement, [assumed] if assumed else []))
    assert reason in str(refusal.value)
