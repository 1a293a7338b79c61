"""Single steps of a proof as a sentence or a chain, each with the name of its rule on the right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from verify.kernel.reals.axioms import AXIOMS
from verify.reports.certificates.terms import Terms
from verify.reports.certificates.trace import Step
from verify.reports.certificates.writing import Writing
from verify.reports.displays import chain_row, listed
from verify.typesetting.text import escaped

_TOKEN = re.compile(r"\\[A-Za-z]+|.", re.DOTALL)
_OPENING = ("(", "{", "[", r"\lVert", r"\lvert", r"\langle")
_CLOSING = (")", "}", "]", r"\rVert", r"\rvert", r"\rangle")


def by(step: Step, w: Writing) -> str:
    """Which fact it is, where that has a number."""
    tag = w.tag(step.goal)
    if tag:
        return f", by {tag}"
    tag = w.tag(step.because)
    return f", as {tag} multiplied out" if tag else ""


def known(step: Step, w: Writing) -> Iterator[str]:
    yield rf"\case{{This is {w.fact(step.goal)}, which is known{by(step, w)}.}}{{{w.rule('known')}}}"


def introduced(step: Step, w: Writing) -> Iterator[str]:
    """A step that adds facts: what they are, and where they are from."""
    node = step.node
    of = ""
    if step.rule == "axiom":
        of = f"the property ``{escaped(node['name'])}''" if node["name"] in AXIOMS else ""
    new = listed([w.fact(f) for f in step.new])
    if not new:
        return
    lead = f"By {of}, {new}." if of else f"Then {new}."
    yield rf"\case{{{lead}}}{{{w.rule(step.rule)}}}"


def _define(step: Step, w: Writing) -> Iterator[str]:
    t = w.terms
    yield rf"\case{{Put ${t.term(step.node['new'])}={t.term(step.node['term'])}$.}}{{{w.rule('define')}}}"


def _rewrite(step: Step, w: Writing) -> Iterator[str]:
    t = w.terms
    left, right = t.term(step.node["left"]), t.term(step.node["right"])
    yield rf"\case{{Write ${right}$ for ${left}$ everywhere.}}{{{w.rule('rewrite')}}}"


def _bound(step: Step, w: Writing) -> Iterator[str]:
    t, n = w.terms, step.node
    x, s = t.term(n["variable"]), t.term(n["new"])
    ends = [t.term(e) for e in (n["lower"], n["upper"]) if e is not None]
    yield rf"\case{{Measure ${x}$ from ${'$ and $'.join(ends)}$, by ${s}$.}}{{{w.rule('bound')}}}"


def _sturm(step: Step, w: Writing) -> Iterator[str]:
    t, n = w.terms, step.node
    low = r"-\infty" if n["lower"] is None else t.term(n["lower"])
    high = r"\infty" if n["upper"] is None else t.term(n["upper"])
    text = f"For {w.fact(step.goal)}: a polynomial in ${t.term(n['variable'])}$ without a root in $({low},{high})$"
    yield rf"\case{{{text}, by Sturm's theorem.}}{{{w.rule('sturm')}}}"


def _sign(step: Step, w: Writing) -> Iterator[str]:
    """The difference of the sides, as a product of factors whose signs are known."""
    t = w.terms
    _, a, b = step.goal
    above: list[Any] = []
    below: list[Any] = []
    for x, k in step.node["factors"]:
        power = x if abs(int(k)) == 1 else ["^", x, str(abs(int(k)))]
        (above if int(k) > 0 else below).append(power)
    product = ["*", *above] if above else "1"
    shown = t.term(["/", product, ["*", *below]] if below else product)
    if shown == _difference(t, a, b):
        yield rf"\case{{For {w.fact(step.goal)}, the signs of all factors are known.}}{{{w.rule('sign')}}}"
        return
    yield from chain_row("", _difference(t, a, b), "")
    yield from chain_row("=", shown, f"the signs of the factors are known, {w.rule('sign')}")


def _powered(t: Terms, x: Any, k: str) -> str:
    text = t.factor(x)
    if k == "1":
        return text if text[:1] != "-" else f"({text})"
    plain = text.startswith(("(", r"\left(")) or len(text) == 1
    return f"{text if plain else f'({text})'}^{k if len(k) == 1 else f'{{{k}}}'}"


def _difference(t: Terms, a: Any, b: Any) -> str:
    """b - a; only one of them where the other is 0."""
    if a in (0, "0"):
        return t.term(b)
    return t.term(["+", b, ["-", a]])


def _psatz(step: Step, w: Writing) -> Iterator[str]:
    """The sum of terms that are not negative, which is zero: a contradiction."""
    t = w.terms
    rows = []
    for number, relations, square in step.node["terms"]:
        factors = [] if number == "1" else [t.factor(number)]
        if square not in ("1", 1):
            factors.append(_powered(t, square, "2"))
        factors += [_bracketed(_difference(t, *_ordered(f))) for f in relations]
        rows.append(("".join(_dotted(factors)) or "1", ""))
    rows += [
        (f"{_bracketed(t.term(c))}{_bracketed(_difference(t, f[2], f[1]))}", "an equation")
        for f, c in step.node["cofactors"]
    ]
    (first, why), *others = rows or [("0", "")]
    yield r"\case{These facts contradict each other: no term below is negative, one is positive, and their sum is 0.}{}"
    yield from chain_row("0=", first, why if others else w.rule("psatz"))
    for i, (text, reason) in enumerate(others, start=1):
        last = i == len(others)
        yield from chain_row(r"\quad+", text, ", ".join(filter(None, (reason, w.rule("psatz") if last else ""))))


def _ordered(f: Any) -> tuple[Any, Any]:
    """The smaller and the larger side of a relation."""
    op, a, b = f
    return (b, a) if op in (">", ">=") else (a, b)


def _bracketed(text: str) -> str:
    """In brackets if it is a sum outside brackets."""
    depth = 0
    for i, token in enumerate(_TOKEN.findall(text)):
        depth += (token in _OPENING) - (token in _CLOSING)
        if token in ("+", "-") and depth == 0 and (i or token == "-"):
            return rf"\left({text}\right)" if r"\frac" in text else f"({text})"
    return text


def _dotted(factors: Sequence[str]) -> Iterator[str]:
    for i, f in enumerate(factors):
        yield rf"\cdot {f}" if i and f[:1].isdigit() else f


def _ring(step: Step, w: Writing) -> Iterator[str]:
    """An equation, as a sum of multiples of known ones."""
    t = w.terms
    _, a, b = step.goal
    terms = [f"{_bracketed(t.term(c))}{_bracketed(_difference(t, f[2], f[1]))}" for f, c in step.node["cofactors"]]
    if not terms:
        yield rf"\case{{Multiplied out, the two sides of {w.fact(step.goal)} are the same.}}{{{w.rule('ring')}}}"
        return
    yield from chain_row("", _difference(t, b, a), "")
    for i, text in enumerate(terms):
        yield from chain_row("=" if i == 0 else r"\quad+", text, "a known equation" if i + 1 < len(terms) else "")
    yield from chain_row("=", "0", w.rule("ring"))


def _combine(step: Step, w: Writing) -> Iterator[str]:
    """The difference of the sides, as a sum of known inequalities, squares and equations."""
    t, n = w.terms, step.node
    op, a, b = step.goal
    rows: list[tuple[str, str]] = []
    for x, f in n["facts"]:
        known = _frozen(f)
        _, left, right = w.stated.get(known, f)
        rows.append((_times(t, x, _difference(t, left, right)), w.tag(known) or r"$\ge 0$, known"))
    rows += [(_times(t, x, t.term(["inner", v, v])), "a square") for x, v in n["squares"]]
    rows += [(_times(t, x, _powered(t, s, "2")), "a square") for x, s in n["numbers"]]
    for x, f in n["equations"]:
        rows.append((_times(t, x, _difference(t, f[2], f[1])), w.tag(_frozen(f)) or "0, known"))
    for x, f in n["vectors"]:
        rows.append((t.term(["inner", x, ["+", f[1], ["-", f[2]]]]), w.tag(_frozen(f)) or "0, known"))
    yield from chain_row("", _difference(t, a, b), "right minus left")
    for i, (text, reason) in enumerate(rows):
        yield from chain_row("=" if i == 0 else r"\quad+", text, reason)
    sign = {"<=": r"\ge ", "<": ">", "==": "="}[op]
    yield from chain_row(sign, "0", w.rule("combine"))


def _times(t: Terms, x: Any, text: str) -> str:
    """A factor times a bracket; 1 is left out."""
    factor = t.factor(x)
    return _bracketed(text) if factor == "1" else f"{factor}{_separated(_bracketed(text))}"


def _separated(text: str) -> str:
    return rf"\cdot {text}" if text[:1].isdigit() else text


def _frozen(f: Any) -> Any:
    """A formula of the JSON as the checker writes it, as far as it can be found among the tags."""
    if isinstance(f, list):
        return tuple(_frozen(a) for a in f)
    if isinstance(f, str) and f.lstrip("-")[:1].isdigit():
        value = Fraction(f)
        return int(value) if value.denominator == 1 else value
    return f


STEPS: dict[str, Callable[[Step, Writing], Iterator[str]]] = {
    "known": known,
    "define": _define,
    "rewrite": _rewrite,
    "bound": _bound,
    "sturm": _sturm,
    "sign": _sign,
    "psatz": _psatz,
    "ring": _ring,
    "combine": _combine,
}
