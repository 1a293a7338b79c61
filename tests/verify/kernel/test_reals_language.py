"""The kernel and the language agree on what is defined, and on which terms are whole."""

from __future__ import annotations

import random

import pytest

from verify.kernel.reals.definedness import term_conditions
from verify.kernel.reals.formulas import normal
from verify.kernel.reals.whole import whole_when
from verify.language import logic
from verify.language.definedness import term_defined
from verify.language.definedness import whole_when as stated_whole
from verify.language.parser import parse_problem
from verify.language.rational_functions import raw

INTEGERS = frozenset(("m", "n"))
KINDS = {"m": "integer", "n": "integer", "x": "real", "y": "real"}


def random_term(rng: random.Random, depth: int) -> logic.Term:
    if depth == 0 or rng.random() < 0.2:
        name = rng.choice("mnxy")
        return rng.choice((logic.Var(name), logic.num(rng.choice(("0", "1", "2", "-1", "3", "1/2", "-1/3", "6")))))
    op = rng.choice(("+", "*", "-", "/", "^", "^", "^", "sqrt", "exp", "log", "abs", "min", "max", "+", "*"))
    count = {"-": 1, "/": 2, "^": 2, "sqrt": 1, "exp": 1, "log": 1, "abs": 1}.get(op) or rng.choice((2, 3))
    return logic.App(op, tuple(random_term(rng, depth - 1) for _ in range(count)))


def test_the_language_and_the_checker_agree_on_what_is_defined() -> None:
    rng = random.Random(1)
    whole = dict.fromkeys(("none", "always", "sometimes"), 0)
    for _ in range(20_000):
        t = random_term(rng, rng.choice((1, 2, 3, 4)))
        stated = [normal(raw(f)) for f in term_defined(t, INTEGERS)]
        assert stated == [normal(f) for f in term_conditions(raw(t), KINDS)], str(t)
        one, other = stated_whole(t, INTEGERS), whole_when(raw(t), KINDS)
        assert (one is None) == (other is None) and [raw(f) for f in one or ()] == (other or []), str(t)
        whole["none" if one is None else "sometimes" if one else "always"] += 1
    assert min(whole.values()) > 200, whole


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("n", []), ("7", []), ("n^2", []), ("n*(n+1)/2", []), ("n^2/2 + n/2", []), ("(n^5 - n)/30", []),
        ("m*n*(m+n)/2", []), ("2^n", ["0 <= n"]), ("2^(n^2)", ["0 <= n^2"]), ("2^m + 3^n", ["0 <= m", "0 <= n"]),
        ("abs(min(m, n))", []),
        ("n*(n+1)/3", None), ("n/2", None), ("1/n", None), ("n^(-1)", None), ("x", None), ("x^2", None),
        ("x - x", None), ("1/2", None), ("sqrt(4)", None), ("2^x", None), ("x*(x+1)/2", None),
    ],
)  # fmt: skip
def test_whole(text: str, conditions: list[str] | None) -> None:
    integers = ["m, n integer"]
    t = parse_problem(f"{text} == 0", [i for i in integers if "n" in text.replace("sin", "") or "m" in text]).goal.lhs
    wanted = None if conditions is None else [parse_problem(c, []).goal for c in conditions]
    assert stated_whole(t, INTEGERS) == wanted
    found = whole_when(raw(t), KINDS)
    assert found == (None if wanted is None else [raw(c) for c in wanted])
