"""What people fill in: their opinion, a comment or a reply, a vote; guests add their e-mail address."""

from participation.contributions.forms.alike import AlikeField
from participation.contributions.forms.answering import AnswerForm
from participation.contributions.forms.guest import LONGEST_TEXT, TEXT_HINT, GuestForm
from participation.contributions.forms.opinion import LONGEST_CONDITION, OpinionForm
from participation.contributions.forms.pressing import (
    ConfirmForm,
    EditForm,
    TakingBackForm,
    VoteForm,
    WithdrawalForm,
)
from participation.contributions.forms.texts import CommentForm, QuestionForm

__all__ = [
    "LONGEST_CONDITION",
    "LONGEST_TEXT",
    "TEXT_HINT",
    "AlikeField",
    "AnswerForm",
    "CommentForm",
    "ConfirmForm",
    "EditForm",
    "GuestForm",
    "OpinionForm",
    "QuestionForm",
    "TakingBackForm",
    "VoteForm",
    "WithdrawalForm",
]
