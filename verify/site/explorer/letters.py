"""Names and short formulas as HTML: what LaTeX writes as ``\\rho_H`` is an italic letter with an index here.

Labels of sliders and of pictures are too small for a typesetting library, and pictures take nothing but tags.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from markupsafe import Markup
from sympy.printing.pretty.pretty_symbology import greek_unicode

_TOKEN = re.compile(r"\\([A-Za-z]+|.)|(.)", re.DOTALL)
_ESCAPED = re.compile(r"\\([&%_#])")  # as LaTeX has them outside of formulas
_SIGNS = {
    "varepsilon": "ε", "vartheta": "ϑ", "varrho": "ϱ", "ell": "ℓ", "infty": "∞", "lVert": "‖", "rVert": "‖",
    "langle": "⟨", "rangle": "⟩", "top": "⊤", "nabla": "∇", "le": " ≤ ", "ge": " ≥ ", "ne": " ≠ ", "cdot": "·",
    "to": " → ", "ast": "*", ",": " ", ";": " ", " ": " ", "!": "", "quad": " ", "%": "%", "&": "&amp;",
    "_": "_", "#": "#",
}  # fmt: skip
_SCRIPT = dict(zip("EGRSVLFHBIM", "ℰ𝒢ℛ𝒮𝒱ℒℱℋℬℐℳ", strict=True)) | {"N": "𝒩", "C": "𝒞"}
_DOUBLE = {"E": "𝔼", "R": "ℝ", "P": "ℙ"}
_UPRIGHT = frozenset({"mathrm", "text", "operatorname", "textrm"})
_IGNORED = frozenset({"overline", "left", "right", "big", "bar", "hat", "displaystyle"})
_OPERATORS = {"<": " &lt; ", ">": " &gt; ", "=": " = ", "+": " + ", "-": " − "}


def written(latex: str) -> Markup:
    """The LaTeX of a name or of a formula without fractions as HTML.

    >>> print(written(r"\\rho_H"), written(r"d_{\\mathrm{eff}}"), written("m^{*}"))
    <i>ρ</i><sub><i>H</i></sub> <i>d</i><sub>eff</sub> <i>m</i><sup>*</sup>
    """
    out, rest = "", latex
    while rest:
        piece, rest = _group(rest, upright=False)
        out += piece
    return Markup(out)


def tagged(text: str) -> Markup:
    """A sentence with formulas between dollars as HTML.

    >>> print(tagged("above $m^*$ & below"))
    above <i>m</i><sup>*</sup> &amp; below
    """
    parts = [written(p) if i % 2 else html.escape(re.sub(_ESCAPED, r"\1", p)) for i, p in enumerate(text.split("$"))]
    return Markup("".join(parts))


def plain(marked: str) -> str:
    """HTML without its tags, for titles and for what is read aloud.

    >>> plain(written(r"\\mathcal E_m(\\mathrm{ERM})")), plain(tagged("above $m^*$"))
    ('ℰ_m(ERM)', 'above m*')
    """
    spoken = marked.replace("<sub>", "_").replace("<sup>*", "*").replace("<sup>", "^")
    return html.unescape(re.sub(r"<[^>]*>", "", spoken))


def lettered(formula: str, names: Mapping[str, str]) -> Markup:
    """A formula of the verifier's language with its names as letters; ``names`` has their LaTeX.

    >>> print(lettered("alpha*rho_H != 1", {"alpha": r"\\alpha", "rho_H": r"\\rho_H"}))
    <i>α</i> <i>ρ</i><sub><i>H</i></sub> ≠ 1
    """
    signs = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "=", "*": " ", "<": "&lt;", ">": "&gt;", "-": "−"}
    out = []
    for word, power, other in re.findall(r"([A-Za-z_]\w*)|\^(\d+)|(<=|>=|!=|==|.)", formula):
        if word:
            out.append(written(names[word]) if word in names else word)
        else:
            out.append(f"<sup>{power}</sup>" if power else signs.get(other, html.escape(other)))
    return Markup("".join(out))


def _group(text: str, *, upright: bool) -> tuple[str, str]:
    """As much as belongs to the group that is open, and what comes after its bracket."""
    out = ""
    while text:
        if text[0] == "}":
            return out, text[1:]
        piece, text = _piece(text, upright=upright)
        out += piece
    return out, ""


def _piece(text: str, *, upright: bool) -> tuple[str, str]:
    """One letter, one command with its argument, one bracketed group, or one index; and what comes after it."""
    command, letter = _TOKEN.match(text).groups()  # type: ignore[union-attr]
    rest = text[1 + len(command) :] if command else text[1:]
    if command:
        return _command(command, rest.lstrip() if command.isalpha() else rest, upright=upright)
    if letter == "{":
        return _group(rest, upright=upright)
    if letter in "_^" and rest:
        inner, rest = _piece(rest.lstrip(), upright=upright)
        tag = "sub" if letter == "_" else "sup"
        return f"<{tag}>{inner.strip()}</{tag}>", rest
    if letter == " " and not upright:
        return "", rest
    if letter.isalpha() and not upright:
        return f"<i>{letter}</i>", rest
    return _OPERATORS.get(letter) or html.escape(letter), rest


def _command(command: str, rest: str, *, upright: bool) -> tuple[str, str]:
    if command in _UPRIGHT:
        return _piece(rest, upright=True)
    if command in ("mathcal", "mathbb"):
        name, rest = _piece(rest, upright=True)
        return (_SCRIPT if command == "mathcal" else _DOUBLE).get(name, name), rest
    if command in _IGNORED:
        return "", rest
    if command in _SIGNS:
        sign = _SIGNS[command]
        return (f"<i>{sign}</i>" if sign.isalpha() and not upright else sign), rest
    known = greek_unicode.get(command, command)
    return (known if upright else f"<i>{known}</i>"), rest
