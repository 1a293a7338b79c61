r"""What is known where a paper takes \mathbb{E}_t, whatever the order of its comments."""

from __future__ import annotations

import pytest

from tests.verify.papers.said import DERIVE
from tests.verify.papers.spatial import asked, refusals, shown_chain
from verify.language.verdict import Verdict
from verify.runtime.budget import SECOND
from verify.spaces.decide import decide

MEAN = r"% verify: vectors x_t, g_t, m_t, h_t; functions f; \mathbb{E}_t g_t = \nabla f(x_t)"
UPDATE = r"% verify: assume x_{t+1} = x_t - \eta g_t, \|g_t\| \le G"
MOMENTUM = r"% verify: assume m_{t+1} = \beta m_t + g_t, x_{t+1} = x_t - \eta m_{t+1}"


def decided(*lines: str) -> Verdict:
    (claim,) = asked(*lines)[1][-1:]
    return decide(claim, 2 * SECOND).verdict


@pytest.mark.parametrize("comments", [(MEAN, UPDATE), (MEAN,)])
def test_what_is_drawn_is_not_known_by_what_is_assumed_of_it_later(comments: tuple[str, ...]) -> None:
    assert decided(*comments, DERIVE, r"\[ \mathbb{E}_t\|g_t\|^2 = \|\nabla f(x_t)\|^2 \]") is Verdict.REFUTED
    assert decided(*comments, DERIVE, r"\[ \mathbb{E}_t\|g_t\|^2 \ge \|\nabla f(x_t)\|^2 \]") is Verdict.PROVED


def test_what_has_a_next_member_is_known() -> None:
    _, claims = asked(MEAN, MOMENTUM, DERIVE, r"\[ \mathbb{E}_t[m_{t+1}] = \beta m_t + \nabla f(x_t) \]")
    assert "; x_t; m_t)" in shown_chain(claims[-1].goal)
    assert decide(claims[-1], 2 * SECOND).verdict is Verdict.PROVED


def test_what_may_be_known_or_not_is_asked() -> None:
    other = r"% verify: assume x_{t+1} = x_t - \eta g_t - h_t"
    ((_, _, why),) = refusals(MEAN, other, DERIVE, r"\[ \mathbb{E}_t[x_{t+1}] = x_t - \eta\nabla f(x_t) - h_t \]")
    assert why == "whether h_t is known where the expectation is taken"
    ((_, _, why),) = refusals(r"% verify: vectors x_t, h_t; functions f; \mathbb{E}_t h_t = \nabla f(x_{t+1})")
    assert why.endswith("x_{t+1} beside the expectation, which is not known there")
