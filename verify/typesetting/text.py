"""Sentences (titles, reasons, meanings) as LaTeX text; the mathematics in them is set as mathematics."""

from __future__ import annotations

import re
import string
from collections.abc import Collection
from dataclasses import dataclass

from verify.typesetting.names import GREEK, Names

_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    ch: "\\" + ch for ch in "&%$#_{}"
}
_OPERATORS = {
    ">=": r"\ge ", "<=": r"\le ", "!=": r"\ne ", "==": "=", "->": r"\to ", "~": r"\sim ",
} | {ch: ch for ch in "<>=+-/()[]"}  # fmt: skip
_OPENING, _CLOSING = ("(", "["), {")": "(", "]": "["}
_LOOSE = ("", "=", "+", "/", "-", "<", ">", r"\ge", r"\le", r"\ne", r"\to", r"\sim")
_LETTERS = frozenset(string.ascii_letters) - frozenset("aIE")  # those need a second look
_TOKEN = re.compile(
    r"(?P<abbreviation>\b(?:e\.g\.|i\.e\.))"
    r"|(?P<address>\b(?:arXiv:|doi:|https?://)[^\s,;)]*[A-Za-z0-9/])"
    r"|(?P<id>[A-Z][A-Z0-9]*[0-9](?:\.[A-Za-z_]+)*)"
    r"|(?P<word>[A-Za-z]+(?:'s\b|-[A-Za-z]{2,})[A-Za-z]*)"
    r"|\|\|(?P<norm>[^|]+)\|\|(?P<normpower>\^[0-9])?"
    r"|<(?P<inner>(?! )[^<>]*,[^<>]*(?<! ))>"  # with spaces inside they are signs, as in a < b, c > d
    r"|(?P<name>[A-Za-z]+(?:_(?:\{[^{}]*\}|[A-Za-z0-9]+))?)(?P<star>\*(?![A-Za-z(]))?(?P<prime>')?"
    r"(?P<power>\^(?:\([^()]*\)|[A-Za-z0-9]+|-[0-9]))?"
    r"|(?P<number>[0-9]+)|(?P<operator>>=|<=|!=|==|->|[~<>=+\-/()\[\]])(?P<raised>\^[0-9])?|(?P<space> +)|(?P<other>.)"
)

# What stands behind the E of an expectation.
_EXPECTED = re.compile(rf"\[| ?\|\|| ?<| [A-Za-z](?![a-z])| (?:{'|'.join(sorted(GREEK))})(?![a-z])")


@dataclass(frozen=True)
class _Piece:
    """``math`` is the LaTeX of the piece inside a formula, or None where it can't be part of one."""

    raw: str
    math: str | None
    solid: bool = False  # a name: what makes a run of numbers and signs a formula


class TextPrinter:
    r"""Sentences in which the names of one setting, Greek letters and single letters are mathematics.

    >>> from verify.claims.setting import Setting
    >>> print(TextPrinter(Names(Setting())).text("For m >= mu, the gain is limited by Delta^2/V_H"))
    For $m\ge\mu$, the gain is limited by $\Delta^2/V_H$
    """

    def __init__(self, names: Names, letters: Collection[str] = ()) -> None:
        """``letters``: single letters that sentences have for something else than the quantity of this name."""
        # A letter that is written as it is spelled needs no entry, and may be a word: "a".
        own = {k: v for k, v in names.known.items() if len(k) > 1 or (v != k and k not in letters)}
        self._names = own | names.others | {"tr": r"\operatorname{tr}"}

    def text(self, text: str) -> str:
        """The sentence as LaTeX text."""
        out: list[str] = []
        run: list[_Piece] = []
        for piece in _unmatched_as_text([self._piece(match, text) for match in _TOKEN.finditer(text)]):
            if piece.math is None:
                out += [_run(run), _plain(piece.raw)]
                run = []
            else:
                run.append(piece)
        return "".join([*out, _run(run)])

    def _piece(self, match: re.Match[str], text: str) -> _Piece:
        raw = match.group()
        if match["space"]:
            return _Piece(raw, " ")
        if match["number"]:
            return _Piece(raw, raw)
        if match["operator"]:
            inside_word = (
                raw == "-"
                and text[match.start() - 1 : match.start()].isalpha()
                and len(self._word_before(text, match)) > 1
            )
            return _Piece(raw, None if inside_word else _OPERATORS[match["operator"]] + (match["raised"] or ""))
        if match["inner"]:
            inner = ",".join(self.text(part.strip()).replace("$", "") for part in match["inner"].split(","))
            return _Piece(raw, rf"\langle {inner}\rangle ", True)
        if match["norm"] is not None:
            inner = self.text(match["norm"]).replace("$", "")
            return _Piece(raw, rf"\lVert {inner}\rVert{match['normpower'] or ''}", True)
        if match["name"]:
            tex = self._name(match, text)
            return _Piece(raw, tex, tex is not None)
        return _Piece(raw, None)

    def _word_before(self, text: str, match: re.Match[str]) -> str:
        found = re.search(r"[A-Za-z_0-9]+$", text[: match.start()])
        return found.group() if found and found.group() not in self._names else ""

    def _name(self, match: re.Match[str], text: str) -> str | None:
        name, after = match["name"], text[match.end() :]
        tex = self._names.get(name)
        base, _, index = name.partition("_")
        if tex is None and (base in GREEK or (index and len(base) == 1)):
            tex = self._names.get(base, f"\\{base}" if base in GREEK else base) + _index(index)
        if tex is None and name in _LETTERS:
            article = name == "A" and match.start() == 0 and re.match(r" [a-z]", after) and not after.startswith(" is")
            tex = None if article else name
        if tex is None and name == "a" and re.match(r" ?[=^]", after):
            tex = name
        if tex is None and name == "I" and re.search(r"[a-z_A-Z(\]] ?$", text[: match.start()]):
            tex = name
        if tex is None and name == "E" and (match["prime"] or _EXPECTED.match(after)):
            tex = r"\mathbb E" if match["prime"] else r"\mathbb E\,"
        if tex is None:
            return None
        raised = ("*" if match["star"] else "") + (match["power"] or "^")[1:].replace("T", r"\top")
        prime = "'" if match["prime"] else ""
        if not raised:
            return tex + prime
        return (
            tex.removesuffix("^{*}")
            + prime
            + (f"^{raised}" if len(raised) == 1 and raised.isalnum() else f"^{{{raised}}}")
        )


