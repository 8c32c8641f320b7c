"""How templates say sentences: `_()`, `ngettext()` and `pgettext()`, each a look into a dictionary.

What Jinja and Flask-Babel offer finds the language, the catalogue and the function anew for each sentence.
"""

from functools import lru_cache
from typing import Any

from jinja2 import Environment, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from participation.foundation.i18n import catalogue, current_language, pgettext


def install(environment: Environment) -> None:
    """Gives templates their sentences, those of `{% trans %}` included."""
    environment.globals.update(_=_sentence, gettext=_sentence, ngettext=_counted, pgettext=pgettext)


@pass_eval_context
def _sentence(context: EvalContext, message: str, /, **variables: Any) -> str:
    """Says a sentence; in a page what fills it is escaped, in a mail it stays as it is."""
    if not context.autoescape:
        return str(catalogue().ugettext(message)) % variables
    if not variables:
        return _finished(current_language(), message)
    return Markup(catalogue().ugettext(message)) % variables  # noqa: S704 - the sentences are ours


@pass_eval_context
def _counted(context: EvalContext, singular: str, plural: str, number: int, /, **variables: Any) -> str:
    """Says the sentence that fits a number."""
    words = str(catalogue().ungettext(singular, plural, number))
    if context.autoescape:
        words = Markup(words)  # noqa: S704 - the sentences are ours
    return words % {"num": number, **variables}


@lru_cache(maxsize=4096)
def _finished(_language: str, message: str) -> Markup:
    return Markup(catalogue().ugettext(message)) % {}  # noqa: S704 - the sentences are ours
