"""Images of letters, and few-shot tasks of them: data that no model was made for. Knows neither formulas nor claims.

A class of images is a letter, an alphabet is a script, and writers are the faces of DejaVu with random distortions.
faces.py has the fonts, alphabets.py the letters by script without those that look alike, writers.py writes them,
kept.py keeps what takes seconds, dataset.py has the images of some letters. marks.py has pairs of letters that differ
in one mark; binary.py and scripts.py make hard and easy tasks, sampling.py draws images for them.
features.py has frozen features, population.py measures tasks of them, learning.py trains and adapts on them.

Networks are apart, because they need jax, which autodiff.py prepares: networks.py has their scores and losses,
training.py the methods, bodies.py features that are learned, levels.py where each kind of learner begins, comparison.py
trains and judges; plan.py says what is compared, material.py on what, trials.py and five_way_trials.py do it.

>>> import numpy as np
>>> chosen = pairs("diaeresis")[:4]
>>> images = glyphs(sorted({x for p in chosen for x in (p.plain, p.marked)}), count=6, seed=1, keep=False)
>>> tasks = two_way(images, chosen, np.random.default_rng(2), gap=(0.5, 1.0), packing=0.0, centre=1.0)
>>> rng = np.random.default_rng(3)
>>> where = tasks.letters(tasks.draw(rng, 10, share=0.2))
>>> support, query, slots, _ = episodes(rng, where, images.count, shots=2, query=3)
>>> images.pixels(14).reshape(-1, 196)[support].shape  # tasks, images, pixels
(10, 4, 196)
"""

from theory.maml_erm.images.alphabets import SCRIPTS as SCRIPTS
from theory.maml_erm.images.alphabets import Letter as Letter
from theory.maml_erm.images.alphabets import letters as letters
from theory.maml_erm.images.alphabets import twins as twins
from theory.maml_erm.images.binary import TwoWay as TwoWay
from theory.maml_erm.images.binary import two_way as two_way
from theory.maml_erm.images.dataset import Glyphs as Glyphs
from theory.maml_erm.images.dataset import distances as distances
from theory.maml_erm.images.dataset import glyphs as glyphs
from theory.maml_erm.images.marks import MARKS as MARKS
from theory.maml_erm.images.marks import Pair as Pair
from theory.maml_erm.images.marks import pairs as pairs
from theory.maml_erm.images.marks import split as split
from theory.maml_erm.images.sampling import episodes as episodes
from theory.maml_erm.images.scripts import FiveWay as FiveWay
from theory.maml_erm.images.scripts import five_way as five_way
from theory.maml_erm.images.writers import SIDE as SIDE
from theory.maml_erm.images.writers import written as written
