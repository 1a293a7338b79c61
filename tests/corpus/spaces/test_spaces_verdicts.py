"""The examination: no statement of the corpus gets a wrong verdict, and what was decided stays decided.

Every entry is decided by the whole machine, as ``verify prove`` does. ``open.txt`` lists those that are not, and why;
no more than one in ten may be there.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from verify.language.verdict import Verdict
from verify.runtime.budget import SECOND
from verify.spaces.decide import decide
from verify.spaces.reading.plain import claim

HERE = Path(__file__).parent
WORK = 15 * SECOND  # on which the list of open ones was made
# Of an entry that is listed as open only a wrong verdict is looked for; the wrong ones that there were came from what a
# text was taken to mean, and fell at the first glance. All of the work for it would take more than all other entries.
OPEN_WORK = 3 * SECOND
AT_ONCE = 6  # entries of one test: a test takes some seconds, and the processes share them evenly
WANTED = {"true": Verdict.PROVED, "false": Verdict.REFUTED}
WRONG = {"true": Verdict.REFUTED, "false": Verdict.PROVED}


def entries(which: str) -> list[dict[str, object]]:
    lines = (HERE / f"{which}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def listed() -> dict[str, str]:
    """The entries that are not decided, with the reason."""
    lines = (HERE / "open.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))  # type: ignore[misc]


ALL = [(which, e) for which in ("true", "false") for e in entries(which)]
CHUNKS = [ALL[i : i + AT_ONCE] for i in range(0, len(ALL), AT_ONCE)]


def test_the_list_of_open_ones_is_short_and_names_entries() -> None:
    known = {which: {str(e["id"]) for w, e in ALL if w == which} for which in WANTED}
    opened = set(listed())
    assert opened <= known["true"] | known["false"]
    for which, ids in known.items():
        assert len(opened & ids) <= len(ids) / 10, which


@pytest.mark.parametrize("chunk", CHUNKS, ids=lambda chunk: str(chunk[0][1]["id"]))
def test_verdicts(chunk: list[tuple[str, dict[str, object]]]) -> None:
    opened = listed()
    for which, e in chunk:
        work = OPEN_WORK if str(e["id"]) in opened else WORK
        found = decide(claim(str(e["statement"]), e["assume"]), work)  # type: ignore[arg-type]
        assert found.verdict is not WRONG[which], e
        if str(e["id"]) not in opened:
            assert found.verdict is WANTED[which], (e, found.why)
