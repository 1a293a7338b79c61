"""The explorer of a theory: sliders, exact numbers and pictures, computed in the page by formulas that are generated.

printer.py writes formulas as JavaScript, letters.py names as HTML; model.py collects what has to be computed, data.py
what is said of it; page.py puts the page together. rational.js computes exactly, state.js holds what the sliders say,
plots.js draws, page.js ties these together; body.html and explorer.css are the page.
"""

from __future__ import annotations

from pathlib import Path

from verify.claims.theory import Theory
from verify.runtime.errors import BadInput
from verify.runtime.files import write


def standalone(theory: Theory, path: Path | str) -> None:
    """Write the explorer of a theory as one HTML file that needs nothing else; ``BadInput`` if it has none."""
    from verify.site.explorer.page import page
    from verify.site.living import Material
    from verify.site.standalone import document

    found = page(Material(theory, {}))
    if found is None:
        raise BadInput(f"the theory {theory.name} has no explorer", "give it one: Theory(explorer=...)")
    write(path, document(found))
