"""One page of the site as the documentation generator reads it: Markdown, with parts that are HTML already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).with_name("templates")
FENCE = "`" * 8
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$~&])")


@dataclass(frozen=True)
class Page:
    """``name`` is the page's path without a suffix; ``text`` is Markdown."""

    name: str
    text: str


def page(name: str, title: str, sections: Iterable[tuple[str, str]]) -> Page:
    """A page of sections (heading, HTML); the first of them has no heading of its own where it is empty.

    It stands beside the tree of pages, and is reached from a list.
    """
    parts = ["---", "orphan: true", "---", "", f"# {escaped(title)}", ""]
    for heading, html in sections:
        parts += [f"## {escaped(heading)}", ""] if heading else []
        parts += [embedded(html), ""]
    return Page(name, "\n".join(parts))


def embedded(html: str) -> str:
    """HTML inside Markdown; the search finds the words in it."""
    if FENCE in html:
        raise ValueError("the HTML has the fence in it")
    return f"{FENCE}{{raw}} html\n{html}\n{FENCE}"


def escaped(text: str) -> str:
    r"""Text that Markdown leaves as it is.

    >>> escaped("a_b * c")
    'a\\_b \\* c'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def rendered(template: str, **values: Any) -> str:
    """A template with values; text is escaped, ``Markup`` is not."""
    return _ENVIRONMENT.get_template(f"{template}.html").render(**values)


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.filters["css"] = lambda verdict: verdict.replace(" ", "-")  # as site.css calls it

__all__ = ["FENCE", "Markup", "Page", "embedded", "escaped", "page", "rendered"]
