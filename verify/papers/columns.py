r"""The rows and columns of a display, put together to the statements that stand in them.

A row continues the statement above it in its column when it starts with a relation or an operation, when brackets are
still open, or when nothing stands before its alignment mark. Other rows start a new statement. A reason in a further
column or at the end of a row belongs to the step beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.papers.conditions import with_condition
from verify.papers.remarks import kind_of, words_of
from verify.papers.signs import CLOSING, OPENING, OPERATIONS, is_sign
from verify.papers.statement import Statement
from verify.papers.tokens import Token

_WHOLE_ROWS = frozenset({"eqnarray", "IEEEeqnarray", "multline", "gather", "dmath"})


class Columns:
    """The statements that are still open, one a column."""

    def __init__(self, environment: str) -> None:
        self.environment = environment
        self.open: dict[int, list[Token]] = {}
        self.found: list[Statement] = []
        self.doubt: Token | None = None
        self.restricted = False
        self.count = 0
        self.rows: dict[int, set[int]] = {}
        self.starts: dict[int, list[int]] = {}

    def row(self, cells: list[list[Token]]) -> None:
        """Add a row to the columns that it continues; what starts anew closes what stood there."""
        self.count += 1
        for column, (pieces, marked) in enumerate(self._groups(cells)):
            part = [t for piece in pieces for t in piece]
            if not part:
                continue
            start, part = part[0].position, with_condition(part)
            current = self.open.get(column)
            if len(part) == 1 and part[0].kind == "condition" and any(t.kind != "condition" for t in current or ()):
                self.open[column].append(part[0])  # of the rows above it
                self.rows[column].add(self.count)
                continue
            if current and is_sign(part[0]):
                while current and current[-1].text in (",", ";") and current[-1].kind == "token":
                    current.pop()  # a comma at the end of a row, before the chain goes on
            if current and not self._fresh(part, current, marked, pieces):
                current.extend(part)
            elif current and _dangling(part, current):
                # What stands above may go on here, or not: neither is read.
                current.extend([Token("\\\\", part[0].position), *part])
            else:
                self._close(column)
                self.open[column] = part
                self.rows[column], self.starts[column] = set(), []
            self.rows[column].add(self.count)
            self.starts[column].append(start)
        for part in self.open.values():
            while part and part[-1].kind == "text" and kind_of(words_of(part[-1]), aside=False) in ("cut", "nothing"):
                part.pop()

    def end(self, doubt: Token | None = None, *, restricted: bool = False) -> None:
        """Close all columns; ``doubt`` are words that may turn what comes into something that is not claimed.

        ``restricted``: words may restrict what comes, to the end of the display.
        """
        for column in sorted(self.open):
            self._close(column)
        self.found.sort(key=lambda s: s.tokens[0].position)
        self.doubt, self.restricted = doubt, self.restricted or restricted

    def _close(self, column: int) -> None:
        tokens = self.open.pop(column, None)
        if tokens and self.doubt is not None:
            words = Token(self.doubt.text, tokens[0].position, "text")
            tokens = [*tokens, words, words]
        if tokens:
            rows, starts = self.rows[column], self.starts[column]
            self.found.append(Statement(tokens, column=column, rows=rows, starts=starts, restricted=self.restricted))

    def _groups(self, cells: list[list[Token]]) -> list[tuple[list[list[Token]], bool]]:
        """The cells of a row that belong together, and whether the first of them ends at an alignment mark."""
        cells = [_without_label(cell) for cell in cells]
        if self.environment in _WHOLE_ROWS:
            return [(cells, len(cells) > 1)]
        out: list[tuple[list[list[Token]], bool]] = []
        i = 0
        while i < len(cells):
            pieces = cells[i : i + 2]
            i += 2
            while i < len(cells) and _unfinished(pieces):
                pieces = [*pieces, cells[i]]
                i += 1
            remark = _as_remark(pieces) if out or self.open.get(0) else None
            if remark is None:
                out.append((pieces, len(pieces) > 1))
            elif out:
                out[-1][0].append([remark])
            else:
                out.append(([[], [remark]], True))
        return out

    def _fresh(self, part: list[Token], current: list[Token], marked: bool, pieces: list[list[Token]]) -> bool:
        """Whether the part of a row starts a statement of its own."""
        if self.environment == "multline" or _depth(current) > 0:
            return False
        first, last = part[0], _last(current)
        if first.kind == "remark":
            return False
        if first.kind == "condition":
            return True
        if last is None or last.text in (",", ";") or first.kind == "text":
            return True
        if is_sign(first) or is_sign(last) or last.text in OPERATIONS:
            return False
        before = bool(pieces[0])  # something stands before the alignment mark
        if first.text in OPERATIONS:
            own = before and len(pieces) > 1 and bool(pieces[1]) and is_sign(pieces[1][0])
            return own or (first.text in ("+", "-") and not marked and any(is_sign(t) for t in part))
        # A product goes on in the next row only where no relation follows: otherwise that is another statement.
        return before or not marked or any(is_sign(t) for t in part)


def _dangling(part: Sequence[Token], current: Sequence[Token]) -> bool:
    """Whether a row compares nothing and follows a statement that does not end in a comma."""
    last = _last(current)
    words = any(t.kind in ("text", "remark", "cases") for t in part)
    ended = last is None or last.text in (",", ";", ".")
    return not words and not ended and not any(is_sign(t) for t in part)


def _last(tokens: Sequence[Token]) -> Token | None:
    return next((t for t in reversed(tokens) if t.kind not in ("remark", "condition")), None)


def _depth(tokens: Sequence[Token]) -> int:
    return sum((t.text in OPENING) - (t.text in CLOSING) for t in tokens if t.kind == "token")


def _unfinished(pieces: list[list[Token]]) -> bool:
    tokens = [t for piece in pieces for t in piece]
    last = _last(tokens)
    return last is not None and (is_sign(last) or last.text in OPERATIONS or _depth(tokens) > 0)


def _without_label(cell: list[Token]) -> list[Token]:
    """A cell in which a reason at the end is one token of kind "remark"."""
    depth = 0
    for i, t in enumerate(cell):
        if t.kind == "token":
            depth += (t.text in OPENING) - (t.text in CLOSING)
        if depth > 0 or t.kind != "text":
            if t.kind == "token" and depth == 1 and t.text in ("(", "[") and _bracketed_remark(cell[i:]):
                return [*cell[:i], Token(r"\remark", t.position, "remark", tuple(cell[i + 1 :]))]
            continue
        rest = [x for x in cell[i + 1 :] if x.text not in (".", ",", ";")]
        if kind_of(words_of(t), aside=False) == "reason":
            return [*cell[:i], Token(r"\remark", t.position, "remark", tuple(cell[i:]))]
        if not rest and i > 0 and _in_brackets(t) and kind_of(words_of(t), aside=True) == "remark":
            return [*cell[:i], Token(r"\remark", t.position, "remark", tuple(cell[i:]))]
    return cell


def _in_brackets(t: Token) -> bool:
    text = words_of(t).strip(" .,;:")
    return text[:1] in ("(", "[") and text[-1:] in (")", "]")


def _bracketed_remark(tokens: Sequence[Token]) -> bool:
    """Whether a bracket holds a reason, as in (\\text{as } x > 0), and nothing but punctuation follows."""
    if len(tokens) < 2 or tokens[1].kind != "text":
        return False
    words = words_of(tokens[1])
    if kind_of(words, aside=False) != "reason" and words.strip().lower() != "as":
        return False
    depth = 0
    for j, t in enumerate(tokens):
        if t.kind == "token":
            depth += (t.text in OPENING) - (t.text in CLOSING)
        if depth == 0:
            return all(x.text in (".", ",", ";") for x in tokens[j + 1 :])
    return False


def _as_remark(pieces: list[list[Token]]) -> Token | None:
    """Cells in a further column that hold only a reason."""
    tokens = [t for piece in pieces for t in piece if t.text not in (".", ",", ";")]
    if not tokens:
        return None
    if len(tokens) == 1 and tokens[0].kind == "remark":
        return tokens[0]
    if len(tokens) == 1 and tokens[0].kind == "text" and kind_of(words_of(tokens[0]), aside=True) == "remark":
        return Token(r"\remark", tokens[0].position, "remark", tuple(tokens))
    return None
