"""Chains that go on: a display or a part of one that begins with a relation goes on from the last member before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verify.papers.document import Display, Document
from verify.papers.formulas import JOINTS
from verify.papers.rows import split_top, statements
from verify.papers.signs import ARROWS, RELATIONS, UNREAD, is_definition, is_unread
from verify.papers.statement import Statement
from verify.papers.tokens import NotUnderstood, Token

_ASIDE = {"skip": "is skipped", "assume": "is assumed"}


def continued(found: list[Statement], before: Callable[[], list[Token] | None]) -> list[Statement]:
    """The statements of a display; those that begin with a relation begin with the member before it instead.

    ``before`` gives the last member of the display before.
    """
    for i, s in enumerate(found):
        if s.problem is not None or not s.tokens or not _begins(s):
            continue
        above = found[i - 1] if i else None
        member = before() if above is None else _last(above) if above.column == s.column else None
        if member is not None:
            s.tokens = [*member, *s.tokens]
    return found


def last_member(found: Sequence[Statement]) -> list[Token] | None:
    """The last member of the one chain that a display holds; None where it holds another thing."""
    if not found or not all(_begins(s) for s in found[1:]):
        return None
    return _last(found[-1])


def last_member_of(document: Document, display: Display | None, verb: str, position: int) -> list[Token] | None:
    """The last member of a display that is one chain; None where it is not, or is not read.

    ``verb`` is that of the comment before it. Not understood, at ``position``, where a chain behind it may go on from
    what stands before it instead: it was skipped, is assumed, or defines a name.
    """
    if display is None or not display.ended or display.doubt:
        return None
    try:
        found = statements(document.tokens(display), display.environment)
    except NotUnderstood:
        return None
    why = _ASIDE.get(verb, "")
    if any(is_definition(t) for s in found for t in (*s.tokens, *s.unread)):
        why = "defines a name"
    if why:
        hint = "write the member again that it goes on from"
        raise NotUnderstood(f"a relation behind a display that {why}: what stands before it", position, hint)
    return last_member(found)


def _begins(s: Statement) -> bool:
    """Whether a statement begins with a relation."""
    return bool(s.tokens) and s.tokens[0].kind == "token" and s.tokens[0].text in RELATIONS


def _last(s: Statement) -> list[Token] | None:
    """The last member of a chain that is said without a condition."""
    if s.problem is not None or s.conditions or any(t.text in ARROWS or t.text in JOINTS for t in s.tokens):
        return None
    extra = frozenset(t.text for t in s.tokens if is_unread(t))
    parts = split_top(s.tokens, frozenset(RELATIONS) | UNREAD | extra)
    return parts[-1][1] if len(parts) > 1 and parts[-1][1] else None
