"""Forms of the people who write dossiers."""

from participation.projects.forms.answering import AnswerForm, answer_form
from participation.projects.forms.charter import CharterForm, charter_form
from participation.projects.forms.drafting import DraftForm
from participation.projects.forms.guidance import GuidanceForm, guidance_form
from participation.projects.forms.handing_over import HandoverForm, PutOffForm
from participation.projects.forms.pointing import PointForm
from participation.projects.forms.publishing import ConfirmForm, LifeForm, PhotoForm, PublishForm
from participation.projects.forms.taking_path import PathForm

__all__ = [
    "AnswerForm",
    "CharterForm",
    "ConfirmForm",
    "DraftForm",
    "GuidanceForm",
    "HandoverForm",
    "LifeForm",
    "PathForm",
    "PhotoForm",
    "PointForm",
    "PublishForm",
    "PutOffForm",
    "answer_form",
    "charter_form",
    "guidance_form",
]
