"""The oracle by automatic differentiation needs the extra ``autodiff``; without it these tests are not collected."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("jax") else ["test_anil.py", "test_autodiff.py", "test_two_layers.py"]
