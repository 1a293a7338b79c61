"""What a page of the site that moves consists of, and what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from verify.claims.theory import Theory
from verify.reports.latex_evidence import Found


def page_of(claim: str) -> str:
    """The address of a claim's page, from the root of the site."""
    return f"claims/{claim}.html"


@dataclass(frozen=True)
class Material:
    """What the pages of a site are made of: a theory, and what is known of each of its claims, by id.

    ``link`` is the address of a claim's page as seen from a living page, which lies at the root of the site.
    """

    theory: Theory
    found: Mapping[str, Found]
    link: Callable[[str], str] = page_of


@dataclass(frozen=True)
class Living:
    """A page at NAME.html: ``body`` is HTML below the heading, which the site makes of ``title``.

    ``files`` are written into ``_static/NAME/``; ``styles`` and ``scripts`` are those among them that the page loads,
    in this order, the scripts when the document has been read. Colours come from the variables of the site's style
    (``--color-...`` of Furo), so that a page is light or dark with it.
    """

    name: str
    title: str
    summary: str
    body: str
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    files: Mapping[str, str | bytes] = field(default_factory=dict)


Maker = Callable[[Material], Living | None]
