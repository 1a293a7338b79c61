"""The two papers of docs/paper: the article is proved, and every planted slip is found at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from verify.papers.check import check
from verify.papers.report import exit_code
from verify.papers.scanner import read, scan
from verify.papers.step import CheckedStep

PAPERS = Path(__file__).resolve().parents[3] / "docs" / "paper"
ARXIV = r"""
\documentclass{article}
\newcommand{\norm}[1]{\left\lVert #1 \right\rVert}
\newcommand{\step}{\alpha}
\newcommand{\res}[2][\rho]{\big(1-\step #1\big)^{#2}}
\DeclareMathOperator{\tr}{tr}
\begin{document}
Text with $x = 1$, a \verb|$$ \begin{align}| and 50\% of noise.
% verify: assume 0 < \step \rho_H < 1, 0 < \rho_H < \rho_E, m \geq 1, d \ge 1, \norm{v} > 0
% verify: derive
\begin{align}
  \res[\rho_H]{2} \norm{v}^2
    &= \big( 1 - 2\step\rho_H + \step^2\rho_H^2 \big) \, \norm{v}^2 \label{eq:one} \\
    &= \left[ 1 - 2\step\rho_H
        + \step^2 \rho_H^2 \right] \norm{v}^2 \nonumber \\
    &\overset{(a)}{\leq} \left( 1 - 2 \step\rho_H + \step\rho_H \right)
       \norm{v}^2 \qquad\text{(because the step is small)} \notag \\
    &= \norm{v}^2 - \step\rho_H \norm{v}^2 \\
  \intertext{and the easy task has}
  \rho_E - \rho_H &> 0, \quad\text{and}\quad \rho_E + \rho_H > 2\rho_H .
\end{align}
% verify: derive
\begin{multline*}
  \frac{1}{m} + \frac{d}{m}
  = \frac{1}{m}
    \cdot (1 + d) \\
  = \tfrac{d+1}{m}.
\end{multline*}
\begin{equation} \sum_{i=1}^n x_i = \tr(A) \end{equation}
\end{document}
"""


def slips(text: str) -> list[int]:
    """The lines after those that announce a slip."""
    return [i + 2 for i, line in enumerate(text.splitlines()) if line.startswith("% SLIP")]


def open_steps(steps: list[CheckedStep]) -> list[str]:
    return [f"{s.line}: {s.status}: {s.latex} {s.why}" for s in steps if s.status != "proved"]


def test_the_article_is_proved_throughout() -> None:
    steps = check(read(PAPERS / "maml-erm.tex"), seconds=20)
    assert open_steps(steps) == []
    assert exit_code(steps) == 0
    assert len(steps) >= 30


def test_every_planted_slip_is_found_at_its_line_and_nothing_else() -> None:
    document = read(PAPERS / "planted-errors.tex")
    steps = check(document, seconds=20)
    refuted = [s for s in steps if s.status == "refuted"]
    expected = slips(document.text)
    assert len(expected) >= 12
    assert [s.line for s in refuted] == expected
    assert {s.status for s in steps} == {"proved", "refuted"}
    assert all(s.witness and s.lhs and s.rhs for s in refuted)
    assert sum(bool(s.suggestion) for s in refuted) >= 9
    assert exit_code(steps) == 1


def test_an_arxiv_style_source_needs_only_the_comments() -> None:
    steps = check(scan(ARXIV), seconds=20)
    assert open_steps([s for s in steps if s.status != "unchecked"]) == []
    assert [s.status for s in steps].count("proved") == 8
    assert [s.status for s in steps].count("unchecked") == 1
    lines = [s.line for s in steps]
    assert lines == sorted(lines)


def test_everything_includes_displays_without_a_comment() -> None:
    steps = check(scan(ARXIV), everything=True, seconds=20)
    assert steps[-1].status == "not understood"
    assert exit_code(steps) == 3


@pytest.mark.parametrize(
    ("display", "status"),
    [
        (r"\[ x^2 \ge 0 \]", "proved"),
        (r"\[ x^2 > 0 \]", "refuted"),
        (r"\[ \log \exp(x) = x \]", "proved"),
        (r"\[ \lvert x \rvert \ge x \]", "proved"),
        (r"\[ \max\{x, y\} \ge \min\{x, y\} \]", "proved"),
        (r"\[ f(x+1) = x \]", "not understood"),
        (r"\[ a/bc = a \]", "not understood"),
        (r"\[ e^{x} > 0 \]", "proved"),
        (r"\[ e^{2} > 0 \]", "not understood"),
        (r"\[ x \approx y \]", "not understood"),
        (r"\[ x = y \quad\text{if } x \ge y \]", "refuted"),
        (r"\[ \int x = 0 \]", "not understood"),
        (r"\[ A^{\top} = A \]", "not understood"),
        (r"\[ \log x y = 0 \]", "not understood"),
        (r"\[ x \le \]", "not understood"),
    ],
)
def test_single_lines(display: str, status: str) -> None:
    steps = check(scan("% verify: derive\n" + display), seconds=5)
    assert [s.status for s in steps] == [status], steps
