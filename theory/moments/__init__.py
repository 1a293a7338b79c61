"""Gaussian and Wishart moments with symbolic dimension and sample size."""

from theory.moments.engine import E as E
from theory.moments.engine import sample_covariance as sample_covariance
from theory.moments.wick import MatrixLaw as MatrixLaw
from theory.moments.wick import UnsupportedWord as UnsupportedWord
from theory.moments.wick import expectation as expectation
from theory.moments.words import Letter as Letter
from theory.moments.words import TracePolynomial as TracePolynomial
