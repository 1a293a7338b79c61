"""Notebooks as pages: run from top to bottom when the site is made, with what every cell shows."""

from __future__ import annotations

import base64
import os
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from verify.runtime import files
from verify.runtime.distribution import with_extra
from verify.runtime.errors import BadInput
from verify.site.pages import FENCE, Page, embedded

FOLDER = "notebooks"
SECONDS = 600  # for one cell, many times what it takes
ROOT = Path(__file__).resolve().parents[2]  # where this package is found, and has to be found by a kernel


def notebooks(folder: Path | None) -> list[Page]:
    """The notebooks of a folder, run; none for no folder. ``BadInput`` where one can't be read, or fails."""
    return [Page(f"{FOLDER}/{path.stem}", _text(_run(path))) for path in files_in(folder)]


def files_in(folder: Path | None) -> list[Path]:
    """The notebooks of a folder; ``BadInput`` for one that has none."""
    if folder is None:
        return []
    paths = sorted(folder.glob("*.ipynb")) if folder.is_dir() else []
    if not paths:
        raise BadInput(f"{folder} has no notebooks", "give a folder with .ipynb files, or leave --notebooks out")
    return paths


def _run(path: Path) -> Any:
    """A notebook with its outputs. It runs in an empty folder, and ``!verify`` is this program."""
    try:
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError
    except ImportError as error:
        raise BadInput(f"{error.name} is not installed, and runs notebooks", with_extra("notebook")) from None
    try:
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, nbformat.reader.NotJSONError) as error:
        raise BadInput(f"cannot read the notebook {path}: {error}", "give a folder of notebooks") from error
    with tempfile.TemporaryDirectory() as folder:
        work, programs = Path(folder) / "work", Path(folder) / "programs"
        work.mkdir()
        files.write_below(programs / "verify", f'#!/bin/sh\nexec "{sys.executable}" -m verify "$@"\n')
        (programs / "verify").chmod(0o755)
        surroundings = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}
        surroundings["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        client = NotebookClient(
            notebook,
            timeout=SECONDS,
            kernel_name="python3",
            resources={"metadata": {"path": str(work)}},
            extra_arguments=["--log-level=ERROR"],  # what it warns of is no concern of who makes a site
        )
        try:
            client.execute(env=surroundings)
        except CellExecutionError as error:
            raise BadInput(f"the notebook {path} fails: {error.ename}: {error.evalue}", "run it by itself") from error
    return notebook


def _text(notebook: Any) -> str:
    """The page in Markdown."""
    parts = ["---", "orphan: true", "---", ""]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts += [str(cell.source).replace(".ipynb)", ".md)"), ""]
        elif cell.cell_type == "code":
            language = "bash" if cell.source.startswith("!") else "python"
            parts += [f"{FENCE}{language}", str(cell.source), FENCE, ""]
            parts += [embedded(shown) for output in cell.outputs for shown in _shown(output)]
            parts.append("")
    return "\n".join(parts)


def _shown(output: Any) -> Iterator[str]:
    """What is seen of an output, as HTML: the best form that it has."""
    if output.output_type == "stream":
        yield _plain(output.text)
        return
    data = output.get("data", {})
    if "text/html" in data:
        yield f'<div class="output">{data["text/html"]}</div>'
    elif "image/png" in data:
        picture = "".join(data["image/png"].split())
        base64.b64decode(picture, validate=True)
        # What it shows is said by the text before it: the data of a notebook have no words for it.
        image = f'<img alt="the figure that this code draws" src="data:image/png;base64,{picture}">'
        yield f'<figure class="output">{image}</figure>'
    elif "text/plain" in data:
        yield _plain(data["text/plain"])


def _plain(text: str) -> str:
    return f'<pre class="output no-mathematics">{escape(text)}</pre>'
