"""What a theorem says: the statement, and the state in which its proof begins."""

from collections.abc import Mapping

from ..reading import Json, need, shown
from ..reals.terms import Formula
from ..reals.work import measure
from .conditions import conditions
from .sorts import KINDS, Reader, Sort, expectations_exist, fields, items, level_of, read_level, read_name
from .state import Run, State, parts_of
from .terms import names, put

THEOREM = ("names", "definitions", "hypotheses", "goal", "proof")


def read_theorem(run: Run, data: Json) -> tuple[State, Json]:
    """The state to prove, and its proof.

    Checked: names are declared once, with kind and level; a definition gives a number or a vector for a name, in terms
    of names without definition or defined before it, known no later than the name is; then it is put in everywhere.
    Hypotheses are taken as defined and true; that the definitions and the goal are defined belongs to the goal, and
    what stands in their expectations must have moments by its form.
    """
    row = dict(zip(THEOREM, fields(data, *THEOREM), strict=True))
    sorts = declared(row["names"])
    run.forms.sorts = sorts
    spend = run.algebra.spend
    wanted = define(run, row["definitions"], sorts)
    state = State(sorts, {}, frozenset(), ("and",))
    hypotheses: list[Formula] = []
    for entry in items(row["hypotheses"]):
        f = run.formula(state, entry)
        hypotheses += [p for c in conditions(f, sorts, spend) for p in parts_of(c)]
        hypotheses += parts_of(f)
    goal = run.formula(state, row["goal"])
    need(expectations_exist(goal, sorts), "an expectation of what may have none")
    duties = list(dict.fromkeys([*wanted, *conditions(goal, sorts, spend)]))
    facts = {f: measure(f)[0] for f in hypotheses}
    return State(sorts, facts, frozenset(facts), ("and", *duties, goal)), row["proof"]


def declared(rows: Json) -> dict[str, Sort]:
    """The names with their sorts; each once. Integers and operators are constants."""
    sorts: dict[str, Sort] = {}
    for entry in items(rows):
        need(len(items(entry)) == 3 and entry[1] in KINDS, "a name has a kind and a level")
        name, level = read_name(entry[0]), read_level(entry[2])
        need(name not in sorts, f"the name {shown(name)} is declared twice")
        need(level == 0 or entry[1] not in ("integer", "operator"), "integers and operators are constants")
        sorts[name] = Sort(entry[1], level)
    return sorts


def define(run: Run, rows: Json, sorts: Mapping[str, Sort]) -> list[Formula]:
    """Puts the definitions down; returns what must hold for them to be defined."""
    wanted: list[Formula] = []
    reader = Reader(sorts, run.algebra.spend)
    pending = [read_name(entry[0]) for entry in items(rows) if isinstance(entry, list) and entry]
    for entry in items(rows):
        need(len(items(entry)) == 2, "a definition is a name and a term")
        name = read_name(entry[0])
        need(name in sorts and sorts[name].kind in ("real", "vector"), "a definition names a number or a vector")
        need(name not in run.definitions, "a name is defined twice")
        t = reader.scalar(entry[1]) if sorts[name].kind == "real" else reader.vector(entry[1])
        need(not names(t) & set(pending[len(run.definitions) :]), "a definition uses itself or a later one")
        need(level_of(t, sorts) <= sorts[name].level, "a definition is known later than its name")
        run.algebra.spend(100 * len(run.definitions))
        value = run.given(t)
        need(expectations_exist(value, sorts), "an expectation of what may have none")
        wanted += conditions(value, sorts, run.algebra.spend)
        run.definitions[name] = put(value, run.definitions)
    return wanted
