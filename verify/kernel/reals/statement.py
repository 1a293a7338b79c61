"""What a theorem says: the statement, and the state in which its proof begins.

The statement is: for all real (integer where declared) values of the variables, if every hypothesis is defined and true
and every definition ``name == term`` holds, then the definitions' terms and the goal are defined and the goal is true.
A goal ``["limit", t, x, "oo" or "0+", value]`` says that t is defined for all large (small positive) x and tends to the
value, which is defined; definitions are put in, so those that a limit does not use do not matter.

What is defined is read off the form of the statement, once, by ``defined``; from there on all functions are total.
"""

from collections.abc import Mapping

from ..reading import Json, need
from .definedness import defined, term_conditions
from .formulas import normal
from .json_form import fields, items, read_formula, read_name, read_term
from .state import State
from .terms import TRUE, Formula, Term, names_in
from .work import Spend

THEOREM = ("id", "variables", "hypotheses", "definitions", "goal", "proof")


def read_theorem(data: Json, spend: Spend) -> tuple[State, Json, dict[str, str], list[Formula]]:
    """The state to prove, its proof, the variables, and hypotheses followed by the conclusion.

    Checked: the variables are declared once; a definition names a real variable that no earlier definition uses
    and that it does not use itself, so that there are values for which all of them hold; everything in the
    statement is declared; a limit at 0+ is one over real numbers.
    """
    row = dict(zip(THEOREM, fields(data, *THEOREM), strict=True))
    kinds = declared(row["variables"])
    start = State({}, {}, TRUE, spend)
    hypotheses = [read_formula(h) for h in items(row["hypotheses"])]
    definitions, conditions = defining(row["definitions"], kinds, start)
    premises = [normal(f, spend) for h in hypotheses for f in (defined(h, kinds, spend), h)]
    goal = row["goal"]
    if isinstance(goal, list) and goal[:1] == ["limit"]:
        conclusion, theta = limit_goal(goal, definitions, kinds, start)
        premises = [start.put(f, theta) for f in premises]
        mentioned = names_in(("", conclusion[1], conclusion[2], conclusion[4]))
    else:
        raw = read_formula(goal)
        conclusion = normal(("and", *conditions, defined(raw, kinds, spend), raw), spend)
        premises += [("==", name, t) for name, t in definitions.items()]
        start.count(conclusion)
        mentioned = names_in(conclusion)
    start.count(*premises)
    need(mentioned | names_in(("and", *premises)) <= set(kinds), "a variable is not declared")
    state = State(kinds, start.assume(*premises).facts, conclusion, spend)
    return state, row["proof"], kinds, [*premises, conclusion]


def declared(rows: Json) -> dict[str, str]:
    """The variables with their kinds, ``real`` or ``integer``; each once."""
    kinds: dict[str, str] = {}
    for pair in items(rows):
        need(len(items(pair)) == 2 and pair[1] in ("real", "integer"), "a variable is a name and a kind")
        need(read_name(pair[0]) not in kinds, "a variable is declared twice")
        kinds[pair[0]] = pair[1]
    return kinds


def defining(rows: Json, kinds: Mapping[str, str], start: State) -> tuple[dict[str, Term], list[Formula]]:
    """The terms that names stand for, and what must hold for them to be defined."""
    definitions: dict[str, Term] = {}
    conditions: list[Formula] = []
    used: set[str] = set()
    for pair in items(rows):
        need(len(items(pair)) == 2, "a definition is a name and a term")
        name, t = read_name(pair[0]), read_term(pair[1])
        start.count(t)
        used |= names_in(t)
        real = kinds.get(name) == "real" and all(x in kinds for x in names_in(t))
        need(real, "a definition names a real variable")
        need(name not in definitions, "a name is defined twice")
        need(name not in used, "a definition uses itself or a later one")
        definitions[name] = t
        conditions += term_conditions(t, kinds, start.spend)
    return definitions, conditions


def limit_goal(
    goal: list[Json], definitions: Mapping[str, Term], kinds: Mapping[str, str], start: State
) -> tuple[Formula, dict[str, Term]]:
    """A limit as a goal, and the terms to put for the names that are defined, in it and in the hypotheses.

    One of them may use the limit variable, so that all are put in.
    """
    need(len(goal) == 5 and goal[3] in ("oo", "0+"), "a limit is at oo or at 0+")
    x = read_name(goal[2])
    need(x not in definitions, "the limit variable is defined")
    need(goal[3] == "oo" or kinds.get(x) == "real", "a limit at 0+ is one over real numbers")
    theta: dict[str, Term] = {}
    for name, t in definitions.items():
        theta[name] = start.put(t, theta)
    sides = [start.put(read_term(side), theta) for side in (goal[1], goal[4])]
    return ("limit", sides[0], x, goal[3], sides[1]), theta
