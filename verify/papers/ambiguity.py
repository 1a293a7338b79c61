r"""What a display may mean besides a product of numbers: transposes, derivatives, words, and letters for matrices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from verify.language import logic
from verify.language.logic import App, Num, Rel, Term, Var
from verify.papers.keys import canonical, loose, starts_name
from verify.papers.names import Names
from verify.papers.tokens import NotUnderstood, Token, word_set
from verify.runtime.errors import ensured

_MARKS = re.compile(r"-?(\\top|T|\\intercal|\\perp|\\complement|\\dagger|\\bot|H|\\ast|\\prime|\\circ|\\#)")
_WORDS = sorted(
    word_set(
        "log ln sin cos tan exp max min tr det sup inf lim var cov mod sgn arg deg ker dim gcd rank diag sign or if"
    ),
    key=len,
    reverse=True,
)


def transposed(tokens: Sequence[Token], base: Term, names: Names, *, name: bool) -> bool:
    """Whether an exponent is a mark such as the T of a transpose: w^T is no power, also where T is a number.

    Only a base that no vector can be, such as 2 or (1 - x), has a power T.
    """
    text = loose(canonical(tokens))
    if text in ("c", "C") and not names.is_number(text):
        return True
    if not _MARKS.fullmatch(text):
        return False
    number = isinstance(base, Num) or (
        not name
        and isinstance(base, App)
        and (base.op == "+" and any(isinstance(a, Num) and a.value for a in base.args))
    )
    return not (number and text in ("T", "H", "-T", "-H") and names.is_number(text.lstrip("-")))


def differential(above: Sequence[Token], below: Sequence[Token]) -> bool:
    r"""Whether a fraction may be a derivative: \frac{dg}{dy}, \frac{d}{dx} or \frac{d^2 g}{dy^2}."""
    up, down = ([t for t in part if t.text != " "] for part in (above, below))
    if len(down) < 2 or not up or up[0].text != "d" or down[0].text != "d":
        return False
    return starts_name(down[1]) and (len(up) == 1 or up[1].text == "^" or starts_name(up[1]))


def spelled(tokens: Sequence[Token], i: int) -> str:
    """Whether the letters at i spell a function or a word, as in log x without its backslash; empty if not."""
    run = ""
    while i < len(tokens) and len(tokens[i].text) == 1 and tokens[i].text.isalpha() and len(run) < 5:
        run, i = run + tokens[i].text, i + 1
    word = next((w for w in _WORDS if run.startswith(w)), "")
    return f"the word '{word}' or a product of letters" if word else ""


def settle(relations: Sequence[Rel], doubtful: Mapping[str, tuple[str, Token]], names: Names) -> None:
    """Accept capital letters that can only be numbers by their use, and refuse the others.

    A letter is accepted where it stands by itself, up to a numerical factor, in a sum with declared numbers, or is
    compared with them; and where every doubtful letter occurs only so, since what is linear in it holds for vectors and
    matrices as well.
    """
    if not doubtful:
        return
    loose_names = set(doubtful)
    sides = [t for r in relations for t in (r.lhs, r.rhs)]
    declared = {name for name in logic.variables_of(logic.conj(*relations)) if _declared(name, names)}
    for side in sides:
        if (odd := _nonlinear(side, loose_names)) is not None:
            raise _refusal(*doubtful[odd])
    for name, (source, token) in doubtful.items():
        if not any(_with_numbers(r, name, declared) for r in relations):
            raise _refusal(source, token)


def _refusal(source: str, token: Token) -> NotUnderstood:
    hint = f"if it is a number, declare it: '% verify: assume {source} \\in \\mathbb R'"
    return NotUnderstood(
        f"{source}: a capital letter, which may be a matrix, a set or a function", token.position, hint
    )


def _declared(name: str, names: Names) -> bool:
    return any(names.key_of_variable(name) == key for key in names.declared)


def _nonlinear(t: Term, doubtful: set[str]) -> str | None:
    """A doubtful letter that is multiplied with another one, or stands in a power, a denominator or a function."""
    found = logic.variables_of(t) & doubtful
    if not found or isinstance(t, Var):
        return None
    t = ensured(t, App)
    if t.op in ("+", "-"):
        return next((odd for a in t.args if (odd := _nonlinear(a, doubtful)) is not None), None)
    if t.op == "*":
        inside = [a for a in t.args if logic.variables_of(a) & doubtful]
        return _nonlinear(inside[0], doubtful) if len(inside) == 1 else sorted(found)[0]
    if t.op == "/" and not logic.variables_of(t.args[1]) & doubtful:
        return _nonlinear(t.args[0], doubtful)
    return sorted(found)[0]


def _with_numbers(r: Rel, name: str, declared: set[str]) -> bool:
    """Whether a letter is added to, or compared with, a term of declared numbers only; X = ... may define it."""
    if r.op == "==" and Var(name) in (r.lhs, r.rhs):
        return False
    parts = [part for side in (r.lhs, r.rhs) for part in _summands(side)]
    own = any(logic.variables_of(part) >= {name} and logic.variables_of(part) <= {name, *declared} for part in parts)
    others = any((used := logic.variables_of(part)) and used <= declared for part in parts)
    return own and others


def _summands(t: Term) -> list[Term]:
    if isinstance(t, App) and t.op in ("+", "-"):
        return [part for a in t.args for part in _summands(a)]
    return [t]
