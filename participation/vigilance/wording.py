"""The words of each rule: what it is called, and what makes it speak, with its numbers."""

from datetime import timedelta

from participation.foundation.i18n import lazy_gettext as _
from participation.vigilance.models import Rule
from participation.vigilance.rules import addresses, arrivals, texts
from participation.web.watched import WatchedForm

TITLES = {
    Rule.TRAP: _("A field that nobody sees was filled"),
    Rule.FAST: _("Forms sent faster than they can be read"),
    Rule.UNSHOWN: _("Forms sent without their page having been opened"),
    Rule.TEXTS: _("Almost the same text by several people"),
    Rule.ADDRESSES: _("E-mail addresses that follow one another, or lead to one mailbox"),
    Rule.CROWD: _("Very many newcomers from one network in a short time"),
    Rule.RHYTHM: _("Newcomers from one network, as regular as a clock"),
}

RULES = {
    Rule.TRAP: _(
        "The page holds a field that neither eyes, keyboard nor screen readers meet. A program filled it; "
        "sometimes a browser that fills forms by itself."
    ),
    Rule.FAST: _(
        "Less than %(seconds)s seconds passed between the page being shown and the form being sent, "
        "less than one second for a single button.",
        seconds=int(WatchedForm.QUICKEST),
    ),
    Rule.UNSHOWN: _(
        "The form carried no signed moment of ours: a program sent it, or a page that was saved."
    ),
    Rule.TEXTS: _(
        "At least %(authors)d people wrote almost the same text: %(short)d %% alike from %(shortest)d "
        "characters, %(long)d %% from %(from_length)d. A text handed out by an association looks the same.",
        authors=texts.AUTHORS,
        shortest=texts.SHORTEST,
        short=texts.ALIKE_SHORT,
        long=texts.ALIKE_LONG,
        from_length=texts.LONG,
    ),
    Rule.ADDRESSES: _(
        "At least %(same)d addresses of one mailbox (what follows a “+” and dots make no difference), "
        "or %(run)d whose numbers follow one another.",
        same=addresses.SAME_BOX,
        run=addresses.RUN,
    ),
    Rule.CROWD: _(
        "At least %(crowd)d newcomers within an hour, or %(burst)d within %(seconds)d seconds. "
        "A school may do that: an administrator declares its network.",
        crowd=arrivals.CROWD,
        burst=arrivals.BURST,
        seconds=arrivals.BURST_WITHIN // timedelta(seconds=1),
    ),
    Rule.RHYTHM: _(
        "At least %(newcomers)d newcomers whose waiting times differ by less than a fifth of their mean.",
        newcomers=arrivals.REGULAR_ARRIVALS,
    ),
}
