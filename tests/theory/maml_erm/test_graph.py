"""What rests on what: each named quantity has a claim that defines it, and whatever mentions it rests on that claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import networkx as nx
import pytest
import sympy as sp

from theory.maml_erm import THEORY
from theory.maml_erm.formulas.mixture import b, gain, kappa, s_E, s_H, sigma, sigma_K
from theory.maml_erm.formulas.symbols import alpha, c, d, m, rho, rho_E, rho_H
from verify.claims.citing import table_of
from verify.claims.claim import Claim
from verify.claims.domain import Bound, Domain, positive
from verify.claims.statement import Holds, Inequality
from verify.derivations.relations import all_of, eq, gt
from verify.evidence import run
from verify.evidence.results import ClaimResult, Evidence, assemble
from verify.language.verdict import Verdict
from verify.regression.graph.dependencies import graph_of, impact
from verify.runtime.errors import BadInput

TABLE = table_of(THEORY)
NAMED = [e for e in THEORY.named.values() if e.defined_by]

# What has to fall with a claim, and what must not: statements about other things, and what comes before it.
IMPACT = {
    "M2": (
        {"M3", "S0.maml", "S0.maml.isotropic", "P.s_H", "X1", "X2", "T1", "N2", "U1.loses", "A1"},
        {"M1", "S0.erm", "H0"},
    ),
    "M3": ({"M3.excess", "X1", "X2.definition", "X3.floor", "T2.above"}, {"M2", "S0.maml", "A1", "T4"}),
    "S0.maml": ({"S0.maml.classes", "P.s_H", "P.sigma", "X2", "T1", "T2.sigma", "T4", "L1"}, {"M2", "S0.fomaml", "H0"}),
    "S0.erm": ({"S0.solution.erm", "X1.odds", "P.kappa", "X2", "N3"}, {"S0.maml", "P.s_H", "X1"}),
    "S0.maml_fresh": ({"T5.fresh", "T5.odds", "T5.threshold"}, {"T1", "X2", "S0.maml"}),
    "S0.solution": (
        {"S0.solution.erm", "X1.minimiser", "X1.odds", "X2.definition", "T1", "S1.mixture"},
        {"G1", "P.s_H", "X1"},
    ),
    "G1": ({"S0.solution", "X1.minimiser", "P.kappa", "X2", "T3.root", "U1"}, {"M3", "X1", "S0.maml", "P.s_H"}),
    "X2.definition": ({"X2", "N1", "N3", "L0", "T2.at", "T3.root", "T5.gain"}, {"X1", "T1", "P.risk"}),
    "H0.steps": ({"H0"}, {"S0.maml", "T1"}),
}


@pytest.mark.parametrize("name", IMPACT)
def test_what_falls_with_a_claim_at_the_base(name: str) -> None:
    falls, stays = IMPACT[name]
    found = set(impact(graph_of(TABLE), name))
    assert falls <= found and not (stays | {name}) & found


def test_nothing_rests_on_itself() -> None:
    graph = graph_of(TABLE)
    assert nx.is_directed_acyclic_graph(graph) and set(graph) == set(TABLE)
    for claim in TABLE.values():
        above = run.ancestors(claim, TABLE)
        assert claim.id not in above
        assert set(above) == nx.descendants(graph, claim.id), "the graph and the verdicts go by the same dependencies"


def test_every_atom_has_a_claim_that_defines_it() -> None:
    assert all(e.defined_by for e in THEORY.atoms.values())
    assert {"gain", "gain.limit", "risk.segment", "floor", "hardness"} <= {e.name for e in NAMED}


@pytest.mark.parametrize("e", NAMED, ids=lambda e: e.name)
def test_a_defining_claim_is_about_the_value_as_it_was_derived(e) -> None:
    claim = THEORY.stated[e.defined_by]
    made = (e.derivation, *e.derivation.history)
    assert any(d in made for d in claim.derivations), f"{claim.id} has no derivation of {e.name}"
    if e.symbol is not None:
        assert e in claim.used_atoms


def symbols_in(x: object) -> Iterator[sp.Symbol]:
    """Every symbol in a part of a claim, by walking through it."""
    if isinstance(x, sp.Basic):
        yield from x.free_symbols
    elif isinstance(x, tuple):
        for part in x:
            yield from symbols_in(part)
    elif is_dataclass(x):
        for f in fields(x):
            yield from symbols_in(getattr(x, f.name))


def mentioned(claim: Claim) -> set[sp.Symbol]:
    """The atoms in the statement, in what is fixed and in the domain, and those in the values of these."""
    own = {bound.symbol for bound in claim.domain.bounds}
    found = set(symbols_in((claim.statement, claim.at, claim.relevant_domain))) - own
    while more := {s for x in found if x in THEORY.atoms for s in THEORY.atoms[x].value.free_symbols} - found - own:
        found |= more
    return found & set(THEORY.atoms)


def test_a_false_statement_inherits_nothing() -> None:
    """A counterexample is one whatever becomes of the words, and no verdict caps it."""
    assert all(not c.inherits and c.mentions for c in THEORY.refutable.values() if mentioned(c))
    assert replace(THEORY.refutable["false.threshold_difference"], expected=True).inherits


@pytest.mark.parametrize("name", THEORY.stated)
def test_whatever_mentions_an_atom_rests_on_what_defines_it(name: str) -> None:
    claim = TABLE[name]
    above = {name, *run.ancestors(claim, TABLE)}
    for symbol in mentioned(claim):
        assert THEORY.atoms[symbol].defined_by in above, symbol


def test_a_closed_form_that_is_written_out_is_mentioned_too() -> None:
    G = gain().scalar
    domain = Domain((positive(kappa), positive(sigma)))
    plain = Claim("my.plain", "t", Inequality(kappa + sigma, ">", sp.Integer(0)), setting=THEORY)
    assert plain.inherits == ("S0.maml.classes", "X1.odds")
    assert "X2.definition" in replace(plain, statement=Inequality(2 * G - 1, ">", sp.Integer(0))).inherits
    assert "X2.definition" not in replace(plain, statement=Inequality(G.subs(sigma, rho), ">", sp.Integer(0))).inherits
    assert replace(plain, domain=domain).inherits == (), "symbols that the domain bounds are the claim's own"


def test_what_is_fixed_is_mentioned() -> None:
    fixed = Claim("my.fixed", "t", Inequality(c, "<=", c**2 + 1), Domain((Bound(alpha),)), at=((c, b),), setting=THEORY)
    assert "X1.minimiser" in fixed.inherits and replace(fixed, at=()).inherits == ()


def test_no_dependency_is_written_twice() -> None:
    for claim in TABLE.values():
        assert not set(claim.states_with) & set(claim.inherits), claim.id


def test_a_claim_of_ones_own_inherits_what_its_table_has() -> None:
    mine = Claim("my.odds", "t", Inequality(sigma, ">", sp.Integer(0)), THEORY.stated["P.sigma"].domain, setting=THEORY)
    assert run.ancestors(mine, {"my.odds": mine}) == []
    assert {"X1.odds", "S0.maml.classes", "M2"} <= set(run.ancestors(mine, {**TABLE, "my.odds": mine}))
    with pytest.raises(BadInput, match=r"my\.odds rests on 'no\.claim'"):
        run.ancestors(replace(mine, states_with=("no.claim",)), TABLE)


# ---------------------------------------------------------------- a definition that is wrong


def results(verdicts: dict[str, Verdict]) -> dict[str, ClaimResult]:
    """What the verdicts amount to, if each claim's own evidence is as given and proved otherwise."""
    evidence = {
        name: (Evidence("proof", verdicts.get(name, Verdict.PROVED if c.expected else Verdict.REFUTED), "given"),)
        for name, c in TABLE.items()
    }
    return {r.id: r for r in assemble([run.entry(c, TABLE) for c in TABLE.values()], evidence, TABLE)}


