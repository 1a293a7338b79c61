"""The explorer of this theory: the gain landscape under the fingers, in the named expressions and what claims state.

What a claim states and has no name elsewhere gets one here, for the page and for ``verify eval``.
"""

from __future__ import annotations

from functools import cache

import sympy as sp

from theory.maml_erm.claims.omega_mixture import LOWER, UPPER
from theory.maml_erm.formulas.domains import AT_INVERSE, MIXTURE_ANY_STEP
from theory.maml_erm.formulas.geometry import risk_of_class
from theory.maml_erm.formulas.mixture import a, b, b_n, s_E, s_H
from theory.maml_erm.formulas.symbols import RISK, V_E, V_H, Delta, alpha, d, eps, m, p, rho_E, rho_H, theta
from verify.claims.domain import between, positive
from verify.claims.explorer import Cloud, Curves, Drawn, Explorer, Place, Plane, Preset, Shown, Slider
from verify.claims.quantities import NONE
from verify.claims.setting import NamedExpression
from verify.derivations.derivation import Derivation
from verify.derivations.relations import eq, ne

TRAINING, OPTIMA, TASKS, ASKED = "Samples and steps", "Optima", "Tasks", "What is asked for"
ERM, MAML, HARD, EASY, PLAIN = range(5)  # colours of the page


@cache
def expressions() -> tuple[NamedExpression, ...]:
    """The risks of each class, the samples that D.sandwich states, and the steps that OPT.sgd states."""
    far = AT_INVERSE + positive(V_H) + positive(Delta) + between(theta, 0, 1)
    risks = tuple(
        NamedExpression(
            f"risk.{kind}.{name}",
            rf"\mathcal E_m^{{\mathrm{{{kind}}}}}(\mathrm{{{latex}}})",
            f"E_m of {kind} tasks alone, at the {latex} solution",
            RISK,
            risk_of_class(kind == "hard", where),
            MIXTURE_ANY_STEP,
            defined_by="FAIR",
        )
        for kind in ("hard", "easy")
        for name, latex, where in (("erm", "ERM", a), ("maml_m", "MAML", b))
    )
    necessary = Derivation("samples.necessary", sp.Max(*LOWER), "the larger of the two bounds of D.sandwich.lower")
    sufficient = Derivation("samples.sufficient", UPPER, "the bound of D.sandwich.upper")
    return (
        *risks,
        NamedExpression(
            "samples.necessary", r"m_{\mathrm{nec}}", "samples without which the share theta of the limiting gain "
            "is out of reach, for alpha = 1/rho_E", NONE, necessary, far, defined_by="D.sandwich.lower",
        ),
        NamedExpression(
            "samples.sufficient", r"m_{\mathrm{suf}}", "samples that are enough for the share theta of the limiting "
            "gain, for alpha = 1/rho_E", NONE, sufficient, far, defined_by="D.sandwich.upper",
        ),
        *_steps(),
    )  # fmt: skip


def _steps() -> tuple[NamedExpression, ...]:
    """Steps on one task at a time: by what OPT.sgd calls the ratio, and by how much a step contracts."""
    out = []
    for name, title, ratio, domain in (
        ("erm", "ERM", (1 - a) / (1 - p), MIXTURE_ANY_STEP),
        ("maml", "MAML", sp.Max(b / p, (1 - b) / (1 - p)), MIXTURE_ANY_STEP.where(ne(s_H, s_E))),
    ):
        stated = Derivation(f"curvature.{name}", ratio, "the ratio of OPT.sgd")
        # OPT.sgd.contraction: at the step 1/max W_i the mean square error shrinks by 1 - 1/ratio at least.
        count = sp.log(1 / eps) / sp.log(1 / (1 - 1 / ratio))
        steps = Derivation(f"steps.{name}", count, "(1 - 1/ratio)^k = eps, by OPT.sgd.contraction")
        out += [
            NamedExpression(
                f"curvature.{name}", rf"r_{{\mathrm{{{title}}}}}", "largest curvature of a task over the mean one, "
                f"objective of {title}", NONE, stated, MIXTURE_ANY_STEP, defined_by="OPT.sgd",
            ),
            NamedExpression(
                f"steps.{name}", rf"k_{{\mathrm{{{title}}}}}", "steps on one task at a time that bring the mean "
                f"square error down to eps times its start, objective of {title}", NONE, steps,
                domain + between(eps, 0, 1), defined_by="OPT.sgd.contraction",
            ),
        ]  # fmt: skip
    return tuple(out)


