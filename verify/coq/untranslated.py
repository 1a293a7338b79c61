"""What is not translated: a limit of the translation, which says nothing about the proof."""


class Untranslated(Exception):
    """Some rule or operation of a certificate that has no translation."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"not translated ({rule})")
        self.rule = rule
