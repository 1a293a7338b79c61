r"""Tokens without what is not mathematics: spacing, labels, sizes of brackets; words and numbers become one token each.

Nothing that TeX prints is dropped, except remarks that only number a step, such as the (a) over a relation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from verify.papers import remarks
from verify.papers.document import CASES, INNER
from verify.papers.inner import check_inner
from verify.papers.keys import STYLED, starts_name
from verify.papers.macros import TAKES
from verify.papers.numerals import DIGITS, adjacent, number, place
from verify.papers.signs import ARROWS, CLOSING, OPENING, OPERATIONS, RELATIONS, SIGNS, SPACE, UNREAD
from verify.papers.tokens import NotUnderstood, Token, argument, optional, plain, word_set

MAX_BRACES = 200
WIDE = frozenset({r"\quad", r"\qquad", r"\hfill"})
STRUCK = frozenset({r"\cancel"})  # their content keeps its value
DROPPED = word_set(r"\label \tag \hspace \vspace \phantom \hphantom \vphantom \mspace \mskip \color \cite \vskip")
_LENGTHS = word_set(r"\hspace \vspace \mspace \mskip \vskip")
WORDS = word_set(r"\text \mbox \textrm \textup \textnormal \textit \hbox \textbf \intertext \shortintertext")
SIZES = word_set(
    r"\big \Big \bigg \Bigg \bigl \Bigl \biggl \Biggl \bigr \Bigr \biggr \Biggr \bigm \Bigm \biggm \Biggm \middle"
)
# Sizes that tell on which side of a norm its bars stand.
_SIDES = {
    **dict.fromkeys((r"\left", r"\bigl", r"\Bigl", r"\biggl", r"\Biggl"), r"\lVert"),
    **dict.fromkeys((r"\right", r"\bigr", r"\Bigr", r"\biggr", r"\Biggr"), r"\rVert"),
}
DECORATED = frozenset({r"\stackrel", r"\overset", r"\underset"})
_NEGATED = {"=": r"\neq"}


def clean(tokens: Sequence[Token]) -> list[Token]:
    r"""Tokens without spacing, labels and size commands; see the kinds of ``Token``."""
    out: list[Token] = []
    depth = 0
    for t in tokens:
        depth += (t.text == "{") - (t.text == "}")
        if depth > MAX_BRACES:
            raise NotUnderstood(f"braces nested deeper than {MAX_BRACES}", t.position)
    i = 0
    while i < len(tokens):
        t = tokens[i]
        i += 1
        if t.kind != "token":
            out.append(t)
        elif t.text in DIGITS:
            digits, i = number(tokens, i - 1, place(out))
            out += digits
        elif t.text in WIDE and _apart(out, tokens, i):
            out.append(Token(",", t.position))
        elif t.text in SPACE:
            continue
        elif t.text == "{" and i < len(tokens) and tokens[i].text == "}" and _idle_group(out, tokens, i + 1):
            i += 1
        elif t.text in ("^", "_") and (end := _whole(tokens, i)) is not None:
            out += [t, Token("{", t.position), *clean(tokens[i:end]), Token("}", t.position)]
            i = end
        elif t.text in STRUCK:
            struck, end = argument(tokens, i, t.position)
            if any(x.text in SIGNS or x.text in ("&", r"\\") for x in struck):
                raise NotUnderstood("a relation that is struck out", t.position)
            marked = [replace(x, inner=(t,)) for x in struck]
            tokens = [*tokens[:i], Token("{", t.position), *marked, Token("}", t.position), *tokens[end:]]
        elif t.text == r"\boxed" and (boxed := _statement(tokens, i, out)) is not None:
            content, i = boxed
            out += clean(content)
        elif t.text in ("\\mathrel", "\\mathbin", "\\mathopen", "\\mathclose"):
            main, i = argument(tokens, i, t.position)
            found = clean(main)
            if len(found) > 1 or any(x.text not in OPERATIONS | SIGNS for x in found):
                raise NotUnderstood(f"{t.text} around a term", t.position)
            out += found
        elif t.text in DROPPED:
            if i < len(tokens) and tokens[i].text == "*":
                i += 1
            if t.text in _LENGTHS and next((x.text for x in tokens[i : i + 2] if x.text != " "), "") != "{":
                raise NotUnderstood(f"{t.text} without braces", t.position)
            content, i = argument(tokens, i, t.position)
            if t.text == r"\tag" and not _is_tag(content):
                out += _words(t, content, out)  # it may be a condition or a reason
            if t.text == r"\hspace" and _apart(out, tokens, i):
                out.append(Token(",", t.position))
            if "phantom" in t.text and i < len(tokens) and tokens[i].text in ("^", "_"):
                raise NotUnderstood(f"'{tokens[i].text}' after {t.text}", tokens[i].position)
        elif t.text in WORDS:
            words, i = argument(tokens, i, t.position)
            out += _words(t, words, out)
        elif t.text in SIZES or t.text in (r"\left", r"\right"):
            i = _delimiter(tokens, i, t, out)
        elif t.text in DECORATED:
            mark, i = argument(tokens, i, t.position)
            main, i = argument(tokens, i, t.position)
            out += _decorated(t, mark, clean(main))
        elif t.text == r"\not":
            while i < len(tokens) and tokens[i].text in SPACE:
                i += 1
            if i < len(tokens) and tokens[i].text in _NEGATED:
                out.append(Token(_NEGATED[tokens[i].text], t.position))
            else:
                sign = tokens[i].text if i < len(tokens) else ""
                out.append(Token(rf"\not{sign}", t.position, "unread"))
            i += 1
        elif t.text in (":", "="):
            i = _colon(tokens, i, t, out)
        elif t.text in (r"\begin", r"\end"):
            i = _environment(tokens, i, t, out)
        elif t.text == r"\\":
            if i < len(tokens) and tokens[i].text == "*":
                i += 1
            _, i = optional(tokens, i) if i < len(tokens) and tokens[i].text == "[" else (None, i)
            out.append(Token("\\\\", t.position, "row"))
        elif t.text == "&":
            out.append(Token("&", t.position, "mark"))
        else:
            out.append(t)
    return _ungrouped(out)


def _whole(tokens: Sequence[Token], i: int) -> int | None:
    r"""Where a script ends that is a command with its arguments and has no braces, as in x^\frac{a}{b}; else None."""
    while i < len(tokens) and tokens[i].text == " ":
        i += 1
    if i >= len(tokens) or tokens[i].text not in TAKES or tokens[i].text in WORDS:
        return None
    first, i = tokens[i], i + 1
    if first.text == r"\sqrt":
        _, i = optional(tokens, i)
    for _ in range(TAKES[first.text]):
        _, i = argument(tokens, i, first.position)
    return i


def _statement(tokens: Sequence[Token], i: int, out: Sequence[Token]) -> tuple[list[Token], int] | None:
    """The content of a box around a whole statement, and the index behind it; None where it holds a term."""
    content, end = argument(tokens, i, tokens[i - 1].position)
    if not any(t.text in SIGNS for t in content):
        return None
    after = next((t.text for t in tokens[end:] if t.text not in SPACE), "")
    before = out[-1] if out else None
    alone = before is None or before.kind in ("row", "break", "mark") or before.text in (",", ";")
    if not alone or after not in ("", ",", ".", ";", r"\\"):
        raise NotUnderstood("a box around a part of a statement", tokens[i - 1].position)
    return content, end


def is_struck(t: Token) -> bool:
    """Whether a token stands in a term that is struck out."""
    return any(x.text in STRUCK for x in t.inner)


def _is_tag(content: Sequence[Token]) -> bool:
    """Whether a tag only numbers or names a display: it holds no relation, and no words that deny or restrict."""
    words = "".join(t.text for t in content if t.text != "$")
    return not any(t.text in RELATIONS or t.text in UNREAD for t in content) and (
        remarks.kind_of(words, aside=True) in ("remark", "nothing") or remarks.is_label(content)
    )


def _idle_group(out: Sequence[Token], tokens: Sequence[Token], i: int) -> bool:
    """Whether an empty group only sets spaces, as in ={}: it is no argument, and carries no script."""
    after = next((t.text for t in tokens[i : i + 2] if t.text != " "), "")
    before = out[-1].text if out else ""
    argument_of = before[:1] == "\\" and before[1:].isalpha() and before not in SIGNS | OPERATIONS
    return after not in ("^", "_") and before not in ("^", "_") and not argument_of


def _apart(out: Sequence[Token], tokens: Sequence[Token], i: int) -> bool:
    r"""Whether a wide space stands between two terms, x = 1 \quad y = 2: it is no product, but the end of one."""
    while i < len(tokens) and (tokens[i].text in SPACE or tokens[i].text in SIZES):
        i += 1
    if not out or i >= len(tokens) or out[-1].kind != "token":
        return False
    before, after = out[-1].text, tokens[i].text
    idle = (
        OPERATIONS
        | SIGNS
        | {",", ";", "^", "_", "&", ":", r"\not", r"\or", r"\and", r"\land", r"\lor", r"\wedge", r"\vee"}
    )
    if before in idle or before in OPENING or after in idle or after in CLOSING:
        return False
    return after not in WORDS | DROPPED | DECORATED | {".", r"\\", r"\end", r"\right", r"\stackrel"}


def _words(t: Token, words: list[Token], out: list[Token]) -> list[Token]:
    text = " ".join(plain(words).split())
    if "intertext" in t.text:
        return [Token(rf"\text{{{text}}}", t.position, "break", tuple(words))]
    token = Token(rf"\text{{{text}}}", t.position, "text", tuple(words))
    if out and out[-1].text in ("_", "^"):
        return [Token("{", t.position), token, Token("}", t.position)]
    return [token]


def _delimiter(tokens: Sequence[Token], i: int, t: Token, out: list[Token]) -> int:
    """What follows a size: a bracket in the form of a relation is a bracket, and a full stop is none at all."""
    while i < len(tokens) and tokens[i].text == " ":
        i += 1
    if i < len(tokens) and tokens[i].text == "." and t.text in (r"\left", r"\right"):
        return i + 1
    if i < len(tokens) and tokens[i].text in ("<", ">", r"\lt", r"\gt"):
        out.append(Token(r"\langle" if tokens[i].text in ("<", r"\lt") else r"\rangle", t.position))
        return i + 1
    if i < len(tokens) and tokens[i].text in (r"\|", r"\Vert") and t.text in _SIDES:
        out.append(replace(tokens[i], text=_SIDES[t.text]))
        return i + 1
    return i


def _decorated(t: Token, mark: list[Token], main: list[Token]) -> list[Token]:
    """A relation with something over it: a label leaves it as it is, anything else makes another relation of it."""
    relation = len(main) == 1 and (main[0].text in RELATIONS or main[0].text in ARROWS or main[0].text in UNREAD)
    if not relation:
        raise NotUnderstood(f"{t.text} over a term", t.position)
    if remarks.is_label(mark):
        return [replace(main[0], inner=tuple(mark))]  # the reason is kept with the relation
    shown = f"{t.text}{{{plain(mark)}}}{{{main[0].text}}}"
    return [Token(shown, t.position, "definition" if remarks.defines(mark) else "unread")]


def _colon(tokens: Sequence[Token], i: int, t: Token, out: list[Token]) -> int:
    """:= and =: are definitions; a colon and an equals sign by themselves stay what they are."""
    j = i
    while j < len(tokens) and tokens[j].text in SPACE:
        j += 1
    other = {":": "=", "=": ":"}[t.text]
    if j < len(tokens) and tokens[j].text == other and (t.text == ":" or adjacent(t, tokens[j])):
        out.append(Token(t.text + other, t.position, "definition"))
        return j + 1
    out.append(t)
    return i


def _environment(tokens: Sequence[Token], i: int, t: Token, out: list[Token]) -> int:
    """Environments of rows are read through, those of cases become one token."""
    name, i = argument(tokens, i, t.position)
    inner = plain(name).strip()
    if t.text == r"\begin" and inner in CASES:
        depth, start = 1, i
        while i < len(tokens):
            if tokens[i].text == r"\begin":
                raise NotUnderstood("an environment inside cases", tokens[i].position)
            if tokens[i].text == r"\end":
                depth -= 1
                if depth == 0:
                    content = tuple(clean(tokens[start:i]))
                    _, i = argument(tokens, i + 1, t.position)
                    out.append(Token(r"\begin{cases}", t.position, "cases", content))
                    return i
            i += 1
        raise NotUnderstood("an environment that is never closed", t.position)
    inner = inner.rstrip("*")
    if inner not in INNER:
        raise NotUnderstood(f"the environment {inner}", t.position)
    if t.text == r"\begin":
        _, i = optional(tokens, i)
        if inner in ("alignedat", "IEEEeqnarraybox"):
            _, i = argument(tokens, i, t.position)
        check_inner(tokens, i, out, t)
    return i


def _ungrouped(tokens: list[Token]) -> list[Token]:
    """Without braces around a single name that gets a subscript or a power: {g}_k."""
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        t = tokens[i]
        if t.text == "{" and t.kind == "token" and not (out and out[-1].text in ("_", "^", *STYLED)):
            inside = tokens[i + 1 : i + 2]
            if (
                len(inside) == 1
                and starts_name(inside[0])
                and i + 3 < len(tokens)
                and tokens[i + 2].text == "}"
                and tokens[i + 3].text == "_"
                and not (out and out[-1].text[0] == "\\" and out[-1].text[1:].isalpha() and out[-1].kind == "token")
            ):
                out.append(inside[0])
                i += 3
                continue
        out.append(t)
        i += 1
    return out
