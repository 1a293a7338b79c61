"""Where a display is compared with a claim or an expression, and what is known there of the atoms it speaks of."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

import sympy as sp

from verify.claims.claim import Claim
from verify.claims.domain import Domain
from verify.claims.sequents import formula, kind, term
from verify.claims.setting import NO_SETTING, NamedExpression, Setting
from verify.claims.theory import Theory
from verify.claims.to_sympy import symbols_in
from verify.derivations.relations import Formula as TheoryFormula
from verify.derivations.relations import Relation, replace_symbols, symbols_of
from verify.evidence.routes.proof import prove_claim
from verify.language import logic
from verify.language.definedness import term_defined
from verify.language.logic import Formula, Sequent, Term
from verify.language.verdict import Verdict
from verify.papers.decide import decide
from verify.papers.lexicon import CLOSED_FORM
from verify.papers.lexicons import own_symbols

SECONDS = 1.0  # for what a lemma assumes of a parameter with a set value


@dataclass(frozen=True)
class Ground:
    """A domain in a setting; ``fixed``: parameters with a set value, ``own``: symbols that are no quantities of it."""

    domain: Domain
    setting: Setting = NO_SETTING
    fixed: tuple[tuple[sp.Symbol, sp.Expr], ...] = ()
    own: tuple[sp.Symbol, ...] = ()

    @cached_property
    def table(self) -> dict[str, sp.Symbol]:
        """The symbols that a display may speak of, by name."""
        return symbols_in(self.setting) | {s.name: s for s in self.own} | symbols_in(NO_SETTING, self.domain)

    def forms(self, goal: Formula, given: Term | None = None) -> list[Sequent]:
        """The goal with fewer and fewer atoms kept as unknowns; in the last form everything is written out.

        Of the unknowns only the theory's lemmas are known. It is asked only where the theory's side ``given`` is
        defined.
        """
        goal, assumed = self._named(goal), tuple[Formula, ...]()
        if given is not None:
            integers = frozenset(name for name, s in self.table.items() if s.is_integer)
            assumed = tuple(dict.fromkeys(term_defined(self._named_term(given), integers)))
        out: list[Sequent] = []
        for kept in kept_atoms(self.setting):
            sequent = self._sequent(goal, assumed, kept)
            if sequent not in out:
                out.append(sequent)
        return out

    def _sequent(self, goal: Formula, assumed: tuple[Formula, ...], kept: frozenset[sp.Symbol]) -> Sequent:
        table, fixed = self.table, dict(self.fixed)
        domain = self.domain.at(fixed)
        names = logic.variables_of(goal).union(*(logic.variables_of(f) for f in assumed))
        mentioned = {table[n] for n in names if n in table}.union(*(symbols_of(f) for f in domain.extra))
        theta: dict[str, Term] = {}
        for e in self.setting.definitions_of(mentioned - set(domain.symbols) - kept):
            if e.symbol is not None and e.symbol not in kept:
                theta[e.symbol.name] = logic.substitute_term(term(e.value.xreplace(fixed)), theta)
        for s, value in fixed.items():
            theta[s.name] = term(value)
        goal, *conditions = (logic.substitute(logic.substitute(f, theta), theta) for f in (goal, *assumed))
        names = logic.variables_of(goal).union(*(logic.variables_of(f) for f in conditions))
        needed = {table[name] for name in names if name in table}
        hypotheses = [formula(f) for f in self._bounds(domain, needed)]
        hypotheses += [logic.substitute(formula(f), theta) for f in domain.extra]
        hypotheses += [logic.substitute(f, theta) for f in self._facts(kept, needed, domain)]
        hypotheses += conditions
        names = logic.variables_of(goal).union(*(logic.variables_of(h) for h in hypotheses))
        hypotheses += [formula(f) for f in self._bounds(domain, {table[n] for n in names if n in table} - needed)]
        names = names.union(*(logic.variables_of(h) for h in hypotheses))
        variables = tuple((name, kind(table[name]) if name in table else "real") for name in sorted(names))
        return Sequent(variables, tuple(dict.fromkeys(hypotheses)), goal)

    def _facts(self, kept: frozenset[sp.Symbol], needed: set[sp.Symbol], domain: Domain) -> list[Formula]:
        """What lemmas say about the atoms that are kept, where their domain covers this one."""
        out, atoms = [], set(self.setting.atoms)
        for lemma in lemmas_of(self.setting):
            if lemma.formula is None or lemma.at:
                continue
            used = symbols_of(lemma.formula)
            if not (used & kept and used <= needed | kept and used & atoms <= kept):
                continue
            if self._same(used) and not used & atoms & set(self.domain.symbols) and self._covered(lemma, domain):
                out.append(formula(lemma.formula))
        return out

    def _same(self, symbols: set[sp.Symbol]) -> bool:
        """Whether no symbol of the claim's own has the name of one of these."""
        return all(self.table.get(s.name, s) == s for s in symbols)

    def _covered(self, lemma: Claim, domain: Domain) -> bool:
        """Whether everything that a lemma assumes is assumed here too, perhaps in a stricter form."""
        fixed = dict(self.fixed)
        assumed = [replace_symbols(h, fixed) for h in lemma.relevant_domain.hypotheses()]
        given = {*self._bounds(domain, set().union(*(symbols_of(h) for h in assumed))), *domain.extra}
        return all(h in given or _stricter(h) in given or (fixed and _follows(self, h)) for h in assumed)

    def _bounds(self, domain: Domain, needed: set[sp.Symbol]) -> list[TheoryFormula]:
        """The domain of the symbols that occur; parameters that the claim does not bound have their usual domain."""
        own = domain.restrict(needed)
        bounds = [*own.bounds]
        if isinstance(self.setting, Theory) and self.setting.usual_domain is not None:
            usual = self.setting.usual_domain().restrict(needed - set(domain.symbols))
            bounds += [b for b in usual.bounds if b.symbol not in own.symbols and b.symbol not in dict(self.fixed)]
        return [r for b in bounds for r in b.relations() if self._same(symbols_of(r))]

    def _named(self, goal: Formula) -> Formula:
        """The formula with the closed forms that it names (``expression:gain``) written out."""
        return logic.substitute(goal, self._closed(logic.variables_of(goal)))

    def _named_term(self, t: Term) -> Term:
        return logic.substitute_term(t, self._closed(logic.variables_of(t)))

    def _closed(self, names: Iterable[str]) -> dict[str, Term]:
        found = [n for n in names if n.startswith(CLOSED_FORM)]
        return {n: term(self.setting.named[n.removeprefix(CLOSED_FORM)].value) for n in found}


