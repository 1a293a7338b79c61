"""The cluster tests need the extra ``cluster``; without it they are not collected."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("distributed") else ["test_cluster.py"]
