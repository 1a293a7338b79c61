"""Drafts as authors write them, without a comment for the checker: the lists of displays match the files.

`papers/NAME.tex` is true throughout under what its prose says; `papers/NAME-slips.tex` is the same draft with two to
four slips of the kinds that authors make. The list beside each has one entry a display, in the order of the text:

- `file`, `line`: where the display opens (a thesis consists of several files);
- `kind`: definition, hypothesis, step chain, theorem statement or other; `steps` of a chain: the relations it claims;
- `truth`: "true", or "false" where a slip was planted.

`slips` says for each what was there (`was`), what is there now (`is`), on which line, what is wrong, and a
counterexample inside the stated assumptions: values `at` which the formula `false there` does not hold, in one
dimension where vectors are meant. These are written for readers; they were computed when the corpus was composed.
Nothing here depends on what the checker makes of the drafts.
"""

import copy
import json
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("papers")
LISTS = sorted(path for path in FOLDER.rglob("*.json") if not path.stem.endswith("-slips"))
KINDS = {"definition", "hypothesis", "step chain", "theorem statement", "other"}
# \be, \bes and \bea are the theses' own shorthands.
OPENS = re.compile(r"\\begin\{(?:equation|align|gather|multline|eqnarray)\*?\}|\\\[|\\be[as]?(?![a-zA-Z])|\$\$.*")
CLOSES = re.compile(r"\\end\{(?:equation|align|gather|multline|eqnarray)\*?\}|\\\]|\\ee[as]?(?![a-zA-Z])|\$\$\s*$")


def displays(text):
    """(first line, last line) of each display of a file; a line opens at most one."""
    found, opened = [], None
    for number, line in enumerate(text.split("\n"), 1):
        start = 0
        if opened is None and (match := OPENS.search(line)):
            opened, start = number, match.start() + 2
        if opened is not None and CLOSES.search(line, start):
            found.append((opened, number))
            opened = None
    assert opened is None
    return found


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def misplaced(listing, folder):
    """What a list says of its files that the files do not say."""
    wrong = []
    for name in dict.fromkeys(entry["file"] for entry in listing["displays"]):
        listed = [entry["line"] for entry in listing["displays"] if entry["file"] == name]
        there = displays((folder / name).read_text(encoding="utf-8"))
        if listed != [first for first, _ in there]:
            wrong.append(f"{name}: listed {listed}, there are {there}")
    return wrong


@pytest.mark.parametrize("path", LISTS, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_list_matches_its_files(path):
    listing, slipped = read(path), read(path.with_name(f"{path.stem}-slips.json"))
    for each in (listing, slipped):
        assert not misplaced(each, path.parent)
        assert all(entry["kind"] in KINDS for entry in each["displays"])
        assert all((entry["kind"] == "step chain") == (entry.get("steps", 0) >= 1) for entry in each["displays"])
        for name in {entry["file"] for entry in each["displays"]}:
            assert "verify:" not in (path.parent / name).read_text(encoding="utf-8")
    assert all(entry["truth"] == "true" for entry in listing["displays"])
    assert 2 <= len(slipped["slips"]) <= 4


@pytest.mark.parametrize("path", LISTS, ids=lambda path: str(path.relative_to(FOLDER)))
def test_the_slips_are_the_only_differences(path):
    slipped = read(path.with_name(f"{path.stem}-slips.json"))
    places = {(slip["file"], slip["line"]) for slip in slipped["slips"]}
    for name in {entry["file"] for entry in slipped["displays"]}:
        original = (path.parent / name.replace("-slips", "")).read_text(encoding="utf-8").split("\n")
        changed = (path.parent / name).read_text(encoding="utf-8").split("\n")
        assert len(original) == len(changed)
        differing = {n for n, (a, b) in enumerate(zip(original, changed, strict=True), 1) if a != b}
        inputs = {n for n, line in enumerate(changed, 1) if line.startswith(r"\input{")}
        assert differing - inputs == {line for file, line in places if file == name}
        for slip in (s for s in slipped["slips"] if s["file"] == name):
            assert original[slip["line"] - 1].replace(slip["was"], slip["is"], 1) == changed[slip["line"] - 1]
            assert slip["counterexample"]["at"]
    marked = {(e["file"], e["line"]) for e in slipped["displays"] if e["truth"] == "false"}
    assert marked == {(slip["file"], slip["display"]) for slip in slipped["slips"]}


def test_twelve_drafts_and_a_shifted_line_is_noticed():
    assert len(LISTS) == 12
    shifted = copy.deepcopy(read(LISTS[0]))
    shifted["displays"][0]["line"] += 1
    assert misplaced(shifted, LISTS[0].parent)
