"""The sentences of the paper's abstract, in words of our own, and the claims and experiments that carry each."""

from __future__ import annotations

from verify.claims.sentence import Sentence

SENTENCES = (
    Sentence(
        says="MAML is popular for models that are to adapt to a new task in a few gradient steps.",
        motivation=True,
    ),
    Sentence(
        says="The objective of MAML is much harder to optimise than that of ERM.",
        claims=("S0.maml",),
        weaker="Nothing is claimed yet about optimisation.",
    ),
    Sentence(
        says="How much better the solution of MAML adapts than that of ERM is asked in linear regression.",
        claims=("M3.excess", "S0.solution.*", "X1", "X2.definition", "X2", "X2.at_least_one", "N3"),
        experiments=("collapse",),
    ),
    Sentence(
        says="Tasks are easy or hard, hardness being the number of gradient steps that a task needs.",
        claims=("H0", "H0.steps"),
    ),
    Sentence(
        says="With Omega(d_eff) labelled samples at test, d_eff the effective dimension of the problem,",
        claims=("D.range", "A1", "A1.isotropic", "T1", "T2.*", "T3.*", "T4", "A2", "B1.samples"),
        experiments=("threshold", "collapse", "anisotropic"),
    ),
    Sentence(
        says="a substantial gain of MAML over ERM needs hard tasks whose optima are closely packed,",
        claims=("N1", "N2", "N2.packing", "L1", "L2"),
        experiments=("packing",),
    ),
    Sentence(
        says="with a centre far from that of the optima of the easy tasks.",
        claims=("N2", "N2.packing"),
        experiments=("packing", "discrepancy"),
    ),
    Sentence(
        says="The same holds in a feature space of low dimension when both methods learn a representation of the tasks,"
        " which lowers the effective dimension.",
        claims=("T3.collapse",),
        weaker="Only the dependence on m/(d+1) is proved, which any dimension may stand in; nothing learns a"
        " representation yet.",
    ),
    Sentence(
        says="Few-shot image classification suggests that this goes beyond linear regression.",
        weaker="There is no experiment with images yet.",
    ),
)
