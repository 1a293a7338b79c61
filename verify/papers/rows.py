r"""From the tokens of a display to its statements: rows, columns, alignment marks and words are taken out of the way.

``columns`` puts rows together. Commas and words such as "and" start a new statement, "for all" and "if" a condition.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.papers.cleaning import DECORATED, DROPPED, SIZES, STRUCK, WORDS, clean
from verify.papers.columns import Columns
from verify.papers.conditions import FORALL, leading, quantifier, trailing
from verify.papers.remarks import denies, kind_of, restricts, words_of
from verify.papers.signs import ARROWS, CLOSING, DEFINITIONS, OPENING, RELATIONS, SPACE, UNREAD, is_sign
from verify.papers.statement import Condition, Statement
from verify.papers.tokens import NotUnderstood, Token, argument

__all__ = ["ARROWS", "DEFINITIONS", "RELATIONS", "UNREAD", "Statement", "clean", "split_top", "statements"]
MAX_BESIDE = 16  # statements of a row that are looked at as conditions of another one
MEANT = frozenset(RELATIONS) | frozenset(ARROWS) | UNREAD | SPACE | WORDS | DROPPED | SIZES | DECORATED | STRUCK
_EXISTS = frozenset({r"\exists", r"\nexists"})


def statements(tokens: Sequence[Token], environment: str) -> list[Statement]:
    """The statements of a display, in order."""
    if environment in ("alignat", "IEEEeqnarray"):
        start = next((i for i, t in enumerate(tokens) if t.text != " "), len(tokens))
        if start < len(tokens) and tokens[start].text == "{":
            _, start = argument(tokens, start, tokens[start].position)
        tokens = tokens[start:]
    columns = Columns(environment)
    row: list[list[Token]] = [[]]
    for t in clean(tokens):
        if t.kind == "row":
            columns.row(row)
            row = [[]]
        elif t.kind == "break":
            columns.row(row)
            columns.end(t if denies(words_of(t)) else None, restricted=restricts(words_of(t)))
            row = [[]]
        elif t.kind == "mark":
            row.append([])
        else:
            row[-1].append(t)
    columns.row(row)
    columns.end()
    return _beside([_placed(part, s) for s in columns.found for part in _split(s.tokens)])


def _placed(part: Statement, whole: Statement) -> Statement:
    part.column, part.rows, part.starts, part.restricted = whole.column, whole.rows, whole.starts, whole.restricted
    return part


def _beside(found: list[Statement]) -> list[Statement]:
    """The statements, each with those that stand in further columns of its rows."""
    for other in [s for s in found if s.conditions and not s.tokens and s.problem is None]:
        # A condition in a column of its own is one of the statement beside it.
        beside = [s for s in found if s.tokens and s.column < other.column and s.rows & other.rows]
        if beside:
            beside[-1].conditions += other.conditions
            found.remove(other)
    for s in found:
        for other in found:
            if other.column > s.column and other.rows & s.rows:
                other.first = False
                if len(s.after) < MAX_BESIDE:
                    s.after.append(other)
    return found


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
    held = [
        i for i, t in enumerate(tokens) if t.kind not in ("remark", "condition") and t.text not in (".", ",", ";", ":")
    ]
    last = held[-1] if held else -1
    before: list[Condition] = []  # said of all that follows
    skip = 0
    for i, t in enumerate(tokens):
        if i < skip:
            continue
        if t.kind == "condition":
            try:
                current.conditions.append(trailing(t.inner))
            except NotUnderstood as fault:
                return [Statement([], fault, unread=list(tokens))]
            current.reasons += [x for x in t.inner if x.kind == "remark"]
            continue
        if depth <= 0 and quantifier(t) is not None and not current.tokens and not out:
            try:
                condition, skip = leading(tokens, i)
                before.append(condition)
                continue
            except NotUnderstood as fault:
                return [Statement([], fault, unread=list(tokens))]
        if t.kind == "token":
            depth += (t.text in OPENING) - (t.text in CLOSING)
        rest = i < last
        if t.kind == "remark":
            current.reasons.append(t)
        elif t.kind == "text" and depth <= 0:
            kind = kind_of(words_of(t), aside=False)
            if kind in ("unknown", "reason", "remark"):
                return [
                    Statement([], _unknown(t), unread=list(tokens))
                ]  # it may be said of everything that stands before it
            if kind in ("or", "iff", "implies"):
                current.tokens.append(Token({"or": r"\or", "iff": r"\iff"}.get(kind, r"\implies"), t.position))
            elif arrows and rest and current.tokens and "and" in words_of(t).lower().split():
                current.tokens.append(Token(r"\and", t.position))
            elif kind == "cut" and rest and current.tokens and not arrows:
                out, current = _ended(out, current), Statement()
        elif t.text in _EXISTS or t.text == FORALL:
            hint = "state the condition in '% verify: assume ...' before the display"
            quantified = NotUnderstood(f"the quantifier {t.text}", t.position, hint)
            return [Statement([], quantified, unread=list(tokens))]
        elif t.text in (",", ";") and t.kind == "token" and depth <= 0 and not arrows:
            out, current = _ended(out, current), Statement()
        elif not (t.text in (".", ",", ";", ":") and depth <= 0 and not rest):
            current.tokens.append(t)
    if current.tokens and current.tokens[-1].text in (".", ":") and current.tokens[-1].kind == "token":
        current.tokens.pop()
    parts = [s for s in _ended(out, current) if s.tokens or s.problem or s.conditions]
    for s in parts:
        s.tokens = _bounded(s.tokens)
        s.conditions += before if s.tokens else []
    found = _without_relation(parts)
    for i, s in enumerate(found):
        s.first, s.after = i == 0, found[i + 1 : i + 1 + MAX_BESIDE]
    return found


def _bounded(tokens: list[Token]) -> list[Token]:
    """A chain whose last member is bounded in brackets, a = b (< 1), as the chain a = b < 1."""
    if len(tokens) < 4 or tokens[-1].text not in (")", "]"):
        return tokens
    depth = 0
    for j in range(len(tokens) - 1, -1, -1):
        depth += (tokens[j].text in CLOSING) - (tokens[j].text in OPENING)
        if depth == 0:
            inside = tokens[j + 1 : -1]
            plain = tokens[j].text in ("(", "[") and len(inside) > 1 and inside[0].text in RELATIONS
            return [*tokens[:j], *inside] if plain and sum(is_sign(t) for t in inside) == 1 else tokens
    return tokens


def _without_relation(parts: list[Statement]) -> list[Statement]:
    r"""A part that compares nothing may belong to the part behind its comma, as in \min a, b = c: neither is read."""
    out: list[Statement] = []
    for s in parts:
        before = out[-1] if out else None
        if (
            before is not None
            and before.problem is None
            and before.tokens
            and not any(is_sign(t) for t in before.tokens)
        ):
            what = "a part without a relation before a comma"
            before.problem = NotUnderstood(what, before.position, "write one statement between two commas")
            continue
        out.append(s)
    return out


def _ended(out: list[Statement], current: Statement) -> list[Statement]:
    if not current.tokens and (current.reasons or current.conditions) and out:
        out[-1].reasons += current.reasons
        out[-1].conditions += current.conditions
        return out
    return [*out, current]


def _unknown(t: Token) -> NotUnderstood:
    """Words that may change what a statement says."""
    hint = "state conditions in '% verify: assume ...' before the display, and write other words outside it"
    return NotUnderstood(f"the words '{words_of(t)[:40]}'", t.position, hint)
