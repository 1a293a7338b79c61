"""Where statements come from that are not this project's own.

Later versions of the paper (their title: "How Does the Task Landscape Affect MAML Performance?") say NAL, non-adaptive
learning, for what v2 and this theory call ERM. Hardness discrepancy as a condition of its own (N1, S1) is in their
abstracts, not in that of v2. Only abstracts were at hand, of this paper and of the others that are named here: what a
claim states is derived here, and the source says what it is to be compared with.
"""

ABSTRACT = "abstract of arXiv:2010.14672v2"
HUANG_2022 = "Huang, Liang, Huang 2022 (arXiv:2206.09136)"
BERNACCHIA = "Bernacchia 2021, arXiv:2102.00940"
CHEN = "Chen, Lu, Chen 2022, arXiv:2206.13482"
GAO = "Gao, Sener 2020, arXiv:2010.12916"
