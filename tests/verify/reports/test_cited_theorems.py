"""Theorems of another theory in the reports of one that cites them."""

from __future__ import annotations

import sympy as sp

from verify import Claim, Domain, Inequality, Theory, positive
from verify.claims import theories
from verify.claims.citing import table_of
from verify.regression.graph.dot import dot
from verify.regression.graph.network import Known, network
from verify.reports.docs import claim_pages
from verify.reports.latex_chosen import everything
from verify.reports.latex_evidence import Found
from verify.reports.sheet import sheet
from verify.reports.sheet.roles import roles

x = sp.Symbol("x", real=True)
DOMAIN = Domain((positive(x),))
BASE = Theory(name="base", claims=lambda: [Claim("a_one", "t", Inequality(x, ">", 0), DOMAIN)])
CLAIMS = (
    Claim("first", "t", Inequality(x + 1, ">", 1), DOMAIN),
    Claim("mine", "t", Inequality(x + 1, ">", 1), DOMAIN, states_with=("first",), rests_on=("base:a_one",)),
)
TOP = Theory(name="top", claims=lambda: CLAIMS, uses=(BASE,))


def test_the_sheet_says_whose_theorem_it_is() -> None:
    with theories.using(TOP):
        about = everything()
    found = roles(about)
    theirs = found.reference("base:a_one")
    assert theirs == r"\texttt{base}'s \texttt{a\_\allowbreak one}", "there is nothing to link to"
    assert found.reference("first") == r"Proposition~\ref{claim:first}", "the control"
    assert r"The proof uses \texttt{base}'s" in sheet(about, {"mine": Found("proved")})


def test_the_page_of_claims_says_it_too() -> None:
    page = claim_pages(TOP)
    assert page.count("By base's a_one.") == 1
    assert "By " not in claim_pages(BASE)


def test_the_graph_has_it() -> None:
    text = dot(network(table_of(TOP), {"base:a_one": Known("proved")}))
    assert '"mine" -> "base:a_one" [style=solid' in text
    assert (
        '"base:a_one" [shape=box, style="filled,rounded"' in text
        and '"first" [shape=box, style="filled,dashed"' in text
    )
