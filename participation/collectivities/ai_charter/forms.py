"""Forms of the AI charter: one article, the publication of a version."""

from wtforms import HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import AnyOf, Regexp

from participation.collectivities.ai_charter.models import CharterArticle, CharterHeading
from participation.collectivities.ai_charter.reading import HEADINGS
from participation.foundation.i18n import lazy_gettext as _
from participation.web.forms import Form, at_most, long_text, required


class ArticleForm(Form):
    """One article; `revision` is the one the writer saw."""

    revision = HiddenField(default="0")
    heading = RadioField(
        _("Subject of the article"),
        choices=[SelectChoice(heading.value, words) for heading, words in HEADINGS.items()],
        validate_choice=False,
        validators=[
            required(_("Choose the subject of the article.")),
            AnyOf(list(CharterHeading), message=_("Choose the subject of the article.")),
        ],
    )
    title = StringField(
        _("Title of the article"),
        description=_("A short sentence that one can hold you to, without its number."),
        validators=[required(_("Give the article a title.")), at_most(120)],
    )
    text = long_text(
        _("The article"),
        _("What you do, what you never do, how one can check it."),
        longest=3000,
        validators=[required(_("Write the article."))],
    )
    place = StringField(
        _("Its number in the charter"),
        description=_("The articles after it move by one."),
        validators=[
            required(_("Give its number in the charter.")),
            Regexp(r"^[1-9][0-9]?$", message=_("Enter a number from 1 to 99.")),
        ],
    )

    def take_from(self, article: CharterArticle, number: int) -> None:
        """Shows the working copy, unless something was just sent."""
        if self.is_submitted():
            return
        self.heading.data, self.title.data = article.heading.value, article.title
        self.text.data, self.place.data = article.text, str(number)
        self.revision.data = str(article.revision)

    def seen_revision(self) -> int:
        """Returns the revision the writer saw, 0 when the client sent no number."""
        sent = self.revision.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0


class CharterPublishForm(Form):
    """The public reason of a version."""

    reason = StringField(
        _("What changes with this version, and why?"),
        description=_("This sentence is published. For example: “Adopted by the council on 12 March”."),
        validators=[required(_("Say what changes and why: this sentence is published.")), at_most(300)],
    )
