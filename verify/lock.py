"""The lock: what the theory said when it was last accepted, in a file that a person can read and compare.

For every claim it keeps the statement, the hypotheses, the verdict, the kinds of evidence, and the exact values of both
sides of its relations on a fixed grid of rational points; for every named expression its form and its values. A changed
text with unchanged values is the same function in a new form; a changed value is a different function.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import flint
import sympy as sp

from theory.claim import Claim
from theory.expressions import NamedExpression, expressions
from theory.statement import Formula, Limit, MatrixIdentity, Relation
from verify import logic
from verify.convert import goal_of, term
from verify.errors import BadInput
from verify.evaluate import Point, TooHard, Undefined, evaluate
from verify.evidence import ClaimResult
from verify.report.text import domain_lines, expression_line, statement_text
from verify.verdict import Verdict

FILE = Path("theorems.lock")
SCHEMA = 1

# Ordinary points of the domain of the theory; every symbol has a value, the larger of two values its own.
_BASE = {
    "alpha": "1/3", "rho": "1/2", "rho_H": "1/2", "rho_E": "2", "p": "1/3", "Delta": "3", "V_H": "1/5", "V_E": "2",
    "nu": "1/2", "g": "1/10", "lambda": "3/2", "c": "2/5", "eps": "1/4", "r": "1/4", "u": "3/7", "l_H": "1/2",
    "l_E": "3/2", "t_H": "1", "t_E": "5", "l": "1", "L": "2", "t": "9", "s": "1/2", "s_1": "1", "t_S": "3", "W": "2",
    "W_H": "1/2",
    "W_E": "3", "x": "1/4", "d": "3", "n": "4", "m": "10", "K": "2", "m_2": "13", "d_2": "7", "nu_2": "2",
    "rho_2": "3/4", "alpha_2": "2/5", "x_2": "1/2",
}  # fmt: skip
_CHANGES: tuple[dict[str, str], ...] = (
    {},
    {"d": "1", "m": "1", "n": "1", "K": "1", "V_E": "0"},
    {"rho_E": "3/2", "alpha": "2/3", "m": "40", "m_2": "41", "d": "12", "n": "2", "Delta": "1/2", "V_H": "4", "K": "3"},
    {"rho_H": "1/7", "alpha": "1/2", "p": "3/4", "m": "1000000", "d": "1000000", "m_2": "1000001", "nu": "0"},
)
GRID: tuple[dict[str, Fraction], ...] = tuple(
    {k: Fraction(v) for k, v in {**_BASE, **change}.items()} for change in _CHANGES
)


PLURAL = {"uses": "use", "rests on": "rest on"}
UNKNOWN = ("undefined", "not evaluated")


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was. ``fatal`` is False for a mere change of form.

    ``uses`` are the claims that state an expression, ``rests`` those that rest on the claim or on one of ``uses``;
    None is not looked up.
    """

    kind: Literal[
        "new form", "different function", "weaker verdict", "lost evidence", "changed hypothesis", "lost", "added"
    ]
    name: str
    text: str
    fatal: bool = True
    uses: tuple[str, ...] | None = None
    rests: tuple[str, ...] | None = None

    def __str__(self) -> str:
        return f"{self.name}: {self.kind}: {self.text}{self.consequence}"

    @property
    def consequence(self) -> str:
        """What stands on this, as the end of a sentence."""
        return _counted(self.uses, "uses") + _counted(self.rests, "rests on")


def _counted(names: tuple[str, ...] | None, verb: str) -> str:
    """``; 2 claims rest on it: T1, T2``; nothing where it was not looked up."""
    if names is None:
        return ""
    if len(names) > 1:
        return f"; {len(names)} claims {PLURAL[verb]} it: {', '.join(names)}"
    return f"; 1 claim {verb} it: {names[0]}" if names else f"; no claim {verb} it"


def snapshot(claims: Iterable[Claim], results: Iterable[ClaimResult]) -> dict[str, Any]:
    """What the lock holds, for the given claims and their results."""
    found = {r.id: r for r in results}
    entries = {c.id: _claim_entry(c, found[c.id]) for c in claims if c.id in found}
    named = {
        name: {"form": expression_line(e), "values": _values([term(e.raw())])} for name, e in expressions().items()
    }
    return {"schema": SCHEMA, "expressions": named, "claims": entries}


def _claim_entry(claim: Claim, result: ClaimResult) -> dict[str, Any]:
    routes = sorted({e.route for e in result.evidence if e.verdict.strength >= Verdict.SUPPORTED.strength})
    return {
        "title": claim.title,
        "statement": statement_text(claim),
        "hypotheses": domain_lines(claim),
        "verdict": result.verdict.key,
        "evidence": routes if result.expected else [e.route for e in result.evidence if e.verdict is Verdict.REFUTED],
        "values": _claim_values(claim),
    }