def _index(index: str) -> str:
    """What stands below a letter; more than one letter upright."""
    if not index or len(index) == 1 or index.startswith("{"):
        return f"_{index}" if index else ""
    return rf"_\{index}" if index in GREEK else rf"_{{\mathrm{{{index}}}}}"


def _unmatched_as_text(pieces: list[_Piece]) -> list[_Piece]:
    """Brackets that have no partner within their run of mathematics are text."""
    open_at: list[int] = []
    lonely = set()
    for i, p in enumerate(pieces):
        if p.math is None:
            lonely |= set(open_at)
            open_at = []
        elif p.math in _OPENING:
            open_at.append(i)
        elif p.math[0] in _CLOSING and (not open_at or pieces[open_at.pop()].math != _CLOSING[p.math[0]]):
            lonely.add(i)
    lonely |= set(open_at)
    return [_Piece(p.raw, None) if i in lonely else p for i, p in enumerate(pieces)]


def _plain(raw: str) -> str:
    if raw in (">=", "<=", "!=", "->", "<", ">", "|"):
        return f"${_OPERATORS.get(raw, raw).strip()}$"
    return escaped(raw)


def escaped(text: str) -> str:
    """Text with nothing in it that is a command."""
    return "".join(_SPECIAL.get(ch, ch) for ch in text)


def _run(pieces: list[_Piece]) -> str:
    """A run of pieces that may all stand in a formula; signs and spaces at its ends stay text."""
    first, last = 0, len(pieces)
    while first < last and (pieces[first].math or "").strip() in _LOOSE:
        first += 1
    while first < last and (pieces[last - 1].math or "").strip() in _LOOSE:
        last -= 1
    if not any(p.solid for p in pieces[first:last]):
        return "".join(_plain(p.raw) for p in pieces)
    parts = ["".join(_plain(p.raw) for p in part) for part in (pieces[:first], pieces[last:])]
    return f"{parts[0]}${_formula(pieces[first:last])}${parts[1]}"


def _formula(pieces: list[_Piece]) -> str:
    out = ""
    for p in pieces:
        part = (p.math or "").strip(" ") if p.math != " " else ""
        if part[:1].isalpha() and re.search(r"\\[A-Za-z]+$", out):
            out += " "
        out += part
    return out


def capital(text: str) -> str:
    """A sentence begins with a capital letter, but names of quantities keep their case.

    >>> capital("weight of a task"), capital("sigma in the parameters"), capital("G at b")
    ('Weight of a task', 'sigma in the parameters', 'G at b')
    """
    first = text.split(" ", 1)[0]
    named = len(first) == 1 or first.rstrip(",:;.") in GREEK or any(ch in first for ch in "_^(*=")
    return text if named else text[:1].upper() + text[1:]
