"""Forms of whoever brings a register in: the file, then what each column holds."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from participation.foundation.i18n import lazy_gettext as _
from participation.importing.registers.targets import grouped_choices
from participation.web.forms import Form, at_most


class RegisterForm(Form):
    """The file of a register, and how it is cited."""

    file = FileField(
        _("File of the register"),
        description=_("CSV from a spreadsheet or another register, or JSON. 8 MB at most."),
    )
    register = StringField(
        _("Name of the register (optional)"),
        description=_("It is cited as the origin of each draft. Without one, the name of the file is."),
        validators=[at_most(150)],
    )


class MappingForm(Form):
    """What each column holds; `mapping_form` adds one list for each."""

    columns: list[str]

    def places(self) -> dict[str, str]:
        """Returns the place given to each column, in their order; one that wasn't sent is left out."""
        given = {column: self[f"column-{number}"].raw_data for number, column in enumerate(self.columns)}
        return {column: str(sent[0]) if sent else "" for column, sent in given.items()}


def mapping_form(proposed: dict[str, str], *, has_siret: bool) -> MappingForm:
    """Returns the form of a file's columns, each with what is proposed."""
    columns = list(proposed)
    fields: dict[str, Any] = {"columns": columns}
    for number, column in enumerate(columns):
        fields[f"column-{number}"] = SelectField(
            column,
            choices=_choices(),
            default=proposed[column],
            validate_choice=False,
        )
    if has_siret:
        fields["own_records_only"] = BooleanField(
            _("Only the records of our public body, by its SIRET number"),
        )
    return type("ColumnsForm", (MappingForm,), fields)()  # type: ignore[no-any-return]


def _choices() -> list[Any]:
    choices = [SelectChoice("", _("Leave it out"))]
    for title, places in grouped_choices().items():
        choices += [SelectChoice(key, words, optgroup=title) for key, words in places]
    return choices
