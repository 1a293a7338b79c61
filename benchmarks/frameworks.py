"""The inner step in jax and in torch, written as their users write it: draw X and y, differentiate the loss, step.

What comes back is a function that adapts ``tasks`` tasks and returns their parameters, (tasks, d). ``dtype`` is
"float64" or "float32"; the frameworks' own default is float32, everything else in the benchmark is float64. One thread
each.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from importlib import metadata
from typing import Any

Adapt = Callable[[], Any]

# Read by XLA when jax is imported.
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")


def version(name: str) -> str | None:
    """The version of a framework, None where it is not installed."""
    return metadata.version(name) if importlib.util.find_spec(name) is not None else None


def jax_step(d: int, m: int, tasks: int, dtype: str, *, alpha: float, noise: float) -> Adapt:
    """jit of a vmap over tasks of one task's step, gradient by automatic differentiation."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)  # allows float64; every array below names its type
    w = jnp.zeros(d, dtype).at[0].set(1)
    optima = jnp.zeros((tasks, d), dtype)

    def loss(w: Any, X: Any, y: Any) -> Any:
        return 0.5 * jnp.mean((X @ w - y) ** 2)

    def adapt(key: Any, optimum: Any) -> Any:
        inputs, noises = jax.random.split(key)
        X = jax.random.normal(inputs, (m, d), dtype)
        y = X @ optimum + noise * jax.random.normal(noises, (m,), dtype)
        return w - alpha * jax.grad(loss)(w, X, y)

    adapt_all = jax.jit(jax.vmap(adapt))
    key = jax.random.key(0)

    def run() -> Any:
        nonlocal key
        key, now = jax.random.split(key)
        return adapt_all(jax.random.split(now, tasks), optima).block_until_ready()

    return run


def torch_step(d: int, m: int, tasks: int, dtype: str, *, alpha: float, noise: float) -> Adapt:
    """Data of all tasks drawn at once, gradients by torch.func.grad under vmap."""
    import torch

    torch.set_num_threads(1)
    kind = getattr(torch, dtype)
    w = torch.zeros(d, dtype=kind)
    w[0] = 1
    optima = torch.zeros((tasks, d), dtype=kind)

    def loss(w: Any, X: Any, y: Any) -> Any:
        return 0.5 * torch.mean((X @ w - y) ** 2)

    gradients = torch.func.vmap(torch.func.grad(loss), in_dims=(None, 0, 0))

    def run() -> Any:
        X = torch.randn((tasks, m, d), dtype=kind)
        y = torch.einsum("tnd,td->tn", X, optima) + noise * torch.randn((tasks, m), dtype=kind)
        return w - alpha * gradients(w, X, y)

    return run


STEPS = {"jax": jax_step, "torch": torch_step}
