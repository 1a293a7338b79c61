"""The examination by PEPit's examples: the entries of ``pep_examples.jsonl``, and PEPit's number at a point.

An entry has the statement (for all values of its parameters), the rate as a text, five rational points of the
parameters, and how the example is called. ``roots`` are parameters that are irrational at every such point.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import io
import json
import math
import time
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from verify.language.evaluation import Value, evaluate
from verify.language.logic import Rel
from verify.language.parser import parse_rational, parse_statement

HERE = Path(__file__).parent
WHOLE = ("n", "d")  # arguments of the examples that have to be integers


def load(name: str) -> list[dict[str, Any]]:
    """The lines of one of the data files: ``pep_examples``, ``pep_false``, ``pep_files``."""
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def term(text: str, values: Mapping[str, Value]) -> Value:
    """The value of a text in the parameters: a fraction, or an enclosure where there is a root.

    >>> term("1/(2*L)", {"L": Fraction(3)})
    Fraction(1, 6)
    """
    read = parse_statement(f"{text} == 0")
    assert isinstance(read, Rel)
    return evaluate(read.lhs, values)


def values(point: Mapping[str, str], roots: Mapping[str, str]) -> dict[str, Value]:
    """All parameters at a point: the rational ones as they are written, then the roots, in their order."""
    found: dict[str, Value] = {name: parse_rational(text) for name, text in point.items()}
    for name, text in roots.items():
        found[name] = term(text, found)
    return found


def arguments(call: Mapping[str, Any], at: Mapping[str, Value]) -> dict[str, Any]:
    """What the example's function is called with: texts in the parameters, lists of them, or values as they stand."""

    def number(name: str, text: str) -> float | int:
        if text == "inf":
            return math.inf
        return int(term(text, at)) if name in WHOLE else float(term(text, at))

    made: dict[str, Any] = {}
    for name, given in call.items():
        if isinstance(given, list):
            made[name] = [number(name, x) for x in given]
        else:
            made[name] = number(name, given) if isinstance(given, str) else given
    return made


def numeric(entry: Mapping[str, Any], point: Mapping[str, str], solver: str) -> tuple[float, float]:
    """PEPit's worst case at a point, and the seconds it took; three examples pass no solver on to cvxpy."""
    module = importlib.import_module("PEPit.examples." + entry["file"].replace("/", "."))
    function = getattr(module, entry["function"])
    given = arguments(entry["call"], values(point, entry.get("roots", {})))
    if "solver" in inspect.signature(function).parameters:
        given["solver"] = solver
    start = time.perf_counter()
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # inaccurate solutions show in the difference
        worst, _ = function(**given, verbose=-1)
    return float(worst), time.perf_counter() - start


def difference(worst: float, rate: float) -> float:
    """By how much PEPit's number exceeds the rate (or, if negative, stays below), relative to the rate."""
    return (worst - rate) / max(abs(rate), 1e-3)  # some rates are 0: potentials


def conditions(entry: Mapping[str, Any]) -> list[str]:
    """The assumptions that are about the parameters alone, each as one text."""
    names = set(entry["parameters"][0]) | set(entry.get("roots", {}))
    found = []
    for text in entry["assume"]:
        for part in text.split(", "):
            words = set("".join(c if c.isalnum() else " " for c in part).split())
            named = {w for w in words if not w[0].isdigit()}
            if named and named <= names and any(r in part for r in ("<", ">", "==")) and "||" not in part:
                found.append(part)
    return found