@cache
def _follows(ground: Ground, wanted: TheoryFormula) -> bool:
    """Whether an assumption about parameters holds where some of them have a set value."""
    sequent = ground._sequent(formula(wanted), (), frozenset())
    return decide([sequent], SECONDS).status == "proved"


def ground_of(bound: Claim | NamedExpression) -> Ground:
    at = bound.at if isinstance(bound, Claim) else ()
    return Ground(bound.domain, bound.setting, at, tuple(own_symbols(bound)))


def term_of(expression: NamedExpression) -> Term:
    """The value of a closed form in the language of the prover."""
    return term(expression.value)


@cache
def lemmas_of(setting: Setting) -> tuple[Claim, ...]:
    """The claims about atoms that a theory lends to papers; nothing is built where it names none."""
    if not isinstance(setting, Theory) or not setting.lemmas:
        return ()
    fits = (claim for claim in setting.stated.values() if any(fnmatch.fnmatchcase(claim.id, p) for p in setting.lemmas))
    return tuple(claim for claim in fits if _proved(claim, setting))


def _proved(lemma: Claim, theory: Theory) -> bool:
    """Whether a lemma has a certificate that the kernel accepts: what is not proved lends nothing."""
    found = prove_claim(lemma, theory.stated)
    return found is not None and found.evidence.verdict is Verdict.PROVED


@cache
def kept_atoms(setting: Setting) -> tuple[frozenset[sp.Symbol], ...]:
    """Which atoms stay unknowns, form by form.

    All; those that a lemma speaks of and of no other; of these only those that the definition of another one uses;
    none.
    """
    atoms = setting.atoms
    spoken = [symbols_of(c.formula) & set(atoms) for c in lemmas_of(setting) if c.formula is not None]
    known = frozenset(s for found in spoken if len(found) == 1 for s in found)
    base = frozenset(s for s in known if any(s in atoms[other].value.free_symbols for other in known))
    return tuple(dict.fromkeys((frozenset(atoms), known, base, frozenset())))


def _stricter(f: TheoryFormula) -> TheoryFormula | None:
    """The strict form of a weak relation."""
    return Relation(f.lhs, "<", f.rhs) if isinstance(f, Relation) and f.op == "<=" else None
