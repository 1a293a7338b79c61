r"""Names in a paper: ``\rho_{\mathrm H}``, ``m^\ast`` and ``\hat w_1`` become one key each; the theory's are known.

A key is the name without fonts, braces and spaces. The vocabulary's LaTeX is read by the same rules, so a paper that
writes the theory's letters gets the theory's quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from verify.logic import Kind
from verify.paper.tokens import NotUnderstood, Token, argument, tokenize, word_set

GREEK = word_set(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi pi "
    "varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma "
    "Upsilon Phi Psi Omega ell hbar imath jmath aleph"
)
_FONTS = word_set(
    r"\mathrm \mathit \mathbf \mathsf \mathtt \mathnormal \text \textrm \textup \rm \bf \it \operatorname \bm "
    r"\boldsymbol \mathop \textnormal \textit"
)
STYLED = word_set(r"\mathcal \mathbb \mathfrak \mathscr \hat \bar \tilde \widehat \widetilde \overline \vec \dot")
_STARS = frozenset({"*", r"\ast", r"\star", r"\dagger"})
_MAX_NAME = 80


@cache
def theory_names() -> dict[str, str]:
    """The names of parameters, atoms and closed forms by key; closed forms are written ``expression:gain``."""
    from theory.expressions import atoms, expressions
    from theory.symbols import VOCABULARY

    out: dict[str, str] = {}
    for q in VOCABULARY.values():
        out[key_of(q.latex)] = q.name
    for s, e in atoms().items():
        out[key_of(e.latex)] = s.name
    for e in expressions().values():
        if e.symbol is None:
            out.setdefault(key_of(e.latex), f"expression:{e.name}")
    return out


@cache
def integers() -> frozenset[str]:
    """The names of the vocabulary that count something."""
    from theory.symbols import VOCABULARY

    return frozenset(q.name for q in VOCABULARY.values() if q.integer)


@dataclass
class Names:
    """The names of one paper. ``declared`` holds the keys of let and assume; ``latex`` how a name is written."""

    declared: set[str] = field(default_factory=set)
    kinds: dict[str, Kind] = field(default_factory=dict)
    latex: dict[str, str] = field(default_factory=dict)
    _given: dict[str, str] = field(default_factory=dict)

    def resolve(self, key: str, source: str) -> str:
        """The variable of a key: the theory's name where it has one, otherwise a name of its own."""
        known = theory_names().get(key)
        name = known if known is not None and not known.startswith("expression:") else self._given.get(key)
        if name is None:
            taken = {*self._given.values(), *theory_names().values()}
            name = base = re.sub(r"[^A-Za-z0-9]+", "_", key).strip("_") or "x"
            count = 1
            while name in taken:
                count += 1
                name = f"{base}_v{count}"
            self._given[key] = name
        self.latex.setdefault(name, source)
        self.kinds.setdefault(name, "integer" if name in integers() else "real")
        return name

    def is_number(self, key: str) -> bool:
        """Whether a key is known to be a number, so that a bracket after it is a factor."""
        return key in self.declared or key in theory_names()


def canonical(tokens: Iterable[Token]) -> str:
    """The key of some tokens: no fonts, no braces, no spaces, no backslashes."""
    parts = []
    for t in tokens:
        if t.text in _FONTS or t.text in ("{", "}", " "):
            continue
        parts.append(t.text.lstrip("\\") if t.text not in _STARS else "*")
    return "".join(parts)


def key_of(latex: str) -> str:
    """The key of a whole formula text that is one name, such as the LaTeX of a quantity."""
    tokens = tokenize(latex)
    key, i = read_name(tokens, 0)
    rest = [t for t in tokens[i:] if t.text != " "]
    return key + (canonical(rest) if rest else "")


def starts_name(t: Token) -> bool:
    """Whether a token can begin a name."""
    return (len(t.text) == 1 and t.text.isalpha()) or t.text[1:] in GREEK or t.text in STYLED or t.text in _FONTS


def read_name(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    """The name that starts at i, with its subscripts, primes and stars, and the index after it."""
    first = tokens[i]
    if first.text in STYLED or first.text in _FONTS:
        inside, i = argument(tokens, i + 1, first.position)
        if not inside:
            raise NotUnderstood("an empty name", first.position)
        body = canonical(inside)
        base = body if first.text in _FONTS else f"{first.text[1:]}{{{body}}}"
    else:
        base, i = first.text.lstrip("\\"), i + 1
    subscript, star, primes = "", "", ""
    while i < len(tokens):
        t = tokens[i]
        if t.text == " ":
            i += 1
        elif t.text == "_" and not subscript:
            inside, i = argument(tokens, i + 1, t.position)
            subscript = "_" + canonical(inside)
        elif t.text == "'":
            primes, i = primes + "'", i + 1
        elif t.text == "^" and not star:
            inside, after = argument(tokens, i + 1, t.position)
            text = canonical(inside)
            if text and set(text) <= {"*"}:
                star, i = "^" + text, after
            elif inside and all(x.text == r"\prime" for x in inside):
                primes, i = primes + "'" * len(inside), after
            else:
                break
        else:
            break
    key = base + subscript + star + primes
    if len(key) > _MAX_NAME:
        raise NotUnderstood("a name of more than 80 characters", first.position)
    return key, i


def source_of(tokens: Sequence[Token]) -> str:
    """The LaTeX of some tokens, to print a name as the paper writes it."""
    out = ""
    for t in tokens:
        if out and t.text[:1].isalpha() and re.search(r"\\[A-Za-z]+$", out):
            out += " "
        out += t.text
    return out
