"""Formulas as LaTeX: relations and what is said with them."""

from __future__ import annotations

import sympy as sp

from verify.derivations.relations import Connective, Formula, Relation
from verify.typesetting.typesetter import Typesetter

_RELATIONS = {"==": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}
CONNECTIVES = {"implies": r"\;\Longrightarrow\;", "iff": r"\;\Longleftrightarrow\;"}


def formula_latex(f: Formula, t: Typesetter) -> str:
    r"""The LaTeX of a formula.

    >>> from verify.claims.setting import NO_SETTING
    >>> from verify.derivations.relations import iff, lt, gt
    >>> sigma, kappa, m, k = sp.symbols("sigma kappa m k", real=True)
    >>> print(formula_latex(iff(lt(sigma, kappa), gt(m, k)), Typesetter(NO_SETTING)))
    \sigma<\kappa\;\Longleftrightarrow\;m>k
    """
    if isinstance(f, Relation):
        return relation_latex(f.lhs, f.op, f.rhs, t)
    if not isinstance(f, Connective):
        raise TypeError(f"{f!r:.60} ({type(f).__name__}) is not a formula")
    if f.op == "not":
        return rf"\neg({formula_latex(f.args[0], t)})"
    if f.op in CONNECTIVES:
        return CONNECTIVES[f.op].join(operand_latex(a, t) for a in f.args)
    return rf"\;\text{{{f.op}}}\;".join(operand_latex(a, t) for a in f.args)


def operand_latex(f: Formula, t: Typesetter) -> str:
    """A part of a connective, in brackets where the arrows of the two would run together."""
    text = formula_latex(f, t)
    return rf"\bigl({text}\bigr)" if isinstance(f, Connective) and f.op in CONNECTIVES else text


def relation_latex(lhs: sp.Expr, op: str, rhs: sp.Expr, t: Typesetter) -> str:
    """A relation, as a chain would write it."""
    return relation_text(t.short(lhs), _RELATIONS[op], t.short(rhs))


def relation_text(left: str, sign: str, right: str) -> str:
    """Two sides and a sign between them, with a space only where TeX needs one."""
    return f"{left}{sign}{' ' if sign[0] == chr(92) and right[:1].isalpha() else ''}{right}"
