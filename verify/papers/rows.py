r"""From the tokens of a display to its statements: rows, columns, alignment marks and words are taken out of the way.

A row continues the statement above it in its column when it starts with a relation or an operation, when brackets are
still open, or when nothing stands before its alignment mark. Other rows, commas and words such as "and" start a new
statement. A reason in a further column or at the end of a row belongs to the step beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from verify.papers.cleaning import DECORATED, DROPPED, SIZES, STRUCK, WORDS, clean
from verify.papers.remarks import denies, kind_of, words_of
from verify.papers.signs import ARROWS, CLOSING, DEFINITIONS, OPENING, OPERATIONS, RELATIONS, SPACE, UNREAD, is_sign
from verify.papers.tokens import NotUnderstood, Token, argument

__all__ = ["ARROWS", "DEFINITIONS", "RELATIONS", "UNREAD", "Statement", "clean", "split_top", "statements"]
MAX_BESIDE = 16  # statements of a row that are looked at as conditions of another one
_WHOLE_ROWS = frozenset({"eqnarray", "IEEEeqnarray", "multline", "gather", "dmath"})
MEANT = frozenset(RELATIONS) | frozenset(ARROWS) | UNREAD | SPACE | WORDS | DROPPED | SIZES | DECORATED | STRUCK
_QUANTIFIERS = frozenset({r"\forall", r"\exists", r"\nexists"})


@dataclass
class Statement:
    """The tokens of one statement, the reasons beside it, or why it is not read.

    ``after`` are the statements that follow it in the same row, behind a comma or in another column: they may be its
    conditions; ``first`` tells that none stands before it.
    """

    tokens: list[Token] = field(default_factory=list)
    problem: NotUnderstood | None = None
    reasons: list[Token] = field(default_factory=list)
    after: list[Statement] = field(default_factory=list)
    first: bool = True
    column: int = 0
    rows: set[int] = field(default_factory=set)

    @property
    def position(self) -> int:
        return self.problem.position if self.problem and not self.tokens else self.tokens[0].position


def statements(tokens: Sequence[Token], environment: str) -> list[Statement]:
    """The statements of a display, in order."""
    if environment in ("alignat", "IEEEeqnarray"):
        start = next((i for i, t in enumerate(tokens) if t.text != " "), len(tokens))
        if start < len(tokens) and tokens[start].text == "{":
            _, start = argument(tokens, start, tokens[start].position)
        tokens = tokens[start:]
    columns = _Columns(environment)
    row: list[list[Token]] = [[]]
    for t in clean(tokens):
        if t.kind == "row":
            columns.row(row)
            row = [[]]
        elif t.kind == "break":
            columns.row(row)
            columns.end(t if denies(words_of(t)) else None)
            row = [[]]
        elif t.kind == "mark":
            row.append([])
        else:
            row[-1].append(t)
    columns.row(row)
    columns.end()
    return _beside([_placed(part, s) for s in columns.found for part in _split(s.tokens)])


def _placed(part: Statement, whole: Statement) -> Statement:
    part.column, part.rows = whole.column, whole.rows
    return part


def _beside(found: list[Statement]) -> list[Statement]:
    """The statements, each with those that stand in further columns of its rows."""
    for s in found:
        for other in found:
            if other.column > s.column and other.rows & s.rows:
                other.first = False
                if len(s.after) < MAX_BESIDE:
                    s.after.append(other)
    return found


class _Columns:
    """The statements that are still open, one a column."""

    def __init__(self, environment: str) -> None:
        self.environment = environment
        self.open: dict[int, list[Token]] = {}
        self.found: list[Statement] = []
        self.doubt: Token | None = None
        self.count = 0
        self.rows: dict[int, set[int]] = {}

    def row(self, cells: list[list[Token]]) -> None:
        """Add a row to the columns that it continues; what starts anew closes what stood there."""
        self.count += 1
        for column, (pieces, marked) in enumerate(self._groups(cells)):
            part = [t for piece in pieces for t in piece]
            if not part:
                continue
            current = self.open.get(column)
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
                self.rows[column] = set()
            self.rows[column].add(self.count)
        for part in self.open.values():
            while part and part[-1].kind == "text" and kind_of(words_of(part[-1]), aside=False) in ("cut", "nothing"):
                part.pop()

    def end(self, doubt: Token | None = None) -> None:
        """Close all columns; ``doubt`` are words that may turn what comes into something that is not claimed."""
        for column in sorted(self.open):
            self._close(column)
        self.found.sort(key=lambda s: s.tokens[0].position)
        self.doubt = doubt

    def _close(self, column: int) -> None:
        tokens = self.open.pop(column, None)
        if tokens and self.doubt is not None:
            words = Token(self.doubt.text, tokens[0].position, "text")
            tokens = [*tokens, words, words]
        if tokens:
            self.found.append(Statement(tokens, column=column, rows=self.rows[column]))

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
    return next((t for t in reversed(tokens) if t.kind != "remark"), None)


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


def split_top(tokens: Sequence[Token], separators: frozenset[str]) -> list[tuple[Token | None, list[Token]]]:
    """Cut at separators outside all brackets; each part comes with the separator before it."""
    parts: list[tuple[Token | None, list[Token]]] = [(None, [])]
    depth = 0
    for t in tokens:
        if t.kind == "token":
            depth += (t.text in OPENING) - (t.text in CLOSING)
        if depth <= 0 and t.text in separators and t.kind in ("token", "unread", "definition"):
            parts.append((t, []))
        else:
            parts[-1][1].append(t)
    return parts


def _split(tokens: Sequence[Token]) -> list[Statement]:
    """Cut at commas and joints; words that are not known make what stands beside them unreadable."""
    out: list[Statement] = []
    current = Statement()
    depth = 0
    joints = [kind_of(words_of(t), aside=False) for t in tokens if t.kind == "text"]
    arrows = any(t.text in ARROWS for t in tokens) or bool({"iff", "implies", "or"} & set(joints))
    held = [i for i, t in enumerate(tokens) if t.kind != "remark" and t.text not in (".", ",", ";", ":")]
    last = held[-1] if held else -1
    for i, t in enumerate(tokens):
        if t.kind == "token":
            depth += (t.text in OPENING) - (t.text in CLOSING)
        rest = i < last
        if t.kind == "remark":
            current.reasons.append(t)
        elif t.kind == "text" and depth <= 0:
            kind = kind_of(words_of(t), aside=False)
            if kind in ("unknown", "reason", "remark"):
                return [_unknown(t)]  # it may be said of everything that stands before it
            if kind in ("or", "iff", "implies"):
                current.tokens.append(Token({"or": r"\or", "iff": r"\iff"}.get(kind, r"\implies"), t.position))
            elif arrows and rest and current.tokens and "and" in words_of(t).lower().split():
                current.tokens.append(Token(r"\and", t.position))
            elif kind == "cut" and rest and current.tokens and not arrows:
                out, current = _ended(out, current), Statement()
        elif t.text in _QUANTIFIERS and depth <= 0:
            hint = "state the condition in '% verify: assume ...' before the display"
            return [Statement([], NotUnderstood(f"the quantifier {t.text}", t.position, hint))]
        elif t.text in (",", ";") and t.kind == "token" and depth <= 0 and not arrows:
            out, current = _ended(out, current), Statement()
        elif not (t.text in (".", ",", ";", ":") and depth <= 0 and not rest):
            current.tokens.append(t)
    if current.tokens and current.tokens[-1].text in (".", ":") and current.tokens[-1].kind == "token":
        current.tokens.pop()
    found = _without_relation([s for s in _ended(out, current) if s.tokens or s.problem])
    for i, s in enumerate(found):
        s.first, s.after = i == 0, found[i + 1 : i + 1 + MAX_BESIDE]
    return found


def _without_relation(parts: list[Statement]) -> list[Statement]:
    r"""A part that compares nothing may belong to the part behind its comma, as in \min a, b = c: neither is read."""
    out: list[Statement] = []
    for s in parts:
        before = out[-1] if out else None
        if before is not None and before.problem is None and not any(is_sign(t) for t in before.tokens):
            what = "a part without a relation before a comma"
            before.problem = NotUnderstood(what, before.position, "write one statement between two commas")
            continue
        out.append(s)
    return out


def _ended(out: list[Statement], current: Statement) -> list[Statement]:
    if not current.tokens and current.reasons and out:
        out[-1].reasons += current.reasons
        return out
    return [*out, current]


def _unknown(t: Token) -> Statement:
    """A statement with words that may change what it says."""
    hint = "state conditions in '% verify: assume ...' before the display, and write other words outside it"
    return Statement([], NotUnderstood(f"the words '{words_of(t)[:40]}'", t.position, hint))