def _claim_values(claim: Claim) -> list[str]:
    if isinstance(claim.statement, MatrixIdentity):
        from verify.trials import explicit_value

        return [explicit_value(claim.statement.rhs)]
    goal = goal_of(claim)
    if isinstance(claim.statement, Limit) and goal.limit is not None:
        return _values([logic.substitute_term(t, goal.meanings) for t in (goal.limit[0], goal.limit[3])])
    sides = [side for r in logic.relations(goal.expanded().goal) for side in (r.lhs, r.rhs)]
    return _values(sides)


def _values(terms: list[logic.Term]) -> list[str]:
    """The values of some terms at every point of the grid, one line a point."""
    names = set().union(*map(logic.variables_of, terms))
    with flint.ctx.workprec(160):
        return [
            "; ".join(_value(t, Point({**_others(names - set(point), i), **point})) for t in terms)
            for i, point in enumerate(GRID)
        ]


def _others(names: set[str], i: int) -> dict[str, Fraction]:
    """Values at the i-th point for symbols that are not the theory's: small, positive, always the same."""
    digests = {name: hashlib.sha256(f"{name} {i}".encode()).digest() for name in names}
    return {name: Fraction(1 + digest[0] % 9, 1 + digest[1] % 4) for name, digest in digests.items()}


def _value(t: logic.Term, point: Point) -> str:
    try:
        value = evaluate(t, point)
    except (Undefined, ZeroDivisionError):
        return UNKNOWN[0]
    except (TooHard, KeyError):
        return UNKNOWN[1]
    return str(value) if isinstance(value, Fraction) else value.str(20, radius=False)


# ---------------------------------------------------------------- the file


def write(data: Mapping[str, Any], path: Path = FILE) -> None:
    text = json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")


def read(path: Path = FILE) -> dict[str, Any]:
    """The lock; ``BadInput`` if there is none, or if it is not one."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(f"there is no {path}", "verify lock writes it") from None
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} can't be read: {error}", "restore it from version control, or verify lock") from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not _whole(data):
        raise BadInput(f"{path} is not a lock of this version", "verify lock writes a new one")
    return data


def _whole(data: Mapping[str, Any]) -> bool:
    """Whether every entry has what a comparison reads."""
    for table, texts, lists in (
        ("expressions", ("form",), ("values",)),
        ("claims", ("statement",), ("values", "hypotheses", "evidence")),
    ):
        entries = data.get(table)
        if not isinstance(entries, dict):
            return False
        for e in entries.values():
            if not isinstance(e, dict) or not all(isinstance(e.get(key), str) for key in texts):
                return False
            if not all(isinstance(e.get(k), list) and all(isinstance(v, str) for v in e[k]) for k in lists):
                return False
            if not e["values"] or (table == "claims" and str(e.get("verdict")).upper() not in Verdict.__members__):
                return False
    return True


def accept(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The old lock with one claim or expression as it is now; ``BadInput`` for a name in neither."""
    out = json.loads(json.dumps(old))
    for table in ("claims", "expressions"):
        if name in new[table]:
            out[table][name] = new[table][name]
            return out
        if name in out[table]:
            del out[table][name]
            return out
    raise BadInput(f"neither the lock nor the theory has {name!r}", "verify list shows every claim")


# ---------------------------------------------------------------- comparing


def compare(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    only: set[str] | None = None,
    table: Mapping[str, Claim] | None = None,
) -> list[Difference]:
    """Everything that differs; ``only`` restricts the comparison to some claims.

    With the ``table`` that the claims are in, each difference says what stands on it.
    """
    out: list[Difference] = []
    known = table or {}
    for part, form in (("expressions", "form"), ("claims", "statement")):
        before, after = old[part], new[part]
        for name in dict.fromkeys([*before, *after]):
            if only is not None and (part == "expressions" or name not in only):
                continue
            if name not in after:
                out.append(Difference("lost", name, "it is in the lock, but not in the theory"))
            elif name not in before:
                what = "named" if part == "expressions" else "in the theory"
                out.append(Difference("added", name, f"it is {what}, but not in the lock"))
            else:
                out += _compare_entry(name, before[name], after[name], form, known.get(name))
    return out if table is None else _with_dependents(out, table)


