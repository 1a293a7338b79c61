"""The site of a theory: pages that open from a folder, with every claim, its proof and its evidence.

living.py says what a page with moving parts is, and which there are; explorer/ makes that of what can be moved in a
theory; standalone.py makes one file of such a page.
"""
