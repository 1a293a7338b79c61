"""Ridge regression on an orthonormal design: a second theory, small, that goes through everything the first does."""

from tests.ridge.theory import THEORY as THEORY
