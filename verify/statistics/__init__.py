"""Statistics and the frame of an experiment; nothing here knows a theory.

tests.py has tests of means and laws with stated power, many_estimates.py one for many estimates at once, and checks.py
refuses bad arguments. seeding.py, products.py and chunks.py make the same bits on any machine,
array_files.py keeps what they give. gauss_rules.py has rules of quadrature. experiment.py,
parameters.py and figure.py are what an experiment works with: its table, what may be set, its figure; layout.py keeps
legends off what they explain.
"""
