"""What TeX prints decides: braces, tags, scripts of one digit and brackets that a careless author reads otherwise."""

from __future__ import annotations

import pytest

from tests.verify.papers.said import DERIVE, said, said_of

NUMBERS = r"% verify: assume a, b, c, x, y \in \mathbb R, p, q > 0"
CASES = {
    # Braces that are no argument are not printed.
    "sum in braces": (r"\[ 2{x+1} = 2x+2 \]", "R"),
    "as it is printed": (r"\[ 2{x+1} = 2x+1 \]", "P"),
    "power of braces": (r"\[ {a+b}^2 = a^2+2ab+b^2 \]", "R"),
    "minus in braces": (r"\[ {-1}^2 = 1 \]", "R"),
    "minus before braces": (r"\[ a-{b+c} = a-b-c \]", "R"),
    "quotient by braces": (r"\[ a/{pq} = \frac{a}{pq} \]", "N"),
    "power of a power": (r"\[ {x^2}^3 = x^6 \]", "N"),
    "ensuremath": (r"\[ 2\ensuremath{x+1} = 2x+2 \]", "R"),
    "underbrace": (r"\[ 2\underbrace{x+1}_{c} = 2x+2 \]", "R"),
    "box": (r"\[ 2\boxed{x+1} = 2x+2 \]", "N"),
    "log of braces": (r"\[ \log{p+q} = \log(p+q) \]", "R"),
    "name in braces": (r"\[ 2{x}^2 + {x}_1 = x^2 + x^2 + x_1 \]", "P"),
    "bracket in braces": (r"\[ {(a+b)}^2 = a^2+2ab+b^2 \]", "P"),
    "arguments": (r"\[ \frac{{a}}{{p}} = {{a}/{p}} \]", "P"),
    "underbrace of a product": (r"\[ \underbrace{(x+1)^2}_{c} - 2x = x^2+1 \]", "P"),
    "whole box": (r"\[ (x+1)^2 = \boxed{x^2+2x+1} \]", "P"),
    # Digits.
    "power of one digit": (r"\[ x^12 = 2x \]", "N"),
    "number of one digit": (r"\[ 2^10 = 1024 \]", "N"),
    "index of one digit": (r"\[ a_12 = 2a_1 \]", "N"),
    "number behind a letter": (r"\[ x2 = 2x \]", "N"),
    "power behind a letter": (r"\[ x2^n = 2^n x \]", "P"),
    "digits in braces": (r"\[ {1}{0} = 10 \]", "N"),
    "power of digits in braces": (r"\[ 1{0}^2 = 0 \]", "N"),
    "sum behind a term": (r"\[ a{+b} = b + a \]", "P"),
    "mixed number": (r"\[ 2\tfrac12 = 1 \]", "N"),
    "product of numbers": (r"\[ 2\cdot\tfrac12 = 1 \]", "P"),
    "half of a letter": (r"\[ 2\tfrac x2 = x \]", "P"),
    "recurring": (r"\[ 0.1\bar{6} = \tfrac16 \]", "N"),
    "accent": (r"\[ 2\bar{x} = \bar{x} + \bar x \]", "P"),
    # Arguments.
    "iterate": (r"\[ f^2(x) = x f^2 \]", "N"),
    "inverse": (r"\[ f^{-1}(y) = y/f \]", "N"),
    "square times bracket": (r"\[ x^2(y+1) = x^2 y + x^2 \]", "P"),
    "iterated logarithm": (r"\[ \log^{(2)} p = (\log p)^2 \]", "N"),
    "square of a logarithm": (r"\[ \log^{2} p = (\log p)^2 \]", "P"),
    "logarithm of a quotient": (r"\[ \log 1/p = -\log p \]", "N"),
    "quotient of a logarithm": (r"\[ \log(p)/q = \tfrac{\log p}{q} \]", "P"),
    "logarithm of a fraction": (r"\[ \log\frac1p/q = -\log(p)/q \]", "P"),
    "maximum of a family": (r"\[ \max\{x_i\} \le x_i \]", "N"),
    "whole part": (r"\[ [x] = x \]", "N"),
    "fractional part": (r"\[ \{x\} = x \]", "N"),
    "square brackets": (r"\[ 2[x+1] = 2x+2 \]", "P"),
    # Marks that are words.
    "factorial": (r"\[ x\text{!} = x \]", "N"),
    "prime": (r"\[ x\text{'} = x \]", "N"),
    "brackets": (r"\[ 2\text{(}x+1\text{)} = 2x+1 \]", "N"),
    "full stop": (r"\[ 2x = x+x\text{.} \]", "P"),
    "space without braces": (r"\[ x\mskip3mu y = xmuy \]", "N"),
    # Tags.
    "condition in a tag": (r"\[ x^2 \ge x \tag{$x\ge1$} \]", "N"),
    "words in a tag": (r"\[ x^2 \ge x \tag{for all integers $x$} \]", "N"),
    "denial in a tag": (r"\[ x^2 \ge 0 \tag{false} \]", "N"),
    "number in a tag": (r"\[ x^2 \ge 0 \tag{3} \]", "P"),
    "label in a tag": (r"\[ x^2 \ge 0 \tag{A.1} \]", "P"),
    "name in a tag": (r"\[ x^2 \ge 0 \tag{Bernoulli} \]", "P"),
    # Rows.
    "sum goes on": (r"\begin{gather} (x+1)^2 = x^2 \\ + 2x + 1 \end{gather}", "P"),
    "sum goes on without a mark": (r"\begin{align} (x+1)^2 = x^2 \\ + 2x + 1 \end{align}", "P"),
    "row with a sign of its own": (r"\begin{gather} 2x = x + x \\ -y = -2y + y \end{gather}", "PP"),
    "row that compares nothing": (r"\begin{align} 2x = x \\ (2) \end{align}", "N"),
    "reason in brackets": (r"\begin{align} x^2 &\ge 0 && (\text{as } x^2 \ge 0) \end{align}", "P"),
    "arrow in a bracket": (r"\[ (1 = 1 \implies 1 = 2) \]", "N"),
    # Conditions behind a comma.
    "equivalence with a condition": (r"\[ x^2 = 1 \iff x = 1, \quad x > 0 \]", "I"),
    "implication with a condition": (r"\[ x^2 = 1 \implies x = 1, \quad x > 0 \]", "I"),
    "false with a condition": (r"\[ x^2 = 1 \iff x = 2, \quad x > 0 \]", "R"),
    "false without one": (r"\[ x^2 = 1 \iff x = 1 \]", "R"),
}


