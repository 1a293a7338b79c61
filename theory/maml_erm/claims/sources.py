"""Where statements come from that are not this project's own."""

ABSTRACT = "abstract of arXiv:2010.14672v2"
HUANG_2022 = "Huang, Liang, Huang 2022 (arXiv:2206.09136)"
