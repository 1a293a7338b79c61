"""A comment must meet its display, and one that is wrong costs itself."""

from __future__ import annotations

from tests.verify.papers.said import DERIVE, said_of

# What is written, line by line, and what is said: P proved, R refuted, N not understood, I inconclusive, U unchecked.
CASES = {
    "verbatim between": (DERIVE, r"\begin{verbatim}", r"\[ x=1 \]", r"\end{verbatim}", r"\[ x = x \]", "NU"),
    "inline after": (DERIVE, "$x=1$ ", r"\[ x = x \]", "RU"),
    "inline after text": (DERIVE, "Here $x=x$ ", r"\[ x = x \]", "NU"),
    "inline that goes on": (DERIVE, "$x^2 > x$ whenever $x$ is larger than one.", "I"),
    "inline that never ends": (DERIVE, "$x = x", "", r"\[ x = x \]", "NU"),
    "inline behind an assumption": (r"% verify: assume x > 0", "$x = 1$", DERIVE, r"\[ x > 0 \]", "P"),
    "text between": (DERIVE, "Some text", r"\[ x = x \]", "NU"),
    "macro env": (
        r"\newcommand{\be}{\begin{equation}}\newcommand{\ee}{\end{equation}}",
        DERIVE,
        r"\be x = 1 \ee",
        r"\[ x = x\]",
        "RU",
    ),
    "blank between": (DERIVE, "", "", r"\[ x = x \]", "P"),
    "label between": (DERIVE, r"\label{a}", r"\[ x = x \]", "P"),
    "subequations": (
        DERIVE,
        r"\begin{subequations}\label{s}",
        r"\begin{align} x &= x\end{align}\end{subequations}",
        "P",
    ),
    "iffalse display": (DERIVE, r"\iffalse\[ x = 1 \]\fi", r"\[ x = x \]", "P"),
    "comment env": (r"\begin{comment}", DERIVE, r"\[ 1 = 2 \]", r"\end{comment}", DERIVE, r"\[ x = x \]", "P"),
    "endinput": (DERIVE, r"\[ x = x \]", r"\endinput", DERIVE, r"\[ 1 = 2 \]", "P"),
    "bad let": ("% verify: let b = 1", r"% verify: let b = \sum x", DERIVE, r"\[ b = 1 \]", "NN"),
    "bad assume": (r"% verify: assume x \sim 1", DERIVE, r"\[ x = 1 \]", DERIVE, r"\[ x = x \]", "NIP"),
    "bad verb": ("% verify: derve", r"\[ 1 = 2 \]", DERIVE, r"\[ x = x \]", "NP"),
    "trail": (DERIVE, "N"),
    "relet": (
        "% verify: assume x > 0",
        "% verify: let b = x",
        "% verify: assume b > 1",
        "% verify: let b = -x",
        DERIVE,
        r"\[ b < -1 \]",
        "P",
    ),
}

test_what_is_said = said_of(CASES)