def _compare_entry(
    name: str, before: Mapping[str, Any], after: Mapping[str, Any], form: str, claim: Claim | None
) -> list[Difference]:
    out: list[Difference] = []
    moved = next((i for i, (a, b) in enumerate(zip(before["values"], after["values"], strict=False)) if a != b), None)
    if moved is not None or len(before["values"]) != len(after["values"]):
        i = moved or 0
        values = _both(before["values"][i], after["values"][i])
        out.append(Difference("different function", name, f"at {_place(name, i, after, form, claim)}: {values}"))
    elif before[form] != after[form]:
        text = f"{before[form]} is now written {after[form]}"
        # Without a single value that agrees nothing says that the two forms are one function.
        compared = any(v not in UNKNOWN for line in after["values"] for v in line.split("; "))
        what = text if compared else f"{text}, and no point of the grid compares the two"
        out.append(Difference("new form", name, what, fatal=not compared))
    if before.get("hypotheses") != after.get("hypotheses"):
        gone = [h for h in before["hypotheses"] if h not in after["hypotheses"]]
        new = [h for h in after["hypotheses"] if h not in before["hypotheses"]]
        text = f"without {'; '.join(gone) or 'nothing'}, with {'; '.join(new) or 'nothing'} instead"
        out.append(Difference("changed hypothesis", name, text))
    if "verdict" in before and before["verdict"] != after["verdict"]:
        weaker = Verdict[after["verdict"].upper()].strength < Verdict[before["verdict"].upper()].strength
        text = f"{before['verdict']} before, {after['verdict']} now"
        out.append(Difference("weaker verdict", name, text, fatal=weaker or before["verdict"] == "refuted"))
    lost = [e for e in before.get("evidence", []) if e not in after["evidence"]]
    if lost:
        out.append(Difference("lost evidence", name, f"the lock promises {', '.join(lost)}"))
    return out


def _place(name: str, i: int, entry: Mapping[str, Any], form: str, claim: Claim | None) -> str:
    """A point of the grid, as far as the claim or the expression depends on it."""
    if len(entry["values"]) != len(GRID):
        return "the explicit matrices"
    if form == "form" and name in expressions():
        names = set(expressions()[name].parameters)
    else:
        words = re.findall(r"[A-Za-z]\w*", " ".join([entry[form], *entry.get("hypotheses", ())]))
        names = set(words) & set(GRID[i]) | {s.name for s in ([] if claim is None else claim.relevant_domain.symbols)}
    point = {**GRID[i], **_others(names - set(GRID[i]), i)}
    return ", ".join(f"{k} = {v}" for k, v in point.items() if k in names) or "every point"


def _both(before: str, after: str) -> str:
    """Two lists of values, by what differs: the sides of a relation have names."""
    old, new = before.split("; "), after.split("; ")
    if len(old) != len(new) or len(old) == 1:
        return f"{before} before, {after} now"
    names = ["left side", "right side"] if len(old) == 2 else [f"value {i}" for i in range(1, len(old) + 1)]
    return "; ".join(f"{n} {a} before, {b} now" for n, a, b in zip(names, old, new, strict=True) if a != b)


def _with_dependents(differences: Iterable[Difference], table: Mapping[str, Claim]) -> list[Difference]:
    """The differences, the first of every name with the claims of the table that stand on what has changed."""
    from verify.graph import graph_of, impact

    graph, named, out = graph_of(table), expressions(), []
    for d in differences:
        if d.kind == "added" or not d.fatal or any(e.rests is not None and e.name == d.name for e in out):
            out.append(d)  # nothing falls with the first two, and the third has been said
        elif d.name in table:
            out.append(replace(d, rests=tuple(impact(graph, d.name))))
        elif d.name in named:
            uses = [c.id for c in table.values() if _states(c, named[d.name])]
            falls = {name for claim in uses for name in impact(graph, claim)}
            rests = [name for name in table if name in falls and name not in uses]
            out.append(replace(d, uses=tuple(uses), rests=tuple(rests)))
        else:
            out.append(d)
    return out


def _states(claim: Claim, expression: NamedExpression) -> bool:
    """Whether a claim's statement or one of its definitions has the expression, by its name or written out."""
    if isinstance(claim.statement, MatrixIdentity):
        return False
    if expression in claim.used_atoms:
        return True
    if expression.symbol is not None:
        return False
    wanted = expression.value.xreplace(claim.fixed)
    problem = claim.problem()
    sides = [f for _, f in problem.definitions]
    if problem.limit is not None:
        sides += [problem.limit.expression, problem.limit.value]
    if problem.goal is not None:
        sides += _sides(problem.goal)
    return any(side.has(wanted) for side in sides)


def _sides(f: Formula) -> list[sp.Expr]:
    if isinstance(f, Relation):
        return [f.lhs, f.rhs]
    return [side for part in f.args for side in _sides(part)]
