"""Formulas as LaTeX: scalars, trace polynomials, statements, domains and derivations, in the notation of a setting.

``names`` spells symbols, ``order`` orders terms and factors, ``arrange`` brings a formula into the form that is
printed, ``printer`` prints it; ``words`` and ``matrices`` print trace polynomials, ``folding`` finds the closed forms
that are printed by name, ``text`` sets sentences. ``typesetter`` puts these together for one setting. On top of it
are ``formulas``, ``domains``, ``spatial`` (statements about vectors), ``statements`` (with claims and named
expressions) and ``derivations``; ``line_breaks`` breaks what is too wide, and ``display`` is how notebooks show claims.
"""

from verify.typesetting.names import macro_name as macro_name
from verify.typesetting.typesetter import Typesetter as Typesetter
from verify.typesetting.typesetter import latex as latex
from verify.typesetting.typesetter import typesetter as typesetter
