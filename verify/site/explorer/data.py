"""What the page of an explorer knows besides the formulas: names, meanings, positions of sliders, pictures, presets."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from markupsafe import Markup

from verify.claims.explorer import Curves, Drawn, Plane, Preset, Shown, Slider
from verify.claims.quantities import Unit
from verify.runtime.errors import BadInput
from verify.site.explorer.letters import lettered, plain, tagged, written
from verify.site.explorer.model import Model
from verify.site.living import Material
from verify.typesetting.typesetter import typesetter


class Data:
    """The parts of the page, each as what JSON and the template take; collected once, in the order of the page."""

    def __init__(self, material: Material, model: Model) -> None:
        self.material, self.model = material, model
        explorer = model.explorer
        self.sliders = [self._slider(s) for s in explorer.sliders]
        self.numbers = [self._number(n, i) for i, n in enumerate(explorer.numbers)]
        self.plots = [self._plane(p) if isinstance(p, Plane) else self._curves(p) for p in explorer.plots]
        self.presets = [self._preset(p) for p in explorer.presets]
        self.units = self._sentence(material.theory.notation.about)
        usual = model.usual()  # before the conditions are listed, to which it adds
        names = self._names()
        self.conditions = [{**c, "html": lettered(c["says"], names)} for c in model.condition_data()]
        self.everything = {
            "command": model.command(),
            "sliders": self.sliders,
            "numbers": self.numbers,
            "plots": self.plots,
            "presets": self.presets,
            "conditions": self.conditions,
            "usual": usual,
        }

    def _names(self) -> dict[str, str]:
        """The LaTeX of everything that a condition may mention."""
        theory = self.material.theory
        named = {e.symbol.name: e.latex for e in theory.named.values() if e.symbol is not None}
        return {q.name: q.latex for q in theory.vocabulary.values()} | named

    def _sentence(self, text: str) -> Markup:
        """What a quantity means, with the names in it as letters."""
        return tagged(typesetter(self.material.theory).sentence(text))

    def _claim(self, claim: str) -> dict[str, str]:
        if claim and claim not in self.material.theory.catalogue:
            raise BadInput(f"the explorer names the claim {claim}, which {self.material.theory.name} does not state")
        return {"claim": claim, "href": self.material.link(claim) if claim else ""}

    def _slider(self, slider: Slider) -> dict[str, Any]:
        quantity = self.material.theory.vocabulary[slider.name]
        positions = slider.positions(whole=quantity.integer)
        nearest = min(range(len(positions)), key=lambda i: abs(positions[i] - slider.start))  # type: ignore[operator]
        return {
            "name": slider.name,
            "html": written(quantity.latex),
            "plain": plain(written(quantity.latex)),
            "meaning": self._sentence(slider.meaning or quantity.meaning),
            "unit": _unit(quantity.unit),
            "whole": quantity.integer,
            "positions": [str(p) for p in positions],
            "count": len(positions),
            "at": nearest,
            "start": str(slider.start),
            "group": slider.group,
            "sets": [self.model.plain(f"{slider.name} = {label}", value) for label, value in slider.sets],
            "labels": [tagged(label) for label, _ in slider.sets],
        }

    def _number(self, shown: Shown, index: int) -> dict[str, Any]:
        item = self.model.shown(shown)
        expression = item.expression
        if expression is None:
            raise BadInput(f"{shown.name} is no named expression")
        return {
            "index": index,
            "key": item.key,
            "name": expression.name,
            "html": written(shown.label or expression.latex),
            "plain": plain(written(shown.label or expression.latex)),
            "meaning": self._sentence(shown.meaning or expression.meaning),
            "unit": _unit(expression.unit),
            "group": shown.group,
            "parameters": dict(item.parameters),
            "conditions": item.conditions,
            **self._claim(shown.claim or expression.defined_by),
        }

    def _drawn(self, drawn: Drawn) -> dict[str, Any]:
        item = self.model.shown(drawn.of)
        return {
            "key": item.key,
            "conditions": (*item.conditions, *self.model.conditions_of(drawn.only)),
            "label": plain(tagged(drawn.label)),
            "html": str(tagged(drawn.label)),
            "colour": drawn.colour,
            "dash": drawn.dash,
        }

    def _curves(self, plot: Curves) -> dict[str, Any]:
        forth, back = self.model.along(plot)
        return {
            "kind": "curves",
            "id": plot.id,
            "title": plot.title,
            "quantity": plot.quantity,
            "forth": forth,
            "back": back,
            "axis": str(tagged(plot.axis)),
            "axis_plain": plain(tagged(plot.axis)),
            "values": str(tagged(plot.values)),
            "curves": [self._drawn(c) for c in plot.curves],
            "across": [self._drawn(c) for c in plot.across],
            "levels": [self._drawn(c) for c in plot.levels],
            "ends": [float(Fraction(end)) for end in (plot.least, plot.most)],
            "log": plot.log,
            "includes": plot.includes,
            "note": tagged(plot.note),
            "claims": [self._claim(claim) for claim in plot.claims],
        }

    def _plane(self, plot: Plane) -> dict[str, Any]:
        formula = self.model.plain
        clouds = [
            {
                "label": c.label,
                "place": formula(f"place {c.label}", c.place),
                "radius": formula(f"radius {c.label}", c.radius),
                "colour": c.colour,
            }
            for c in plot.clouds
        ]
        places = [
            {"label": p.label, "place": formula(f"place {p.label}", p.place), "colour": p.colour} for p in plot.places
        ]
        return {
            "kind": "plane",
            "id": plot.id,
            "title": plot.title,
            "axis": str(tagged(plot.axis)),
            "clouds": clouds,
            "places": places,
            "note": tagged(plot.note),
            "claims": [self._claim(claim) for claim in plot.claims],
        }

    def _preset(self, preset: Preset) -> dict[str, Any]:
        known = {s["name"] for s in self.sliders}
        if unknown := set(preset.values) - known:
            raise BadInput(f"the preset {preset.title!r} sets {min(unknown)!r}, which no slider moves")
        values = {name: str(value) for name, value in preset.values.items()}
        return {
            "title": preset.title,
            "sees": tagged(preset.sees),
            "values": values,
            "hash": "#" + "&".join(f"{name}={value}" for name, value in values.items()),
            **self._claim(preset.claim),
        }


def _unit(unit: Unit) -> Markup:
    """A unit in HTML; nothing for a pure number."""
    ordered = sorted(unit.powers, key=lambda factor: factor[1] < 0)
    factors = (f"{name}<sup>{power}</sup>" if power != 1 else name for name, power in ordered)
    return Markup(" ".join(factors).replace("-", "−"))
