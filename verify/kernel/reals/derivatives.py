"""The derivative of a term, for the mean value theorem (``rules/functions.py``)."""

from ..reading import need
from .terms import Term, minus, names_in
from .work import Spend, measure, uncounted


def derivative(t: Term, x: str, spend: Spend = uncounted) -> Term:
    """The derivative in ``x``, valid in the inside of an interval on which ``t`` and the result are defined.

    Sound because on such an interval every base of a power with a real exponent is positive, or not negative with an
    exponent above 1 (where it vanishes inside, so does its slope); ``abs``, ``min`` and ``max`` of x are refused.
    """
    spend(4 * measure(t)[0])
    if x not in names_in(t):
        return 0
    if not isinstance(t, tuple):
        return 1
    op, a, b = t[0], t[1], t[-1]
    if op in ("+", "-"):
        parts = [d for d in (derivative(s, x, spend) for s in t[1:]) if d != 0]
        return ("-", parts[0]) if op == "-" else parts[0] if len(parts) == 1 else ("+", *parts)
    if op == "*":
        parts = [
            ("*", derivative(s, x, spend), *t[1:i], *t[i + 1 :]) for i, s in enumerate(t) if i and x in names_in(s)
        ]
        return parts[0] if len(parts) == 1 else ("+", *parts)
    da = derivative(a, x, spend)
    if op == "/":
        return (
            ("/", minus(("*", da, b), ("*", a, derivative(b, x, spend))), ("^", b, 2))
            if x in names_in(b)
            else ("/", da, b)
        )
    if op == "^" and x not in names_in(b):
        return ("*", b, ("^", a, b - 1 if not isinstance(b, (str, tuple)) else ("+", b, -1)), da)
    if op == "^":
        return ("*", t, ("+", ("*", derivative(b, x, spend), ("log", a)), ("*", b, ("/", da, a))))
    need(op in ("exp", "log", "sqrt"), f"{op} is not differentiated")
    return ("*", t, da) if op == "exp" else ("/", da, a if op == "log" else ("*", 2, t))
