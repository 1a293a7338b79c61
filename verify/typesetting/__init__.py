"""Formulas as LaTeX: scalars, trace polynomials, statements, domains and derivations, in the paper's notation."""

from verify.typesetting.matrices import polynomial_latex as polynomial_latex
from verify.typesetting.names import macro_name as macro_name
from verify.typesetting.names import symbol_latex as symbol_latex
from verify.typesetting.printer import latex as latex
from verify.typesetting.text import text_latex as text_latex
