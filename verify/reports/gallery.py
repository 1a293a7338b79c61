"""The gallery of the experiments of a theory: a page that opens from its folder, and the same as JSON.

``verify.site`` puts the figures onto the pages of the claims that they are about.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from string import Template

from verify.claims.theory import Theory
from verify.runtime import files

PAGE, INDEX = "gallery.html", "gallery.json"
SHOWN = ("svg", "png")  # formats that a page can show, the best first
_TEMPLATE = Path(__file__).with_name("gallery.html")


@dataclass(frozen=True)
class Entry:
    """One experiment. ``files`` are in the folder of the gallery; ``parameters`` are (name, meaning, value).

    ``key`` stands for settings, seed and code: while it is the same, the experiment need not be run again.
    """

    name: str
    title: str
    about: str
    files: tuple[str, ...]
    summary: tuple[str, ...]
    agrees: bool
    claims: tuple[str, ...]
    parameters: tuple[tuple[str, str, str], ...]
    key: str

    @property
    def picture(self) -> str:
        """The file that a page shows."""
        return next(name for form in SHOWN for name in self.files if name.endswith(f".{form}"))

    def shows(self, formats: Sequence[str], folder: Path) -> bool:
        """Whether the folder has the table, and the figure in these formats and in no other that the entry knows."""
        wanted = {f"{self.name}.{suffix}" for suffix in ("csv", *formats)}
        return wanted == set(self.files) and all((folder / name).is_file() for name in wanted)


def read(folder: Path) -> dict[str, Entry]:
    """The entries of a gallery that is there, by name; none where there is none, or something else."""
    try:
        data = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        found = [_entry(each) for each in data["figures"]]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {entry.name: entry for entry in found}


def _entry(data: Mapping[str, object]) -> Entry:
    """``TypeError`` for fields that are missing or of another kind."""
    plain = {name: data[name] for name in ("name", "title", "about", "key")}
    lists = {name: data[name] for name in ("files", "summary", "claims", "parameters")}
    if not (all(isinstance(x, str) for x in plain.values()) and all(isinstance(x, list) for x in lists.values())):
        raise TypeError("no entry of a gallery")
    texts = {name: tuple(map(str, lists[name])) for name in ("files", "summary", "claims")}  # type: ignore[call-overload]
    rows = tuple((str(a), str(b), str(c)) for a, b, c in lists["parameters"])  # type: ignore[attr-defined]
    return Entry(**plain, **texts, parameters=rows, agrees=data["agrees"] is True)  # type: ignore[arg-type]


def write(folder: Path, theory: Theory, entries: Sequence[Entry]) -> None:
    """Write both files; the same entries give the same bytes."""
    data = {"theory": theory.name, "figures": [asdict(entry) for entry in entries]}
    files.write(folder / INDEX, json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    files.write(folder / PAGE, html(theory, entries))


def html(theory: Theory, entries: Sequence[Entry]) -> str:
    """The page: each experiment with its figure, what it shows, what it is about and what it was run with."""
    titles = {name: claim.title for name, claim in theory.stated.items()}
    links = "".join(f'<li><a href="#{escape(e.name)}">{escape(e.title)}</a></li>\n' for e in entries)
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        theory=escape(theory.title or theory.name),
        links=links,
        experiments="\n".join(_section(entry, titles) for entry in entries),
    )


def _section(e: Entry, titles: Mapping[str, str]) -> str:
    expected = "the theory" if e.claims else "what it was made to show"
    verdict = f"agrees with {expected}" if e.agrees else f"does not agree with {expected}"
    claims = "".join(f"<li><code>{escape(c)}</code> {escape(titles.get(c, ''))}</li>" for c in e.claims)
    rows = "".join(
        f"<tr><th scope='row'><code>{escape(name)}</code></th><td>{escape(value)}</td><td>{escape(meaning)}</td></tr>"
        for name, meaning, value in e.parameters
    )
    more = " ".join(f'<a href="{escape(name)}">{escape(name)}</a>' for name in e.files)
    return f"""<section id="{escape(e.name)}">
<h2>{escape(e.title)}</h2>
<figure>
<a href="{escape(e.picture)}"><img src="{escape(e.picture)}" alt="{escape(alt(e))}"></a>
<figcaption><b class="{"good" if e.agrees else "bad"}">{verdict}</b></figcaption>
</figure>
<ul class="found">{"".join(f"<li>{escape(line)}</li>" for line in e.summary)}</ul>
<p>{escape(e.about)}</p>
{f"<h3>About</h3><ul>{claims}</ul>" if claims else ""}
<details><summary>Parameters</summary><table>
<thead><tr><th scope="col">name</th><th scope="col">value</th><th scope="col">meaning</th></tr></thead>
<tbody>{rows}</tbody></table></details>
<p class="files">{more}</p>
</section>"""


def alt(e: Entry) -> str:
    """What a reader who does not see the figure is told: its title, and what was found."""
    return " ".join([e.title, *(f"{line.rstrip('.')}." for line in e.summary)])
