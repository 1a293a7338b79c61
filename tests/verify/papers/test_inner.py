"""Rows inside terms, roots with a power behind them, and chains behind what is no claim: refused, with controls."""

from __future__ import annotations

from tests.verify.papers.said import DERIVE, said_of


def rows(*lines: str, name: str = "aligned") -> str:
    return rf"\begin{{{name}}} " + r" \\ ".join(lines) + rf" \end{{{name}}}"


CHAIN = rows("x + y &= y + x", "&= y + x + 0")
TWO_ROWS = rows("& x", "& + y")
STEP = (DERIVE, r"\[ (1+x)^2 = 1 + 2x + x^2 \]")
ON = (DERIVE, r"\[ \ge 1 + 2x \]")
CASES = {
    # ---------------------------------------------------------------- environments of rows
    "the whole display": (DERIVE, rf"\[ {CHAIN} \]", "PP"),
    "behind words": (DERIVE, rf"\[ \text{{then }} {CHAIN}. \]", "PP"),
    "one side": (DERIVE, rf"\[ y + x = {TWO_ROWS} \]", "P"),
    "one side of a row": (DERIVE, rf"\begin{{align}} y + x &= {TWO_ROWS} \\ &= x + y \end{{align}}", "PP"),
    "one row anywhere": (DERIVE, rf"\[ (x+y)^2 = \left({rows('x + y')}\right)^2 \]", "P"),
    "a side of statements": (DERIVE, rf"\[ x = {rows('& x', '& y')} \]", "N"),
    "a summand": (DERIVE, rf"\[ x - {rows('& x', '& - y')} = y \]", "N"),
    "a factor": (DERIVE, rf"\[ 2 {TWO_ROWS} = 2x + 2y \]", "N"),
    "in brackets": (DERIVE, rf"\[ 2x + 2y = 2\Bigl({TWO_ROWS}\Bigr) \]", "N"),
    "in bars": (DERIVE, rf"\[ |x + y| = \left|{TWO_ROWS}\right| \]", "N"),
    "in a fraction": (DERIVE, rf"\[ \frac{{{TWO_ROWS}}}{{2}} = \frac{{x + y}}{{2}} \]", "N"),
    "a base": (DERIVE, rf"\[ (x+y)^2 = {TWO_ROWS}^2 \]", "N"),
    "before a summand": (DERIVE, rf"\[ {CHAIN} + 1 \]", "N"),
    "beside another": (DERIVE, rf"\[ {CHAIN} \qquad {CHAIN} \]", "N"),
    "behind an arrow": (DERIVE, rf"\[ x = y \implies {rows('x + 1 &= y + 1', 'x - 1 &= y - 1')} \]", "N"),
    "with marks of their own": (DERIVE, rf"\begin{{align}} & {CHAIN} \\ & \ge x + y - 1 \end{{align}}", "N"),
    "a factor of vectors": ("% verify: vectors u, v", DERIVE, rf"\[ \|{TWO_ROWS}\|^2 \ge 0 \]", "N"),
    # ---------------------------------------------------------------- roots
    "braces inside": (DERIVE, r"\[ \sqrt{x^2} = |x| \]", "P"),
    "braces before": ("% verify: assume x > 0", DERIVE, r"\[ \sqrt{x}^2 = x \]", "P"),
    "no braces and no power": ("% verify: assume x > 0", DERIVE, r"\[ \sqrt x \sqrt x = x \]", "P"),
    "no braces": ("% verify: assume x > 0", DERIVE, r"\[ \sqrt x^2 = x \]", "N"),
    "no braces around a number": (DERIVE, r"\[ \sqrt 4^2 = 4 \]", "N"),
    "no braces behind a degree": (DERIVE, r"\[ \sqrt[3]x^3 = x \]", "N"),
    "no braces beside vectors": ("% verify: vectors u", DERIVE, r"\[ \sqrt x^2 \|u\| = x\|u\| \]", "N"),
    # ---------------------------------------------------------------- chains that go on
    "behind a step": (*STEP, "and", *ON, "PP"),
    "behind a definition": (*STEP, r"\[ q := x + 5 \]", *ON, "PUN"),
    "behind a definition of its own": (DERIVE, r"\[ q := (1+x)^2 \]", DERIVE, r"\[ = 1 + 2x + x^2 \]", "DN"),
    "behind what is skipped": (*STEP, "% verify: skip", r"\[ y = z \]", *ON, "PUN"),
    "behind what is assumed": (*STEP, "% verify: assume", r"\[ x \ge 0 \]", *ON, "PAN"),
    "behind a definition in a sentence": (*STEP, "with $q := x$,", *ON, "PP"),
    "where a letter has changed": ("Put $x := 2y$.", *STEP, "Now $x := 3y$.", *ON, "PN"),
}

test_what_is_said = said_of(CASES)
