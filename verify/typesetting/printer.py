r"""Scalar formulas as a paper has them: ``(1-\alpha\rho_H)^2``, not ``\left(- \alpha \rho_{H} + 1\right)^{2}``.

The output uses a small part of LaTeX, all of which ``verify paper`` reads back: names, numbers, \frac, \sqrt, powers,
round and square brackets, \lvert \rvert, \log, \exp, \min, \max.
"""

from __future__ import annotations

from functools import lru_cache

import sympy as sp
from sympy.printing.latex import LatexPrinter

from verify.derivations.exact import exact
from verify.typesetting.arrange import present
from verify.typesetting.brackets import delimited, fraction, joined, juxtapose
from verify.typesetting.names import Names
from verify.typesetting.order import Order, is_negative

KEPT = 5000  # expressions whose text is kept: the theorem sheet of this repository prints 1,243 of them 14,000 times


def expression_of(e: object) -> sp.Expr:
    """An expression as it is, a whole number or a fraction as one of SymPy; ``TypeError`` for everything else."""
    found = exact(e)
    if not isinstance(found, sp.Expr):
        raise TypeError(f"{e!r:.60} ({type(e).__name__}) is not an expression of SymPy, so it has no formula to print")
    return found


class ScalarPrinter(LatexPrinter):  # type: ignore[misc]  # SymPy has no types
    """SymPy's LaTeX printer with the order, the brackets and the fractions of a paper."""

    def __init__(self, names: Names, order: Order) -> None:
        super().__init__()
        self._names, self._writing_order = names, order
        # A derivation prints what one step gives as what the next starts from, and claims as their own.
        self._kept = lru_cache(KEPT)(self._printed)

    def scalar(self, expression: object) -> str:
        """The LaTeX of an expression or of an exact number of Python; ``TypeError`` for text and anything else."""
        return self._kept(expression_of(expression))

    def _printed(self, expression: sp.Expr) -> str:
        text: str = self.doprint(present(expression))
        return text

    def _print_Symbol(self, e: sp.Symbol, style: str = "plain") -> str:
        return self._names.of(e)

    def _print_Rational(self, e: sp.Rational) -> str:
        if e.q == 1:
            return str(e.p)
        return ("-" if e.p < 0 else "") + fraction(str(abs(e.p)), str(e.q))

    def _print_Add(self, e: sp.Add, order: str | None = None) -> str:
        common = _common_denominator(e)
        if common != 1:
            return rf"\frac{{1}}{{{common}}}{delimited(self._print(sp.Add(*(t * common for t in e.args))))}"
        pairs = []
        for t in self._writing_order.terms(e):
            minus = is_negative(t)
            pairs.append((minus, self._print(-t if minus else t)))
        return joined(pairs)

    def _print_Mul(self, e: sp.Mul) -> str:
        number, rest = e.as_coeff_Mul()
        if number < 0:
            return "-" + self._factor_or_all(-e)
        above, below = [], []
        for f in sp.Mul.make_args(rest):
            if f == 1:
                continue
            base, exponent = f.as_base_exp()
            if exponent.as_coeff_Mul()[0] < 0:
                below.append(sp.Pow(base, -exponent, evaluate=False) if exponent != -1 else base)
            else:
                above.append(f)
        top = self._product(above, int(number.p))
        if not below and number.q == 1:
            return top
        return fraction(top, self._product(below, int(number.q)))

    def _factor_or_all(self, e: sp.Expr) -> str:
        text = self._print(e)
        return delimited(text) if isinstance(e, sp.Add) else text

    def _product(self, factors: list[sp.Expr], number: int) -> str:
        if not factors:
            return str(number)
        if len(factors) == 1 and number == 1:
            return str(self._print(factors[0]))
        parts = [str(number)] if number != 1 else []
        parts += [self._factor_or_all(f) for f in self._writing_order.factors(factors)]
        return juxtapose(parts)

    def _print_Pow(self, e: sp.Pow) -> str:
        base, exponent = e.as_base_exp()
        if exponent.as_coeff_Mul()[0] < 0:
            return fraction("1", self._print(sp.Pow(base, -exponent)))
        if exponent == sp.Rational(1, 2):
            return rf"\sqrt{{{self._print(base)}}}"
        if base.is_Mul and all(f.is_Symbol or (f.is_Pow and f.base.is_Symbol and f.exp == -1) for f in base.args):
            text = "/".join(self._product(list(part.args or [part]), 1) for part in sp.fraction(base) if part != 1)
            text = text if base.args and sp.fraction(base)[0] != 1 else self._print(base)
        else:
            text = self._print(base)
        simple = (isinstance(base, sp.Symbol) and "^" not in text) or (base.is_Integer and base >= 0)
        power = self._print(exponent)
        if isinstance(exponent, sp.Rational) and exponent.q != 1:
            power = f"{exponent.p}/{exponent.q}"
        return f"{text if simple else delimited(text)}^{power if len(power) == 1 else '{' + power + '}'}"

    def _print_Abs(self, e: sp.Abs, exp: str | None = None) -> str:
        return rf"\lvert {self._print(e.args[0])}\rvert" + ("" if exp is None else f"^{{{exp}}}")

    def _print_log(self, e: sp.log, exp: str | None = None) -> str:
        return self._applied(r"\log", e.args[0])

    def _print_exp(self, e: sp.exp, exp: str | None = None) -> str:
        return self._applied(r"\exp", e.args[0])

    def _applied(self, name: str, argument: sp.Expr) -> str:
        text: str = self._print(argument)
        if text.startswith(r"\frac{") and isinstance(argument, (sp.Pow, sp.Rational)):
            return name + text
        return f"{name} {text}" if isinstance(argument, sp.Symbol) else name + _round(text)

    def _print_Min(self, e: sp.Min, exp: str | None = None) -> str:
        return self._extreme(r"\min", e)

    def _print_Max(self, e: sp.Max, exp: str | None = None) -> str:
        return self._extreme(r"\max", e)

    def _extreme(self, name: str, e: sp.Expr) -> str:
        args = sorted(e.args, key=sp.default_sort_key)
        return rf"{name}\{{{', '.join(self._print(a) for a in args)}\}}"


def _round(text: str) -> str:
    return rf"\left({text}\right)" if r"\frac" in text or "(" in text else f"({text})"


def _common_denominator(e: sp.Add) -> int:
    """The number that every term is divided by, when that is the same whole number for all of them."""
    coefficients = {abs(t.as_coeff_Mul()[0]) for t in e.args}
    if len(coefficients) == 1 and (k := coefficients.pop()).is_Rational and k.p == 1:
        return int(k.q)
    return 1
