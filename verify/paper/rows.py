r"""From the tokens of a display to its statements: rows, alignment marks and words are taken out of the way.

A row continues the statement before it when it starts with a relation or an operation, when brackets are still open,
or when nothing stands before its alignment mark. Other rows, commas and words such as "and" start a new statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from verify.paper.tokens import NotUnderstood, Token, argument, optional, plain, word_set

RELATIONS = {
    "=": "==", "<": "<", ">": ">", r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=", r"\ge": ">=", r"\geq": ">=",
    r"\geqslant": ">=", r"\ne": "!=", r"\neq": "!=", r"\lt": "<", r"\gt": ">", "≤": "<=", "≥": ">=", "≠": "!=",
}  # fmt: skip
ARROWS = {
    r"\iff": "iff", r"\Leftrightarrow": "iff", r"\Longleftrightarrow": "iff", r"\implies": "implies",
    r"\Rightarrow": "implies", r"\Longrightarrow": "implies",
}  # fmt: skip
UNREAD = word_set(
    r"\approx \sim \simeq \cong \propto \ll \gg \lesssim \gtrsim \equiv \coloneqq \triangleq \doteq \asymp \to "
    r"\rightarrow \mapsto \preceq \succeq \prec \succ \in \subset \subseteq \xrightarrow \longrightarrow \uparrow "
    r"\downarrow \leftarrow \mid \coloneq \eqqcolon"
)
OPERATIONS = frozenset({"+", "-", "*", "/", r"\cdot", r"\times", "−"})
_SPACE = word_set(
    r"\, \; \: \! \> \quad \qquad ~ \displaystyle \textstyle \nonumber \notag \allowdisplaybreaks \limits \nolimits "
    r"\mathstrut \strut \thinspace \medspace \thickspace \negthinspace \par \relax \hfill \null \noindent"
) | {" ", "\\ ", "\\\n"}
_DROPPED = word_set(r"\label \tag \hspace \vspace \phantom \hphantom \vphantom \mspace \mskip \color \cite \vskip")
_WORDS = word_set(r"\text \mbox \textrm \textup \textnormal \textit \hbox \textbf \intertext \shortintertext")
_SIZES = word_set(
    r"\big \Big \bigg \Bigg \bigl \Bigl \biggl \Biggl \bigr \Bigr \biggr \Biggr \bigm \Bigm \biggm \Biggm \middle"
)
_INNER = frozenset({"aligned", "alignedat", "gathered", "split", "multlined"})
_OPENING = frozenset({"(", "[", "{", r"\{", r"\lvert", r"\lVert", r"\lbrace", r"\lbrack"})
_CLOSING = frozenset({")", "]", "}", r"\}", r"\rvert", r"\rVert", r"\rbrace", r"\rbrack"})
CONDITIONS = word_set("if when whenever for where since provided because assuming unless given only iff as with")


@dataclass
class Statement:
    """The tokens of one statement, or why it is not read."""

    tokens: list[Token] = field(default_factory=list)
    problem: NotUnderstood | None = None

    @property
    def position(self) -> int:
        return self.problem.position if self.problem and not self.tokens else self.tokens[0].position


def clean(tokens: Sequence[Token]) -> list[Token]:
    r"""Tokens without spacing, labels and size commands; \text becomes one token of kind "text"."""
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        t = tokens[i]
        i += 1
        if t.text in _SPACE:
            continue
        if t.text in _DROPPED:
            if i < len(tokens) and tokens[i].text == "*":
                i += 1
            _, i = argument(tokens, i, t.position)
        elif t.text in _WORDS:
            words, i = argument(tokens, i, t.position)
            kind = "break" if "intertext" in t.text else "text"
            out.append(Token(" ".join(plain(words).split()), t.position, kind))
        elif t.text in _SIZES:
            continue
        elif t.text in (r"\left", r"\right"):
            while i < len(tokens) and tokens[i].text == " ":
                i += 1
            if i < len(tokens) and tokens[i].text == ".":
                i += 1
        elif t.text in (r"\stackrel", r"\overset", r"\underset"):
            _, i = argument(tokens, i, t.position)
            main, i = argument(tokens, i, t.position)
            out += clean(main) if len(main) < len(tokens) else main
        elif t.text in (r"\begin", r"\end"):
            name, i = argument(tokens, i, t.position)
            inner = plain(name).strip().rstrip("*")
            if inner not in _INNER:
                raise NotUnderstood(f"the environment {inner}", t.position)
            if t.text == r"\begin":
                _, i = optional(tokens, i)
                if inner == "alignedat":
                    _, i = argument(tokens, i, t.position)
        elif t.text == r"\\":
            if i < len(tokens) and tokens[i].text == "*":
                i += 1
            _, i = optional(tokens, i) if i < len(tokens) and tokens[i].text == "[" else (None, i)
            out.append(Token("\\\\", t.position, "row"))
        elif t.text == "&":
            out.append(Token("&", t.position, "mark"))
        else:
            out.append(t)
    return out


def statements(tokens: Sequence[Token], environment: str) -> list[Statement]:
    """The statements of a display, in order."""
    if environment == "alignat" and tokens and tokens[0].text == "{":
        _, start = argument(tokens, 0, tokens[0].position)
        tokens = tokens[start:]
    out: list[Statement] = []
    current: list[Token] = []
    depth = 0
    marks = 0
    row_start = True
    cleaned = clean(tokens)
    for i, t in enumerate(cleaned):
        if t.kind == "row" or t.kind == "break":
            while current and current[-1].kind == "text":  # a remark at the end of a row
                current.pop()
            row_start, marks = True, 0
            if t.kind == "break":
                out.append(Statement(current))
                current, depth = [], 0
            continue
        if t.kind == "mark":
            marks += 1
            if marks % 2 == 0 and depth <= 0 and current:
                out.append(Statement(current))
                current = []
            row_start = row_start and marks % 2 == 1
            continue
        if row_start and current and environment != "multline":
            fresh = depth <= 0 and not _continues(t, current[-1], marks)
            if fresh and t.text in ("+", "-") and marks == 0:
                fresh = _has_own_relation(cleaned, i)
            if fresh:
                out.append(Statement(current))
                current = []
        row_start = False
        depth += (t.text in _OPENING) - (t.text in _CLOSING)
        current.append(t)
    out.append(Statement(current))
    return [part for s in out for part in _split(s.tokens)]


def _continues(t: Token, last: Token, marks: int) -> bool:
    """Whether a row that starts with t goes on with the statement that ends with ``last``."""
    if last.text in (",", ";") or t.kind == "text":
        return False
    if t.text in RELATIONS or t.text in ARROWS or t.text in UNREAD or last.text in RELATIONS or last.text in ARROWS:
        return True
    if t.text in OPERATIONS and not (t.text in ("+", "-") and marks == 0):
        return True
    return last.text in OPERATIONS or marks > 0


def _has_own_relation(tokens: Sequence[Token], i: int) -> bool:
    """Whether the row from i on has an alignment mark with a relation after it: then it is a statement of its own."""
    for j in range(i, len(tokens)):
        if tokens[j].kind == "row":
            return False
        if tokens[j].kind == "mark":
            return j + 1 < len(tokens) and (tokens[j + 1].text in RELATIONS or tokens[j + 1].text in ARROWS)
    return False


def split_top(tokens: Sequence[Token], separators: frozenset[str]) -> list[tuple[Token | None, list[Token]]]:
    """Cut at separators outside all brackets; each part comes with the separator before it."""
    parts: list[tuple[Token | None, list[Token]]] = [(None, [])]
    depth = 0
    for t in tokens:
        depth += (t.text in _OPENING) - (t.text in _CLOSING)
        if depth <= 0 and t.text in separators and t.kind == "token":
            parts.append((t, []))
        else:
            parts[-1][1].append(t)
    return parts


def _split(tokens: Sequence[Token]) -> list[Statement]:
    """Cut at commas and at words; words that state a condition make a statement unreadable, others fall away."""
    out: list[Statement] = []
    current: list[Token] = []
    depth = 0
    arrows = any(t.text in ARROWS for t in tokens)
    for i, t in enumerate(tokens):
        depth += (t.text in _OPENING) - (t.text in _CLOSING)
        if t.kind == "text" and depth <= 0:
            words = t.text.lower().strip(" .,;:()").split()
            rest = [x for x in tokens[i + 1 :] if x.kind != "text" and x.text not in (".", ",", ";")]
            if set(words) & CONDITIONS and rest:
                hint = "state the condition in '% verify: assume ...' before the display"
                out.append(Statement(current, NotUnderstood(f"the condition '{t.text[:40]}'", t.position, hint)))
                return out
            if arrows and words in (["and"], ["or"]) and rest:
                current.append(Token(f"\\{words[0]}", t.position))
            elif rest and current:
                out.append(Statement(current))
                current = []
        elif t.text in (",", ";") and depth <= 0 and not arrows:
            out.append(Statement(current))
            current = []
        elif not (t.text in (".", ",", ";", ":") and depth <= 0 and i == len(tokens) - 1):
            current.append(t)
    if current and current[-1].text in (".", ":", "?") and current[-1].kind == "token":
        current.pop()
    out.append(Statement(current))
    return [s for s in out if s.tokens or s.problem]
