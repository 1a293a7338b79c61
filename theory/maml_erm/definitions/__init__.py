"""The simulator: it runs the definitions, so that a proof cannot be about the wrong statement.

Nothing here knows a formula of the theory, and nothing imports ``theory``.
"""

from theory.maml_erm.definitions.anisotropic import environment_gain as environment_gain
from theory.maml_erm.definitions.anisotropic import environment_risk as environment_risk
from theory.maml_erm.definitions.anisotropic import erm_solution as erm_solution
from theory.maml_erm.definitions.anisotropic import maml_solution as maml_solution
from theory.maml_erm.definitions.cubature import Mixture as Mixture
from theory.maml_erm.definitions.cubature import SignChange as SignChange
from theory.maml_erm.definitions.cubature import Value as Value
from theory.maml_erm.definitions.cubature import excess_risk as excess_risk
from theory.maml_erm.definitions.cubature import gain_by_definition as gain_by_definition
from theory.maml_erm.definitions.cubature import sign_change as sign_change
from theory.maml_erm.definitions.exact_law import Step as Step
from theory.maml_erm.definitions.exact_law import grams as grams
from theory.maml_erm.definitions.lazy import meta_gradients as meta_gradients
from theory.maml_erm.definitions.lazy import reused_batch_errors as reused_batch_errors
from theory.maml_erm.definitions.methods import ERM as ERM
from theory.maml_erm.definitions.methods import IMAML as IMAML
from theory.maml_erm.definitions.methods import MAML as MAML
from theory.maml_erm.definitions.methods import Reptile as Reptile
from theory.maml_erm.definitions.moments import exact_excess_risk as exact_excess_risk
from theory.maml_erm.definitions.moments import exact_step_second_moment as exact_step_second_moment
from theory.maml_erm.definitions.moments import exact_word_moment as exact_word_moment
from theory.maml_erm.definitions.naive import gram_moment as gram_moment
from theory.maml_erm.definitions.naive import risk as risk
from theory.maml_erm.definitions.naive import step_second_moment as step_second_moment
from theory.maml_erm.definitions.optimisers import Solution as Solution
from theory.maml_erm.definitions.optimisers import solve as solve
from theory.maml_erm.definitions.tasks import Environment as Environment
from theory.maml_erm.definitions.tasks import Task as Task
from theory.maml_erm.definitions.tasks import easy_hard as easy_hard
from verify.statistics.chunks import run_chunks as run_chunks
from verify.statistics.seeding import generator as generator
from verify.statistics.tests import CHECK_BUDGET as CHECK_BUDGET
from verify.statistics.tests import Budget as Budget
from verify.statistics.tests import MeanTest as MeanTest
from verify.statistics.tests import count_needed as count_needed
from verify.statistics.tests import mean_test as mean_test
from verify.statistics.tests import same_distribution as same_distribution
