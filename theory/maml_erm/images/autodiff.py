"""Where jax is loaded: one thread, so that the same numbers come out whatever else the machine does.

XLA splits sums over the threads that it has, and a sum of floats depends on how it is split.
"""

from __future__ import annotations

import os
from importlib.util import find_spec

from verify.runtime.distribution import with_extra
from verify.runtime.errors import BadInput

FLAGS = ("--xla_cpu_multi_thread_eigen=false", "intra_op_parallelism_threads=1")


def prepare() -> None:
    """Set what XLA reads when it starts; to be called before anything is computed with jax in this process.

    Raises ``BadInput`` that names the extra where jax is not installed.
    """
    if find_spec("jax") is None:
        raise BadInput("jax is not installed: networks are trained with it", with_extra("autodiff"))
    given = os.environ.get("XLA_FLAGS", "").split()
    os.environ["XLA_FLAGS"] = " ".join([*given, *(flag for flag in FLAGS if flag not in given)])
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
