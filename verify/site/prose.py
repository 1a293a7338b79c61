r"""The text of the sheet as HTML: its few commands, with formulas left to the renderer of the page.

The sheet of theorems is made of lines with a small vocabulary (``\row``, ``\case``, ``\formula``, ``\ref`` and so on,
see displays.tex). The site shows the same lines, so that a proof is written once. A command that is not known here is
an error, never a gap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape

_TOKEN = re.compile(
    r"(?P<math>\$[^$]*\$)|(?P<command>\\[A-Za-z]+)|(?P<escape>\\.)|(?P<open>\{)|(?P<close>\})"
    r"|(?P<space>~)|(?P<quote>``|'')|(?P<text>[^\\{}$~`']+|[`'])",
    re.DOTALL,
)
_SYMBOLS = {
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textless": "<", "textgreater": ">",
    "textbar": "|", "ldots": "…",
}  # fmt: skip
_NOTHING = ("allowbreak", "chainstart", "upshape", "noindent", "par", "relax")
_ROLES = ("theorem", "lemma", "corollary", "proposition", "falsestatement")

Address = Callable[[str], tuple[str, str]]


def html(lines: Iterable[str], address: Address) -> str:
    r"""The lines of a proof or a statement as HTML; ``address`` gives the link and the text of a ``\ref``.

    >>> print(html([r"Lemma~\ref{claim:M1} applies."], lambda label: ("M1.html", "M1")))
    <p>Lemma <a href="M1.html">M1</a> applies.</p>
    >>> print(html([r"\row{=}{x^2}{}"], lambda label: ("", "")))
    <div class="row">\(\displaystyle {}= x^2\)</div>
    """
    text = "\n".join(lines)
    return "\n".join(part for part in _Reader(text, address).blocks() if part != "<p></p>")


def inline(text: str, address: Address) -> str:
    """A sentence as HTML, without a paragraph around it."""
    return _Reader(text, address).sentence()


def formula(latex: str, *, display: bool = False) -> str:
    r"""A formula for the renderer of the page.

    >>> formula("a<b")
    '\\(a&lt;b\\)'
    """
    text = escape(latex.replace(r"\allowbreak", ""), quote=False)
    return rf"\[{text}\]" if display else rf"\({text}\)"


class Unknown(ValueError):
    """A command that the site has no form for."""


class _Reader:
    """Reads one text, once from left to right."""

    def __init__(self, text: str, address: Address) -> None:
        self._tokens = [(str(m.lastgroup), m.group()) for m in _TOKEN.finditer(text)]
        self._at = 0
        self._address = address

    def blocks(self) -> Iterator[str]:
        """Paragraphs and displays."""
        sentence: list[str] = []

        def paragraph() -> Iterator[str]:
            text = "".join(sentence).strip()
            sentence.clear()
            if text:
                yield f"<p>{' '.join(text.split())}</p>"

        while self._at < len(self._tokens):
            kind, token = self._tokens[self._at]
            block = self._block(token[1:]) if kind == "command" else None
            if block is None:
                sentence.append(self._inline())
            else:
                yield from paragraph()
                yield block
        yield from paragraph()

    def sentence(self) -> str:
        out = []
        while self._at < len(self._tokens):
            out.append(self._inline())
        return "".join(out)

    # ------------------------------------------------------------

    def _block(self, name: str) -> str | None:
        """What stands on lines of its own, read to its end; None for what belongs to a sentence."""
        if name == "row":
            relation, shown, reason = self._arguments(3)
            return self._row(shown, reason, relation)
        if name == "morerow":
            return f'<div class="row more">{_displayed(self._arguments(1)[0])}</div>'
        if name == "hypothesis":
            number, shown = self._arguments(2)
            return f'<div class="row"><span class="tag">(H{number})</span> {_displayed(shown)}</div>'
        if name == "formula":
            return f'<div class="display">{formula(self._arguments(1)[0], display=True)}</div>'
        if name == "case":
            said, rule = self._arguments(2)
            return f'<div class="case">{self._inner(said)}{self._reason(rule)}</div>'
        if name == "whereshort":
            return f"<p>where {self._inner(self._arguments(1)[0])}.</p>"
        if name == "wherelong":
            self._at += 1
            return "<p>where</p>"
        if name in ("remark", "counterexample"):
            return f'<p class="{name}">{self._inner(self._arguments(1)[0])}</p>'
        if name in ("begin", "end"):
            return self._environment(name)
        if name in ("chainstart", "par", "upshape", "noindent", "relax"):
            self._at += 1
            return ""
        return None

    def _environment(self, name: str) -> str:
        """Where a block begins or ends; the name of a theorem and its label are said by the page."""
        (environment,) = self._arguments(1)
        if environment == "inner":
            return '<div class="inner">' if name == "begin" else "</div>"
        if environment == "proof" or environment in _ROLES:
            title = self._option() if name == "begin" else ""
            if environment in _ROLES:
                if name == "begin" and self._next() == r"\label":
                    self._arguments(1)
                return ""
            return f"<p><em>{self._inner(title)}.</em></p>" if title else ""
        raise Unknown(rf"the environment {environment} has no form on the site")

    def _row(self, shown: str, reason: str, relation: str) -> str:
        lead = f"{{}}{relation} " if relation else ""  # so that a letter is no part of the relation's name
        return f'<div class="row">{_displayed(lead + shown)}{self._reason(reason)}</div>'

    def _reason(self, reason: str) -> str:
        return f'<span class="reason">{self._inner(reason)}</span>' if reason.strip() else ""

    def _inner(self, text: str) -> str:
        return inline(text, self._address)

    def _inline(self) -> str:
        """The next piece of a sentence."""
        kind, token = self._tokens[self._at]
        if kind == "command":
            return self._word(token[1:])
        self._at += 1
        if kind == "math":
            return formula(token[1:-1])
        if kind == "escape":
            return {"\\": " ", ",": " ", ";": " ", "!": ""}.get(token[1], escape(token[1]))
        if kind == "space":
            return " "
        if kind == "quote":
            return "“" if token == "``" else "”"
        return "" if kind in ("open", "close") else escape(token, quote=False)

    def _word(self, name: str) -> str:
        if name in _SYMBOLS:
            self._at += 1
            if [t for _, t in self._tokens[self._at : self._at + 2]] == ["{", "}"]:
                self._at += 2
            return escape(_SYMBOLS[name])
        if name in _NOTHING:
            self._at += 1
            self._skip_space()
            return ""
        (argument,) = self._arguments(1)
        if name in ("emph", "textbf", "texttt", "rulename", "textsc"):
            tag = {"emph": "em", "textbf": "strong", "texttt": "code"}.get(name, "span")
            body = self._inner(argument)
            return f'<span class="rule">{body}</span>' if tag == "span" else f"<{tag}>{body}</{tag}>"
        if name == "inlinefit":
            return formula(argument)
        if name == "ref":
            target, text = self._address(argument)
            return f'<a href="{escape(target)}">{escape(text)}</a>'
        raise Unknown(rf"\{name} has no form on the site")

    def _skip_space(self) -> None:
        if self._at < len(self._tokens):
            kind, token = self._tokens[self._at]
            if kind == "text" and token[:1].isspace():
                self._tokens[self._at] = (kind, token.lstrip())

    def _next(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _arguments(self, count: int) -> list[str]:
        """The command that is next, read with so many arguments in braces."""
        command = self._next()
        self._at += 1
        found = []
        for _ in range(count):
            self._skip_space()
            if self._next() != "{":
                raise Unknown(f"{command} stands without its argument")
            found.append(self._braced())
        return found

    def _braced(self) -> str:
        depth, out = 0, list[str]()
        while self._at < len(self._tokens):
            kind, token = self._tokens[self._at]
            self._at += 1
            depth += {"open": 1, "close": -1}.get(kind, 0)
            if depth == 0:
                return "".join(out)[1:]
            out.append(token)
        raise Unknown("a brace is not closed")

    def _option(self) -> str:
        """What stands in square brackets, if they are next; braces inside are balanced."""
        rest = "".join(token for _, token in self._tokens[self._at :])
        if not rest.startswith("["):
            return ""
        depth = 0
        for i, ch in enumerate(rest):
            depth += {"{": 1, "}": -1}.get(ch, 0)
            if ch == "]" and depth == 0:
                self._restart(rest[i + 1 :])
                return rest[1:i]
        raise Unknown("a bracket is not closed")

    def _restart(self, text: str) -> None:
        self._tokens[self._at :] = [(str(m.lastgroup), m.group()) for m in _TOKEN.finditer(text)]


def _displayed(latex: str) -> str:
    return formula(rf"\displaystyle {latex}")
