"""Reads what an author says is used: ``strong convexity at (x, y) times 2*c``."""

from __future__ import annotations

from verify.language.names import Fault
from verify.runtime.errors import BadInput
from verify.spaces.reading.bounds import check_size
from verify.spaces.reading.surface import Node, Reason
from verify.spaces.reading.term_reader import TermReader

FORM = "write a fact and its points, as in: smoothness at (x, y) times 2*c"


def reason(text: str) -> Reason:
    """The reason that a text gives; BadInput, with the column, where it gives none.

    >>> r = reason("strong convexity at (x, y) times 2*c")
    >>> r.what, len(r.points)
    ('strong convexity', 2)
    """
    try:
        return _read(TermReader(text))
    except Fault as fault:
        what, hint, position = fault.args
        raise BadInput(what, hint, text, position) from None


def _read(reader: TermReader) -> Reason:
    start, stop = reader.word.start, 0
    while reader.word.kind == "name" and not reader.sees("at"):
        stop = reader.take().stop
    if not reader.sees("at") or not stop:
        raise Fault("a fact is expected here", FORM, reader.word.start)
    reader.take()
    points = _points(reader)
    factor = None
    if reader.sees("times"):
        reader.take()
        factor = reader.term()
    if reader.word.kind != "end":
        raise reader.unexpected()
    for t in (*points, *([] if factor is None else [factor])):
        check_size(t)
    return Reason(" ".join(reader.text[start:stop].split()), points, factor, start, reader.text)


def _points(reader: TermReader) -> tuple[Node, ...]:
    if not reader.sees("("):
        raise Fault("points stand in brackets", FORM, reader.word.start)
    opened = reader.take()
    points = [reader.term()]
    while reader.sees(","):
        reader.take()
        points.append(reader.term())
    reader.expect(")", opened)
    return tuple(points)