def _sliders() -> tuple[Slider, ...]:
    inverse = ((r"$1/\rho_E$", 1 / rho_E),)
    return (
        Slider(name="m", least=1, most=1_000_000, start=200, group=TRAINING),
        Slider(name="d", least=1, most=100_000, start=10, group=TRAINING),
        Slider(name="n", least=1, most=1_000_000, start=200, group=TRAINING, sets=(("$m$", m),)),
        Slider(name="alpha", least="1/50", most=4, step="1/50", start=1, group=TRAINING, sets=inverse),
        Slider(name="nu", least=0, most=2, step="1/20", start=0, group=TRAINING),
        Slider(name="Delta", least=0, most=5, step="1/20", start=1, group=OPTIMA),
        Slider(name="V_H", least="1/1000", most=100, start="1/20", group=OPTIMA),
        Slider(name="V_E", least="1/1000", most=100, start="1/2", group=OPTIMA),
        Slider(name="rho_H", least="1/20", most=4, step="1/20", start="1/4", group=TASKS),
        Slider(name="rho_E", least="1/20", most=4, step="1/20", start=1, group=TASKS),
        Slider(name="p", least="1/100", most="99/100", step="1/100", start="1/2", group=TASKS),
        Slider(name="g", least="1/100", most=100, start=1, group=ASKED, meaning="gain asked for: gain >= 1 + g"),
        Slider(
            name="theta", least="1/100", most="99/100", step="1/100", start="1/2", group=ASKED,
            meaning="share asked for of the limiting gain - 1",
        ),
        Slider(
            name="eps", least="1/1000000000", most="1/2", start="1/1000000", group=ASKED,
            meaning="accuracy asked for: what is left of an error",
        ),
    )  # fmt: skip


GAIN, GAIN_TRAINED = Shown(name="gain", group="Gain"), Shown(name="gain.mismatch", group="Gain", claim="U1")
NOISY = Shown(name="gain.with_floor", group="Gain", claim="X3.bounds")
LIMIT = Shown(name="gain.limit", group="Gain", claim="L0")
THRESHOLD = Shown(name="threshold", group="Samples")
WANTED = Shown(name="samples_for_gain", group="Samples", claim="T3.headline")
NECESSARY, SUFFICIENT = (Shown(name=f"samples.{kind}", group="Samples") for kind in ("necessary", "sufficient"))
# A task with the covariance rho I has the norm rho and the trace d rho^2 (A1.isotropic).
EFFECTIVE = Shown(name="d_eff", at={"L": rho_E, "t": d * rho_E**2}, group="Samples", claim="A1.isotropic")
RISKS = {
    (kind, name): Shown(name=f"risk.{kind}.{name}", group="Risk")
    for kind in ("hard", "easy")
    for name in ("erm", "maml_m")
}
STEPS = {name: Shown(name=f"steps.{name}", group="Optimisation") for name in ("erm", "maml")}


def _numbers() -> tuple[Shown, ...]:
    return (
        GAIN,
        LIMIT,
        GAIN_TRAINED,
        NOISY,
        THRESHOLD,
        WANTED,
        NECESSARY,
        SUFFICIENT,
        EFFECTIVE,
        *(
            Shown(name=name, group="Weights on the hard mean")
            for name in ("weight.erm", "weight.maml_m", "weight.maml")
        ),
        *(Shown(name=name, group="Weights on the hard mean") for name in ("kappa", "sigma", "sigma_inf")),
        *(Shown(name=name, group="Risk", claim="X1") for name in ("risk.erm", "risk.maml_m", "risk.maml")),
        *RISKS.values(),
        Shown(name="floor", group="Risk", claim="X3.floor"),
        *(Shown(name=name, group="Optimisation") for name in ("curvature.erm", "curvature.maml")),
        *STEPS.values(),
        Shown(name="step.best", group="Optimisation", claim="ALPHA.best"),
        Shown(
            name="hardness",
            at={"rho": rho_H},
            label="k_{\\varepsilon}(\\rho_H)",
            meaning="gradient steps on a hard task alone until the error has shrunk to eps of its start",
            group="Optimisation",
        ),
    )


