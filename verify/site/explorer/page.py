"""The page of an explorer, as one of the site's pages that move."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from verify.runtime import distribution
from verify.runtime.errors import BadInput
from verify.site.explorer.data import Data
from verify.site.explorer.letters import tagged
from verify.site.explorer.model import Model
from verify.site.living import Living, Material

_HERE = Path(__file__).parent
STYLE = "explorer.css"
BEFORE, AFTER = ("rational.js",), ("state.js", "plots.js", "page.js")  # hand-written, around what is generated


def page(material: Material) -> Living | None:
    """The explorer of a theory; None for one that has none."""
    if material.theory.explorer is None:
        return None
    explorer = material.theory.explorer()
    model = Model(material.theory, explorer)
    data = Data(material, model)
    files = {
        **{name: (_HERE / name).read_text(encoding="utf-8") for name in (STYLE, *BEFORE, *AFTER)},
        "plotly.min.js": _plotly(),
        "formulas.js": model.script(),
        "data.js": f"verifyExplorer.data = {json.dumps(data.everything, ensure_ascii=False, indent=1)};\n",
    }
    about = tagged(explorer.about)
    body = _template().render(
        about=about,
        units=data.units,
        presets=data.presets,
        plots=data.plots,
        numbers=data.numbers,
        sliders=[{"name": name, "sliders": list(found)} for name, found in groupby(data.sliders, lambda s: s["group"])],
        groups=[{"name": name, "numbers": list(found)} for name, found in groupby(data.numbers, lambda n: n["group"])],
    )
    return Living(
        name="explorer",
        title=explorer.title,
        summary=explorer.summary,
        body=body,
        styles=(STYLE,),
        scripts=("plotly.min.js", *BEFORE, "formulas.js", "data.js", *AFTER),
        files=files,
    )


def _template() -> Template:
    names = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined)
    return names.get_template("body.html")


@cache
def _plotly() -> str:
    """The plotting library, out of the Python package that carries it."""
    try:
        found = resources.files("plotly") / "package_data" / "plotly.min.js"
        return found.read_text(encoding="utf-8")
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise BadInput(
            "the explorer draws with plotly, which is not installed", distribution.with_extra("site")
        ) from error
