"""The site as a whole: its pages are written, made into HTML by Sphinx, and put in place in one step."""

from __future__ import annotations

import importlib.metadata
import io
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from verify.claims import theories
from verify.claims.selection import select
from verify.reports.latex_evidence import UNKNOWN, found, with_needed
from verify.reports.needed import in_file
from verify.runtime import files
from verify.runtime.distribution import with_extra
from verify.runtime.errors import BadInput
from verify.site import documents
from verify.site.claim_pages import ClaimPages
from verify.site.configuration import configuration
from verify.site.gallery import gallery
from verify.site.lists import Lists, figures_page
from verify.site.living import Living, Material
from verify.site.makers import MAKERS
from verify.site.notebooks import files_in
from verify.site.notebooks import notebooks as run_notebooks
from verify.site.pages import Page, embedded, escaped
from verify.typesetting.text import capital

STATIC = Path(__file__).with_name("static")
MARK = ".verify-site"  # in a folder that a site was written to, and that the next one may replace
MATHEMATICS = "sphinx-mathjax-offline"
_INSTALL = with_extra("site")

Said = Callable[[str], None]


def build(
    out: Path,
    *,
    said: Said,
    results: Path | None = None,
    hypotheses: Path | None = None,
    figures: Path | None = None,
    docs: Path | None = None,
    notebooks: Path | None = None,
) -> list[str]:
    """Write the site of the theory in force to a folder; what Sphinx warned about.

    ``results``: of ``verify check --json``, else what the cache or the lock knows. ``hypotheses``: of ``verify
    hypotheses --json``. ``figures``: a gallery. ``docs``: the written documentation. ``notebooks``: a folder of
    them, which are run. ``said`` is told what is done.
    ``BadInput`` for a folder that holds something else.
    """
    _replaceable(out)
    files_in(notebooks)  # what is bad input is said before any work
    pictures = gallery(figures)
    theory = theories.current()
    said("what is known of every claim")
    about = select([], theory)
    known = found(replace(about, ids=list(about.table)), results)  # of what is cited too
    if hypotheses is not None:
        judged = in_file(hypotheses, about.table).items()
        known |= {name: with_needed(known.get(name, UNKNOWN), trials) for name, trials in judged}
    material = Material(theory, known)
    living = [page for page in (make(material) for make in MAKERS) if page is not None]
    said("the pages of the claims")
    writer = ClaimPages(material, pictures.by_claim())
    claims = writer.made()
    lists = Lists(material, writer, living)
    verdicts = {name: one.verdict for name, one in material.found.items()}
    pages = [*claims.pages, lists.claims(), lists.false(), *documents.generated(theory, verdicts)]
    pages += [figures_page(pictures.figures)] if pictures.figures else []
    pages += documents.reference()
    if notebooks is not None:
        said("the notebooks, which are run")
    shown = run_notebooks(notebooks)
    pages += shown
    pages += [Page(name, text) for name, text in documents.written(docs, {page.name for page in shown}).items()]
    pages += [_living(page) for page in living]
    names = {page.name for page in pages}
    pages.append(lists.start(documents.trees(names, [(page.name, page.title) for page in living])))
    static = {**{k: v.encode() for k, v in claims.downloads.items()}, **pictures.files, **_static(living)}
    said(f"{len(pages)} pages as HTML")
    title = capital(theory.title or theory.name)
    return _written(out, {page.name: page.text for page in pages}, static, configuration(title))


def _living(page: Living) -> Page:
    """A page that moves: its HTML, with the styles and scripts that it loads."""
    folder = f"_static/{page.name}"
    parts = [f'<link rel="stylesheet" href="{folder}/{name}">' for name in page.styles]
    parts += [page.body]
    parts += [f'<script defer src="{folder}/{name}"></script>' for name in page.scripts]
    return Page(page.name, f"# {escaped(page.title)}\n\n{embedded(chr(10).join(parts))}\n")


def _static(living: list[Living]) -> dict[str, bytes]:
    """The files of the pages, by path in the site, and the renderer of formulas with its fonts."""
    found = {f"_static/{path.name}": path.read_bytes() for path in sorted(STATIC.iterdir())}
    for page in living:
        for name, content in page.files.items():
            data = content.encode() if isinstance(content, str) else content
            found[f"_static/{page.name}/{name}"] = data
    return {**found, **_mathematics()}


def _mathematics() -> dict[str, bytes]:
    """MathJax, as a package brings it, with the fonts that it loads."""
    try:
        packed = importlib.metadata.files(MATHEMATICS) or []
    except importlib.metadata.PackageNotFoundError:
        raise BadInput("the renderer of formulas is not installed", _INSTALL) from None
    wanted = re.compile(r"static/mathjax/(tex-chtml\.js|output/chtml/fonts/woff-v2/[^/]+\.woff)$")
    found = {}
    for path in packed:
        match = wanted.search(path.as_posix())
        if match:
            found[f"_static/mathjax/{match[1]}"] = Path(str(path.locate())).read_bytes()
    if not any(name.endswith(".js") for name in found):
        raise BadInput(f"the package {MATHEMATICS} has no MathJax in it", _INSTALL)
    return found


def _replaceable(out: Path) -> None:
    """``BadInput`` unless the folder is not there, empty, or a site."""
    try:
        if out.exists() and not (out / MARK).is_file() and any(out.iterdir()):
            raise BadInput(f"{out} is not empty, and no site", "give a folder that does not exist, or an older site")
    except OSError as error:
        raise BadInput(f"cannot write to {out}: {error.strerror}", "give a folder") from error


def _written(
    out: Path, pages: Mapping[str, str], static: Mapping[str, bytes], settings: dict[str, object]
) -> list[str]:
    """Sphinx run on the pages beside the target, whose place the result takes when it is whole."""
    target = Path(os.path.realpath(out))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".site-", dir=target.parent))
    except OSError as error:
        raise BadInput(f"cannot write to {out}: {error.strerror}", "choose another folder with --out") from error
    try:
        for name, text in pages.items():
            files.write_below(work / "pages" / f"{name}.md", text)
        warnings = _sphinx(work, settings)
        made = work / "html"
        for path, data in static.items():
            files.write_below(made / path, data)
        files.write(made / MARK, "A site, written by verify site; the next one takes its place.\n")
        files.put_folder(made, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return warnings


def _sphinx(work: Path, settings: dict[str, object]) -> list[str]:
    try:
        from sphinx.application import Sphinx
        from sphinx.util.docutils import docutils_namespace
    except ImportError:
        raise BadInput("the documentation generator is not installed", _INSTALL) from None
    warnings = io.StringIO()
    with docutils_namespace():
        app = Sphinx(
            work / "pages",
            None,
            work / "html",
            work / "doctrees",
            "html",
            confoverrides=settings,
            status=None,
            warning=warnings,
        )
        app.set_html_assets_policy("always")  # formulas stand in HTML too, which Sphinx does not look into
        app.build()
    for left in (work / "html" / "objects.inv", work / "html" / ".buildinfo"):
        left.unlink(missing_ok=True)
    shutil.rmtree(work / "html" / "_sources", ignore_errors=True)
    for path in sorted((work / "html").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        # The captions of the tables of contents are headings without a level, which a screen reader can't place.
        files.write(path, text.replace('role="heading">', 'role="heading" aria-level="2">'))
    lines = warnings.getvalue().replace(str(work / "pages") + os.sep, "").splitlines()
    return [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines if line.strip()]
