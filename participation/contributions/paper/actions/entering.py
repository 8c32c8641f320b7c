"""Recording a form that somebody handed in: under the same rules as online, as of the day it was received."""

from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from participation.accounts.actions import normalised
from participation.activity.recording import record
from participation.collectivities.models import Membership
from participation.collectivities.names import require_free_name
from participation.consultations.actions import anonymous_participant
from participation.consultations.holding import hold_period
from participation.consultations.models import Channel, Consultation, PerimeterSide
from participation.consultations.permissions import present_moment
from participation.consultations.queries import changes_of
from participation.contributions.actions import record_submission
from participation.contributions.actions.recording import submission_with_key
from participation.contributions.models import Choice, Kind, Stance, Submission
from participation.contributions.paper.actions.joining import join_person
from participation.contributions.paper.likeness import forms_like
from participation.contributions.paper.models import PaperForm
from participation.contributions.paper.period import moment_received
from participation.contributions.paper.permissions import require_entry
from participation.contributions.paper.queries import known_sources, numbered_conditions
from participation.foundation.adding import add_once
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid, NotPossibleNow, SentBefore
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.reasons import is_reason


@dataclass(frozen=True)
class Filled:
    """What stands on a form, and how it came."""

    channel: Channel
    received_on: date
    source: str
    number: str | None = None
    # None: no box was ticked, or several were.
    choice: Choice | None = None
    # Numbers of the conditions supported, as they are printed on the sheets.
    conditions: tuple[int, ...] = ()
    new_condition: str = ""
    body: str = ""
    kind: Kind = Kind.COMMENT
    stance: Stance = Stance.NEUTRAL
    dossier_field: str | None = None
    open_point: str | None = None
    display_name: str = ""
    # Only on which side of the perimeter it lies is kept.
    postcode: str = ""
    email: str = ""
    postal_address: str = ""
    language: str = "fr"
    # Why it is recorded although it looks like another one.
    anyway: str = field(default="", compare=False)


class SeemsEntered(AlreadyDone):
    """Another form says the same, or bears the same number: `refs` name what to look at first."""

    def __init__(self, forms: list[PaperForm]) -> None:
        super().__init__(
            _(
                "This form seems to be typed in already. Open the one below; if yours is another one, "
                "say why and record it anyway."
            ),
            "anyway",
        )
        # Read before the transaction is undone: what was found in it is gone then.
        self.refs = [form.ref for form in forms]


def record_form(
    consultation: Consultation, filled: Filled, *, form_key: str, member: Membership
) -> PaperForm:
    """Records a form once per key, as of the day it was received; the same key again gives the first one.

    Raises SeemsEntered when it looks like another one and no reason says why it isn't.
    """
    hold_period(consultation)
    now = present_moment(consultation)
    require_entry(consultation, member, now)
    if (before := _recorded_under(form_key, consultation)) is not None:
        return before
    _require_something(filled)
    require_free_name(filled.display_name, [consultation.project.collectivity])
    sent_at = moment_received(consultation, filled.received_on, now, changes_of(consultation))
    payload = _payload(consultation, filled)
    source = _as_known(consultation, filled.source)
    try:
        like = _like(consultation, filled, source)
    except SeemsEntered:
        # What it looks like may be itself, sent twice and recorded since its key was looked for.
        if (before := _recorded_under(form_key, consultation)) is not None:
            return before
        raise
    participant = anonymous_participant(
        consultation, display_name=filled.display_name, channel=filled.channel
    )
    if consultation.postcodes and filled.postcode:
        is_in = filled.postcode in consultation.postcodes
        participant.perimeter_side = PerimeterSide.IN if is_in else PerimeterSide.OUT
    kind = "opinion" if filled.choice else "comment"
    try:
        submission = record_submission(participant, kind, payload, form_key=form_key, now=sent_at)
    except SentBefore:
        # The same form arrived twice at the same second: the first one is somebody's already.
        db.session.delete(participant)
        db.session.flush()
        if (before := _recorded_under(form_key, consultation)) is not None:
            return before
        raise
    # For the receipt: the participant may also come online one day.
    came = {"channel": filled.channel.value, "received_on": filled.received_on.isoformat()}
    submission.recorded = {**submission.recorded, **came}
    # Without a reason it is the first of its number, or none: a colleague may have been quicker meanwhile.
    copy = _next_copy(consultation, source, filled) if like else 0
    form = _written(consultation, filled, submission, source, copy=copy)
    form.entered_by_id = member.id
    if not add_once(form):
        # A colleague recorded the same sheet of the same pile at the same second.
        raise SeemsEntered(_same_sheet(consultation, source, filled))
    if filled.email:
        join_person(form, normalised(filled.email), sent_at=sent_at, language=filled.language, member=member)
    _note(form, member, is_doubtful=bool(like), is_late=now >= consultation.closes_at)
    db.session.flush()
    return form