test_what_is_printed_decides = said_of(CASES, NUMBERS, DERIVE)


SETS = {
    "natural": (r"n \in \mathbb N", r"\[ \tfrac1n \le 1 \]", "I"),
    "natural from zero": (r"n \in \mathbb N_0", r"\[ \tfrac1n \le 1 \]", "R"),
    "natural and not zero": (r"n \in \mathbb N, n \ge 1", r"\[ \tfrac1n \le 1 \]", "P"),
    "false elsewhere": (r"n \in \mathbb N", r"\[ n \ge 2 \]", "R"),
    "positive": (r"x \in \mathbb R_+", r"\[ \tfrac1x > 0 \]", "I"),
    "positive by its set": (r"x \in \mathbb R_{\ge 0}", r"\[ \tfrac1x > 0 \]", "R"),
    "zero to a power": (r"x \ge 0, y > 0", r"\[ x^y \ge 0 \]", "I"),
    "root of zero": (r"x \ge 0, n \in \mathbb N_+", r"\[ x^{1/n} \ge 0 \]", "I"),
    "positive to a power": (r"x > 0, y > 0", r"\[ x^y \ge 1 \]", "R"),
}


@pytest.mark.parametrize("name", SETS)
def test_zero_counts_only_where_it_is_meant(name: str) -> None:
    assumption, line, wanted = SETS[name]
    assert said(f"% verify: assume {assumption}", DERIVE, line) == wanted


@pytest.mark.parametrize(("body", "wanted"), [(r"\let\le\ge", "NR"), (r"\itshape", "PR")])
def test_an_environment_that_redefines_relations_is_not_read(body: str, wanted: str) -> None:
    environment = rf"\newenvironment{{quoted}}{{{body}}}{{}}"
    inside = (r"\begin{quoted}", DERIVE, r"\[ 1 \le 2 \]", r"\end{quoted}")
    assert said(environment, *inside, DERIVE, r"\[ 2 \le 1 \]") == wanted


@pytest.mark.parametrize(("value", "wanted"), [("-1", "I"), ("a", "P")])
def test_an_assumption_that_contradicts_an_abbreviation_proves_nothing(value: str, wanted: str) -> None:
    given = "% verify: assume a > 0, D > 0"
    assert said(given, f"% verify: let D = {value}", DERIVE, r"\[ D > 0 \]") == wanted
