"""What the commands share: JSON output, tables, the progress bar."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import click

from verify.commands.numbers import Whole
from verify.runtime import files

JSON_OPTION = click.option("--json", "json_file", metavar="FILE", help="Write JSON to FILE; - is standard output.")
WORKERS_OPTION = click.option("--workers", default=2, show_default=True, type=Whole(1, 64), help="Number of processes.")


def write_json(data: Any, target: str) -> None:
    """Write JSON to a file, or to standard output for ``-``."""
    write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", target)


def write_text(text: str, target: str) -> None:
    """Write text to a file, or to standard output for ``-``; ``BadInput`` if the file can't be written."""
    if target == "-":
        sys.stdout.write(text)
        return
    files.write(target, text)


def print_table(columns: tuple[str, ...], rows: list[list[str]]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from verify.reports.terminal import console

    table = Table(box=None, pad_edge=False, header_style="bold")
    for i, name in enumerate(columns):
        table.add_column(name, no_wrap=i < 2)
    for row in rows:
        table.add_row(*map(escape, row))
    console().print(table)


@contextlib.contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error, shown only on a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("checking"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda name: bar.update(task, advance=1, description=name)
