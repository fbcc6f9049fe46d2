"""What publishing says when it will not."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from investigations.lint.finding import Finding


class Refused(ValidationError):
    """An act of publishing that a rule forbids, with a sentence that says why and who or what can help."""

    def __init__(self, sentence: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(sentence)
        self.findings = list(findings)

    def __str__(self) -> str:
        return str(self.messages[0])
