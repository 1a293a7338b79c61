"""Two evaluations that share no code: they agree wherever both answer, and a fault in either is noticed."""

import ast
import random
from fractions import Fraction
from pathlib import Path

import flint
import pytest

from verify.counterexamples import second_opinion as second
from verify.counterexamples import witness as gate
from verify.counterexamples.interval_numbers import Arithmetic, Number
from verify.counterexamples.second_opinion import opinion
from verify.language import evaluation as first
from verify.language.definedness import defined
from verify.language.logic import App, Bool, Num, Rel, Sequent, Var, num
from verify.language.parser import parse_problem, parse_statement

KINDS = (("x", "real"), ("y", "real"), ("n", "integer"), ("k", "integer"))
INTEGERS = frozenset({"n", "k"})
REALS = [Fraction(v) for v in ("0", "0", "1", "-1", "2", "-2", "1/2", "-1/3", "4", "8", "9/4", "-8", "7/5")]
WHOLE = [Fraction(v) for v in (0, 0, 1, -1, 2, -2, 3, 4, 5)]
STATEMENTS = 6000


def answer(f, values):
    """What the first evaluation says, in the words of the second."""
    try:
        truth = first.holds(f, first.Point(values, INTEGERS))
    except first.Undefined:
        return "undefined"
    except (first.Undecided, OverflowError):
        return "undecided"
    return "undecided" if truth is None else "true" if truth else "false"


def whole_exponent(rng):
    """An exponent of every form that may be whole, some of them only under a condition, and some that look like one."""
    n, k = Var("n"), Var("k")
    return rng.choice(
        [
            n, App("+", (n, k)), App("*", (num(2), n)), App("-", (n,)), App("abs", (n,)), App("min", (n, k)),
            App("^", (n, num(2))), App("^", (num(2), n)), App("^", (n, k)), App("^", (num(2), num(3))),
            App("/", (App("*", (n, App("+", (n, num(1))))), num(2))), App("/", (n, num(2))), App("/", (n, k)),
            App("*", (num("1/2"), n, App("+", (n, num(-1))))), App("^", (n, num(-1))),
            App("^", (num(2), App("-", (n,)))),
            App("/", (App("+", (App("^", (n, num(3))), App("-", (n,)))), num(6))), Var("y"), App("+", (n, Var("y"))),
            App("+", (App("^", (num(2), n)), App("/", (App("+", (App("^", (k, num(2))), k)), num(2))))),
        ]
    )  # fmt: skip


def term(rng, depth):
    if depth == 0:
        return rng.choice([Var("x"), Var("y"), Var("n"), Var("k"), Num(rng.choice(REALS)), Num(rng.choice(WHOLE))])
    op = rng.choice(["+", "*", "-", "/", "^", "^", "^", "sqrt", "log", "exp", "abs", "min", "max"])
    inner = term(rng, depth - 1)
    if op in ("+", "*", "/", "min", "max"):
        return App(op, (inner, term(rng, rng.randrange(depth))))
    if op == "^":
        literal = Num(rng.choice([*WHOLE, Fraction(1, 2), Fraction(2, 3), Fraction(-1, 2)]))
        return App("^", (inner, rng.choice([literal, whole_exponent(rng), whole_exponent(rng), term(rng, 0)])))
    return App(op, (inner,))


def formula(rng, depth=2):
    op = rng.choice(["and", "or", "not", "implies", "iff"]) if depth and rng.random() < 0.4 else ""
    if not op:
        relation = rng.choice(["==", "!=", "<", "<=", ">", ">="])
        return Rel(relation, term(rng, rng.randrange(1, 4)), term(rng, rng.randrange(3)))
    return Bool(op, tuple(formula(rng, depth - 1) for _ in range(1 if op == "not" else 2)))


def compared(count, seed=0):
    """Pairs of answers of the two evaluations at random statements and points."""
    rng = random.Random(seed)
    with flint.ctx.workprec(160):
        for _ in range(count):
            f = formula(rng)
            values = {name: rng.choice(WHOLE if kind == "integer" else REALS) for name, kind in KINDS}
            yield f, values, answer(f, values), opinion(Sequent(KINDS, (), f), values).goal


def test_the_evaluations_agree_wherever_both_answer():
    tally = {}
    for f, values, one, other in compared(STATEMENTS):
        assert one == other or "undecided" in (one, other), (str(f), values, one, other)
        tally[one, other] = tally.get((one, other), 0) + 1
    both = {k: v for k, v in tally.items() if "undecided" not in k}
    assert sum(both.values()) > 0.9 * STATEMENTS and min(both.values()) > 500, tally


def test_they_agree_at_irrational_points_and_on_where_a_value_is():
    rng = random.Random(2)
    roots = [parse_statement(f"{t} == 0").lhs for t in ("sqrt(2)", "-2^(1/3)", "1 - sqrt(3)", "log(2)", "-exp(1/2)")]
    decided = 0
    with flint.ctx.workprec(160):
        for _ in range(1500):
            f = formula(rng)
            values = {name: rng.choice(WHOLE if kind == "integer" else roots + REALS) for name, kind in KINDS}
            sequent = Sequent(KINDS, (), f)
            one, other = answer(f, gate.point_of(sequent, values)), opinion(sequent, values).goal
            assert one == other or "undecided" in (one, other), (str(f), values, one, other)
            condition = opinion(Sequent(KINDS, (), defined(f, INTEGERS)), values).goal
            if "undecided" not in (condition, other):
                decided += 1
                assert (condition == "true") == (other != "undefined"), (str(f), values, condition, other)
    assert decided > 1000


