"""The page on which the graph of claims can be moved, searched and asked what falls with a claim.

living_page.py puts it together: the picture and the data are those of ``verify graph``, network.js lets them move, with
d3 for zooming, network.css lays them out.
"""
