"""The corpora through this prover, SymPy, z3 and cvc5, in one run; prints a Markdown table.

``python benchmarks/provers.py [--seconds S] [--workers N] [--limit N]``. A solver that is not installed is left out.
Every attempt runs in a process of its own with the same hard limit. "Right" for the others means that they called a
true statement true or a false one false; they give no certificate, and a statement about an empty domain counts as
wrong for whoever calls it true.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from verify import logic, solver
from verify.parse import parse_problem
from verify.prover import EmptyDomain, prove

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
WANTED = {"true": "proved", "false": "refuted", "empty": "empty"}


def ours(sequent: logic.Sequent, seconds: float) -> str:
    try:
        return prove(sequent, seconds=seconds).verdict.key
    except EmptyDomain:
        return "empty"


def z3_answer(sequent: logic.Sequent, seconds: float) -> str:
    import z3

    context = z3.Context()
    names = {n: (z3.Int(n, context) if k == "integer" else z3.Real(n, context)) for n, k in sequent.variables}
    integers = {n for n, k in sequent.variables if k == "integer"}
    engine = z3.Solver(ctx=context)
    engine.set("timeout", int(seconds * 1000))
    for h in sequent.hypotheses:
        engine.add(solver.formula(z3, context, names, logic.conj(logic.defined(h, integers), h)))
    goal = logic.conj(logic.defined(sequent.goal, integers), sequent.goal)
    engine.add(z3.Not(solver.formula(z3, context, names, goal)))
    return {"sat": "refuted", "unsat": "proved"}.get(str(engine.check()), "inconclusive")


def cvc5_answer(sequent: logic.Sequent, seconds: float) -> str:
    import cvc5.pythonic as api

    engine = api.Solver()
    engine.setOption("tlimit-per", int(seconds * 1000))
    names = {n: (api.Int(n) if k == "integer" else api.Real(n)) for n, k in sequent.variables}
    integers = {n for n, k in sequent.variables if k == "integer"}

    def term(t: logic.Term) -> Any:
        if isinstance(t, logic.Var):
            return names[t.name]
        if isinstance(t, logic.Num):
            return api.Q(t.value.numerator, t.value.denominator)
        args = [term(a) for a in t.args]
        if t.op == "+":
            return sum(args[1:], args[0])
        if t.op == "-":
            return -args[0]
        if t.op == "/":
            return args[0] / args[1]
        power = logic.integer_constant(t.args[1]) if t.op == "^" else 1
        if t.op not in ("*", "^") or power is None or not 0 <= power <= 40:
            raise NotImplementedError(t.op)
        out = api.Q(1, 1)
        for a in args if t.op == "*" else [args[0]] * power:
            out = out * a
        return out

    def formula(f: logic.Formula) -> Any:
        if isinstance(f, logic.Rel):
            a, b = term(f.lhs), term(f.rhs)
            return {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[f.op]
        args = [formula(a) for a in f.args]
        if f.op == "not":
            return api.Not(args[0])
        if f.op in ("and", "or"):
            return (api.And if f.op == "and" else api.Or)(*args) if args else api.BoolVal(f.op == "and")
        return api.Implies(*args) if f.op == "implies" else args[0] == args[1]

    for h in sequent.hypotheses:
        engine.add(formula(logic.conj(logic.defined(h, integers), h)))
    engine.add(api.Not(formula(logic.conj(logic.defined(sequent.goal, integers), sequent.goal))))
    return {"sat": "refuted", "unsat": "proved"}.get(str(engine.check()), "inconclusive")


def sympy_answer(sequent: logic.Sequent, seconds: float) -> str:
    """``simplify`` on the implication; symbols carry the signs that the hypotheses state literally."""
    import sympy as sp

    positive = {h.lhs.name for h in sequent.hypotheses if _is_bound(h, ">")}
    names = {
        n: sp.Symbol(n, real=True, integer=k == "integer" or None, positive=n in positive or None)
        for n, k in sequent.variables
    }

    def term(t: logic.Term) -> Any:
        if isinstance(t, logic.Var):
            return names[t.name]
        if isinstance(t, logic.Num):
            return sp.Rational(t.value.numerator, t.value.denominator)
        args = [term(a) for a in t.args]
        build: dict[str, Callable[..., Any]] = {
            "+": sp.Add, "*": sp.Mul, "-": lambda a: -a, "/": lambda a, b: a / b, "^": sp.Pow, "sqrt": sp.sqrt,
            "exp": sp.exp, "log": sp.log, "abs": sp.Abs, "min": sp.Min, "max": sp.Max,
        }  # fmt: skip
        return build[t.op](*args)

    def formula(f: logic.Formula) -> Any:
        if isinstance(f, logic.Rel):
            kinds = {"==": sp.Eq, "!=": sp.Ne, "<": sp.Lt, "<=": sp.Le, ">": sp.Gt, ">=": sp.Ge}
            gap = sp.factor(sp.together(sp.simplify(term(f.lhs) - term(f.rhs))))
            return kinds[f.op](gap, 0)
        build = {"and": sp.And, "or": sp.Or, "not": sp.Not, "implies": sp.Implies, "iff": sp.Equivalent}
        return build[f.op](*map(formula, f.args))

    answer = sp.simplify(sp.Implies(sp.And(*map(formula, sequent.hypotheses)), formula(sequent.goal)))
    return "proved" if answer == sp.true else "refuted" if answer == sp.false else "inconclusive"


def _is_bound(h: logic.Formula, op: str) -> bool:
    return isinstance(h, logic.Rel) and h.op == op and isinstance(h.lhs, logic.Var) and h.rhs == logic.ZERO


ENGINES: dict[str, tuple[str, Callable[[logic.Sequent, float], str]]] = {
    "this prover": ("verify", ours),
    "z3": ("z3", z3_answer),
    "cvc5": ("cvc5", cvc5_answer),
    "SymPy": ("sympy", sympy_answer),
}


def _child(pipe: Any, engine: str, sequent: logic.Sequent, seconds: float) -> None:
    try:
        pipe.send(ENGINES[engine][1](sequent, seconds))
    except Exception as error:  # an engine that cannot read the statement has not decided it
        pipe.send(f"inconclusive: {type(error).__name__}")


def attempt(engine: str, sequent: logic.Sequent, seconds: float) -> tuple[str, float]:
    """The verdict and the time it took, in a process that is ended after the limit."""
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, engine, sequent, seconds), daemon=True)
    start = time.monotonic()
    process.start()
    theirs.close()
    try:
        verdict = mine.recv() if mine.poll(seconds + 1) else "inconclusive"
    except EOFError:
        verdict = "inconclusive"
    process.kill()
    process.join()
    return verdict.split(":")[0], time.monotonic() - start


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3, help="limit for one statement")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit", type=int, default=None, help="only the first N statements of each corpus")
    options = parser.parse_args(arguments)
    rows = [
        (corpus, parse_problem(e["statement"], e.get("assume", [])))
        for corpus in WANTED
        for e in map(json.loads, (CORPUS / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines()[: options.limit])
    ]
    print(f"{len(rows)} statements, {options.seconds:g} s each\n")
    print("| engine | right | wrong | undecided | seconds |")
    print("|---|---:|---:|---:|---:|")
    for engine, (module, _) in ENGINES.items():
        if importlib.util.find_spec(module) is None:
            print(f"| {engine} | not installed | | | |")
            continue
        importlib.import_module(module)  # before the fork, so that nobody pays for loading

        def run(row: tuple[str, logic.Sequent], engine: str = engine) -> tuple[str, float]:
            corpus, sequent = row
            verdict, seconds = attempt(engine, sequent, options.seconds)
            right = verdict == WANTED[corpus] or (verdict == "enclosed" and corpus == "true")
            return "right" if right else "undecided" if verdict == "inconclusive" else "wrong", seconds

        with ThreadPoolExecutor(options.workers) as pool:
            results = list(pool.map(run, rows))
        count = Counter(kind for kind, _ in results)
        total = sum(seconds for _, seconds in results)
        print(f"| {engine} | {count['right']} | {count['wrong']} | {count['undecided']} | {total:.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
