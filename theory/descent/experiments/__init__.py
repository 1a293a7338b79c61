"""Named runs with a table and a figure: ``verify simulate --theory descent NAME``.

The curves are the right-hand sides of claims, evaluated from their text.
"""

NAMES = ("rates", "floor")
