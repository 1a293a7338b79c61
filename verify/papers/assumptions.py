r"""What is in force at a display: the formulas of ``% verify: assume`` and the abbreviations of ``% verify: let``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from verify.language import logic
from verify.language.definedness import term_defined
from verify.language.logic import Formula, Kind, Rel, Sequent, Term, Var
from verify.papers.elsewhere import Elsewhere, relative
from verify.papers.formulas import chain
from verify.papers.grammar import Reader
from verify.papers.keys import canonical, source_of
from verify.papers.names import Names
from verify.papers.remarks import words_of
from verify.papers.rows import RELATIONS, clean, split_top
from verify.papers.signs import is_unread
from verify.papers.tokens import NotUnderstood, Token

_SEPARATORS = frozenset({",", ";"})


@dataclass
class Context:
    """Assumptions in the order written; a later ``let`` may use earlier ones."""

    names: Names = field(default_factory=Names)
    formulas: list[Formula] = field(default_factory=list)
    definitions: dict[str, Term] = field(default_factory=dict)
    covered: dict[str, Formula] = field(default_factory=dict)  # where a name that is defined by cases is defined
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    lost: str = ""  # which comment was not understood, so that something that is assumed is not known

    def forget(self) -> None:
        """Drop all assumptions and abbreviations; names keep their spelling."""
        self.formulas, self.definitions, self.covered, self.lost = [], {}, {}, ""
        self.names.forget()
        self.elsewhere.forget()

    def lose(self, verb: str, where: str) -> None:
        """Go on after a comment that was not understood: what it redefines is not known any more."""
        self.lost = self.lost or where
        if verb == "let":
            theta = self._theta()
            self.formulas = [logic.substitute(f, theta) for f in self.formulas]
            self.covered = {n: logic.substitute(f, theta) for n, f in self.covered.items()}
            self.definitions = {}

    def declared_variables(self) -> frozenset[str]:
        """The variables of the names that an assumption or an abbreviation mentions."""
        return self.names.declared_variables()

    def told_elsewhere(self, variable: str, besides: Collection[str] = (), families: Collection[str] = ()) -> str:
        """Why a variable is not free though nothing that is assumed says what it is; empty where it is free.

        ``besides``: variables of other assumptions; ``families``: those among them that may stand for others.
        """
        key_of = self.names.key_of_variable
        spoken = frozenset[str]().union(*(logic.variables_of(f) for f in self.formulas), self.definitions)
        stated = variable in spoken or variable in besides
        if why := self.elsewhere.doubt(key_of(variable), stated=stated):
            return why
        other = "" if stated else relative(key_of(variable), map(key_of, sorted({*spoken, *families})))
        return f"what is assumed of {other} may be meant for {key_of(variable)} too" if other else ""

    # ------------------------------------------------------------ reading

    def assume(self, tokens: Sequence[Token]) -> None:
        r"""Add formulas such as ``0 < \rho_H < \rho_E, V_H, V_E \ge 0, n \in \mathbb N``."""
        pending: list[list[Token]] = []
        parts = split_top(commas(clean(tokens)), _SEPARATORS)
        if not any(part for _, part in parts):
            raise NotUnderstood("nothing that is assumed", tokens[0].position if tokens else 0)
        for _, part in parts:
            if not part:
                continue
            if any(t.text == r"\in" for t in part):
                self._membership(pending, part)
                pending = []
            elif any(t.text in RELATIONS for t in part):
                for name in pending:
                    self._relations([*name, *part[_first_relation(part) :]])
                pending = []
                self._relations(part)
            else:
                pending.append(part)
        if pending:
            what = f"'{source_of(pending[0])[:40]}' is no assumption"
            raise NotUnderstood(what, pending[0][0].position, "compare it with something, or write x \\in \\mathbb R")

    def let(self, tokens: Sequence[Token]) -> None:
        r"""Add an abbreviation such as ``\kappa = \frac{(1-p)\rho_E}{p\rho_H}``."""
        for _, part in split_top(commas(clean(tokens)), _SEPARATORS):
            at = next((i for i, t in enumerate(part) if t.text == "="), None)
            if at is None or not part[:at]:
                position = part[0].position if part else 0
                raise NotUnderstood("an abbreviation without '='", position, "write '% verify: let NAME = TERM'")
            try:
                value = self._reader(part[at + 1 :]).whole()
            except NotUnderstood:
                self.names.strange.add(self.names.key_of_variable(self.declare(part[:at])))
                raise
            name = self.declare(part[:at])
            self.put(name, value, part[0].position)

    def put(self, name: str, value: Term, position: int) -> None:
        """Let a name stand for a value from here on."""
        if name in logic.variables_of(self.substitute_term(value)):
            raise NotUnderstood("an abbreviation of itself", position)
        if name in self.definitions:  # what was said before was said of the old value
            value = logic.substitute_term(value, {name: self.definitions[name]})
            self.drop(name)
        self.definitions[name] = value

    def drop(self, name: str) -> None:
        """An abbreviation ends: what was said of it was said of its value."""
        old = {name: self.definitions[name]}
        self.formulas = [logic.substitute(f, old) for f in self.formulas]
        self.covered = {n: logic.substitute(f, old) for n, f in self.covered.items()}
        self.definitions = {n: logic.substitute_term(t, old) for n, t in self.definitions.items() if n != name}

    def _reader(self, tokens: Sequence[Token]) -> Reader:
        return Reader(tokens, self.names, declaring=True)

    def _relations(self, part: Sequence[Token]) -> None:
        self.formulas += [rel for rel, _ in chain(part, self._reader)]

    def declare(self, tokens: Sequence[Token], *, number: bool = False) -> str:
        """The variable that some tokens name and nothing else."""
        found = self._reader(tokens).whole()
        if not isinstance(found, Var):
            raise NotUnderstood(f"'{source_of(tokens)[:40]}' is not a name", tokens[0].position)
        if number:
            self.names.numbers.add(self.names.key_of_variable(found.name))
        return found.name

    def _membership(self, before: Iterable[Sequence[Token]], part: Sequence[Token]) -> None:
        at = next(i for i, t in enumerate(part) if t.text == r"\in")
        found = [self.declare(tokens, number=True) for tokens in (*before, part[:at]) if tokens]
        try:
            kind, bounds = self._set(part[at + 1 :], part[at])
        except NotUnderstood:
            self.names.strange |= {self.names.key_of_variable(name) for name in found}
            raise
        for name in found:
            if canonical(part[at + 1 :]) in (r"\mathbb{N}", r"\mathbb{R}_+"):
                self.names.from_zero.add(name)
            self.names.kinds[name] = kind
            self.formulas += [Rel(op, Var(name), value) for op, value in bounds]

    def _set(self, tokens: Sequence[Token], sign: Token) -> tuple[Kind, list[tuple[str, Term]]]:
        r"""\mathbb R, \mathbb N (from 0), \mathbb N_+ and \mathbb Z_{>0} (from 1), \mathbb Z, or an interval."""
        text = canonical(tokens)
        zero, one = logic.num(0), logic.num(1)
        known: dict[str, tuple[Kind, list[tuple[str, Term]]]] = {
            r"\mathbb{R}": ("real", []),
            r"\mathbb{R}_+": ("real", [(">=", zero)]),
            r"\mathbb{R}_{>0}": ("real", [(">", zero)]),
            r"\mathbb{R}_{++}": ("real", [(">", zero)]),
            r"\mathbb{R}_{\ge0}": ("real", [(">=", zero)]),
            r"\mathbb{R}_{\geq0}": ("real", [(">=", zero)]),
            r"\mathbb{Z}": ("integer", []),
            r"\mathbb{N}": ("integer", [(">=", zero)]),
            r"\mathbb{N}_+": ("integer", [(">=", one)]),
            r"\mathbb{N}^*": ("integer", [(">=", one)]),
            r"\mathbb{N}_0": ("integer", [(">=", zero)]),
            r"\mathbb{N}_{>0}": ("integer", [(">=", one)]),
            r"\mathbb{N}_{\ge1}": ("integer", [(">=", one)]),
            r"\mathbb{N}_{\geq1}": ("integer", [(">=", one)]),
            r"\mathbb{Z}_{>0}": ("integer", [(">=", one)]),
            r"\mathbb{Z}_{\ge0}": ("integer", [(">=", zero)]),
            r"\mathbb{Z}_{\geq0}": ("integer", [(">=", zero)]),
            r"\mathbb{Z}_{\ge1}": ("integer", [(">=", one)]),
            r"\mathbb{Z}_{\geq1}": ("integer", [(">=", one)]),
        }
        if text in known:
            return known[text]
        if len(tokens) > 3 and tokens[0].text in "([" and tokens[-1].text in ")]":
            ends = split_top([*tokens[1:-1]], frozenset({","}))
            if len(ends) == 2:
                bounds = []
                for (_, end), op in zip(ends, (">", "<"), strict=True):
                    closed = tokens[0].text == "[" if op == ">" else tokens[-1].text == "]"
                    if r"\infty" not in canonical_texts(end):
                        bounds.append((op + "=" if closed else op, self._reader(end).whole()))
                return "real", bounds
        raise NotUnderstood(
            f"the set '{source_of(tokens)[:40]}'", sign.position, r"write \mathbb R, \mathbb N or (a,b)"
        )

    # ------------------------------------------------------------ sequents

    def substitute_term(self, t: Term) -> Term:
        """The term with every abbreviation written out."""
        for _ in range(len(self.definitions) + 1):
            found = {name: self.definitions[name] for name in logic.variables_of(t) if name in self.definitions}
            if not found:
                break
            t = logic.substitute_term(t, found)
        return t

    def _theta(self) -> dict[str, Term]:
        return {name: self.substitute_term(Var(name)) for name in self.definitions}

    def expanded(self, goal: Formula, *more: Formula) -> Sequent:
        """The sequent without abbreviations, with ``more`` assumptions."""
        theta = self._theta()
        assumed = dict.fromkeys((*self.formulas, *more))  # many a paper says the same again at every display
        hypotheses = tuple(logic.substitute(f, theta) for f in assumed)
        return self._sequent((*self._defined(goal, theta), *hypotheses), logic.substitute(goal, theta), set(theta))

    def where_defined(self, goal: Formula, *more: Formula) -> list[Formula]:
        """That the names of a goal have values which are defined by cases: that one of these applies."""
        found = list(more)
        known: set[str] = set()
        while new := {n for n, _ in self.expanded(goal, *found).variables if n in self.covered} - known:
            known |= new
            found += [self.covered[n] for n in sorted(new)]
        return found

    def abstract(self, goal: Formula) -> Sequent | None:
        """The sequent with abbreviations as free variables: stronger, and often easier; None where there are none.

        What is assumed of an abbreviation is left out: it may contradict its value, and would prove anything.
        """
        if not logic.variables_of(goal) & set(self.definitions):
            return None
        free = tuple(f for f in self.formulas if not logic.variables_of(f) & set(self.definitions))
        return self._sequent(free, goal, set())

    def _defined(self, goal: Formula, theta: dict[str, Term]) -> tuple[Formula, ...]:
        """What makes the abbreviations of the goal meaningful."""
        integers = frozenset(name for name, kind in self.names.kinds.items() if kind == "integer")
        used = [theta[name] for name in sorted(logic.variables_of(goal) & set(theta))]
        found = (c for value in used for c in term_defined(value, integers))
        return tuple(dict.fromkeys(found))

    def _sequent(self, hypotheses: tuple[Formula, ...], goal: Formula, without: set[str]) -> Sequent:
        used = set(logic.variables_of(goal)).union(*(logic.variables_of(h) for h in hypotheses)) - without
        norms = tuple(
            Rel(">=", Var(name), logic.ZERO)
            for name in sorted(used)
            if self.names.latex.get(name, "").startswith((r"\lVert", r"\|"))
        )
        variables = tuple((name, self.names.kinds.get(name, "real")) for name in sorted(used))
        return Sequent(variables, tuple(dict.fromkeys(hypotheses + norms)), goal)


def commas(tokens: Sequence[Token]) -> list[Token]:
    """Words such as "and" count as commas; a full stop at the end is dropped."""
    out = [
        Token(",", t.position) if t.kind == "text" and words_of(t).strip(" ,.") in ("and", ",", "") else t
        for t in tokens
        if t.kind != "mark"
    ]
    while out and out[-1].text in (".", ",", ";"):
        out.pop()
    for t in out:
        if t.kind == "text":
            raise NotUnderstood(f"the words '{words_of(t)[:40]}'", t.position)
        if t.kind in ("row", "break", "remark", "cases"):
            raise NotUnderstood(f"'{t.text[:30]}' in an assumption", t.position)
        if is_unread(t) and t.text != r"\in":
            raise NotUnderstood(f"the relation {t.text}", t.position)
    return out


def _first_relation(tokens: Sequence[Token]) -> int:
    return next(i for i, t in enumerate(tokens) if t.text in RELATIONS)


def canonical_texts(tokens: Iterable[Token]) -> set[str]:
    return {t.text for t in tokens}
