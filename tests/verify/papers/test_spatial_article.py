"""The article on stochastic gradient descent and its copy with slips, and the displays that a user would write first.

What a prover says is asked where there is one; that all is read, and what is asked, is tested without it.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.verify.papers.spatial import Asked, Found
from verify.language.verdict import Verdict
from verify.papers.check import check
from verify.papers.report import exit_code
from verify.papers.scanner import read, scan
from verify.papers.spatial_decide import PROVER

PAPERS = Path(__file__).resolve().parents[3] / "docs" / "paper"
# The wanted verdicts of sgd-slips.tex: [line, verdict]. All its other steps are proved.
SLIPS = [
    [28, "refuted"],  # a lost square on eta
    [35, "refuted"],  # the noise subtracted
    [51, "refuted"],  # the whole gain for half of it
    [71, "refuted"],  # T equal terms added as one
    [84, "refuted"],  # a lost root
    [98, "refuted"],  # a lost 2 in the cross term
    [106, "refuted"],  # the noise forgotten
    [113, "refuted"],  # a lost half
    [126, "refuted"],  # twice the contraction
    [143, "refuted"],  # the number of terms off by one
    [145, "refuted"],  # sigma for its square
    [160, "refuted"],  # a bound that shrinks too fast
]
DISTANCE = r"""
% verify: assume \eta > 0, \mu > 0, L \ge \mu, c > 0
% verify: derive
\begin{align*}
  \|w - \eta g - w^*\|^2
    &= \|w - w^*\|^2 - 2\eta\langle g, w - w^*\rangle + \eta^2\|g\|^2
\end{align*}
% verify: derive
\begin{align*}
  \|w - \eta g - w^*\|^2
    &= \|w - w^*\|^2 - \eta\langle g, w - w^*\rangle + \eta^2\|g\|^2
\end{align*}
% verify: derive
\begin{align*}
  \|u+v\|^2 &\le 2\|u\|^2 + 2\|v\|^2 \\
  \|u+v\|^2 &\le \|u\|^2 + \|v\|^2
\end{align*}
% verify: derive
\begin{align*}
  \langle u, v\rangle &\le \|u\|\,\|v\| \le \frac{c}{2}\|u\|^2 + \frac{1}{2c}\|v\|^2
\end{align*}
"""
TELESCOPE = r"""
% verify: assume T \in \mathbb N, T \ge 1, -1 < r < 1
% verify: derive
\begin{align*}
  \sum_{t=1}^{T} (D_t - D_{t+1}) &= D_1 - D_{T+1} \\
  \sum_{t=1}^{T} (D_t - D_{t+1}) &= D_1 - D_{T}
\end{align*}
% verify: derive
\begin{align*}
  \sum_{k=0}^{T-1} r^k &= \frac{1-r^T}{1-r} \\
  \sum_{t=1}^{T} t &= \frac{T(T+1)}{2}
\end{align*}
"""
DISPLAYS = {
    "distance": (DISTANCE, [[6, "proved"], [11, "refuted"], [15, "proved"], [16, "refuted"], *[[20, "proved"]] * 2]),
    "telescope": (TELESCOPE, [[5, "proved"], [6, "refuted"], [10, "proved"], [11, "proved"]]),
}
prover = pytest.mark.skipif(importlib.util.find_spec(PROVER) is None, reason="there is no prover for vectors here")


@pytest.mark.parametrize(("name", "asked"), [("sgd.tex", 22), ("sgd-slips.tex", 21)])
def test_every_step_of_the_articles_is_read(name: str, asked: int) -> None:
    decide = Asked(Found(Verdict.PROVED), seconds=2)
    steps = check(read(PAPERS / name), spatial=decide, seconds=decide.seconds)
    assert len(decide.claims) == asked
    assert not [s for s in steps if s.status == "not understood"]
    assert not [s for s in steps if s.rests]


def test_the_table_of_slips_is_what_the_file_announces() -> None:
    text = (PAPERS / "sgd-slips.tex").read_text(encoding="utf-8")
    announced = [i + 2 for i, line in enumerate(text.splitlines()) if line.startswith("% SLIP")]
    assert [line for line, _ in SLIPS] == announced


@prover
def test_the_article_is_proved_throughout() -> None:
    steps = check(read(PAPERS / "sgd.tex"))
    assert [f"{s.line}: {s.status}: {s.latex} {s.why}" for s in steps if s.status != "proved"] == []
    assert exit_code(steps) == 0 and not any(s.rests for s in steps)


@prover
def test_every_planted_slip_is_found_at_its_line_and_nothing_else() -> None:
    steps = check(read(PAPERS / "sgd-slips.tex"))
    assert [[s.line, s.status] for s in steps if s.status != "proved"] == SLIPS
    assert all(s.lines or s.witness for s in steps if s.status == "refuted")
    assert not any(s.rests for s in steps)


@prover
@pytest.mark.parametrize("name", DISPLAYS)
def test_what_a_user_would_write_first(name: str) -> None:
    text, wanted = DISPLAYS[name]
    assert [[s.line, s.status] for s in check(scan(text))] == wanted


@pytest.mark.parametrize("name", DISPLAYS)
def test_what_a_user_would_write_first_is_read(name: str) -> None:
    text, wanted = DISPLAYS[name]
    steps = check(scan(text), spatial=Asked(Found(Verdict.PROVED)), seconds=5)
    assert [[s.line, s.status] for s in steps] == [[line, "proved"] for line, _ in wanted]
