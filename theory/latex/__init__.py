"""Formulas as LaTeX: scalars, trace polynomials, statements, domains and derivations, in the paper's notation."""

from theory.latex.names import macro_name as macro_name
from theory.latex.names import symbol_latex as symbol_latex
from theory.latex.printer import latex as latex
from theory.latex.text import text_latex as text_latex
from theory.latex.words import polynomial_latex as polynomial_latex
