"""Tells what the French and English catalogues lack; fails when they lack anything."""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"
LANGUAGES = ("fr", "en")
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[sdif]|%%")


def main() -> int:
    """Prints one line a problem and returns 1 when there is one."""
    catalogues = {language: catalogue(language) for language in LANGUAGES}
    problems = [line for language in LANGUAGES for line in problems_of(language, catalogues[language])]
    problems += differences(catalogues)
    for line in problems:
        print(line)
    print(f"Catalogues: {len(keys(catalogues['fr']))} sentences, {len(problems)} problems.")
    return 1 if problems else 0


def catalogue(language: str) -> Catalog:
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def problems_of(language: str, catalog: Catalog) -> list[str]:
    """Returns what is untranslated, fuzzy, or says other placeholders than the source."""
    lines = []
    for message in sentences(catalog):
        if message.fuzzy:
            lines.append(f"{language}: fuzzy: {message.id!r}")
        if not all(forms(message.string)) or len(forms(message.string)) < plural_count(message, catalog):
            lines.append(f"{language}: untranslated: {message.id!r}")
        elif not same_placeholders(message):
            lines.append(f"{language}: other placeholders: {message.id!r} → {message.string!r}")
    return lines


def same_placeholders(message: Message) -> bool:
    """Compares each form; the singular may do without the number («one person»), but adds nothing.

    The other forms must hold all that the source's plural holds.
    """
    source = [placeholders(text) for text in forms(message.id)]
    translated = [placeholders(text) for text in forms(message.string)]
    if len(source) == 1:
        return translated[0] == source[0]
    first, others = translated[0], translated[1:]
    return first <= source[1] and all(form == source[1] for form in others)


def placeholders(text: str) -> set[str]:
    return {found.group(0) for found in PLACEHOLDER.finditer(text) if found.group(0) != "%%"}


def differences(catalogues: dict[str, Catalog]) -> list[str]:
    """Returns the sentences that one catalogue has and another has not."""
    known = {language: keys(catalog) for language, catalog in catalogues.items()}
    everything = set().union(*known.values())
    return [
        f"{language}: missing: {key[1]!r}"
        for language in LANGUAGES
        for key in sorted(everything - known[language], key=repr)
    ]


def keys(catalog: Catalog) -> set[tuple[str, tuple[str, ...]]]:
    return {(message.context or "", forms(message.id)) for message in sentences(catalog)}


def sentences(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def forms(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def plural_count(message: Message, catalog: Catalog) -> int:
    return catalog.num_plurals if message.pluralizable else 1


if __name__ == "__main__":
    sys.exit(main())
