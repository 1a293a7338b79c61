r"""Conditions that stand in a display: "for all x > 0", \forall x \in \mathbb R, "if x \ge 1".

What is said under a condition is a weaker claim, so only plain conditions are read: names that are compared, or lie in
a set. What else follows may be another claim, and is not understood.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.papers.keys import starts_name
from verify.papers.remarks import kind_of, words_of
from verify.papers.signs import ARROWS, CLOSING, OPENING, RELATIONS, is_sign
from verify.papers.statement import Condition
from verify.papers.tokens import NotUnderstood, Token

FORALL = r"\forall"
_ALL = frozenset(
    {"for all", "for any", "for every", "for each", "for", "for arbitrary", "holds for all", "holds for every",
     "holds for any", "valid for all", "whatever"}
)  # fmt: skip
_IF = frozenset(
    {"if", "when", "whenever", "provided", "provided that", "as long as", "so long as", "assuming", "assuming that",
     "as soon as", "under the condition", "under the condition that"}
)  # fmt: skip
_HINT = "state the condition in '% verify: assume ...' before the display"


def quantifier(t: Token) -> bool | None:
    """Whether a token starts a condition: True for "for all", False for "if", None for what is none."""
    if t.kind == "token":
        return True if t.text == FORALL else None
    if t.kind != "text":
        return None
    words = " ".join(_outside(t).lower().replace("~", " ").split()).strip(" ,;:.([")
    return True if words in _ALL else False if words in _IF else None


def _outside(t: Token) -> str:
    r"""The words of a \text up to its first formula, if nothing but joints stands behind it."""
    first, *rest = words_of(t).split("$")
    joints = rest[1::2]
    return first if all(w.strip(" .,;:)]~").lower() in ("", "and") for w in joints) else words_of(t)


def opening(t: Token) -> list[Token]:
    r"""The formula of a condition that stands inside its words, as in \text{for all $x > 0$}."""
    out: list[Token] = []
    inside = False
    for x in t.inner if t.kind == "text" else ():
        if x.text == "$":
            inside = not inside
            if inside and out:
                out.append(Token(",", x.position))
        elif inside:
            out.append(x)
    return out


def with_condition(row: list[Token]) -> list[Token]:
    """A row in which a condition at its end is one token of kind "condition"."""
    depth = 0
    for i, t in enumerate(row):
        if depth <= 0 and quantifier(t) is not None and (i or not _leads(row)):
            return [*row[:i], Token(r"\condition", t.position, "condition", tuple(row[i:]))]
        if t.kind == "token":
            depth += (t.text in OPENING) - (t.text in CLOSING)
    return row


def _leads(row: Sequence[Token]) -> bool:
    """Whether a statement follows the condition with which a row begins."""
    try:
        leading(row, 0)
    except NotUnderstood:
        return False
    return True


def trailing(tokens: Sequence[Token]) -> Condition:
    """The condition that some tokens make up."""
    return _condition(tokens[0], [*opening(tokens[0]), *tokens[1:]], leading=False)


def leading(tokens: Sequence[Token], i: int) -> tuple[Condition, int]:
    """The condition at the start of a statement, and the index behind it: at a colon, or the comma behind a bound."""
    depth, end, bounded = 0, i + 1, False
    rest = tokens[i + 1 :]
    colon = any(t.text == ":" and t.kind == "token" for t in rest)
    while end < len(tokens):
        t = tokens[end]
        if t.kind == "token":
            depth += (t.text in OPENING) - (t.text in CLOSING)
        cut = t.kind == "text" and kind_of(words_of(t), aside=False) == "cut" and words_of(t).strip(" ,") != "and"
        if depth <= 0 and (cut or (t.text == ":" if colon else t.text == "," and bounded)):
            break
        bounded = bounded or is_sign(t)
        end += 1
    if end >= len(tokens):
        raise NotUnderstood("a condition and no statement behind it", tokens[i].position, _HINT)
    return _condition(tokens[i], [*opening(tokens[i]), *tokens[i + 1 : end]], leading=True), end + 1


def _condition(first: Token, tokens: Sequence[Token], *, leading: bool) -> Condition:
    """A condition; not understood where it may be more than that."""
    bound = quantifier(first) is True
    out: list[Token] = []
    for t in tokens:
        if t.kind == "remark":
            continue
        joint = t.kind == "text" and words_of(t).strip(" ,.").lower() in ("and", "")
        again = quantifier(t) is bound
        if joint or again:
            out += [Token(",", t.position), *opening(t)]
        elif t.kind != "token" and not is_sign(t):
            what = f"the words '{words_of(t)[:40]}'" if t.kind == "text" else f"'{t.text[:30]}'"
            raise NotUnderstood(f"{what} in a condition", t.position, _HINT)
        elif t.text in ARROWS:
            raise NotUnderstood("an arrow in a condition", t.position, _HINT)
        else:
            out.append(t)
    while out and out[-1].text in (".", ",", ";", ":"):
        out.pop()
    parts = parts_of(out)
    if not parts:
        raise NotUnderstood("a condition that says nothing", first.position, _HINT)
    compared = [p for p in parts if any(is_sign(t) for t in p)]
    if not compared and not (bound and all(starts_name(p[0]) for p in parts)):
        raise NotUnderstood("a condition that compares nothing", first.position, _HINT)
    for p in compared[1:]:
        if not _plain(p):
            raise NotUnderstood("a condition, or a statement behind it", p[0].position, _HINT)
    return Condition(tuple(t for k, p in enumerate(parts) for t in [*_comma(k, p), *p]), first.position, bound, leading)


def _comma(k: int, part: Sequence[Token]) -> list[Token]:
    return [Token(",", part[0].position)] if k else []


def parts_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """The parts between commas outside all brackets; an interval (0, 1] may close with another bracket."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for t in tokens:
        depth += (t.text in OPENING) - (t.text in CLOSING)
        if depth <= 0 and t.text in (",", ";"):
            parts.append([])
        else:
            parts[-1].append(t)
    return [p for p in parts if p]


def _plain(part: Sequence[Token]) -> bool:
    """Whether a part bounds a name by numbers, as in 0 < y < 1, or says in which set it lies."""
    names = [i for i, t in enumerate(part) if starts_name(t) and (i == 0 or part[i - 1].text not in ("_", "^", "{"))]
    member = len(part) > 1 and any(t.text == r"\in" for t in part)
    return member or (len(names) == 1 and all(t.text in RELATIONS for t in part if is_sign(t)))


def names_bound(condition: Condition) -> list[list[Token]]:
    """The names of which a condition is said for all: of each part the first member that is a name."""
    found: list[list[Token]] = []
    for part in parts_of(condition.tokens):
        members: list[list[Token]] = [[]]
        for t in part:
            if is_sign(t):
                members.append([])
            else:
                members[-1].append(t)
        name = next((m for m in members if m and starts_name(m[0])), None)
        if name is not None:
            found.append(name)
    return found
