"""Writes the theorem sheet, and compiles it where LaTeX is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from verify.reports.latex_chosen import Chosen
from verify.reports.latex_evidence import found
from verify.reports.latex_macros import macro_file
from verify.reports.sheet import sheet
from verify.runtime import files
from verify.runtime.errors import BadInput

INSTALL = "on Debian and Ubuntu: apt-get install latexmk texlive-latex-recommended"
SECONDS = 300


def write_sheet(directory: Path, about: Chosen, results: Path | None = None) -> Path:
    """Write sheet.tex and macros.tex into a directory; the path of the sheet."""
    target = directory / "sheet.tex"
    files.write_below(target, sheet(about, found(about.selection, results)))
    files.write_below(directory / "macros.tex", macro_file(about))
    return target


def compile_pdf(source: Path) -> Path:
    """Compile a document with latexmk; without shell escapes, with a limit on time."""
    program = shutil.which("latexmk")
    if program is None:
        raise BadInput("latexmk is not installed, so there is no PDF", INSTALL)
    command = [program, "-pdf", "-norc", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", source.name]
    try:
        done = subprocess.run(
            command, cwd=source.parent, capture_output=True, text=True, errors="replace", timeout=SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise BadInput(f"latexmk did not finish within {SECONDS} s", "look at the .log file beside it") from error
    if done.returncode:
        wrong = [line for line in done.stdout.splitlines() if line.startswith("!") or "not found" in line][:3]
        raise BadInput("latexmk failed: " + ("; ".join(wrong) or "see the .log file"), INSTALL)
    return source.with_suffix(".pdf")
