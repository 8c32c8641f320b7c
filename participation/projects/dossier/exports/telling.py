"""An answer told in sentences, for formats that only hold texts: all of it but who and when."""

from collections.abc import Iterable

from participation.foundation.dates import short_day
from participation.foundation.i18n import gettext as _
from participation.projects.dossier.figures import Figure
from participation.projects.dossier.published import Answer, Said
from participation.projects.models import AnswerState, Provenance


def told(answer: Answer | None) -> str:
    """Returns what an answer says, in the language spoken; «not known yet» comes with who and when."""
    if answer is None:
        return ""
    said = [*_state(answer)] if not answer.is_answered else [*_answer(answer)]
    if answer.claim:
        source = f" ({answer.claim_source})" if answer.claim_source else ""
        said.append(
            _("Claim of the supplier, not verified: %(claim)s%(source)s", claim=answer.claim, source=source)
        )
    if answer.provenance is Provenance.VENDOR:
        said.append(_("Supplied by the vendor, not checked."))
    return "\n".join(said)


def told_part(said: Said) -> str:
    """Returns a part with its name: «Place of the servers: Paris»."""
    return _("%(name)s: %(value)s", name=said.part.label, value=said.words)


def _state(answer: Answer) -> Iterable[str]:
    if answer.state is AnswerState.NOT_APPLICABLE:
        yield _("Doesn’t apply to this project: %(reason)s", reason=answer.reason)
        return
    yield _("Not known yet: %(reason)s", reason=answer.reason)
    if answer.due_on:
        yield _(
            "%(owner)s answers on %(day)s at the latest.", owner=answer.owner, day=short_day(answer.due_on)
        )


def _answer(answer: Answer) -> Iterable[str]:
    if answer.choices:
        yield ", ".join(str(answer.field.choices[value]) for value in answer.choices)
    if answer.text:
        yield answer.text
    yield from (told_part(said) for said in answer.said_parts)
    yield from (_row(row) for row in answer.said_rows if row)
    yield from (_figure(figure) for figure in answer.figures)


def _row(row: list[Said]) -> str:
    """Returns a row that begins with what it is about: «- Mistakes ; For whom: …»."""
    first, *others = row
    return "- " + " ; ".join([first.words, *(told_part(said) for said in others)])


def _figure(figure: Figure) -> str:
    said = (figure.what, figure.value, figure.kind_words, figure.baseline, figure.source, figure.dated)
    return "- " + " ; ".join(str(one) for one in said if one)
