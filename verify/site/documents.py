"""The written documentation and the reference as pages, in the order in which the documentation's own list has them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from verify.claims.theory import Theory
from verify.reports.account import account
from verify.reports.docs import notation
from verify.runtime.errors import BadInput
from verify.site.pages import Page, escaped

# What the site has pages of its own for.
_REPLACED = ("README.md", "claims.md", "notation.md", "abstract.md")
_ABOVE = {"CHANGELOG.md": "changelog", "CONTRIBUTING.md": "contributing"}
_GUIDE = ("prove", "check", "vectors", "certificate", "paper", "draft", "claims", "theory", "simulate", "images")
_LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")


def default_folder() -> Path | None:
    """The documentation that comes with a checkout or a source distribution; None where there is none."""
    folder = Path(__file__).parents[2] / "docs"
    return folder if (folder / "guide").is_dir() else None


def default_trials(docs: Path | None) -> Path | None:
    """What has been found about the hypotheses of the claims, where the documentation has it."""
    path = None if docs is None else docs / "hypotheses.json"
    return path if path is not None and path.is_file() else None


def written(folder: Path | None, others: Collection[str] = ()) -> dict[str, str]:
    """The pages of a folder of documentation, by name; links that lead out of the site become text.

    ``others``: names of pages that are made of other files of this folder. ``BadInput`` for one that has no pages.
    """
    if folder is None:
        return {}
    texts = {path.relative_to(folder).with_suffix("").as_posix(): path for path in sorted(folder.rglob("*.md"))}
    texts = {
        name: path for name, path in texts.items() if path.name not in _REPLACED or path.parent.name == "decisions"
    }
    if not texts:
        raise BadInput(f"{folder} has no pages of documentation", "give a folder with .md files, or none")
    above = {name: folder.parent / file for file, name in _ABOVE.items() if (folder.parent / file).is_file()}
    places = {**{path.resolve(): name for name, path in texts.items()}, **{p.resolve(): n for n, p in above.items()}}
    places.update({(folder / f"{name}.ipynb").resolve(): name for name in others})
    own = {(folder / file).resolve(): Path(file).stem for file in _REPLACED}
    places.update({path: {"README": "index"}.get(name, name) for path, name in own.items()})
    return {
        name: _linked(path.read_text(encoding="utf-8"), path, name, places) for name, path in {**texts, **above}.items()
    }


def _kept(path: Path) -> bool:
    """Whether a page has a name that the site has another page for, and is another one."""
    return path.parent.name == "decisions"


def generated(theory: Theory, verdicts: Mapping[str, str]) -> list[Page]:
    """Notation, and the text that the theory is about, sentence by sentence."""
    pages = [Page("notation", notation(theory))]
    if any(True for _ in theory.sentences()):
        pages.append(Page("abstract", _with_links(account(theory, verdicts), theory)))
    return pages


def reference() -> list[Page]:
    """The public interface from its docstrings, and the command line from its own help."""
    import verify

    parts = ["# Python", "", "What `import verify` offers; everything else is internal.", ""]
    for name in verify.__all__:
        kind = "autoclass" if isinstance(getattr(verify, name), type) else "autofunction"
        parts += [f"```{{eval-rst}}\n.. {kind}:: verify.{name}\n```", ""]
    commands = [
        "# Command line",
        "",
        "```{eval-rst}",
        ".. click:: verify.cli:cli",
        "   :prog: verify",
        "   :nested: full",
    ]
    return [
        Page("reference/python", "\n".join(parts)),
        Page("reference/commands", "\n".join([*commands, "```", ""])),
    ]


def trees(names: set[str], living: list[tuple[str, str]]) -> str:
    """The tables of contents of the start page, in Markdown; a part without pages is left out."""
    first = [name for name, _ in living]
    guide = [f"guide/{name}" for name in _GUIDE if f"guide/{name}" in names]
    guide += sorted(n for n in names if n.startswith("guide/") and n not in guide)
    groups = {
        "The theory": [*first, "claims", "false", "figures", "abstract", "notation", "computations"],
        "Guide": guide,
        "Reference": ["latex", "vectors", "reference/commands", "reference/python"],
        "About": ["soundness", "limits", "architecture", *_starting(names, "benchmarks"), "changelog", "contributing"],
    }
    known = {name for group in groups.values() for name in group}
    groups["About"] += sorted(n for n in names - known if "/" not in n)
    groups["About"] += [n for n in ("decisions/README",) if n in names]
    parts = []
    for caption, members in groups.items():
        found = [name for name in members if name in names or name in first]
        if found:
            parts += ["```{toctree}", ":hidden:", f":caption: {caption}", "", *found, "```", ""]
    return "\n".join(parts)


def _starting(names: set[str], start: str) -> list[str]:
    return sorted(name for name in names if name.startswith(start))


def _linked(text: str, path: Path, name: str, places: Mapping[Path, str]) -> str:
    """The text of a page with its links to other pages as they are in the site."""
    up = "../" * name.count("/")

    def link(found: re.Match[str]) -> str:
        target, anchor = found[1], found[2] or ""
        if ":" in target:
            return found[0]
        page = places.get((path.parent / target).resolve())
        return f"]({up}{page}.md{anchor})" if page is not None else "](#)"

    text = _LINK.sub(link, text)
    text = re.sub(r"\[([^\]]*)\]\(#\)", r"\1", text)
    orphan = "---\norphan: true\n---\n\n" if _hidden(name) else ""
    return orphan + text


def _hidden(name: str) -> bool:
    """Whether a page is reached from another page and not from the tables of contents."""
    folder, _, last = name.rpartition("/")
    return folder not in ("", "guide") and last != "README"


def _with_links(text: str, theory: Theory) -> str:
    """A generated page where ids of claims lead to their pages."""
    return re.sub(
        r"`([^`\s]+)`", lambda m: f"[{escaped(m[1])}](claims/{m[1]}.md)" if m[1] in theory.catalogue else m[0], text
    )
