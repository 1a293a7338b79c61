"""What a statement means, in the language of ``verify.kernel.spaces``, and its proof while it is being written.

``problem``: names with their sorts, definitions, hypotheses and goals. ``script``: every node of a proof is given to
the checker's own rule. ``dump``: terms and formulas as a certificate writes them.
"""
