"""The table of the forms that are read: each example is read as it says, and no slip in it is proved.

``verify/papers/forms.toml`` is the table, which a page of the documentation prints.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.verify.papers.said import DERIVE, LETTERS, steps
from verify.papers.forms_page import forms, page
from verify.papers.step import CheckedStep

FORMS = forms()
PAGE = Path(__file__).parents[3] / "docs" / "latex.md"
COLUMNS = {"group", "form", "preamble", "given", "example", "said", "read", "slip", "slip_said", "remark"}


def _steps(form: dict[str, Any], what: str) -> list[CheckedStep]:
    before = [*form.get("preamble", ()), *(f"% verify: {comment}" for comment in form["given"])]
    return steps(*before, DERIVE, *form[what].strip().split("\n"))


def _named(form: dict[str, Any]) -> str:
    return f"{form['group']}: {form['form']}"


@pytest.mark.parametrize("form", FORMS, ids=_named)
def test_a_form_is_read_as_the_table_says(form: dict[str, Any]) -> None:
    found = _steps(form, "example")
    assert "".join(LETTERS[s.status] for s in found) == form["said"], [(s.latex, s.why) for s in found]
    assert [s.latex for s in found if s.latex] == form.get("read", [])


@pytest.mark.parametrize("form", FORMS, ids=_named)
def test_a_slip_is_not_proved(form: dict[str, Any]) -> None:
    found = _steps(form, "slip")
    assert "".join(LETTERS[s.status] for s in found) == form["slip_said"], [(s.latex, s.why) for s in found]
    assert set(form["slip_said"]) - {"P", "D", "U"}


def test_the_page_says_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"
    assert all(form["form"] in page() for form in FORMS)


def test_the_table_has_its_columns_and_no_form_twice() -> None:
    assert all(set(form) <= COLUMNS and COLUMNS - {"preamble", "read", "remark"} <= set(form) for form in FORMS)
    assert len({_named(form) for form in FORMS}) == len(FORMS)
    assert any("P" in form["said"] for form in FORMS) and any(form["said"] == "N" for form in FORMS)
