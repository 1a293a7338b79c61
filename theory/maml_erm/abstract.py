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
        claims=("OPT.*",),
        experiments=("optimisation",),
        weaker="The condition number grows by up to a factor of order m/(d_eff+1), and does so for some environments;"
        " for others MAML is the better conditioned one (OPT.condition.better). Stochastic gradients: isotropic tasks.",
    ),
    Sentence(
        says="How much better the solution of MAML adapts than that of ERM is asked in linear regression.",
        claims=("M3.excess", "S0.solution.*", "X1", "X2.definition", "X2", "X2.at_least_one", "X3.*", "N3", "C1.*"),
        experiments=("collapse", "convergence"),
    ),
    Sentence(
        says="Tasks are easy or hard, hardness being the number of gradient steps that a task needs.",
        claims=("H0", "H0.*"),
    ),
    Sentence(
        says="With Omega(d_eff) labelled samples at test, d_eff the effective dimension of the problem,",
        claims=(
            "D.*",
            "A1",
            "A2",
            "A3.*",
            "T1",
            "T1.alpha",
            "T2.*",
            "T3.*",
            "T4",
            "T4.general",
            "N1.deff",
            "N1.deff.samples",
            "B1.samples",
        ),
        experiments=("threshold", "collapse", "anisotropic", "sandwich", "kurtosis", "same_batch"),
        weaker="How many samples are enough is proved for two isotropic classes; that m of order d_eff is needed, for"
        " any number of tasks and any covariances.",
    ),
    Sentence(
        says="a substantial gain of MAML over ERM needs hard tasks whose optima are closely packed,",
        claims=("N1", "N1.general", "N1.isotropic", "N2", "N2.packing", "N4", "N4.classes", "N5", "L1", "L2"),
        experiments=("packing", "discrepancy"),
        weaker="Below the threshold m* MAML can gain by favouring easy tasks instead: then these have to be closely"
        " packed (N2.below).",
    ),
    Sentence(
        says="with a centre far from that of the optima of the easy tasks.",
        claims=("N2", "N2.distance", "N2.packing", "N5"),
        experiments=("packing",),
    ),
    Sentence(
        says="The same holds in a feature space of low dimension when both methods learn a representation of the tasks,"
        " which lowers the effective dimension.",
        claims=("R1", "R1.*", "R2", "R2.*", "R5", "R5.*"),
        experiments=("representation",),
        weaker="The claims are about a representation that is given, right or wrong, and a head that is adapted. That"
        " multi-head ERM and ANIL learn it is run, for linear features and isotropic inputs, and not proved; ERM with"
        " one head for all tasks does not learn it.",
    ),
    Sentence(
        says="Few-shot image classification suggests that this goes beyond linear regression.",
        claims=("H1", "H4.*", "N4"),
        experiments=("images", "networks"),
        weaker="On frozen features a linear head with squared loss has the theory's own setting, and images of letters"
        " show all three conditions; so does a linearised network with logistic loss. For a network trained end to end"
        " a hardness gap is not needed: it gains without one.",
    ),
)
