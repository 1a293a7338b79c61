"""The documentation agrees with the code: generated pages are up to date, commands that it shows work."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.pages import PYTHON, ROOT, blocks, compare, environment, examples, run, run_page
from theory.maml_erm import THEORY
from verify.reports.docs import counted, pages

GUIDE = sorted((ROOT / "docs" / "guide").glob("*.md"))
README_COMMANDS = [
    example
    for block in blocks(ROOT / "README.md")
    if block.language == "console"
    for example in examples(block.body)
    if example[0].startswith("verify ")
]


@pytest.mark.parametrize("name", ["notation.md", "claims.md", "abstract.md"])
def test_generated_pages_are_up_to_date(name):
    generated = pages(THEORY, ROOT / "theorems.lock")
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == generated[name], "run `make docs`"


def test_what_is_trusted_has_the_length_that_is_stated():
    page = (ROOT / "docs" / "soundness.md").read_text(encoding="utf-8")
    assert counted(page, ROOT) == page, "run `make docs`"
    other = re.sub(r"(`verify/kernel/reals/axioms.py` \| \d)", r"\g<1>0", page)
    assert counted(other, ROOT) == page != other


@pytest.mark.parametrize("command, shown", README_COMMANDS)
def test_readme_commands_print_what_the_readme_shows(command, shown, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    compare(command, shown, run(["bash", "-c", command], folder, environment(tmp_path / "programs")))


def test_readme_python_runs(tmp_path):
    examples_in_python = [block.body for block in blocks(ROOT / "README.md") if block.language == "python"]
    assert examples_in_python
    for body in examples_in_python:
        assert run([PYTHON, "-c", body], tmp_path, environment(tmp_path / "programs")).strip().startswith("(")


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.stem)
def test_every_block_of_the_guide_is_true(page, tmp_path):
    if "$ pdflatex" in page.read_text(encoding="utf-8") and not (
        shutil.which("pdflatex") and shutil.which("pdftotext")
    ):
        pytest.skip("needs LaTeX and pdftotext")
    if page.stem == "kernel" and not shutil.which("coqc"):
        pytest.skip("needs coqc")
    folder = tmp_path / "folder"
    folder.mkdir()
    assert run_page(page, folder) > 0


def test_a_page_that_is_not_true_is_noticed(tmp_path):
    """The comparison has to fail on a changed line, a missing line, and a line too many."""
    printed = "proved (search, 0.01 s): yes\n\n  x = 1\n"
    for shown in ("proved (search): yes\n  x = 1\n", "...\n  x = 1\n", "proved ...: yes\n...\n"):
        compare("true", shown, printed)
    for shown in ("refuted (search): yes\n  x = 1\n", "proved (search): yes\n", "...\n  x = 1\n  y = 2\n", ""):
        with pytest.raises(AssertionError, match="but this is shown"):
            compare("true", shown, printed)
    page, folder = tmp_path / "page.md", tmp_path / "folder"
    folder.mkdir()
    wrong = "Write `a.py`:\n\n```python\nprint(1)\n```\n\n```console\n$ python a.py\n2\n```\n"
    page.write_text(wrong, encoding="utf-8")
    with pytest.raises(AssertionError, match="but this is shown"):
        run_page(page, folder)
    page.write_text(wrong.replace("2\n", "1\n"), encoding="utf-8")
    assert run_page(page, folder) == 2
    page.write_text("```text\nanything\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="no file name"):
        run_page(page, folder)
