"""The commands of the command line, one file a family. They load the libraries they need when they run.

checking.py has ``check``, proving.py ``prove``, listing.py ``list`` and ``show``, evaluating.py ``eval``, trying.py
``mutate`` and ``hypotheses``, regression.py ``lock``, ``graph``, ``impact`` and ``why``, latex.py ``latex``, paper.py
``paper`` (paper_run.py what it does, annotating.py what its ``--annotate`` does), simulate.py ``simulate``, kernel.py
``kernel`` and ``export`` (kernel_run.py what they say of a claim, export_run.py what a library is made of), site.py
``site``. common.py and numbers.py hold what they share: output, and numbers as options.
"""
