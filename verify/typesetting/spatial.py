r"""Statements about vectors as LaTeX: norms, gradients, expectations and sums, from the trees of their text.

A name is written as everywhere (``verify.typesetting.names``); digits at its end are an index: ``x0`` is $x_0$, and
``xs`` is the optimum $x^\star$.
"""

from __future__ import annotations

import re
from fractions import Fraction

from verify.claims.statement import Spatial
from verify.spaces.reading.surface import Chain, ClassOf, Declaration, Declared, Independent, Node
from verify.spaces.spatial import tree
from verify.typesetting.names import spelled

RELATIONS = {"<=": r"\le ", ">=": r"\ge ", "==": "=", "!=": r"\ne ", "<": "<", ">": ">"}
_SUM, _PRODUCT, _POWER, _ATOM = range(4)
_INDEXED = re.compile(r"([A-Za-z]+)([0-9]+)")
_FUNCTIONS = {"exp": r"\exp", "log": r"\log", "min": r"\min", "max": r"\max"}


def spatial_latex(statement: Spatial) -> str:
    r"""The statement on one line.

    >>> print(spatial_latex(Spatial("||x1 - xs||^2 <= (1 - eta*mu)*||x0 - xs||^2", ("x0, x1, xs vectors",))))
    \lVert x_1-x^{\star}\rVert^2\le (1-\eta\mu)\lVert x_0-x^{\star}\rVert^2
    """
    return chain_latex(tree(statement).goal)


def assumptions_latex(statement: Spatial) -> tuple[str, ...]:
    """The assumptions in order, declarations first; words stand in text."""
    read = tree(statement)
    return (*(declaration_latex(d) for d in read.declarations), *(chain_latex(c) for c in read.assumptions))


def chain_latex(chain: Chain) -> str:
    """Terms with the relations between them, and the ranges they hold for."""
    out = term_latex(chain.terms[0])
    for relation, t in zip(chain.relations, chain.terms[1:], strict=True):
        out += RELATIONS[relation] + term_latex(t)
    for r in chain.ranges:
        out += rf"\;\text{{ for }}{name_latex(r.name)}={term_latex(r.lower)},\ldots,{term_latex(r.upper)}"
    return out


def declaration_latex(d: Declaration) -> str:
    """What names are, in a few words."""
    if isinstance(d, ClassOf):
        parameter = "" if d.parameter is None else f"{_within(d.parameter, _PRODUCT)}"
        hyphen = "-" if parameter else ""
        return rf"{name_latex(d.name)}\ {parameter}\text{{{hyphen}{d.what}}}"
    names = ",".join(map(name_latex, d.names))
    if isinstance(d, Independent):
        return rf"{names}\ \text{{independent}}"
    return rf"{names}\ \text{{{_kind(d)}}}"


def hypotheses_words(statement: Spatial) -> tuple[str, ...]:
    r"""The assumptions as parts of a sentence that starts with "Let": text with mathematics in dollars.

    >>> hypotheses_words(Spatial("||x - y|| >= 0", ("x, y vectors", "eta > 0", "eta*||x|| <= 1")))
    ('$x, y$ be vectors', '$\\eta>0$', '$\\eta\\lVert x\\rVert\\le 1$')
    """
    read = tree(statement)
    relations = (f"${chain_latex(c)}$" for c in read.assumptions)
    classes: dict[str, list[str]] = {}
    others: list[Declared | Independent] = []
    for d in read.declarations:
        last = others[-1] if others else None
        if isinstance(d, Declared) and isinstance(last, Declared) and (d.kind, d.random) == (last.kind, last.random):
            others[-1] = Declared((*last.names, *d.names), d.kind, d.random)
        elif isinstance(d, ClassOf):
            parameter = "" if d.parameter is None else f"${_within(d.parameter, _PRODUCT)}$-"
            classes.setdefault(d.name, []).append(f"{parameter}{d.what}")
        else:
            others.append(d)
    of_classes = (f"${name_latex(name)}$ be {' and '.join(what)}" for name, what in classes.items())
    return (*map(_words, others), *of_classes, *relations)


def _words(d: Declared | Independent) -> str:
    names = f"${', '.join(map(name_latex, d.names))}$"
    if isinstance(d, Independent):
        return f"{names} be independent"
    article = "a " if len(d.names) == 1 and d.kind is not None else ""
    article = "an " if article and not d.random and _kind(d)[0] in "aeiou" else article
    return f"{names} be {article}{_kind(d)}"


def _kind(d: Declared) -> str:
    several = "s" if len(d.names) > 1 else ""
    kind = {"reals": "family of numbers", "vectors": "family of vectors", "real": "number", None: "random"}.get(
        d.kind, str(d.kind)
    )
    return f"{'random ' if d.random and d.kind is not None else ''}{kind}{several if d.kind is not None else ''}"


