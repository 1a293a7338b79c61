"""The site of a small theory, made once, and a browser that opens its pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.ridge import THEORY
from verify.claims import theories
from verify.cli import cli
from verify.site.build import build

WHOLE = "VERIFY_SITE"  # a site that was built before: it is looked at instead of the one of the small theory
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# No looking up of hosts at the start, which is no concern of a page.
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(autouse=True)
def _theory_in_force() -> Iterator[None]:
    """``--theory`` of a command that is run here is in force until the process ends: it is not, for what comes next."""
    with theories.using(theories.current()):
        yield


@pytest.fixture(scope="session")
def ridge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of ridge regression, in a folder with the results of the check that it is made from."""
    folder = tmp_path_factory.mktemp("ridge")
    results = folder / "results.json"
    with theories.using(theories.current()):
        options = ["check", "--no-cache", "--workers", "1", "--json", str(results)]
        done = CliRunner().invoke(cli, ["--theory", "tests.ridge:THEORY", *options])
    assert done.exit_code == 0, done.output
    with theories.using(THEORY):
        assert build(folder / "site", results=results, said=lambda _: None) == []
    return folder / "site"


@pytest.fixture(scope="session")
def whole(request: pytest.FixtureRequest) -> Path:
    """The site that the environment names, such as that of the whole theory; else that of ridge regression."""
    return Path(os.environ[WHOLE]) if WHOLE in os.environ else request.getfixturevalue("ridge")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A headless browser."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on the path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        opened = tools.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()