def _plots() -> tuple[Curves | Plane, ...]:
    # d_eff + 1, in the quantities that can be moved: all tasks are isotropic here.
    per = d + 1
    axis = r"test samples per effective dimension, $m/(d_{\mathrm{eff}}+1)$"
    inverse = (eq(alpha * rho_E, 1),)  # what D.sandwich is stated for
    threshold = Drawn(of=THRESHOLD, label="$m^*$", dash="dash")
    return (
        Curves(
            id="gain",
            title="Gain of MAML over ERM",
            quantity="m",
            per=per,
            axis=axis,
            values=r"gain, $\mathcal E_m(\mathrm{ERM})/\mathcal E_m(\mathrm{MAML})$",
            curves=(
                Drawn(of=GAIN, label="MAML, $m$ samples", colour=MAML),
                Drawn(of=GAIN_TRAINED, label="MAML, $n$ samples", colour=HARD, dash="dash"),
                Drawn(of=NOISY, label="with label noise", colour=PLAIN, dash="dot"),
            ),
            across=(
                threshold,
                Drawn(of=NECESSARY, label="necessary", dash="dot", only=inverse),
                Drawn(of=SUFFICIENT, label="sufficient", dash="dot", only=inverse),
                Drawn(of=WANTED, label="$m_g$", dash="dot"),
            ),
            levels=(Drawn(of=LIMIT, label="limit", dash="dash"),),
            most=100_000,
            includes=(0.0, 3.0),
            note=r"Necessary and sufficient: for the share $\vartheta$ of what can be gained at $\alpha=1/\rho_E$. "
            "$m_g$: exactly the samples for a gain of $1+g$.",
            claims=("T2.above", "L0", "D.sandwich.lower", "D.sandwich.upper", "T3.headline"),
        ),
        Plane(
            id="plane",
            title="The plane of optima",
            axis="distance along the line of the means, $Y/X$",
            clouds=(
                Cloud(label="easy optima", place=sp.Integer(0), radius=sp.sqrt(V_E), colour=EASY),
                Cloud(label="hard optima", place=Delta, radius=sp.sqrt(V_H), colour=HARD),
            ),
            places=(
                Place(label="ERM", place=a * Delta, colour=ERM),
                Place(label="MAML, m samples", place=b * Delta, colour=MAML),
                Place(label="MAML, n samples", place=b_n * Delta, colour=PLAIN),
            ),
            note="The dotted circles have the radii $√V_H$ and $√V_E$, the root mean square distances of the optima.",
            claims=("S0.solution.everywhere", "N2.packing"),
        ),
        Curves(
            id="risk",
            title="Risk on hard and on easy tasks",
            quantity="m",
            per=per,
            axis=axis,
            values="risk after adaptation, $Y^2$",
            curves=tuple(
                Drawn(
                    of=RISKS[kind, name],
                    label=f"{kind}, {title}",
                    colour=HARD if kind == "hard" else EASY,
                    dash="dash" if name == "erm" else "solid",
                )
                for kind in ("hard", "easy")
                for name, title in (("erm", "ERM"), ("maml_m", "MAML"))
            ),
            across=(threshold,),
            log=(True, True),
            most=100_000,
            note="From $m^*$ on MAML lowers the risk of hard tasks and raises that of easy ones.",
            claims=("FAIR",),
        ),
        Curves(
            id="steps",
            title="Iterations to accuracy",
            quantity="m",
            per=per,
            axis=axis,
            values="steps, one task at a time",
            curves=tuple(
                Drawn(of=STEPS[name], label=name.upper(), colour=ERM if name == "erm" else MAML)
                for name in ("erm", "maml")
            ),
            across=(threshold,),
            most=100_000,
            includes=(0.0,),
            note="One task at a time, with the largest step that is safe for all of them; all tasks with one optimum. "
            "Gradient descent on all tasks at once needs one step here: every Hessian is a multiple of the identity.",
            claims=("OPT.sgd", "OPT.sgd.contraction"),
        ),
    )


def _presets() -> tuple[Preset, ...]:
    many = {"m": 100_000, "n": 100_000}
    return (
        Preset(
            title="Few samples",
            sees=r"The gain is close to 1: without a multiple of $d_{\mathrm{eff}}+1$ samples there is little to gain. "
            "Move $m$ to the right, past $m^*$: the gain grows.",
            claim="D.sandwich.lower",
            values={"m": 20, "n": 20},
        ),
        Preset(
            title="Hard tasks spread out: no gain",
            sees=r"Plenty of samples, and still the gain is near 1: it is below $1+\Delta^2/V_H$.",
            claim="N2",
            values={**many, "V_H": 20},
        ),
        Preset(
            title="Hard tasks packed: large gain",
            sees=r"The same samples, the hard optima close together: a limit that grows like $\Delta^2/V_H$.",
            claim="N2.packing",
            values={**many, "V_H": "1/50"},
        ),
        Preset(
            title="Easy tasks spread out: gain stays",
            sees="Now the easy optima are spread out. The limit does not move, $V_E$ is not in it; it only takes more "
            "samples.",
            claim="L1",
            values={**many, "V_H": "1/50", "V_E": 4},
        ),
    )


@cache
def explorer() -> Explorer:
    """What can be moved and what is shown of the easy/hard mixture."""
    return Explorer(
        title="Explore the gain",
        summary="Move the tasks, their optima and the samples, and see what becomes of the gain.",
        about="How much better is one step of adaptation from MAML's starting point than from ERM's? Move $m$, the "
        "number of test samples, and watch the gain grow past the threshold $m^*$. Then spread out the hard optima, "
        "$V_H$, and watch it vanish. Four settings to begin with:",
        sliders=_sliders(),
        numbers=_numbers(),
        plots=_plots(),
        presets=_presets(),
        expressions=expressions,
    )
