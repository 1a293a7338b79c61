"""Quantities of the theory, measured by running its definitions; no formula of ``theory`` gives a value here."""
