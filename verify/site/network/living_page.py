"""The page of the graph: a picture that can be zoomed and searched, and what is known of the claim that is chosen."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from verify.claims.selection import select
from verify.regression.graph.appearance import KINDS, OUTLINE, TEXT, VERDICTS, verdict_class
from verify.regression.graph.dependencies import BOTH, PROVE, STATE
from verify.regression.graph.layers import HEIGHT
from verify.regression.graph.legend import SAMPLE, legend
from verify.regression.graph.network import Network
from verify.regression.graph.placement import place
from verify.regression.graph.shapes import n
from verify.regression.graph.svg import drawing
from verify.reports.network import network_of
from verify.runtime.distribution import with_extra
from verify.runtime.errors import BadInput
from verify.site.living import Living, Material
from verify.site.pages import Markup, rendered

HERE = Path(__file__).parent
ZOOMING = ("mpld3", "mpld3/js/d3.v5.min.js")  # the package that brings d3, and the file in it


def living_page(material: Material) -> Living:
    """The page for the theory of a site; ``BadInput`` where a library is missing that draws it or lets it move."""
    theory = material.theory
    made, _ = network_of(select([], theory), material.found, page=material.link)
    data = json.dumps(made.to_json(), ensure_ascii=False, separators=(",", ":"))
    return Living(
        name="network",
        title="What rests on what",
        summary="The claims as a graph: find one, see what it rests on, and what falls if it is false.",
        body=_body(made),
        styles=("network.css", "looks.css"),
        scripts=("d3.min.js", "data.js", "network.js"),
        files={
            "d3.min.js": _zooming(),
            "data.js": f"window.NETWORK = {data};\n",
            "network.js": (HERE / "network.js").read_text(encoding="utf-8"),
            "network.css": (HERE / "network.css").read_text(encoding="utf-8"),
            "looks.css": looks(),
        },
    )


def _body(made: Network) -> str:
    placed = place(made)
    families: dict[str, int] = {}
    for node in made.nodes:
        families[node.family] = families.get(node.family, 0) + 1
    return rendered(
        "network",
        drawing=Markup("\n".join(drawing(made, placed))),
        width=n(placed.width),
        height=n(placed.height),
        legend=[(says, Markup(sample)) for says, sample in legend(made)],
        sample=(SAMPLE, HEIGHT),
        nodes=made.nodes,
        families=families,
        theory=made.theory,
        refutable=any(not node.expected for node in made.nodes),
        lines=[KINDS[kind] for kind in (PROVE, STATE) if any(edge.kind in (kind, BOTH) for edge in made.edges)],
    )


def looks() -> str:
    """The colours of claims and edges as a style sheet: light, and dark where the site is."""
    light, dark = ("\n".join(_colours(shade)) for shade in ("light", "dark"))
    rules = [f"#network {{\n{light}\n}}"]
    rules.append(f'body[data-theme="dark"] #network {{\n{dark}\n}}')
    rules.append(f'@media (prefers-color-scheme: dark) {{ body:not([data-theme="light"]) #network {{\n{dark}\n}} }}')
    for verdict in VERDICTS:
        name = verdict_class(verdict)
        rules.append(f"#network .{name} .box {{ fill: var(--{name}); }}")
    for line in KINDS.values():
        dashes = f" stroke-dasharray: {line.dashes};" if line.dashes else ""
        rules.append(f"#network .{line.name} {{ stroke: var(--{line.name});{dashes} }}")
    return "\n".join(rules) + "\n"


def _colours(shade: str) -> Iterator[str]:
    named: dict[str, Mapping[str, str]] = {
        "words": dict(zip(("light", "dark"), TEXT, strict=True)),
        "outline": dict(zip(("light", "dark"), OUTLINE, strict=True)),
    }
    for verdict, look in VERDICTS.items():
        named[verdict_class(verdict)] = {"light": look.light, "dark": look.dark}
    for line in KINDS.values():
        named[line.name] = {"light": line.light, "dark": line.dark}
    yield from (f"  --{name}: {colours[shade]};" for name, colours in named.items())


def _zooming() -> bytes:
    """d3, as a package brings it."""
    package, path = ZOOMING
    try:
        file = importlib.metadata.distribution(package).locate_file(path)
        return Path(str(file)).read_bytes()
    except (importlib.metadata.PackageNotFoundError, OSError):
        what = "the library that moves pictures is not installed"
        raise BadInput(what, with_extra("site")) from None
