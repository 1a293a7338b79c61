"""What the translation into Coq does not know yet."""


class Untranslated(Exception):
    """A certificate uses something that has no translation; ``rule`` is the name of it."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"{rule} is not translated into Coq")
        self.rule = rule
