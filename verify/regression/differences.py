"""What differs between two states of the lock, and what stands on it.

A changed skeleton is another statement. With the same skeleton, a changed value is a different function; a changed text
with unchanged values is the same function in a new form, if that is proved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from verify.claims.claim import Claim
from verify.claims.full_names import is_full
from verify.claims.sequents import term
from verify.claims.setting import NamedExpression, Setting
from verify.language import logic
from verify.language.rational_functions import ZeroDenominator, identical
from verify.language.verdict import Verdict
from verify.regression.skeleton import changes, relation, same_function
from verify.regression.snapshot import UNKNOWN, grid_of, others
from verify.runtime.errors import BadInput, ensured

PLURAL = {"uses": "use", "rests on": "rest on"}


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was. ``fatal`` is False for a mere change of form.

    ``uses`` are the claims that state an expression, ``rests`` those that rest on the claim or on one of ``uses``;
    None is not looked up. ``relation`` says how a changed statement stands to the old one, where that is asked.
    """

    kind: Literal[
        "new form",
        "different function",
        "changed statement",
        "changed hypothesis",
        "weaker verdict",
        "lost evidence",
        "changed citation",
        "lost",
        "added",
    ]
    name: str
    text: str
    fatal: bool = True
    uses: tuple[str, ...] | None = None
    rests: tuple[str, ...] | None = None
    relation: str = ""

    @property
    def worse(self) -> bool:
        """Whether something is lost by it: what is new, or says more than before, is no loss."""
        harmless = self.kind in ("added", "changed citation") or self.relation in ("stronger", "equivalent")
        return self.fatal and not harmless

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


def compare(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    only: set[str] | None = None,
    table: Mapping[str, Claim] | None = None,
    *,
    theory: Setting | None = None,
) -> list[Difference]:
    """Everything that differs; ``only`` restricts the comparison to some claims.

    All named expressions of ``theory`` are compared; without one, those that are in ``new``. With the ``table`` that
    the claims are in, each difference says what stands on it.
    """
    out: list[Difference] = []
    known = table or {}
    named = _named(known.values(), theory)
    for part, form in (("expressions", "form"), ("claims", "statement")):
        before, after = old[part], new[part]
        for name in dict.fromkeys([*before, *after]):
            if part == "claims" and only is not None and name not in only:
                continue
            if part == "expressions" and theory is None and name not in after:
                continue
            if name not in after:
                out.append(Difference("lost", name, "it is in the lock, but not in the theory"))
            elif name not in before:
                what = "named" if part == "expressions" else "in the theory"
                out.append(Difference("added", name, f"it is {what}, but not in the lock"))
            else:
                out += _compare_entry(name, before[name], after[name], form, known.get(name), named)
                out += _compare_cited(name, before[name].get("cited", {}), after[name].get("cited", {}), known)
    return out if table is None else _with_dependents(out, table, named)


Named = Mapping[str, NamedExpression]


def _named(claims: Iterable[Claim], theory: Setting | None) -> Named:
    """The named expressions that there are, by name."""
    own = dict.fromkeys(c.setting for c in claims if not is_full(c.id))
    settings = [*own, *([theory] if theory is not None else [])]
    return {name: e for setting in settings for name, e in setting.named.items()}


def _compare_entry(
    name: str, before: Mapping[str, Any], after: Mapping[str, Any], form: str, claim: Claim | None, named: Named
) -> list[Difference]:
    out: list[Difference] = []
    is_claim = form == "statement"
    said = changes(before, after) if is_claim else []
    moved = next((i for i, (a, b) in enumerate(zip(before["values"], after["values"], strict=False)) if a != b), None)
    other = moved is not None or len(before["values"]) != len(after["values"])
    given = is_claim and (
        set(before["given"]) != set(after["given"]) or set(before["hypotheses"]) != set(after["hypotheses"])
    )
    how = relation(before, after) if is_claim and (said or other or given) else ""
    if said:
        text = f"{before[form]} is now {after[form]} ({'; '.join(said)})"
        out.append(Difference("changed statement", name, _with_relation(text, how), relation=how))
    elif other:
        i = moved or 0
        values = f"at {_place(name, i, after, form, claim, named)}: {_both(before['values'][i], after['values'][i])}"
        out.append(Difference("different function", name, _with_relation(values, how), relation=how))
    elif before[form] != after[form] or (is_claim and before["formula"] != after["formula"]):
        out.append(_new_form(name, before, after, form, named))
    if given:
        before_lines, after_lines = (
            e["hypotheses"] if before["hypotheses"] != after["hypotheses"] else e["given"] for e in (before, after)
        )
        gone = [h for h in before_lines if h not in after_lines]
        new = [h for h in after_lines if h not in before_lines]
        text = f"without {'; '.join(gone) or 'nothing'}, with {'; '.join(new) or 'nothing'} instead"
        out.append(Difference("changed hypothesis", name, _with_relation(text, how), relation=how))
    if "verdict" in before and before["verdict"] != after["verdict"]:
        weaker = Verdict[after["verdict"].upper()].strength < Verdict[before["verdict"].upper()].strength
        text = f"{before['verdict']} before, {after['verdict']} now"
        out.append(Difference("weaker verdict", name, text, fatal=weaker or before["verdict"] == "refuted"))
    lost = [e for e in before.get("evidence", []) if e not in after["evidence"]]
    if lost:
        out.append(Difference("lost evidence", name, f"the lock promises {', '.join(lost)}"))
    return out


