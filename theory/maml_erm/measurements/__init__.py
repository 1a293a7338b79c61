"""Quantities of the theory, measured by running its definitions, and its statements compared with them."""
