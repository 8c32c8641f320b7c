"""What a verb of the domain raises when it refuses, each with a sentence for the person."""


class DomainError(Exception):
    """A refusal with a sentence to show and, when it belongs to one, the name of the form's field."""

    status = 409

    def __init__(self, sentence: object, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(DomainError):
    """This person may never do that here."""

    status = 403


class NotPossibleNow(DomainError):
    """Right person, wrong moment: not open yet, closed, already published."""

    status = 409


class AlreadyDone(DomainError):
    """The same thing was done before and counts once."""

    status = 409


class Invalid(DomainError):
    """What was sent can't be accepted as it is."""

    status = 422


class SentBefore(DomainError):
    """The key of a form was used already, for something else than what it says now."""

    status = 409


class SentBySomebodyElse(SentBefore):
    """The key of a form belongs to another person: neither their receipt is shown nor this text taken."""

    status = 403


class TooOften(DomainError):
    """Sent more often than the limits allow; `retry_after` says in how many seconds it will be taken."""

    status = 429

    def __init__(self, sentence: object, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