def term_latex(t: Node) -> str:
    """A term."""
    return _write(t)[0]


def name_latex(name: str) -> str:
    r"""A name; digits at its end are an index, and an ``s`` there a star, unless the whole is a word of its own.

    >>> print(name_latex("x1"), name_latex("xs"), name_latex("eta"), name_latex("s2"), name_latex("Fs"))
    x_1 x^{\star} \eta s_2 F^{\star}
    """
    found = _INDEXED.fullmatch(name)
    if found:
        return f"{spelled(found[1])}_{found[2] if len(found[2]) == 1 else '{' + found[2] + '}'}"
    if len(name) == 2 and name[1] == "s":
        return rf"{name[0]}^{{\star}}"
    return spelled(name)


def _within(t: Node, least: int) -> str:
    text, tight = _write(t)
    return text if tight >= least else _between("(", text, ")")


def _between(opening: str, text: str, closing: str) -> str:
    """Brackets, as tall as what is between them."""
    tall = r"\frac" in text or r"\sum" in text
    return rf"\left{opening}{text}\right{closing}" if tall else f"{opening}{text}{closing}"


def _write(t: Node) -> tuple[str, int]:
    """The LaTeX of a term, and how tightly its outermost operation binds."""
    match t.op:
        case "number":
            return _number(t)
        case "name":
            return name_latex(str(t.args[0])), _ATOM
        case "+":
            return _sum(t), _SUM
        case "-":
            return f"-{_within(t.parts[0], _PRODUCT)}", _SUM
        case "*":
            return _joined([_within(p, _POWER if p.op == "*" else _PRODUCT) for p in t.parts]), _PRODUCT
        case "/":
            return rf"\frac{{{term_latex(t.parts[0])}}}{{{term_latex(t.parts[1])}}}", _POWER
        case "^":
            return _power(t), _POWER
    return _form(t), _ATOM


def _number(t: Node) -> tuple[str, int]:
    value = t.args[0]
    if not isinstance(value, Fraction) or value.denominator == 1:
        return str(value), _ATOM if not str(value).startswith("-") else _SUM
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}", _SUM if sign else _POWER


def _sum(t: Node) -> str:
    out = _within(t.parts[0], _SUM if t.parts[0].op == "-" else _PRODUCT)
    for p in t.parts[1:]:
        out += f"-{_within(p.parts[0], _PRODUCT)}" if p.op == "-" else f"+{_within(p, _PRODUCT)}"
    return out


def _joined(factors: list[str]) -> str:
    r"""Factors side by side; a dot before a digit, a space behind a command that a letter follows."""
    out = factors[0]
    for f in factors[1:]:
        if f[:1].isdigit() or (f.startswith(r"\frac{") and out[-1:].isdigit()):
            out += r"\cdot "
        elif f[:1].isalpha() and re.search(r"\\[A-Za-z]+$", out):
            out += " "
        out += f
    return out


def _power(t: Node) -> str:
    base, exponent = t.parts
    above = term_latex(exponent)
    raised = above if len(above) == 1 else f"{{{above}}}"
    if base.op == "name" and "^" in name_latex(str(base.args[0])):
        return rf"({term_latex(base)})^{raised}"
    return f"{_within(base, _ATOM)}^{raised}"


def _form(t: Node) -> str:
    parts = [term_latex(p) for p in t.parts]
    match t.op:
        case "norm":
            return _between(r"\lVert ", parts[0], r"\rVert")
        case "inner":
            return _between(r"\langle ", f"{parts[0]},{parts[1]}", r"\rangle")
        case "at":
            return f"{name_latex(str(t.args[0]))}_{{{parts[0]}}}"
        case "grad":
            return rf"\nabla {name_latex(str(t.args[0]))}({parts[0]})"
        case "E" | "Var":
            return _expectation(t)
        case "sum":
            return rf"\sum_{{{name_latex(str(t.args[1]))}={parts[1]}}}^{{{parts[2]}}}{_within(t.parts[0], _PRODUCT)}"
    name = str(t.args[0])
    if name == "sqrt":
        return rf"\sqrt{{{parts[0]}}}"
    if name == "abs":
        return _between(r"\lvert ", parts[0], r"\rvert")
    return f"{_FUNCTIONS.get(name) or name_latex(name)}({','.join(parts)})"


def _expectation(t: Node) -> str:
    letter = r"\mathbb{E}" if t.op == "E" else r"\operatorname{Var}"
    history = next((g for g in t.args[1:] if isinstance(g, str) and g.startswith("_")), "")
    given = [
        name_latex(g) if isinstance(g, str) else term_latex(g)
        for g in t.args[1:]
        if g != history and isinstance(g, str | Node)
    ]
    behind = rf"\mid {','.join(given)}" if given else ""
    below = f"_{{{history[1:]}}}" if history else ""
    return letter + below + _between("[", term_latex(t.parts[0]) + behind, "]")
