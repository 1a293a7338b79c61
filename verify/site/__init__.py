"""The site of a theory: pages that open from a folder, with every claim, its proof and its evidence.

build.py makes the whole, by Sphinx with the settings of configuration.py. pages.py is one page, prose.py the sheet's
text as HTML, claim_pages.py the pages of claims and computations, lists.py those that lead to them, documents.py the
written documentation and the reference, gallery.py the figures of experiments, notebooks.py notebooks and what they
show. witness_figure.py draws a counterexample, along the line that witness_line.py finds.
living.py says what a page with moving parts is, makers.py which there are: explorer/ and network/, the graph of claims.
standalone.py makes one document of such a page, and explore.py shows it in a notebook.
"""
