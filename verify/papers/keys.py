r"""Names as they are printed: what TeX prints decides, so ``\mathbf{x}`` is not ``x`` and ``x^{(k)}`` is not a power.

A key is the name as it is printed: ``\rho_H`` and ``\rho_{H}`` have one key, ``\rho_{\mathrm H}`` has another. The
quantities of a theory are found by the ``loose`` key, in which upright letters are like others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from verify.papers.tokens import NotUnderstood, Token, argument, group_end, tokenize, word_set

CAPITAL_GREEK = word_set("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega")
GREEK = CAPITAL_GREEK | word_set(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi pi "
    "varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega ell hbar imath jmath aleph"
)
UPRIGHT = word_set(r"\mathrm \mathit \mathnormal \text \textrm \textup \textnormal \textit \mathsf \mathtt \mathop")
FONTS = UPRIGHT | word_set(r"\mathbf \bm \boldsymbol \operatorname \mathbb \mathcal \mathfrak \mathscr \textbf")
ACCENTS = word_set(r"\hat \bar \tilde \widehat \widetilde")  # of a number as much as of anything else
STYLED = ACCENTS | word_set(r"\overline \vec \dot \ddot \mathcal \mathbb \mathfrak \mathscr")
_STARS = frozenset({"*", r"\ast", r"\star", r"\dagger"})
_MAX_NAME = 120
_LOOSE = re.compile("(?:" + "|".join(re.escape(f) for f in sorted(UPRIGHT, key=len, reverse=True)) + r")\{([^{}]*)\}")


def loose(key: str) -> str:
    """The key without upright fonts and with one kind of star, as the theory's names are looked up."""
    previous = None
    while previous != key:
        previous = key
        key = _LOOSE.sub(r"\1", key)
        key = re.sub(r"([_^])\{([^{}\\]|\\[A-Za-z]+)\}", r"\1\2", key)
    return re.sub(r"\\(star|ast|dagger)(?![A-Za-z])", "*", key).replace(r"\mathscr", r"\mathcal")


def canonical(tokens: Iterable[Token]) -> str:
    """Some tokens as they are printed: no spaces, braces only where they hold something together."""
    items = [t for t in tokens if t.text != " "]
    while len(items) > 1 and items[0].text == "{" and _closes(items) == len(items) - 1:
        items = items[1:-1]
    out = ""
    i = 0
    while i < len(items):
        t = items[i]
        if t.text == "{" and (end := _closes(items, i)) > 0:
            inner = canonical(items[i + 1 : end])
            out, i = out + (inner if end == i + 2 else f"{{{inner}}}"), end + 1
            continue
        if t.text in FONTS | STYLED and i + 1 < len(items):
            inside, i = argument(items, i + 1, t.position)
            out += f"{t.text}{{{canonical(inside)}}}"
            continue
        if re.search(r"\\[A-Za-z]+$", out) and t.text[0].isalpha():
            out += " "
        out, i = out + (t.text if t.text != r"\ast" else "*"), i + 1
    return out


def _closes(items: Sequence[Token], i: int = 0) -> int:
    try:
        return group_end(items, i)
    except NotUnderstood:
        return -1


def key_of(latex: str) -> str:
    """The key of a whole formula text that is one name, such as the LaTeX of a quantity."""
    tokens = tokenize(latex)
    key, i = read_name(tokens, 0)
    rest = [t for t in tokens[i:] if t.text != " "]
    return key + (canonical(rest) if rest else "")


def starts_name(t: Token) -> bool:
    """Whether a token can begin a name."""
    if t.kind != "token":
        return False
    letter = len(t.text) == 1 and t.text.isascii() and t.text.isalpha()
    return letter or (t.text[0] == "\\" and t.text[1:] in GREEK) or t.text in STYLED or t.text in FONTS


def read_name(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    """The name that starts at i, with its subscripts, primes and stars, and the index after it."""
    first = tokens[i]
    if first.text in STYLED or first.text in FONTS:
        inside, i = argument(tokens, i + 1, first.position)
        if not inside:
            raise NotUnderstood("an empty name", first.position)
        base = f"{first.text}{{{canonical(inside)}}}"
    else:
        base, i = first.text, i + 1
    subscript, star, primes = "", "", ""
    while i < len(tokens):
        t = tokens[i]
        if t.text == " ":
            i += 1
        elif t.text == "_" and not subscript:
            inside, i = argument(tokens, i + 1, t.position)
            subscript = "_" + _script(inside)
        elif t.text == "'":
            primes, i = primes + "'", i + 1
        elif t.text == "^" and not star:
            inside, after = argument(tokens, i + 1, t.position)
            shown = [x for x in inside if x.text != " "]
            if shown and all(x.text in _STARS for x in shown):
                star, i = "^" + canonical(shown), after
            elif shown and all(x.text == r"\prime" for x in shown):
                primes, i = primes + "'" * len(shown), after
            else:
                break
        else:
            break
    key = base + subscript + star + primes
    if len(key) > _MAX_NAME:
        raise NotUnderstood(f"a name of more than {_MAX_NAME} characters", first.position)
    return key, i


def _script(tokens: Sequence[Token]) -> str:
    text = canonical(tokens)
    return text if len(text) == 1 or re.fullmatch(r"\\[A-Za-z]+", text) else f"{{{text}}}"


def index_of(tokens: Sequence[Token]) -> str | None:
    """What stands above a name where it is an index in brackets, a + or a -, and so no power."""
    shown = [t for t in tokens if t.text != " "]
    while len(shown) > 1 and shown[0].text == "{" and _closes(shown) == len(shown) - 1:
        shown = shown[1:-1]
    if len(shown) == 1 and shown[0].text in ("+", "-"):
        return shown[0].text
    pairs = {"(": ")", "[": "]", r"\langle": r"\rangle", r"\{": r"\}"}
    if len(shown) < 2 or shown[0].text not in pairs:
        return None
    opening, closing, depth = shown[0].text, pairs[shown[0].text], 0
    for j, t in enumerate(shown):
        depth += (t.text == opening) - (t.text == closing)
        if depth == 0:
            return canonical(shown) if j == len(shown) - 1 else None
    return None


def source_of(tokens: Sequence[Token]) -> str:
    """The LaTeX of some tokens, to print a name as the paper writes it."""
    out = ""
    for t in tokens:
        if out and t.text[:1].isalpha() and re.search(r"\\[A-Za-z]+$", out):
            out += " "
        out += t.text
    return out
