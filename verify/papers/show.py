"""Terms and formulas of the prover's language as LaTeX, with the names as the paper writes them."""

from __future__ import annotations

from collections.abc import Mapping

from verify.language.logic import App, Bool, Formula, Num, Rel, Term, Var
from verify.runtime.errors import ensured
from verify.typesetting.brackets import delimited, fraction, juxtapose

_RELATIONS = {"==": "=", "!=": r"\ne ", "<": "<", "<=": r"\le ", ">": ">", ">=": r"\ge "}
_ARROWS = {"iff": r"\iff ", "implies": r"\implies ", "and": r"\;\text{and}\;", "or": r"\;\text{or}\;"}


def term_latex(t: Term, names: Mapping[str, str]) -> str:
    """The LaTeX of a term, in the order in which it was read."""
    if isinstance(t, Var):
        return names.get(t.name, t.name.replace("_", r"\_"))
    if isinstance(t, Num):
        v = t.value
        if v.denominator == 1:
            return str(v)
        return ("-" if v < 0 else "") + fraction(str(abs(v.numerator)), str(v.denominator))
    t = ensured(t, App)
    if t.op == "+":
        return _sum(t, names)
    if t.op == "-":
        return "-" + _factor(t.args[0], names)
    if t.op == "*":
        return juxtapose([_factor(a, names, first=i == 0) for i, a in enumerate(t.args)])
    if t.op == "/":
        return fraction(*(term_latex(a, names) for a in t.args))
    if t.op == "^":
        base = term_latex(t.args[0], names)
        simple = (isinstance(t.args[0], Var) and "^" not in base) or (isinstance(t.args[0], Num) and base.isdigit())
        power = term_latex(t.args[1], names)
        return f"{base if simple else delimited(base)}^{power if len(power) == 1 else '{' + power + '}'}"
    if t.op == "sqrt":
        return rf"\sqrt{{{term_latex(t.args[0], names)}}}"
    if t.op == "abs":
        return rf"\lvert {term_latex(t.args[0], names)}\rvert"
    if t.op in ("min", "max"):
        return rf"\{t.op}\{{{', '.join(term_latex(a, names) for a in t.args)}\}}"
    return rf"\{t.op}{_bracketed(term_latex(t.args[0], names))}"


def _bracketed(text: str) -> str:
    return rf"\left({text}\right)" if r"\frac" in text else f"({text})"


def _sum(t: App, names: Mapping[str, str]) -> str:
    out = ""
    for i, a in enumerate(t.args):
        text = delimited(term_latex(a, names)) if isinstance(a, App) and a.op == "+" else term_latex(a, names)
        out += text if i == 0 or text.startswith("-") else "+" + text
    return out


def _factor(t: Term, names: Mapping[str, str], *, first: bool = False) -> str:
    text = term_latex(t, names)
    negative = text.startswith("-") and not first
    return delimited(text) if (isinstance(t, App) and t.op in ("+", "-")) or negative else text


def formula_latex(f: Formula, names: Mapping[str, str]) -> str:
    """The LaTeX of a formula."""
    if isinstance(f, Rel):
        return f"{term_latex(f.lhs, names)}{_RELATIONS[f.op]}{term_latex(f.rhs, names)}"
    if f.op == "not":
        return rf"\neg({formula_latex(f.args[0], names)})"
    parts = (formula_latex(a, names) for a in f.args)
    return _ARROWS[f.op].join(f"({p})" if isinstance(a, Bool) else p for p, a in zip(parts, f.args, strict=True))
