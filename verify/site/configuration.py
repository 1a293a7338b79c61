"""How Sphinx makes the pages: its extensions, the theme, and the renderer of formulas that the site brings."""

from __future__ import annotations

from typing import Any

# The inline formulas of the pages stand in \( \), and displays in \[ \]: all of a page's text is read for them, but no
# code and no form.
_MATHJAX: dict[str, Any] = {
    # A command that MathJax does not know is an error, which the tests look for, and no red text.
    "tex": {
        "inlineMath": [["\\(", "\\)"]],
        "displayMath": [["\\[", "\\]"]],
        "packages": {"[-]": ["noundefined"]},
    },
    "chtml": {"displayAlign": "left", "displayIndent": "1.5em", "mtextInheritFont": True},
    "options": {"enableMenu": False, "ignoreHtmlClass": "no-mathematics"},
}


def configuration(title: str) -> dict[str, Any]:
    """The settings of Sphinx for a site with this title."""
    return {
        "project": title,
        "author": "",
        "html_title": title,
        "extensions": ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.mathjax", "sphinx_click"],
        "myst_enable_extensions": ["dollarmath"],
        "myst_heading_anchors": 4,
        "myst_update_mathjax": False,
        "mathjax_path": "mathjax/tex-chtml.js",
        "mathjax3_config": _MATHJAX,
        "mathjax_options": {"defer": "defer"},
        "html_theme": "furo",
        "html_theme_options": {"navigation_with_keys": True, "top_of_page_buttons": []},
        "html_css_files": ["site.css"],
        "html_js_files": [("site.js", {"defer": "defer"})],
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_show_search_summary": False,  # it would be fetched, which no browser does from a folder
        "html_show_sphinx": False,
        "html_show_copyright": False,
        "html_last_updated_fmt": None,
        "html_permalinks_icon": "#",
        "language": "en",
        "highlight_language": "none",
        "autodoc_member_order": "bysource",
        "autodoc_typehints": "description",
        "autodoc_default_options": {"members": True},
        "suppress_warnings": ["myst.xref_missing", "misc.highlighting_failure"],
        "keep_warnings": False,
    }