def _compare_cited(
    name: str, before: Mapping[str, Any], after: Mapping[str, Any], known: Mapping[str, Claim]
) -> list[Difference]:
    """What differs in what the claims of other theories say that a claim cites."""
    out: list[Difference] = []
    for cited in dict.fromkeys([*before, *after]):
        if cited not in before or cited not in after:
            verb = "rests on" if cited in after else "rests no more on"
            out.append(Difference("changed citation", name, f"it {verb} {cited}"))
            continue
        claim = known.get(cited)
        named = {} if claim is None else claim.setting.named
        for d in _compare_entry(cited, before[cited], after[cited], "statement", claim, named):
            out.append(replace(d, name=name, text=f"{cited}, on which it rests: {d.text}"))
    return out


def _new_form(name: str, before: Mapping[str, Any], after: Mapping[str, Any], form: str, named: Named) -> Difference:
    """A text that is another one: harmless where the values agree and the two are proved to be one function."""
    text = f"{before[form]} is now written {after[form]}"
    # Without a single value that agrees nothing says that the two forms are one function.
    if not any(v not in UNKNOWN for line in after["values"] for v in line.split("; ")):
        return Difference("new form", name, f"{text}, and no point of the grid compares the two")
    same = (
        same_function(before, after)
        if form == "statement"
        else _same_expression(before[form], after[form], named[name])
    )
    if not same:
        return Difference("new form", name, f"{text}; they agree on the grid, but are not proved to agree elsewhere")
    return Difference("new form", name, text, fatal=False)


def _same_expression(before: str, after: str, expression: NamedExpression) -> bool:
    """Whether two forms of a named expression are one function of the parameters."""
    from verify.language.parser import parse_statement

    theta = {str(s): term(e.raw()) for s, e in expression.setting.atoms.items()}
    try:
        f = parse_statement(f"{before} == {after}")
        f = ensured(f, logic.Rel)
        one, other = (logic.substitute_term(side, theta) for side in (f.lhs, f.rhs))
        return one == other or identical(one, other)
    except (BadInput, ZeroDenominator, ArithmeticError):
        return False


WORDS = {
    "weaker": "that is weaker",
    "stronger": "that is stronger",
    "equivalent": "each follows from the other",
    "different": "neither follows from the other",
    "changed": "which says more was not decided",
}


def _with_relation(text: str, how: str) -> str:
    return f"{text}; {WORDS[how]}" if how else text


def _place(name: str, i: int, entry: Mapping[str, Any], form: str, claim: Claim | None, named: Named) -> str:
    """A point of the grid, as far as the claim or the expression depends on it."""
    if form == "statement" and claim is None:
        return f"point {i + 1}"  # whose claim this was is not known any more
    grid = grid_of(named[name].setting if form == "form" or claim is None else claim.setting)
    if len(entry["values"]) != len(grid):
        return "the explicit matrices"
    if form == "form":
        names = set(named[name].parameters)
    else:
        words = re.findall(r"[A-Za-z]\w*", " ".join([entry[form], *entry.get("hypotheses", ())]))
        names = set(words) & set(grid[i]) | {s.name for s in ([] if claim is None else claim.relevant_domain.symbols)}
    point = {**grid[i], **others(names - set(grid[i]), i)}
    return ", ".join(f"{k} = {v}" for k, v in point.items() if k in names) or "every point"


def _both(before: str, after: str) -> str:
    """Two lists of values, by what differs: the sides of a relation have names."""
    old, new = before.split("; "), after.split("; ")
    if len(old) != len(new) or len(old) == 1:
        return f"{before} before, {after} now"
    names = ["left side", "right side"] if len(old) == 2 else [f"value {i}" for i in range(1, len(old) + 1)]
    return "; ".join(f"{n} {a} before, {b} now" for n, a, b in zip(names, old, new, strict=True) if a != b)


def _with_dependents(differences: Iterable[Difference], table: Mapping[str, Claim], named: Named) -> list[Difference]:
    """The differences, the first of every name with the claims of the table that stand on what has changed."""
    from verify.regression.graph.dependencies import graph_of, impact

    graph, out = graph_of(table), list[Difference]()
    for d in differences:
        if d.kind == "added" or not d.fatal or any(e.rests is not None and e.name == d.name for e in out):
            out.append(d)  # nothing falls with the first two, and the third has been said
        elif d.name in table:
            out.append(replace(d, rests=tuple(impact(graph, d.name))))
        elif d.name in named:
            uses = [c.id for c in table.values() if any(e.name == d.name for e in c.mentions)]
            falls = {name for claim in uses for name in impact(graph, claim)}
            rests = [name for name in table if name in falls and name not in uses]
            out.append(replace(d, uses=tuple(uses), rests=tuple(rests)))
        else:
            out.append(d)
    return out
