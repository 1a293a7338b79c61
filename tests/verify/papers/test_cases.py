"""Cases that overlap or leave gaps: where they disagree nothing is read, and where none applies nothing is refuted."""

from __future__ import annotations

from tests.verify.papers.said import DERIVE, said_of


def cases(*rows: str) -> str:
    return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"


AGREE = cases(r"x & x \ge 0", r"-x & x \le 0")
DISAGREE = cases(r"x & x \ge 0", r"-x & x \le 1")
OTHERWISE = cases("1 & x > 0", r"0 & \text{otherwise}")
THREE = cases(r"x & x > 0", r"x & x \le 0", "5 & x = 1")
GUARDED = cases(r"1/x & x \ne 0", "0 & x = 0")
GAP = cases("1 & x > 0", "-1 & x < 0")
CASES = {
    "a definition whose cases agree": (rf"\[ q := {AGREE} \]", DERIVE, r"\[ q = |x| \]", "UP"),
    "a definition whose cases differ": (rf"\[ q := {DISAGREE} \]", DERIVE, r"\[ q = |x| \]", "UI"),
    "nothing is refuted of it": (rf"\[ q := {DISAGREE} \]", DERIVE, r"\[ q = 5 \]", "UI"),
    "they differ where nothing is": ("% verify: assume x > 2", rf"\[ q := {DISAGREE} \]", DERIVE, r"\[ q = x \]", "UP"),
    "a step whose cases agree": (DERIVE, rf"\[ |x| = {AGREE} \]", "P"),
    "a step whose cases differ": (DERIVE, rf"\[ |x| = {DISAGREE} \]", "N"),
    "a bound of cases that differ": (DERIVE, rf"\[ x^2 \ge {cases('0 & x > 0', '-1 & x < 1')} \]", "N"),
    "three of which two differ": (DERIVE, rf"\[ x = {THREE} \]", "N"),
    "a definition with a gap": (rf"\[ q := {GAP} \]", DERIVE, r"\[ q^2 = 1 \]", "UI"),
    "a slip outside the gap": (rf"\[ q := {GAP} \]", DERIVE, r"\[ q = 1 \]", "UR"),
    "through another definition": (rf"\[ q := {GAP}, \quad p := q^2 \]", DERIVE, r"\[ p \ge 1 \]", "UI"),
    "the gap is excluded": (r"% verify: assume x \ne 0", rf"\[ q := {GAP} \]", DERIVE, r"\[ q^2 = 1 \]", "UP"),
    "a step with a gap": (DERIVE, rf"\[ |x| = {cases('x & x > 0', '-x & x < 0')} \]", "I"),
    "a slip in a step with a gap": (DERIVE, rf"\[ |x| = {cases('x & x > 0', 'x & x < 0')} \]", "R"),
    "what is left": (rf"\[ q := {OTHERWISE} \]", DERIVE, r"\[ q \ge 0 \]", "UP"),
    "a slip in what is left": (
        rf"\[ q := {OTHERWISE} \]",
        DERIVE,
        r"\[ q \ge 1 \]",
        "UR",
    ),
    "values that exist in their case alone": (
        rf"\[ q := {GUARDED} \]",
        DERIVE,
        r"\[ q x \le 1 \]",
        "UP",
    ),
}

test_what_is_said = said_of(CASES)
