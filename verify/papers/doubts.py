r"""Counterexamples that may rest on something the reader does not know are no refutations.

The values of a function at two arguments, a fact that stands beside the step, an assumption that was not read: in each
case the point violates what was read, but it may not be what the author says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from verify.language import logic
from verify.language.definedness import whole_when
from verify.language.logic import App, Formula, Num, Rel, Sequent, Term, Var
from verify.papers.assumptions import Context
from verify.papers.cleaning import clean
from verify.papers.decide import Decision
from verify.papers.formulas import Read, links
from verify.papers.function_reader import EXTREMUM
from verify.papers.indices import same_index
from verify.papers.keys import loose
from verify.papers.signs import CLOSING, OPENING, is_sign
from verify.papers.tokens import NotUnderstood, Token

_SINGLE = re.compile(r"\\?[A-Za-z]+(\{[^{}]*\})?(_(\\?[A-Za-z0-9]+|\{[^{}]*\}))?(\^\*)?'*|[0-9]+")
Decide = Callable[[Sequence[Sequent]], Decision]

# What is said of displays that nobody asked to check.
HYPOTHESIS = "it does not follow from what is assumed, but it may be a hypothesis: no comment asks to derive it"
HOW_HYPOTHESIS = "'% verify: assume' before the display if it is one, '% verify: derive' if it has to follow"
UNASKED = "no comment asks to derive it"


def review(
    decision: Decision,
    goal: Formula,
    context: Context,
    beside: Sequence[Formula] | None,
    decide: Decide,
    cover: Sequence[Formula] = (),
) -> Decision:
    """The decision, or "inconclusive" with the reason why the counterexample does not count.

    ``beside`` are the facts that stand next to the step; None where one of them is not read. ``cover`` says where what
    is written by cases has a value.
    """
    if decision.status != "refuted":
        return decision
    if cover:
        decision = decide([context.expanded(goal, *cover)])
        if decision.status != "refuted":
            return _open("it fails only where no case applies, so that nothing is said there")
    sequent = context.expanded(goal, *cover)
    if context.lost:
        return _open(f"a point violates it, but {context.lost} was not understood")
    why = _not_free(sequent, context) or _same_but_for_fonts(sequent, context) or same_index(sequent, context)
    if why := why or _tied(sequent, decision, context):
        return _open(why)
    if roots := _odd_roots(goal):
        positive = [Rel(">", base, logic.ZERO) for base in roots]
        if decide([context.expanded(goal, *cover, *positive)]).status != "refuted":
            return _open("it fails only where a root of a negative number stands, which is not read here")
    zero = [
        name for name in context.names.from_zero & logic.variables_of(goal) if not (decision.witness or {}).get(name)
    ]
    if zero:
        positive = [Rel(">", Var(name), logic.ZERO) for name in sorted(zero)]
        if decide([context.expanded(goal, *cover, *positive)]).status != "refuted":
            shown = context.names.latex.get(min(zero), min(zero))
            return _open(rf"it fails only where {shown} is 0: write {shown} \ge 0 or {shown} > 0 beside its set")
    if powers := _variable_powers(goal, context):
        positive = [Rel(">", base, logic.ZERO) for base in powers]
        if decide([context.expanded(goal, *cover, *positive)]).status != "refuted":
            return _open("it fails only where a power with a variable exponent has no positive base: assume that")
    if beside is None:
        return _open("a point violates it, but a reason beside the step is not read")
    if beside:
        again = decide([context.expanded(goal, *cover, *beside)])
        if again.status != "refuted":
            return _open("it does not follow from the assumptions without what stands beside it: assume that")
        decision, sequent = again, context.expanded(goal, *cover, *beside)
    whole = context.names.counts() & {name for name, _ in sequent.variables}
    if any(getattr((decision.witness or {}).get(name), "denominator", 1) != 1 for name in whole):
        kinds = tuple((name, "integer" if name in whole else kind) for name, kind in sequent.variables)
        again = decide([replace(sequent, variables=kinds)])
        if again.status != "refuted":
            return _open("it fails only where something is no whole number: declare it by \\in \\mathbb N")
        return again
    return decision


UNDEFINED = "is undefined"  # how a witness says so, in the place of the right side


def unasked(decision: Decision, goal: Formula, context: Context, decide: Decide) -> Decision:
    """A counterexample to a display that nobody asked to check: hypotheses and definitions are no claims.

    It counts where everything is declared, and against an equation of two terms in the same letters that fails for
    positive ones too; not where a side is undefined, since the condition for that may stand in words.
    """
    if decision.status != "refuted":
        return decision
    if decision.rhs.startswith(UNDEFINED):
        return _open("a side has no value at a point that nothing excludes: assume what excludes it")
    variables = logic.variables_of(goal)
    if variables <= context.declared_variables():
        return decision
    if isinstance(goal, Rel) and goal.op == "==" and logic.variables_of(goal.lhs) == logic.variables_of(goal.rhs):
        positive = [Rel(">", Var(name), logic.ZERO) for name in sorted(variables - context.declared_variables())]
        again = decide([context.expanded(goal, *positive)])  # sqrt(x^2) = x is right in most texts
        if again.status == "refuted" and not again.rhs.startswith(UNDEFINED):
            return again
        return _open("it fails only where a letter is not positive, and no comment says what it is: assume that")
    return _open(HYPOTHESIS)


def is_definition(goal: Formula, context: Context) -> bool:
    """Whether an equation may introduce a name: one side is a name that nobody declared."""
    if not isinstance(goal, Rel) or goal.op != "==":
        return False
    declared = context.declared_variables()
    return any(isinstance(side, Var) and side.name not in declared for side in (goal.lhs, goal.rhs))


def is_bound(goal: Formula) -> bool:
    """Whether a relation only bounds one name, as a condition does."""
    if not isinstance(goal, Rel) or goal.op == "==":
        return False
    return any(isinstance(side, Var) for side in (goal.lhs, goal.rhs))


def facts(reasons: Sequence[Token], read: Read) -> list[Formula] | None:
    """The relations in the reasons beside a step; None where a formula in them is not read."""
    found: list[Formula] = []
    for remark in reasons:
        names: list[list[Token]] = []  # a, b > 0
        for part in _formulas_of(remark):
            first = next((i for i, t in enumerate(part) if is_sign(t)), None)
            if first is None:
                names.append(part)
                continue
            try:
                for name in names:
                    found += [link.formula for link in links([*name, *part[first:]], read) if link.formula is not None]
                names = []
                for link in links(part, read):
                    if link.formula is None:
                        return None
                    found.append(link.formula)
            except NotUnderstood:
                return None
        if names:
            return None
    return found


def _formulas_of(remark: Token) -> list[list[Token]]:
    """The mathematics in a reason: what follows the words, and what stands between dollar signs inside them."""
    out: list[list[Token]] = []
    run: list[Token] = []
    depth = 0
    for t in remark.inner:
        if t.kind == "text":
            out.append(run)
            run = []
            try:
                out += [clean(part) for part in _between_dollars(t.inner)]
            except NotUnderstood:
                out.append([t])
            continue
        depth += (t.text in OPENING) - (t.text in CLOSING)
        if depth < 0:  # the bracket around the remark
            break
        if depth == 0 and t.text in (",", ";"):
            out.append(run)
            run = []
        else:
            run.append(t)
    out.append(run)
    return [part for part in ([t for t in p if t.text != "."] for p in out) if part]


def _between_dollars(tokens: Sequence[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for t in tokens:
        if t.text in ("$", r"\(", r"\)"):
            parts.append([])
        else:
            parts[-1].append(t)
    return parts[1::2]


def _open(why: str) -> Decision:
    return Decision("inconclusive", why)


def _not_free(sequent: Sequent, context: Context) -> str:
    """Variables that stand for what is not read: an extremum, a definition, a positive part of another name."""
    names = context.names
    for name, _ in sequent.variables:
        if names.opaque.get(name) == EXTREMUM:
            return f"a point violates it, but it takes {names.latex.get(name, name)} as any number"
        if name in names.defined:
            shown = names.latex.get(name, name)
            return f"a point violates it, but {shown} was defined on {names.defined[name]}, which is not read here"
        if why := context.told_elsewhere(name):
            return f"a point violates it, but {why}"
        base = re.sub(r"[_^]\{?[+-]\}?$", "", key := names.key_of_variable(name))
        if base != key and names.variable_of_key(base) in dict(sequent.variables):
            return f"a point violates it, but {names.latex.get(name, name)} may be a part of {base}"
    return ""


def _same_but_for_fonts(sequent: Sequent, context: Context) -> str:
    """Two names that differ only in an upright font may be one name, written carelessly."""
    seen: dict[str, str] = {}
    for name, _ in sequent.variables:
        key = loose(context.names.key_of_variable(name))
        if key in seen:
            a, b = (context.names.latex.get(n, n) for n in (seen[key], name))
            return f"{a} and {b} differ only in their fonts: they are read as two names"
        seen[key] = name
    return ""


def _odd_roots(goal: Formula) -> list[Term]:
    """The bases of powers such as x^(1/3), which some authors also take of negative numbers."""
    found = []
    for r in logic.relations(goal):
        for t in (*logic.subterms(r.lhs), *logic.subterms(r.rhs)):
            if isinstance(t, App) and t.op == "^" and isinstance(t.args[1], Num):
                denominator = t.args[1].value.denominator
                if denominator > 1 and denominator % 2:
                    found.append(t.args[0])
    return list(dict.fromkeys(found))


def _variable_powers(goal: Formula, context: Context) -> list[Term]:
    """The bases of powers such as x^y and x^{1/n}, which are read for positive bases only; 0^y is 0 for many."""
    whole = frozenset(name for name, kind in context.names.kinds.items() if kind == "integer")
    found = []
    for r in logic.relations(goal):
        for t in (*logic.subterms(r.lhs), *logic.subterms(r.rhs)):
            if not isinstance(t, App) or t.op != "^" or isinstance(t.args[1], Num):
                continue
            if whole_when(t.args[1], whole) is None:
                found.append(t.args[0])
    return list(dict.fromkeys(found))


def _tied(sequent: Sequent, decision: Decision, context: Context) -> str:
    """Norms, or values of one function, whose arguments are related or equal: their values are not free."""
    groups: dict[str, list[str]] = {}
    for name, _ in sequent.variables:
        if name in context.names.opaque:
            groups.setdefault(context.names.opaque[name], []).append(name)
    for label, names in groups.items():
        if len(names) < 2:
            continue
        contents = [_content(context.names.key_of_variable(n)) for n in names]
        values = [(decision.witness or {}).get(context.names.variable_of_key(c), c) for c in contents]
        if not all(_SINGLE.fullmatch(c) for c in contents) or len({str(v) for v in values}) < len(values):
            kind = "norms" if label == "a norm" else label.replace("a value", "values")
            return f"a point violates it, but it takes {kind} as unrelated numbers"
    return ""


def _content(key: str) -> str:
    inside = re.search(r"[({](.*)[)}]", key)
    return inside.group(1) if inside else key
