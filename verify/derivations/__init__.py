"""Derivations step by step: trace polynomials, Gaussian and Wishart moments with symbolic sizes, rules, replays."""

from verify.derivations.expectation import E as E
from verify.derivations.expectation import sample_covariance as sample_covariance
from verify.derivations.trace_polynomials import Letter as Letter
from verify.derivations.trace_polynomials import TracePolynomial as TracePolynomial
from verify.derivations.wick import MatrixLaw as MatrixLaw
from verify.derivations.wick import UnsupportedWord as UnsupportedWord
from verify.derivations.wick import expectation as expectation
