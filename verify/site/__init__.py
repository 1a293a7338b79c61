"""The site of a theory: pages that open from a folder, with every claim, its proof and its evidence.

living.py says what a page with moving parts is, and which there are.
"""
