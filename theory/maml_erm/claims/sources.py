"""Where statements come from that are not this project's own."""

ABSTRACT = "abstract of arXiv:2010.14672v2"
