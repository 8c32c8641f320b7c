"""How the lines of a mail are written: addresses in headers stay whole, however long they are."""

from email.policy import EmailPolicy
from typing import Any


class AddressesStayWhole(EmailPolicy):
    """Folds headers as usual, but those of the `List-` family between their addresses only.

    The usual folding hides a long address in encoded words, where no mail program looks for a link
    (RFC 2369 and RFC 8058 want it plain).
    """

    def fold(self, name: str, value: Any) -> str:
        """Returns the lines of a header as text."""
        return self._plain(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Returns the lines of a header as they leave."""
        plain = self._plain(name, value)
        return plain.encode("ascii") if plain else super().fold_binary(name, value)

    def _plain(self, name: str, value: Any) -> str:
        words = str(value)
        if not name.lower().startswith("list-") or not words.isascii():
            return ""
        return f"{name}: " + words.replace(", ", f",{self.linesep} ") + self.linesep


POLICY = AddressesStayWhole()
