"""The explorer of ridge regression: its risk against the penalty."""

from __future__ import annotations

from verify.claims.explorer import Curves, Drawn, Explorer, Preset, Shown, Slider

RISK, BEST = Shown(name="risk", claim="R.split"), Shown(name="best", claim="R.best")
EXPLORER = Explorer(
    title="Risk against penalty",
    summary="Move the penalty, the noise and the samples.",
    about="Some penalty is always better than none: which one, $\\lambda^{*}$ says.",
    sliders=(
        Slider(name="lam", least=0, most=5, step="1/20", start=1),
        Slider(name="d", least=1, most=1000, start=10),
        Slider(name="n", least=1, most=1000, start=20),
        Slider(name="B", least="1/10", most=10, start=1),
        Slider(name="nu", least="1/20", most=3, step="1/20", start=1),
    ),
    numbers=(RISK, BEST, *(Shown(name=name) for name in ("noise", "bias", "variance"))),
    plots=(
        Curves(
            id="risk",
            title="Risk",
            quantity="lam",
            axis=r"penalty $\lambda$",
            values="risk, $Y^2$",
            curves=(
                Drawn(of=RISK, label="risk"),
                Drawn(of=Shown(name="bias"), label="squared bias", colour=2, dash="dash"),
                Drawn(of=Shown(name="variance"), label="variance", colour=3, dash="dot"),
            ),
            across=(Drawn(of=BEST, label=r"$\lambda^{*}$", dash="dash"),),
            levels=(Drawn(of=Shown(name="noise"), label="least squares", dash="dot"),),
            least=0,
            most=5,
            log=(False, False),
            includes=(0.0,),
        ),
    ),
    presets=(
        Preset(title="Little noise", sees="Hardly any penalty is needed.", claim="R.many", values={"nu": "1/10"}),
    ),
)