def test_a_fault_in_either_evaluation_is_noticed(monkeypatch):
    """A whole exponent taken for a real one, or a real one for a whole one; and a wrong sum."""

    def differ():
        return sum(one != other and "undecided" not in (one, other) for _, _, one, other in compared(700, seed=1))

    assert differ() == 0
    for module, name, wrong in (
        (first, "whole", lambda t, values: None),
        (first, "whole", lambda t, values: first.evaluate(t, values) in WHOLE),
        (second.Reading, "whole", lambda self, t: False),
        (second.Reading, "whole_valued", lambda self, t: True),
        (Arithmetic, "whole_power", lambda self, a, n: self.times(a, a)),
        (Arithmetic, "plus", lambda self, a, b: Number(self.span(a))),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, wrong)
            assert differ() > 0, (module, name)


def said(text, hypotheses=(), **values):
    terms = {k: parse_statement(f"{v} == 0").lhs for k, v in values.items()}
    exact = {k: t.value if isinstance(t, Num) else t for k, t in terms.items()}
    return opinion(parse_problem(text, list(hypotheses)), exact)


@pytest.mark.parametrize(
    "text, values, expected",
    [
        ("(-sqrt(2))^n < 0", {"n": "-3"}, "true"),
        ("(-1)^(n^2) == (-1)^n", {"n": "-3"}, "true"),
        ("x^(2^n) >= 0", {"n": "3", "x": "-2"}, "true"),
        ("x^(2^n) >= 0", {"n": "-1", "x": "-2"}, "undefined"),
        ("x^(2^n) == 2", {"n": "-1", "x": "4"}, "true"),
        ("x^(n*(n + 1)*(n + 2)/6) == 16", {"n": "2", "x": "-2"}, "true"),
        ("x^(n*(n + 1)/3) > 0", {"n": "2", "x": "-2"}, "undefined"),
        ("x^y == 4", {"x": "-2", "y": "2"}, "undefined"),
        ("x^n == 1", {"x": "0", "n": "0"}, "true"),
        ("x^n == 1", {"x": "0", "n": "-1"}, "undefined"),
        ("x^y == 1", {"x": "0", "y": "0"}, "undefined"),
        ("1^x == 1", {"x": "1/2"}, "true"),
        ("sqrt(x)*sqrt(x) == x or 1/(x - 2) > 0", {"x": "2"}, "true"),
        ("exp(x)*exp(-x) != 1 and 1/(x - 2) > 0", {"x": "2"}, "undecided"),
    ],
)
def test_powers_and_connectives(text, values, expected):
    whole = [f"{name} integer" for name in values if name == "n"]
    assert said(text, whole, **values).goal == expected


@pytest.mark.parametrize(
    "text, values, expected",
    [
        ("x^2 == 2", {"x": "sqrt(2)"}, "true"),
        ("x^2 < 2", {"x": "sqrt(2)"}, "false"),
        ("sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3)", {}, "true"),
        ("sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3) + 10^(-50)", {}, "false"),
        ("((1/3)^(1/2))^2 < 1/3", {}, "false"),
        ("(x - 1)^3 == 2/(x - 1)^3 + 1", {"x": "2^(1/3) + 1"}, "true"),
        ("1/(x^2 - 2) > 0", {"x": "sqrt(2)"}, "undefined"),
        ("exp(x) == 2", {"x": "log(2)"}, "true"),
        ("log(4) == 2*log(2)", {}, "undecided"),
        ("exp(-1000) > 0", {}, "true"),
    ],
)
def test_irrational_numbers(text, values, expected):
    assert said(text, **values).goal == expected


def test_equations_to_sixty_digits_are_known_as_such():
    assert said("log(2) > 1", ["log(4) == 2*log(2)"]).close
    assert not said("log(2) > 1", ["log(4) == 2*log(2) + 10^(-50)"]).close
    assert not said("log(4) == 2*log(2)").close and said("log(4) != 2*log(2)").close


def test_nothing_of_the_first_evaluation_is_used():
    """The second takes the classes of terms from the language, and nothing that says what they mean."""
    used = set()
    for module in ("second_opinion", "interval_numbers"):
        for node in ast.walk(ast.parse(Path(second.__file__).with_name(f"{module}.py").read_text())):
            if isinstance(node, ast.ImportFrom) and node.module.startswith("verify"):
                used |= {(node.module, alias.name) for alias in node.names}
            assert not (isinstance(node, ast.Import) and any("flint" in a.name for a in node.names))
    assert {m for m, _ in used} == {"verify.language.logic", "verify.counterexamples.interval_numbers"}
    assert {n for m, n in used if m == "verify.language.logic"} <= {
        "App",
        "Bool",
        "Formula",
        "Num",
        "Rel",
        "Sequent",
        "Term",
        "Var",
    }


def test_a_candidate_counts_only_if_both_agree(monkeypatch):
    problem, values = parse_problem("x > 0", []), {"x": Fraction(0)}
    assert gate.counterexample_at(problem, values).kind == "violates"
    doubts = []
    for answers, word in (
        (((), "true"), "differ"),
        (((), "undecided"), "differ"),
        (((), "undefined"), "in doubt"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(gate, "opinion", lambda *a, answers=answers: second.Opinion(*answers))
            assert gate.counterexample_at(problem, values, doubts) is None
        assert word in doubts[-1] and "x = 0" in doubts[-1]
