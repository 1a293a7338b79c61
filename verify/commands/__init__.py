"""The commands of the command line, one file a family. They load the libraries they need when they run.

program.py is what they are commands of: the options of all, help with examples; completion.py is what a shell
completes, progress.py how far long work is; common.py and numbers.py hold what they share: output, numbers as options.

starting.py has ``init`` (the folder starter what that writes), watching.py ``watch``, checking.py ``check``,
proving.py ``prove`` (for the statements of a file, statement_file.py reads it, batch_run.py decides them, and
batch_memory.py says what of the cache is believed), listing.py ``list`` and ``show``, evaluating.py ``eval``,
trying.py ``mutate`` and ``hypotheses``, regression.py ``lock``, ``graph``, ``impact`` and ``why``, latex.py
``latex``, paper.py ``paper`` (paper_run.py what it does, annotating.py what its ``--annotate`` does), simulate.py
``simulate`` (simulate_run.py one run, gallery_run.py all), site.py ``site``, kernel.py ``kernel`` and ``export``
(kernel_run.py what they say of a claim, export_run.py what a library is made of).
"""
