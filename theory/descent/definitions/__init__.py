"""The methods and the losses, run: by their definitions, in floating point. Nothing here knows a claim.

``losses`` random quadratics and logistic regression, each a mean over samples; ``methods`` what is run on them.
"""
