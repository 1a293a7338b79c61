"""Facts about numbers: terms with inner products, expectations and sums as if these were variables, given to the prover
of statements about numbers; what it proves is cited by the rule ``lemma``."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from verify.kernel.reading import Refused
from verify.kernel.reals.terms import RELATIONS, Formula, Term
from verify.kernel.spaces.terms import names
from verify.language import logic
from verify.language.logic import FUNCTIONS, Sequent
from verify.language.verdict import Verdict
from verify.prover.api import attempt
from verify.prover.outcome import Outcome
from verify.runtime.budget import Budget, left, spend
from verify.spaces.problems.script import KNOWN, Node, Script

ARITHMETIC = ("+", "*", "-", "/", "^", *FUNCTIONS)
SHARE_OF_PLAIN = 1 / 2  # of the work on a goal about parameters, with nothing but facts about these
LARGE = 40  # facts that are given to the prover at once


class Naming:
    """What is no operation of arithmetic gets a name; names stay what they are."""

    def __init__(self, script: Script, *, powers: bool = True) -> None:
        self.script = script
        self.powers = powers  # whether powers with symbolic exponents are read as such
        self.terms: dict[str, Term] = {}
        self.by_term: dict[Term, str] = {}

    def form(self, t: Term) -> Term:
        """A term whose parts that are not arithmetic are in normal form."""
        run = self.script.run
        return run.forms.squared_norms(run.forms.scalar(t))

    def term(self, t: Term) -> logic.Term:
        """A normal form in the language of numbers."""
        if isinstance(t, (int, Fraction)):
            return logic.num(t)
        if isinstance(t, str):
            self.terms[t] = t
            return logic.Var(t)
        if t[0] in ARITHMETIC and (self.powers or t[0] != "^" or isinstance(t[2], int)):
            args = tuple(self.term(a) for a in t[1:])
            if t[0] == "+":
                kept = tuple(a for a in args if a != logic.ZERO)
                return logic.add(*kept)
            if t[0] == "*":
                if logic.ZERO in args and all(not divides(a) for a in t[1:]):
                    return logic.ZERO
                return logic.mul(*[a for a in args if a != logic.ONE])
            return logic.neg(args[0]) if t[0] == "-" else logic.App(t[0], args)
        return logic.Var(self.name(t))

    def named(self, a: Term) -> str:
        """The name of a name, or of something that is no arithmetic."""
        if isinstance(a, str):
            self.terms[a] = a
            return a
        return self.name(a)

    def name(self, t: Term) -> str:
        """The name of something that is no arithmetic."""
        if t not in self.by_term:
            name = f"a{len(self.by_term) + 1}"
            while name in self.script.state.sorts:
                name += "_"
            self.by_term[t] = name
            self.terms[name] = t
        return self.by_term[t]

    def formula(self, f: Formula) -> logic.Formula:
        """A relation, or a conjunction or disjunction of relations."""
        if f[0] in ("and", "or"):
            return logic.Bool(f[0], tuple(map(self.formula, f[1:])))
        left = f[1]
        if f[0] == "==" and isinstance(left, tuple) and is_squared_norm(left):
            return logic.Rel("==", self.term(self.squared(left[1])), self.term(self.form(f[2])))
        return logic.Rel(f[0], self.term(self.form(left)), self.term(self.form(f[2])))

    def squared(self, norm: Term) -> Term:
        """The square of a norm, as it stands: for the fact that says what it is."""
        return ("^", self.script.run.forms.scalar(norm), 2)

    def sequent(self, hypotheses: Iterable[logic.Formula], goal: logic.Formula) -> Sequent:
        """A sequent about what it mentions."""
        rows = tuple(hypotheses)
        used = set().union(*map(logic.variables_of, (*rows, goal)))
        sorts = self.script.state.sorts
        kinds: list[tuple[str, logic.Kind]] = [
            (name, "integer" if name in sorts and sorts[name].kind == "integer" else "real")
            for name in self.terms if name in used
        ]  # fmt: skip
        return Sequent(tuple(kinds), rows, goal)


def is_squared_norm(t: Term) -> bool:
    """Whether a term is a norm times itself, as ``norms.py`` writes it."""
    return (
        isinstance(t, tuple) and t[0] == "*" and t[1:] == (t[1],) * 2 and isinstance(t[1], tuple) and t[1][0] == "norm"
    )


def divides(t: Term) -> bool:
    """Whether a term has a divisor."""
    return isinstance(t, tuple) and (t[0] in ("/", "^") or any(divides(a) for a in t[1:]))


def about_numbers(f: Formula) -> bool:
    """Whether a formula is a relation between numbers, or made of such."""
    return f[0] in RELATIONS or (f[0] in ("and", "or") and all(about_numbers(a) for a in f[1:]))


def establish(
    script: Script,
    goal: Formula,
    work: int,
    *,
    powers: bool = True,
    without: frozenset[str] = frozenset(),
    each: bool = False,
) -> bool:
    """Make a relation a fact of the line, if the prover of statements about numbers gets it from the facts.

    ``powers``: whether it is told what powers with symbolic exponents are; otherwise they count as variables.
    ``without``: names that no fact may mention. ``each``: ``work`` is what every method has its share of, and all of
    them may take what the budget in force has left.
    """
    if script.know(goal):
        return True
    try:
        found = lemma_for(script, goal, work, powers, without, each)
    except Refused:
        return False
    if found is None:
        return False
    name, terms = found
    try:
        script.lemma(name, terms)
    except Refused:
        return False
    return script.know(goal)


def proof_of(script: Script, goal: Formula, work: int) -> Node | None:
    """A proof of a relation from the facts of a line, as a node."""
    line = script.fork()
    line.state = line.state.assume(goal=goal)
    return line.close(KNOWN) if establish(line, goal, work) else None


def lemma_for(
    script: Script, goal: Formula, work: int, powers: bool, without: frozenset[str], each: bool
) -> tuple[str, list[Term]] | None:
    """A theorem about numbers that gives a goal, and the terms at which."""
    naming = Naming(script, powers=powers)
    target = naming.formula(goal)
    rows: list[logic.Formula] = []
    for f in script.state.facts:
        if about_numbers(f) and not (without and without & names(f)):
            try:
                rows.append(naming.formula(f))
            except Refused:
                continue
    rows = connected(target, list(dict.fromkeys(rows)))
    plain = rows
    made = set(naming.by_term.values())
    if not made & logic.variables_of(target):  # about parameters: inner products and such are rarely of use
        plain = [f for f in rows if not made & logic.variables_of(f)]
    outcome = attempted(naming.sequent(plain, target), work if plain == rows else int(work * SHARE_OF_PLAIN), each)
    if plain != rows and outcome.verdict is not Verdict.PROVED:
        outcome = attempted(naming.sequent(rows, target), int(work * (1 - SHARE_OF_PLAIN)), each)
    if outcome.verdict is not Verdict.PROVED or outcome.certificate is None:
        return None
    theorems = outcome.certificate["theorems"]
    if len(theorems) != 1:
        return None
    theorem = theorems[0]
    name = script.statement.theorems.add(theorem)
    return name, [naming.terms[x] for x, _ in theorem["variables"]]


def attempted(sequent: Sequent, work: int, each: bool) -> Outcome:
    """What the prover of statements about numbers finds with so many units of work, which count as done here."""
    if each:
        return attempt(sequent, Budget(work), found=True)
    limit = min(work, left())
    budget = Budget(limit)
    with budget.running():
        outcome = attempt(sequent, budget, found=True)
    spend(int(min(budget.used, limit)))
    return outcome


def connected(goal: logic.Formula, rows: list[logic.Formula]) -> list[logic.Formula]:
    """The hypotheses that share a variable with the goal, directly or through others; those nearest to it first."""
    reached = logic.variables_of(goal)
    if not reached:  # a contradiction may come from anywhere
        return rows[:LARGE]
    kept: list[logic.Formula] = []
    rest = rows
    while True:
        near = [f for f in rest if logic.variables_of(f) & reached or not logic.variables_of(f)]
        if not near or len(kept) >= LARGE:
            return kept[:LARGE]
        kept += near
        rest = [f for f in rest if f not in near]
        reached = reached.union(*map(logic.variables_of, near))
