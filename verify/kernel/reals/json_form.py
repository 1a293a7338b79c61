"""Terms and formulas as a certificate writes them: a list that starts with its operation or relation, a name, or the
text of a number in lowest terms. Each has one form, so that equal terms look the same."""

import re
from fractions import Fraction
from functools import lru_cache

from ..reading import Json, Refused, need, shown
from .terms import RELATIONS, Formula, Number, Term
from .work import DEPTH

# Operation or connective: the least and the largest number of its arguments.
ARITY = {"+": (2, 999), "*": (2, 999), "-": (1, 1), "/": (2, 2), "^": (2, 2), "sqrt": (1, 1), "exp": (1, 1),
         "log": (1, 1), "abs": (1, 1), "min": (1, 999), "max": (1, 999)}  # fmt: skip
CONNECTIVES = {"and": (0, 9999), "or": (0, 9999), "not": (1, 1), "implies": (2, 2), "iff": (2, 2)}


def read_number(x: Json) -> Number:
    """An integer or a fraction, from a text such as ``-1/2``."""
    need(isinstance(x, str) and re.fullmatch(r"-?[0-9]{1,2000}(/[0-9]{1,2000})?", x) is not None, "not a number")
    need("/" not in x or int(x.split("/")[1]) != 0, "zero denominator in a number")
    value = Fraction(x)
    need(str(value) == x, f"the number {shown(x)} is not in lowest terms")
    return value.numerator if value.denominator == 1 else value


def read_term(x: Json, depth: int = 0) -> Term:
    """A term; every operation has as many arguments as ``ARITY`` allows."""
    need(depth < DEPTH, "a term is nested too deeply")
    if isinstance(x, str):
        return read_atom(x)
    need(isinstance(x, list) and bool(x) and isinstance(x[0], str) and x[0] in ARITY, "not a term")
    low, high = ARITY[x[0]]
    need(low <= len(x) - 1 <= high, f"wrong number of arguments of {x[0]}")
    return (x[0], *[read_term(a, depth + 1) for a in x[1:]])


@lru_cache(maxsize=20_000)
def read_atom(x: str) -> Number | str:
    """A number or a name; kept, since a certificate says the same few thousands of times."""
    return read_number(x) if x[:1].isdigit() or x[:1] == "-" else read_name(x)


def read_name(x: Json) -> str:
    """A name: whatever an identifier of Python is, of up to 200 letters."""
    need(isinstance(x, str) and x.isidentifier() and len(x) <= 200, "not a name")
    return str(x)


def read_formula(x: Json, depth: int = 0) -> Formula:
    """A formula as it is written, with all relations and connectives."""
    need(depth < DEPTH and isinstance(x, list) and bool(x) and isinstance(x[0], str), "not a formula")
    if x[0] in RELATIONS:
        need(len(x) == 3, "a relation has two sides")
        return (x[0], read_term(x[1]), read_term(x[2]))
    need(x[0] in CONNECTIVES, "not a formula")
    low, high = CONNECTIVES[x[0]]
    need(low <= len(x) - 1 <= high, f"wrong number of arguments of {x[0]}")
    return (x[0], *[read_formula(a, depth + 1) for a in x[1:]])


def fields(x: Json, *names: str) -> list[Json]:
    """The values of an object that has exactly these fields: nothing is ignored, nothing is left to a default."""
    need(isinstance(x, dict) and set(x) == set(names), f"expected exactly the fields {', '.join(names)}")
    return [x[name] for name in names]


def items(x: Json) -> list[Json]:
    """A list, which is not copied."""
    if not isinstance(x, list):
        raise Refused("expected a list")
    return x