def _recorded_under(form_key: str, consultation: Consultation) -> PaperForm | None:
    """Returns the form this key recorded, None while it recorded none."""
    known = submission_with_key(form_key)
    return _form_of(known, consultation) if known is not None else None


def _like(consultation: Consultation, filled: Filled, source: str) -> list[PaperForm]:
    like = forms_like(
        consultation,
        source=source,
        number=filled.number,
        words=[filled.body, filled.new_condition],
        email=normalised(filled.email),
    )
    if like and not is_reason(filled.anyway):
        raise SeemsEntered(like)
    return like


def _require_something(filled: Filled) -> None:
    if not filled.source.strip():
        raise Invalid(_("Say where this form was handed in."), "source")
    if filled.choice is None and not filled.body.strip():
        raise Invalid(_("There is nothing to record: neither a position nor a text."), "choice")
    if filled.choice is None and (filled.conditions or filled.new_condition):
        raise Invalid(
            _("Conditions are recorded with a position. Without one, type in the text alone."), "choice"
        )


def _payload(consultation: Consultation, filled: Filled) -> dict[str, object]:
    """Returns the same as the form of the public page sends."""
    return {
        "display_name": filled.display_name,
        "language": filled.language,
        "kind": filled.kind.value,
        "stance": filled.stance.value,
        "dossier_field": filled.dossier_field,
        "open_point": filled.open_point,
        "choice": filled.choice.value if filled.choice else None,
        "conditions": _refs_of(consultation, filled.conditions),
        "dropped": [],
        "new_condition": filled.new_condition,
        "body": filled.body,
    }


def _refs_of(consultation: Consultation, numbers: tuple[int, ...]) -> list[str]:
    if not numbers:
        return []
    refs = {one.number: one.condition.ref for one in numbered_conditions(consultation)}
    missing = [number for number in numbers if number not in refs]
    if missing:
        raise Invalid(
            _("No condition that can be read bears the number %(number)s: leave it out.", number=missing[0]),
            "conditions",
        )
    return [refs[number] for number in dict.fromkeys(numbers)]


def _as_known(consultation: Consultation, source: str) -> str:
    """Returns a source as it was written the first time: a capital more makes no other urn."""
    wanted = " ".join(source.split())
    return next((one for one in known_sources(consultation) if one.casefold() == wanted.casefold()), wanted)


def _written(
    consultation: Consultation, filled: Filled, submission: Submission, source: str, *, copy: int
) -> PaperForm:
    return PaperForm(
        ref=submission.ref,
        consultation=consultation,
        consultation_id=consultation.id,
        participant=submission.participant,
        participant_id=submission.participant_id,
        channel=filled.channel,
        received_on=filled.received_on,
        source=source,
        number=filled.number,
        copy=copy,
        recorded_anyway=filled.anyway.strip(),
        postal_address=filled.postal_address.strip(),
        by_email=bool(filled.email),
        contributions=submission.recorded["contributions"],
        added_supports=submission.recorded.get("supported", []),
    )


def _next_copy(consultation: Consultation, source: str, filled: Filled) -> int:
    copies = [form.copy for form in _same_sheet(consultation, source, filled)]
    return max((copy + 1 for copy in copies if copy is not None), default=0)


def _same_sheet(consultation: Consultation, source: str, filled: Filled) -> list[PaperForm]:
    same = sa.select(PaperForm).filter_by(
        consultation_id=consultation.id, source=source, number=filled.number, ended_at=None
    )
    return list(db.session.scalars(same.order_by(PaperForm.id))) if filled.number is not None else []


def _form_of(submission: Submission, consultation: Consultation) -> PaperForm:
    """Returns what was typed in under a key; one that was used for something else is refused."""
    typed = sa.select(PaperForm).filter_by(ref=submission.ref, consultation_id=consultation.id)
    form = db.session.scalar(typed)
    if form is None:
        raise NotPossibleNow(_("This page was used for another form. Open it again."))
    return form


def _note(form: PaperForm, member: Membership, *, is_doubtful: bool, is_late: bool) -> None:
    record(
        "paper.recorded",
        f"paper_form:{form.id}",
        member=member,
        project_id=form.consultation.project_id,
        channel=form.channel.value,
        received_on=form.received_on.isoformat(),
        after_closing=int(is_late),
        recorded_anyway=int(is_doubtful),
    )
