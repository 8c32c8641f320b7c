"""The base of all forms: kept text, our sentences, a refused token that loses nothing, language switch."""

from typing import Any

from flask import Response, after_this_request, g, request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp, StopValidation, ValidationError

from participation.foundation import marks, text
from participation.foundation.errors import DomainError, SentBefore, TooOften
from participation.foundation.i18n import lazy_gettext as _
from participation.foundation.references import secret_token
from participation.web.refusal import refusal
from participation.web.templating import number

EMAIL_PATTERN = (
    r"^(?!.*=\?)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{1,62}$"
)


class Form(FlaskForm):
    """A form whose refusal answers 422 with everything that was typed.

    `is_sent()` is what views ask: true when it was sent and is well formed. A press on the language
    switch is neither sent nor wrong: the page comes back in the other language with the same text.
    """

    refused_with = 422

    class Meta(FlaskForm.Meta):
        """Text fields lose control characters and outer spaces; WTForms speaks the page's language."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Reads what a browser's form sends: never JSON, never a file in place of a text."""
            if formdata is not _Auto:
                return formdata
            return (request.form or None) if form.is_submitted() else None

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Cleans every text field without each having to ask for it."""
            if issubclass(unbound_field.field_class, (StringField, HiddenField)):
                options["filters"] = [*options.get("filters", []), *unbound_field.kwargs.get("filters", [])]
                options["filters"].append(_cleaned)
            return unbound_field.bind(form=form, **options)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What an error page calls the fields it shows again.
        g.form = self

    def is_sent(self) -> bool:
        """Tells whether the form was sent, not as a mere language switch, and every field is well formed."""
        if not self.is_submitted() or self.is_language_switch():
            return False
        if (refused := refusal()) is not None:
            self.form_errors.append(refused.sentence)
            return False
        return bool(self.validate())

    def is_language_switch(self) -> bool:
        """Tells whether the reader only asked for the page in the other language."""
        return self.is_submitted() and "switch_language" in request.form

    def validate(self, extra_validators: Any = None) -> bool:
        """Checks every field; a stale security token is said above the fields, and loses nothing."""
        valid = bool(super().validate(extra_validators))
        if "csrf_token" in self.errors:
            self.form_errors.append(
                _("This page had been open for too long. Your text is still here: send it again.")
            )
            self.csrf_token.errors = []
        return valid

    def refuse(self, error: DomainError) -> None:
        """Puts a refusal of the domain beside its field, or above all of them."""
        if isinstance(error, TooOften):
            self._refused_until(error)
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(error.sentence)
        else:
            field.errors = [*field.errors, error.sentence]
        if isinstance(error, SentBefore):
            # Sent again it is another form: its own key is spent.
            self.refused_with = error.status
            if "form_key" in self:
                self.form_key.data = secret_token()

    @property
    def has_errors(self) -> bool:
        """Tells whether anything is to be corrected."""
        return bool(self.errors) or bool(self.form_errors)

    @property
    def status(self) -> int:
        """Returns the status of the page that shows this form: 422 when something is to be corrected."""
        if (refused := refusal()) is not None and self.is_submitted():
            return refused.status
        return self.refused_with if self.has_errors else 200

    def _refused_until(self, error: TooOften) -> None:
        self.refused_with = error.status

        @after_this_request
        def _say_when(response: Response) -> Response:
            response.headers["Retry-After"] = str(error.retry_after)
            return response


class OnceForm(Form):
    """A form with a key of its own: sent twice, it counts once."""

    form_key = HiddenField(default=secret_token, validators=[Length(max=100)])

    def key(self) -> str:
        """Returns the one-time key, made now when a client sent none."""
        if not self.form_key.data:
            self.form_key.data = secret_token()
        return str(self.form_key.data)


class Filled(InputRequired):
    """Refuses an empty field, and one that holds nothing but spaces."""

    def __call__(self, form: Any, field: Any) -> None:
        """Checks what is left of the text once trimmed."""
        super().__call__(form, field)
        if isinstance(field.data, str) and not field.data.strip():
            field.errors[:] = []
            raise StopValidation(self.message)


def required(sentence: object) -> InputRequired:
    """Returns the check that a field was filled, with what to do when it wasn't."""
    return Filled(sentence)


class AtMost(Length):
    """Refuses a text that is too long, and says by how much: nobody counts characters."""

    def __call__(self, form: Any, field: Any) -> None:
        """Checks the length, in characters."""
        length = len(field.data or "")
        if length > self.max:
            raise ValidationError(
                _(
                    "Write at most %(most)s characters: there are %(length)s now.",
                    most=number(self.max),
                    length=number(length),
                )
            )


def at_most(length: int) -> Length:
    """Returns the check of a text's length, in characters."""
    return AtMost(max=length)


def at_least(length: int) -> Length:
    """Returns the check that a text says something."""
    return Length(min=length, message=_("Write at least %(min)d characters."))


def email_field(label: object, description: object = "", *, is_required: bool = True) -> StringField:
    """Returns an e-mail field: trimmed, lower-cased, checked for the shape of an address only."""
    presence = required(_("Enter your e-mail address.")) if is_required else Optional()
    shape = Regexp(EMAIL_PATTERN, message=_("Enter a complete e-mail address, such as name@example.org."))
    return StringField(
        label,
        description=description,
        filters=[lambda value: value.lower() if isinstance(value, str) else value],
        validators=[presence, at_most(254), shape],
    )


def name_field(
    label: object, description: object = "", *, longest: int = 60, validators: Any = ()
) -> StringField:
    """Returns the field of a public name: on one line, without signs that turn the direction of writing."""
    return StringField(
        label,
        description=description,
        filters=[lambda value: text.name_of(value) if isinstance(value, str) else value],
        validators=[*validators, at_most(longest), FewMarks()],
    )


class FewMarks:
    """Refuses a name whose letters carry piles of accents."""

    def __call__(self, form: Any, field: Any) -> None:
        """Checks how many marks one letter carries."""
        if marks.pile_up(field.data or "", text.MARKS_IN_NAMES):
            raise ValidationError(
                _("Some letters of this name carry too many accents: it could not be read.")
            )


def long_text(
    label: object, description: object = "", *, longest: int = 2000, validators: Any = ()
) -> TextAreaField:
    """Returns a text area with a limit in characters."""
    return TextAreaField(label, description=description, validators=[*validators, at_most(longest)])


def _cleaned(value: object) -> object:
    return text.clean(value) if isinstance(value, str) else value
