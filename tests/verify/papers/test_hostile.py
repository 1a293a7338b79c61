"""Hostile and broken files end in an error or in a report, within bounded time; no other file is opened."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from verify.papers.check import check
from verify.papers.report import exit_code
from verify.papers.scanner import read, scan
from verify.runtime.errors import BadInput

BOMB = "\n".join(rf"\newcommand{{\{chr(97 + i) * 3}}}{{\{chr(98 + i) * 3}\{chr(98 + i) * 3}}}" for i in range(20))
HOSTILE = {
    "nesting": "% verify: derive\n\\[" + "(" * 5_000 + "x" + ")" * 5_000 + " = x\\]",
    "braces": "% verify: derive\n\\[" + "{" * 5_000 + "x" + "}" * 5_000 + " = x\\]",
    "fractions": "% verify: derive\n\\[" + r"\frac{1}{" * 3_000 + "x" + "}" * 3_000 + " = x\\]",
    "bomb": BOMB + "\n% verify: derive\n\\[ \\aaa = 1 \\]",
    "loop": "\\newcommand{\\x}{\\x\\x}\n% verify: derive\n\\[ \\x = 1 \\]",
    "loop with argument": "\\newcommand{\\x}[1]{\\x{#1#1}}\n% verify: derive\n\\[ \\x{1} = 1 \\]",
    "no end": "% verify: derive\n\\begin{align} x &= y",
    "no brace": "% verify: derive\n\\[ \\frac{1 = 2 \\]",
    "bars": "% verify: derive\n\\[" + "|" * 2_000 + "x = 1\\]",
    "number": "% verify: derive\n\\[" + "9" * 15_000 + "= 1\\]",
    "power": "% verify: derive\n\\[ 9^{9^{9^{9}}} = 1 \\]",
    "write": "\\immediate\\write18{touch /tmp/never}\n% verify: derive\n\\[ \\write18{x} = 1 \\]",
    "input": "\\input{/etc/passwd}\n% verify: derive\n\\[ \\input{/etc/passwd} = 1 \\]",
    "empty": "% verify: derive\n\\[ \\]",
    "names": "% verify: derive\n\\[ x_{" + "y" * 5_000 + "} = 1 \\]",
    "null": "% verify: derive\n\\[ \0 = 1 \\]",
    "long group": "{" * 300 + "% verify: derive\n\\[ x = x \\]" + "}" * 300,
    "many macros": "".join(rf"\newcommand{{\m{chr(97 + i % 26)}{chr(97 + i // 26)}}}{{x}}" for i in range(600))
    + "\n% verify: derive\n\\[ \\maa = y + \\mab + \\undefined \\]",
    "nested cases": "% verify: derive\n\\[ x = " + r"\begin{cases}" * 500 + "x" + r"\end{cases}" * 500 + " \\]",
    "commas": "% verify: derive\n\\[ " + "1,000," * 2_000 + " = 1 \\]",
    "words": "% verify: derive\n\\[ " + r"x = x \text{and} " * 2_000 + r" \text{not} \]",
    "long sum": "% verify: derive\n\\[" + "+x" * 9_000 + "= 1 + \\sum x\\]",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_displays_are_not_understood_in_bounded_time(name: str) -> None:
    start = time.process_time()
    steps = check(scan(HOSTILE[name]), seconds=2)
    assert time.process_time() - start < 10
    assert steps and {s.status for s in steps} <= {"not understood", "inconclusive", "refuted"}
    if name not in ("power",):
        assert steps[0].status == "not understood" or name in ("number",)


def test_megabytes_are_scanned_quickly() -> None:
    start = time.process_time()
    document = scan("\\begin{verbatim}" * 100_000 + "$" * 1_000_001 + "\\verb|" * 1_000)
    assert document.events == ()
    scan("{" * 2_000_000 + "% x\n" * 100_000)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("% verify: claim X22\n\\[ x = 1 \\]", "there is no claim"),
        ("% verify: expression gian\n\\[ x = 1 \\]", "there is no expression"),
        ("% verify: derve\n\\[ x = 1 \\]", "not known"),
        ("% verify: derive", "no display follows"),
        ("% verify: derive\n% verify: derive\n\\[ x = 1 \\]", "two comments"),
        ("% verify: assume x\n\\[ x = 1 \\]", "is no assumption"),
        ("% verify: assume x \\approx 1\n\\[ x = 1 \\]", "not understood"),
        ("% verify: let x\n", "without '='"),
        ("% verify: let x = x + 1\n", "abbreviation of itself"),
        ("\\[ x\n% verify: derive\n = 1 \\]", "inside a display"),
    ],
)
def test_broken_comments_are_findings_with_a_place(text: str, what: str) -> None:
    first, *others = check(scan(text), seconds=2)
    assert first.status == "not understood"
    assert what in f"{first.why}; {first.status}"
    assert first.line >= 1
    assert exit_code([first, *others]) != 0
    assert "refuted" not in {s.status for s in others}


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "binary.tex").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "large.tex").write_text("x" * 4_100_000)
    for name in ("binary.tex", "large.tex", "missing.tex"):
        with pytest.raises(BadInput):
            read(tmp_path / name)


def test_contradicting_assumptions_prove_nothing() -> None:
    text = "% verify: assume x > 0, x < 0\n% verify: derive\n\\[ x = 1 \\]"
    assert [s.status for s in check(scan(text), seconds=3)] == ["inconclusive"]
