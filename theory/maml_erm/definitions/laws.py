"""Laws of inputs with one covariance and different fourth moments: x = Sigma^(1/2) u, and u is drawn here.

Every u has mean 0 and covariance I. What differs is how heavy the tails are, and whether coordinates share them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from verify.statistics import checks

Array = npt.NDArray[np.float64]

LOW = 0.5  # the square of the small scale of elliptical inputs: below 1, and far enough from 0 for no input to vanish


class Law(Protocol):
    """What a task asks of the law of its inputs."""

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        """Independent rows u along the last axis, with mean 0 and covariance I."""


@dataclass(frozen=True)
class Gaussian:
    """u ~ N(0, I): independent coordinates, and elliptical too."""

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        return rng.standard_normal(shape)


@dataclass(frozen=True)
class Independent:
    """Independent coordinates of kurtosis E u_j^4 >= 1: 0 and +-sqrt(kurtosis), the law of fewest points that has it.

    1 is a fair sign, 9/5 has the kurtosis of a uniform number, 3 that of a Gaussian one. ``BadInput`` below 1.
    """

    kurtosis: float

    def __post_init__(self) -> None:
        checks.number("kurtosis", self.kurtosis, least=1.0)

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        # One uniform number decides: its lowest part of length 1/(2 kurtosis) is +, the highest is -.
        part = rng.random(shape)
        half = 0.5 / self.kurtosis
        found: Array = math.sqrt(self.kurtosis) * ((part < half).astype(float) - (part >= 1 - half))
        return found


@dataclass(frozen=True)
class Elliptical:
    """u = xi g, g ~ N(0, I) and xi independent of it: E xi^2 = 1, E xi^4 = eta >= 1. All coordinates share xi.

    xi^2 has two values, ``LOW`` and a larger one. The kurtosis of one coordinate is 3 eta. ``BadInput`` for eta < 1.
    """

    eta: float

    def __post_init__(self) -> None:
        checks.number("eta", self.eta, least=1.0)

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        # With probability s the square is LOW, else high. Mean 1 gives high - LOW = (1 - LOW)/(1 - s), and then the
        # variance eta - 1 of the square is (1 - LOW)^2 s/(1 - s).
        odds = (self.eta - 1) / (1 - LOW) ** 2
        high = LOW + (1 - LOW) * (1 + odds)
        squares = np.where(rng.random((*shape[:-1], 1)) * (1 + odds) < odds, LOW, high)
        drawn: Array = rng.standard_normal(shape)
        drawn *= np.sqrt(squares)
        return drawn


GAUSSIAN = Gaussian()
