"""``verify.explore()``: the explorer of a theory inside a notebook, or in the browser."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from dataclasses import dataclass
from html import escape
from pathlib import Path

from verify.claims import theories
from verify.claims.theory import Theory
from verify.runtime.distribution import with_extra
from verify.runtime.errors import BadInput
from verify.site.explorer import standalone

HEIGHT = 900  # pixels of the frame in a notebook
FILE = "explorer.html"


@dataclass(frozen=True, repr=False)
class Explorer:
    """The explorer of a theory as one page: notebooks show it in a frame; ``html`` is all of it."""

    name: str
    html: str

    def _repr_html_(self) -> str:
        # Without a base, a link inside the page that begins with # would lead to the notebook.
        page = self.html.replace("<head>", '<head><base href="about:srcdoc">', 1)
        return (
            f'<iframe srcdoc="{escape(page)}" title="explorer of {escape(self.name)}" width="100%" '
            f'height="{HEIGHT}" style="border: 0"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<Explorer of {self.name}>"


def explore(theory: Theory | None = None, path: Path | str = FILE) -> Explorer:
    """Sliders and pictures of a theory, by default the one in force: move what it speaks of, and see what it says.

    In a notebook the last expression of a cell shows it. Elsewhere the page is written to ``path``, and opened in the
    browser where there is one. ``BadInput`` for a theory that has no explorer.
    """
    chosen = theories.current() if theory is None else theory
    if _in_notebook():
        with tempfile.TemporaryDirectory() as folder:
            return _written(chosen, Path(folder) / FILE)
    page = Path(path).resolve()
    found = _written(chosen, page)
    print(page)
    webbrowser.open(page.as_uri())
    return found


def _written(theory: Theory, page: Path) -> Explorer:
    try:
        standalone(theory, page)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("verify"):
            raise
        what = f"{error.name} is not installed, and pages are made with it"
        raise BadInput(what, with_extra("site")) from None
    return Explorer(theory.name, page.read_text(encoding="utf-8"))


def _in_notebook() -> bool:
    """Whether a kernel runs this: in a terminal IPython has none."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return getattr(shell, "kernel", None) is not None
