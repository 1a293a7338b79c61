r"""Terms and formulas of certificates as LaTeX, of both checkers: their JSON, and what the checkers make of it.

``["grad_f_x0"]`` is written \nabla f(x_0) where the certificate has the value ``f_x0`` too; a part that a sum or a
quantifier binds gets a letter that is not in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from verify.typesetting.formulas import CONNECTIVES
from verify.typesetting.spatial import name_latex

_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_RELATIONS = {"==": "=", "same": "=", "!=": r"\ne ", "<": "<", "<=": r"\le ", ">": ">", ">=": r"\ge "}
_FUNCTIONS = {"exp": r"\exp", "log": r"\log", "min": r"\min", "max": r"\max"}
_BOUND = ("t", "s", "i", "j", "k", "l", "r", "q")
_PLACE = {"oo": r"\infty", "0+": "0^{+}"}
Part = tuple[str, int]


def names_latex(names: Iterable[str]) -> dict[str, str]:
    r"""LaTeX by name; values and gradients of functions at points are written as such.

    >>> found = names_latex(["eta", "x0", "f_x0", "grad_f_x0"])
    >>> print(found["eta"], found["f_x0"], found["grad_f_x0"])
    \eta f(x_0) \nabla f(x_0)
    """
    known = list(names)
    out = {name: name_latex(name) for name in known}
    for name in known:
        function, _, point = name.partition("_")
        if point and f"grad_{name}" in out:
            out[name] = f"{name_latex(function)}({name_latex(point)})"
            out[f"grad_{name}"] = rf"\nabla {out[name]}"
    return out


class Terms:
    """Writes the terms and formulas of one certificate; ``names`` are LaTeX by name, others are spelled."""

    def __init__(self, names: Mapping[str, str], spell: Callable[[str], str] = name_latex) -> None:
        self.names, self._spell = dict(names), spell
        self._bound: list[str] = []

    def formula(self, f: Any) -> str:
        """A formula on one line."""
        op = str(f[0])
        if op in _RELATIONS:
            return f"{self.term(f[1])}{_RELATIONS[op]}{self.term(f[2])}"
        if op in ("and", "or"):
            if len(f) == 1:
                return r"\text{true}" if op == "and" else r"\text{false}"
            return rf"\;\text{{{op}}}\;".join(self._operand(a) for a in f[1:])
        if op == "not":
            return rf"\neg({self.formula(f[1])})"
        if op in CONNECTIVES:
            return CONNECTIVES[op].join(self._operand(a) for a in f[1:])
        if op == "limit":
            variable, place = self.term(f[2]), _PLACE.get(str(f[3]), str(f[3]))
            return rf"{self.term(f[1])}\xrightarrow[{variable}\to {place}]{{}}{self.term(f[4])}"
        if op == "all":
            name, (low, high), body = self._binder(f, self.formula)
            return rf"{body}\;\text{{ for }}{name}={low},\ldots,{high}"
        if op == "every":
            name, _, body = self._binder(f, self.formula)
            return rf"{body}\;\text{{ for all vectors }}{name}"
        return rf"\mathrm{{{op}}}({','.join(self.term(a) for a in f[1:])})"

    def term(self, x: Any) -> str:
        """A term."""
        return self._write(x)[0]

    def factor(self, x: Any) -> str:
        """A term as a factor, in brackets if it is a sum."""
        return self._within(x, _PRODUCT)

    def _operand(self, f: Any) -> str:
        text = self.formula(f)
        return f"({text})" if f[0] in ("and", "or", *CONNECTIVES) else text

    def _within(self, x: Any, least: int) -> str:
        text, tight = self._write(x)
        return text if tight >= least else _between("(", text, ")")

    def _write(self, x: Any) -> Part:
        """The LaTeX of a term, and how tightly its outermost operation binds."""
        if isinstance(x, str) and not x.lstrip("-")[:1].isdigit():
            return self._name(x), _ATOM
        if isinstance(x, str | int | Fraction):
            return _number(Fraction(x))
        op, args = str(x[0]), list(x[1:])
        match op:
            case "+":
                return self._sum(args)
            case "-" if isinstance(args[0], list | tuple) and args[0][0] == "-":
                return self._write(args[0][1])
            case "-" if (value := _value(args[0])) is not None:
                return _number(-value)
            case "-":
                return f"-{self._within(args[0], _PRODUCT)}", _SUM
            case "*" | "scale":
                return self._product(args)
            case "/" if (value := _value(args[0])) is not None and value.denominator != 1:
                below = f"{value.denominator}{self._within(args[1], _POWER)}"
                sign = "-" if value < 0 else ""
                return rf"{sign}\frac{{{abs(value.numerator)}}}{{{below}}}", _SUM if sign else _POWER
            case "/":
                return rf"\frac{{{self.term(args[0])}}}{{{self.term(args[1])}}}", _POWER
            case "^":
                return self._power(*args), _POWER
            case "zero":
                return "0", _ATOM
            case "inner" if any(isinstance(a, list | tuple) and a[0] == "zero" for a in args):
                return "0", _ATOM
            case "inner" if args[0] == args[1]:
                args = list(args[0][1:]) if isinstance(args[0], list | tuple) and args[0][0] == "-" else args
                return _between(r"\lVert ", self.term(args[0]), r"\rVert") + "^2", _POWER
        return self._form(op, args), _ATOM

    def _name(self, x: str) -> str:
        if x[:1] == "#":
            place = int(x[1:])
            return self._bound[-1 - place] if place < len(self._bound) else "t"
        return self.names[x] if x in self.names else self._spell(x)

    def _sum(self, args: list[Any]) -> Part:
        out = ""
        for a in args:
            text = self.term(a)
            if text in ("0", "-0"):
                continue
            out += text if not out or text.startswith("-") else f"+{text}"
        return (out, _SUM) if out else ("0", _ATOM)

    def _product(self, args: list[Any]) -> Part:
        """Factors side by side, numbers first; -1 is a sign."""
        flat: list[Any] = []
        for a in args:
            flat += a[1:] if isinstance(a, list | tuple) and a[0] == "*" else [a]
        sign = ""
        number = Fraction(1)
        rest: list[str] = []
        for a in flat:
            if isinstance(a, list | tuple) and a[0] == "-":
                number, a = -number, a[1]
            value = _value(a)
            if value is not None:
                number *= value
            else:
                rest.append(self._within(a, _POWER))
        if number == 0:
            return "0", _ATOM
        rest = _squared(rest)
        if number < 0:
            sign, number = "-", -number
        if number != 1 or not rest:
            rest.insert(0, _number(number)[0])
        return sign + _juxtaposed(rest), _SUM if sign else _PRODUCT

    def _power(self, base: Any, exponent: Any) -> str:
        above = self.term(exponent)
        raised = above if len(above) == 1 else f"{{{above}}}"
        text, tight = self._write(base)
        norm = isinstance(base, list | tuple) and base[0] in ("norm", "abs")
        return f"{text if tight == _ATOM and ('^' not in text or norm) else _between('(', text, ')')}^{raised}"

    def _form(self, op: str, args: list[Any]) -> str:
        match op:
            case "inner":
                return _between(r"\langle ", f"{self.term(args[0])},{self.term(args[1])}", r"\rangle")
            case "norm":
                return _between(r"\lVert ", self.term(args[0]), r"\rVert")
            case "at":
                return f"{{{self.term(args[0])}}}_{{{self.term(args[1])}}}"
            case "apply":
                return f"{self.term(args[0])}{self._within(args[1], _POWER)}"
            case "E":
                level = "" if str(args[0]) == "0" else f"_{{{args[0]}}}"
                return rf"\mathbb E{level}" + _between("[", self.term(args[1]), "]")
            case "sum":
                name, (low, high), body = self._binder([op, *args], lambda t: self._within(t, _PRODUCT))
                return rf"\sum_{{{name}={low}}}^{{{high}}}{body}"
            case "sqrt":
                return rf"\sqrt{{{self.term(args[0])}}}"
            case "abs":
                return _between(r"\lvert ", self.term(args[0]), r"\rvert")
        written = ",".join(self.term(a) for a in args)
        return _FUNCTIONS.get(op, rf"\mathrm{{{op}}}") + _between("(", written, ")")

    def _binder(self, x: Any, write: Callable[[Any], str]) -> tuple[str, tuple[str, str], str]:
        """The letter, the range and the body of a sum or a quantifier; named in JSON, unnamed in the checker."""
        named = isinstance(x, list) and len(x) == (3 if x[0] == "every" else 5)
        ends = list(x[2:-1] if named else x[1:-1])
        used = {*self.names.values(), *self._bound}
        letter = self._spell(x[1]) if named else next((b for b in _BOUND if b not in used), "u")
        limits = (self.term(ends[0]), self.term(ends[1])) if ends else ("", "")
        before = self.names.get(x[1]) if named else None
        self._bound.append(letter)
        if named:
            self.names[x[1]] = letter
        body = write(x[-1])
        self._bound.pop()
        if named:
            self.names.pop(x[1])
            if before is not None:
                self.names[x[1]] = before
        return letter, limits, body


def _value(a: Any) -> Fraction | None:
    """The number that a term is, written out."""
    if isinstance(a, int | Fraction):
        return Fraction(a)
    return Fraction(a) if isinstance(a, str) and a.lstrip("-")[:1].isdigit() else None


def _squared(factors: list[str]) -> list[str]:
    """Equal neighbours that are single letters as a power."""
    out: list[str] = []
    for f in factors:
        if out and out[-1] == f and "^" not in f and "(" not in f and "{" not in f:
            out[-1] = f"{f}^2"
        else:
            out.append(f)
    return out


def _number(value: Fraction) -> Part:
    sign = "-" if value < 0 else ""
    if value.denominator == 1:
        return str(value), _SUM if sign else _ATOM
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}", _SUM if sign else _POWER


def _between(opening: str, text: str, closing: str) -> str:
    tall = r"\frac" in text or r"\sum" in text
    return rf"\left{opening}{text}\right{closing}" if tall else f"{opening}{text}{closing}"


def _juxtaposed(factors: list[str]) -> str:
    out = factors[0]
    for f in factors[1:]:
        if f[:1].isdigit() or (f.startswith(r"\frac{") and out[-1:].isdigit()):
            out += r"\cdot "
        elif f[:1].isalpha() and out[-1:].isalpha() and "\\" in out:
            out += " "
        out += f
    return out
