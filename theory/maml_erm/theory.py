"""The theory as the verifier sees it: one object with everything that the machine needs to know of this paper.

Nothing is derived before it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from theory.maml_erm.by_value import BY_VALUE
from theory.maml_erm.formulas.letters import LETTERS
from theory.maml_erm.formulas.symbols import VOCABULARY
from theory.maml_erm.grid import POINTS
from theory.maml_erm.notation import NOTATION
from verify.claims.claim import Claim
from verify.claims.domain import Domain
from verify.claims.explorer import Explorer
from verify.claims.matrix_results import MatrixResults
from verify.claims.sentence import Sentence
from verify.claims.setting import NamedExpression, Route
from verify.claims.theory import Theory

_HERE = "theory.maml_erm"


def _expressions() -> Iterable[NamedExpression]:
    from theory.maml_erm.formulas.expressions import expressions

    return expressions().values()


def _claims() -> Iterable[Claim]:
    from theory.maml_erm.claims import claims

    return claims()


def _false_statements() -> Iterable[Claim]:
    from theory.maml_erm.claims import false_statements

    return false_statements()


def _usual_domain() -> Domain:
    from theory.maml_erm.formulas.domains import MIXTURE_ANY_STEP

    return MIXTURE_ANY_STEP


def _results() -> MatrixResults:
    from theory.maml_erm.results import results

    return results()


def _sentences() -> Iterable[Sentence]:
    from theory.maml_erm.abstract import SENTENCES

    return SENTENCES


def _explorer() -> Explorer:
    from theory.maml_erm.explorer import explorer

    return explorer()


THEORY = Theory(
    name="maml-erm",
    title="when MAML outperforms ERM on easy and hard linear-regression tasks",
    vocabulary=VOCABULARY,
    expressions=_expressions,
    letters=LETTERS,
    notation=NOTATION,
    points=POINTS,
    alike=(
        ("rho_H", "rho_E"),
        ("V_H", "V_E"),
        ("s_H", "s_E"),
        ("kappa", "sigma"),
        ("a", "b"),
        ("b_n", "b"),
        ("W_H", "W_E"),
        ("l_H", "l_E"),
        ("t_H", "t_E"),
        ("d", "m"),
    ),
    results=_results,
    claims=_claims,
    false_statements=_false_statements,
    folder=Path(__file__).parent / "claims",
    usual_domain=_usual_domain,
    lemmas=("P.*",),
    uses=("descent",),
    routes=(
        Route("definition", f"{_HERE}.measurements.route_definition", "exact_definition"),
        Route("simulation", f"{_HERE}.measurements.route_definition", "sampled_definition"),
        Route("cubature", f"{_HERE}.measurements.route_cubature", "cubature"),
    ),
    experiments=f"{_HERE}.experiments",
    sentences=_sentences,
    main=(
        "M3.excess",
        "S0.solution.everywhere",
        "X2.definition",
        "X2",
        "N1",
        "N2",
        "N2.packing",
        "N4.classes",
        "N5",
        "T1",
        "T1.alpha",
        "T2.above",
        "T3.headline",
        "T4.general",
        "L1",
        "L2",
        "D.sandwich.lower",
        "D.sandwich.upper",
        "N1.deff.samples",
        "U1",
        "OPT.condition.upper",
        "OPT.condition.lower",
        "C1.difference",
    ),
    introduction=(
        "A linear-regression task is hard where its curvature rho_H is small, since gradient descent then needs more"
        " steps than on an easy one with rho_E > rho_H. ERM minimises the risk before the step that adapts to a task,"
        " MAML the risk after a step on m samples of it. When is that worth it?",
        "MAML gives hard tasks more weight than ERM exactly when m > m*, a threshold of order d (T1). What can be"
        " gained then is limited by geometry: the gain is below 1 + Delta^2/V_H, the squared distance between the"
        " centres of easy and hard optima over the spread of the hard ones (N2). So the hard tasks' optima have to be"
        " closely packed, and far from the centre of the easy ones. The easy ones may be spread out as they like"
        " (false.easy_packed_too).",
    ),
    explorer=_explorer,
    account_title="The abstract of arXiv:2010.14672v2, sentence by sentence",
    package=_HERE,
    self_contained=True,
    content=(
        f"{_HERE}.claims",
        *(
            f"{_HERE}.formulas.{name}"
            for name in (
                "choice",
                "domains",
                "expressions",
                "finite_data",
                "geometry",
                "inputs",
                "losses",
                "methods",
                "mixture",
                "omega",
                "optimisation",
                "representation",
                "risk",
                "same_batch",
                "solutions",
                "spectrum",
                "task_data",
                "tasks",
            )
        ),
    ),
    by_value=BY_VALUE,
)
