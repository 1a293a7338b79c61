"""The simulator: it runs the definitions, so that a proof cannot be about the wrong statement.

Nothing here knows a formula of the theory, and nothing imports ``theory``.
"""

from verify.simulate.anisotropic import environment_gain as environment_gain
from verify.simulate.anisotropic import environment_risk as environment_risk
from verify.simulate.anisotropic import erm_solution as erm_solution
from verify.simulate.anisotropic import maml_solution as maml_solution
from verify.simulate.chunks import run_chunks as run_chunks
from verify.simulate.cubature import Mixture as Mixture
from verify.simulate.cubature import SignChange as SignChange
from verify.simulate.cubature import Value as Value
from verify.simulate.cubature import excess_risk as excess_risk
from verify.simulate.cubature import gain_by_definition as gain_by_definition
from verify.simulate.cubature import sign_change as sign_change
from verify.simulate.exact_law import Step as Step
from verify.simulate.exact_law import grams as grams
from verify.simulate.lazy import meta_gradients as meta_gradients
from verify.simulate.lazy import reused_batch_errors as reused_batch_errors
from verify.simulate.methods import ERM as ERM
from verify.simulate.methods import IMAML as IMAML
from verify.simulate.methods import MAML as MAML
from verify.simulate.methods import Reptile as Reptile
from verify.simulate.moments import exact_excess_risk as exact_excess_risk
from verify.simulate.moments import exact_step_second_moment as exact_step_second_moment
from verify.simulate.moments import exact_word_moment as exact_word_moment
from verify.simulate.naive import gram_moment as gram_moment
from verify.simulate.naive import risk as risk
from verify.simulate.naive import step_second_moment as step_second_moment
from verify.simulate.optimisers import Solution as Solution
from verify.simulate.optimisers import solve as solve
from verify.simulate.seeding import generator as generator
from verify.simulate.statistics import CHECK_BUDGET as CHECK_BUDGET
from verify.simulate.statistics import Budget as Budget
from verify.simulate.statistics import MeanTest as MeanTest
from verify.simulate.statistics import count_needed as count_needed
from verify.simulate.statistics import mean_test as mean_test
from verify.simulate.statistics import same_distribution as same_distribution
from verify.simulate.tasks import Environment as Environment
from verify.simulate.tasks import Task as Task
from verify.simulate.tasks import easy_hard as easy_hard
