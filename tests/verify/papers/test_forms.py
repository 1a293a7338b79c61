"""The table of the forms that are read: each example is read as it says, and no slip in it is proved."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.verify.papers.said import DERIVE, LETTERS, steps

FORMS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "forms.toml").read_text(encoding="utf-8"))["forms"]


def _steps(form: dict[str, Any], what: str) -> list[Any]:
    before = [f"% verify: {comment}" for comment in form["given"]]
    return steps(*form.get("preamble", ()), *before, DERIVE, *form[what].strip().split("\n"))


def _named(form: dict[str, Any]) -> str:
    return f"{form['group']}: {form['form']}"


@pytest.mark.parametrize("form", FORMS, ids=_named)
def test_a_form_is_read_as_the_table_says(form: dict[str, Any]) -> None:
    found = _steps(form, "example")
    assert "".join(LETTERS[s.status] for s in found) == form["said"], [(s.latex, s.why) for s in found]


@pytest.mark.parametrize("form", FORMS, ids=_named)
def test_a_slip_is_not_proved(form: dict[str, Any]) -> None:
    found = _steps(form, "slip")
    assert "".join(LETTERS[s.status] for s in found) == form["slip_said"], [(s.latex, s.why) for s in found]
    assert set(form["slip_said"]) - {"P", "U"}
