"""Tables on a terminal: as wide as it is, without a word that is broken; in a pipe or a file as wide as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from verify.reports.wrapping import width_of_terminal, wrapped
from verify.runtime import manner

WIDE = 180  # where nobody looks
GAP = 2
BELOW = 4  # the indent of a cell that stands below its row
NARROW = 28  # characters of a column of text; where there are less, its cells stand below
Cell = str | Text


@dataclass(frozen=True)
class Column:
    """One with short cells that stay on a line, or one of text that is wrapped."""

    name: str
    wraps: bool = False
    justify: Literal["left", "right"] = "left"


def console(*, stderr: bool = False, width: int | None = None) -> Console:
    """A console on standard output or standard error, in colours where ``manner`` says so.

    In a pipe or a file lines are kept long, so that tools can read them.
    """
    out = Console(stderr=stderr)
    colours = manner.coloured(out.file)
    seen = manner.is_terminal(out.file)
    if width is None and not out.file.isatty():
        width = WIDE
    return Console(
        stderr=stderr,
        width=width,
        force_terminal=colours or seen,
        color_system=("auto" if seen and manner.current().colour != "always" else "standard") if colours else None,
        no_color=not colours,
    )


def print_table(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], title: str = "", *, header: bool = True
) -> None:
    """Print a table. Text wraps inside its column; where no room is left for that, it goes on below its row."""
    cells = [[c if isinstance(c, Text) else Text(c) for c in row] for row in rows]
    room = width_of_terminal() or WIDE
    names = [Text(c.name, "bold") for c in columns]
    all_rows = [names, *cells] if header else cells
    widths = _widths(columns, all_rows, room)
    if widths is not None:
        table = Table(
            title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold", show_header=header
        )
        for column, width in zip(columns, widths, strict=True):
            table.add_column(column.name, no_wrap=True, justify=column.justify, min_width=width)
        for row in cells:
            table.add_row(*(_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)))
    else:
        table = _stacked(columns, all_rows, room)
        table.title, table.title_justify = title or None, "left"
    longest = max((cell.cell_len for row in all_rows for cell in row), default=0)
    console(width=max(room, GAP * len(columns) + sum(widths or [longest + BELOW]))).print(table)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Text]], room: int) -> list[int] | None:
    """The width of every column beside the others; None where text has no room, or a word of it is longer."""
    widths = [max((cell.cell_len for cell in cells), default=0) for cells in zip(*rows, strict=True)]
    texts = sorted((i for i, column in enumerate(columns) if column.wraps), key=lambda i: widths[i])
    left = room - GAP * (len(columns) - 1) - sum(w for i, w in enumerate(widths) if i not in texts)
    for n, i in enumerate(texts):
        share = left // (len(texts) - n)
        if widths[i] > share:
            if share < NARROW or any(_longest(row[i], share) > share for row in rows):
                return None
            widths[i] = max(_longest(row[i], share) for row in rows)
        left -= widths[i]
    return widths if left >= 0 else None


def _stacked(columns: Sequence[Column], rows: Sequence[Sequence[Text]], room: int) -> Table:
    """Short cells in a line as far as they fit, the others below them."""
    widths = [max((cell.cell_len for cell in cells), default=0) for cells in zip(*rows, strict=True)]
    top, used = list[int](), 0
    for i, column in enumerate(columns):
        if not top or (not column.wraps and used + GAP + widths[i] <= room):
            used += widths[i] + GAP * bool(top)
            top.append(i)
    outer = Table.grid()
    for row in rows:
        line = Table.grid(padding=(0, GAP, 0, 0))
        for i in top:
            line.add_column(min_width=widths[i], no_wrap=True, justify=columns[i].justify)
        line.add_row(*(row[i] for i in top))
        outer.add_row(line)
        for i, cell in enumerate(row):
            if i not in top and cell.plain:
                outer.add_row(Padding(_wrapped(cell, room - BELOW), (0, 0, 0, BELOW)))
    return outer


def _wrapped(cell: Text, width: int) -> Text:
    if cell.cell_len <= width:
        return cell
    lines = wrapped(cell.plain, width, hang=0)
    return Text("\n".join(lines), cell.style, no_wrap=True, overflow="ignore")


def _longest(cell: Text, width: int) -> int:
    return max(map(len, wrapped(cell.plain, width, hang=0)))
