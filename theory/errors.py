"""Errors about the mathematics: a value outside the domain of what it is used for."""

from __future__ import annotations


class DomainError(ValueError):
    """A parameter lies outside the domain on which an object of the theory is defined."""
