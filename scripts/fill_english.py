"""Fills the English catalogue with the source sentences, which are English."""

from pathlib import Path

from babel.messages.pofile import read_po, write_po

CATALOGUE = Path(__file__).resolve().parents[1] / "translations" / "en" / "LC_MESSAGES" / "messages.po"


def main() -> None:
    """Writes each sentence as its own translation, both numbers when it has two."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    for message in catalogue:
        if message.id:
            message.string = tuple(message.id) if message.pluralizable else message.id
            message.flags.discard("fuzzy")
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True)


if __name__ == "__main__":
    main()
