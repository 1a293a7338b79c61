"""Functions that are read as terms of the language; and names that mean something and are not read, with the reasons.

A function is replaced by its definition while a text is read, so that what is proved speaks of ``sqrt``, ``exp``,
``log``, ``abs``, ``min`` and ``max`` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import comb, factorial

from verify.language.logic import App, Num, Term, Var, add, div, mul, neg, num, power, sub

_X, _ONE = Var("x"), num(1)
_UP, _DOWN = App("exp", (_X,)), App("exp", (neg(_X),))


def _log(a: Term) -> Term:
    return App("log", (a,))


# Parameters, and the term that is meant; it is defined exactly where the function is.
DEFINED: dict[str, tuple[tuple[str, ...], Term]] = {
    "ln": (("x",), _log(_X)),
    "log1p": (("x",), _log(add(_ONE, _X))),
    "expm1": (("x",), sub(_UP, _ONE)),
    "log2": (("x",), div(_log(_X), _log(num(2)))),
    "log10": (("x",), div(_log(_X), _log(num(10)))),
    "pow": (("x", "n"), power(_X, Var("n"))),
    "square": (("x",), power(_X, 2)),
    "cosh": (("x",), div(add(_UP, _DOWN), num(2))),
    "sinh": (("x",), div(sub(_UP, _DOWN), num(2))),
    "tanh": (("x",), div(sub(_UP, _DOWN), add(_UP, _DOWN))),
    "sigmoid": (("x",), div(_ONE, add(_ONE, _DOWN))),
    "relu": (("x",), App("max", (_X, num(0)))),
    "softplus": (("x",), _log(add(_ONE, _UP))),
}
LITERAL = ("factorial", "binomial", "cbrt")  # read where an argument is a number that is written out
MAX_FACTORIAL, MAX_LOWER = 400, 50  # the value has fewer than a thousand digits; the polynomial at most 50 factors

_TRIGONOMETRIC = "of the trigonometric functions sin and cos are read, where something is to be proved"
_CIRCULAR = "it is read where something is to be proved, not here"
_ROUNDING = "rounding is not supported: use a whole variable with its bounds, n <= x < n + 1"
_SPECIAL = "this function is not supported; a variable with the bounds that matter can stand for it"
_HYPERBOLIC = "write it with exp and log"
_NOT_READ = {
    "sin cos": _CIRCULAR,
    "tan cot sec csc sinc asin acos atan arcsin arccos arctan atan2 arccot": _TRIGONOMETRIC,
    "floor ceil ceiling round trunc frac int": _ROUNDING,
    "sech csch coth asinh acosh atanh arsinh arcosh artanh logit": _HYPERBOLIC,
    "erf erfc zeta lgamma digamma sum prod mean median mod gcd lcm det tr": _SPECIAL,
    "sign sgn": "write x/abs(x) for x != 0, or the cases x > 0, x == 0 and x < 0",
    "lg lb ld": "its base is not agreed: write log2(x), log10(x) or log(x)",
    "sqr": "is the square meant, x^2, or the root, sqrt(x)?",
    "exp2": "write 2^x",
    "exp10": "write 10^x",
    "step": "write the cases x > 0 and x <= 0",
    "lim": "limits are claims of a theory; a statement says what holds at every point",
    "inf sup": "write a statement that holds for all values",
}
# Names that mean something, so that none of them is a misspelling of another.
UNREAD = {name: hint for names, hint in _NOT_READ.items() for name in names.split()}


_REPLACED = re.compile(
    rf"\b(?:{'|'.join([*DEFINED, *LITERAL])}) *\(|\b(?:in|even|odd)\b|[|\[∈√]|![^=]|[^\x00-\x7f≤≥≠·−]"
)


def rewritten(text: str) -> bool:
    """Whether a text is read as terms that are not written in it, so that a reader wants to see them.

    >>> rewritten("tanh(x) < 1"), rewritten("|x| >= x"), rewritten("x*y <= z")
    (True, True, False)
    """
    return _REPLACED.search(text) is not None


def falling(n: Term, k: int) -> Term:
    """The binomial coefficient n over k as the polynomial n (n-1) ... (n-k+1) / k!, for every real n.

    >>> print(falling(Var("n"), 2))
    n*(n - 1)/2
    """
    if isinstance(n, Num) and n.value.denominator == 1 and n.value >= 0:
        return num(comb(n.value.numerator, k))
    if k == 0:
        return power(n, 0)  # one where n has a value
    return div(mul(n, *(sub(n, num(i)) for i in range(1, k))), num(factorial(k))) if k > 1 else n


def misspelt(word: str, names: Iterable[str]) -> str | None:
    """The name that a word was meant for: one letter more, less or other, or two exchanged; None if it means something.

    >>> misspelt("lgo", ["log", "exp"]), misspelt("sin", ["min"]), misspelt("Sin", ["min", "sin"])
    ('log', None, 'sin')
    """
    if len(word) < 3 or len(word) > 30 or word in UNREAD:
        return None
    others = [name for name in names if name != word]
    same = (name for name in others if name.casefold() == word.casefold())
    near = (name for name in others if _one_slip(word, name))
    return next(same, None) or (None if word.casefold() in UNREAD else next(near, None))


def _one_slip(a: str, b: str) -> bool:
    """Whether one insertion, deletion, substitution or exchange of neighbours makes b of a (Damerau 1964)."""
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    if len(a) != len(b):
        longer, shorter = (a, b) if len(a) > len(b) else (b, a)
        return longer[i + 1 :] == shorter[i:]
    return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