@pytest.mark.parametrize("e", NAMED, ids=lambda e: e.name)
@pytest.mark.parametrize("wrong", [Verdict.REFUTED, Verdict.INCONCLUSIVE])
def test_a_wrong_definition_caps_all_that_mentions_it(e, wrong: Verdict) -> None:
    found = results({e.defined_by: wrong})
    told = [c for c in THEORY.stated.values() if e in c.mentions and c.id != e.defined_by]
    for claim in told:
        assert found[claim.id].own is Verdict.PROVED and found[claim.id].verdict is Verdict.INCONCLUSIVE, claim.id
    for name in ("S0.fomaml", "T2.domain", "M1"):
        assert found[name].verdict is Verdict.PROVED
    assert all(r.verdict is Verdict.PROVED for r in results({}).values() if r.expected)


def test_a_refuted_definition_caps_what_is_proved_with_it() -> None:
    """The claim that defines s_H and s_E with d in the place of d + 1: it is refuted, P.s_H is proved and capped."""
    right = THEORY.stated["S0.maml.classes"]

    def weight(curvature: sp.Symbol) -> sp.Expr:
        return curvature * ((1 - alpha * curvature) ** 2 + alpha**2 * curvature**2 * d / m)

    wrong = replace(right, statement=Holds(all_of(eq(s_H, weight(rho_H)), eq(s_E, weight(rho_E)))))
    for definition, own, verdict in (
        (right, Verdict.PROVED, Verdict.PROVED),
        (wrong, Verdict.REFUTED, Verdict.INCONCLUSIVE),
    ):
        table = {
            name: c for name, c in THEORY.stated.items() if name in ("M2", "S0.maml", "S0.maml.isotropic", "P.s_H")
        }
        table["S0.maml.classes"] = definition
        (found,) = run.check(["P.s_H"], table=table)
        assert found.own is Verdict.PROVED and found.rests_on["S0.maml.classes"] is own
        assert found.verdict is verdict


def test_the_odds_of_several_steps_rest_on_the_weights_of_several_steps() -> None:
    one = Claim("my.steps", "t", Holds(gt(sigma_K, 0)), THEORY.stated["T5.odds"].domain, setting=THEORY)
    assert {"T5.fresh", "S0.maml_fresh.isotropic"} <= set(run.ancestors(one, {**TABLE, one.id: one}))
