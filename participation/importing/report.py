"""What an import did, row by row, in counts that add up."""

from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Problem:
    """Why one row could not be taken as it is: the file's name, the line where the row begins, the reason."""

    file: str
    line: int
    why: str


@dataclass
class ImportReport:
    """Rows read = imported + already there + refused; problems also name rows taken with a change."""

    read: int = 0
    imported: int = 0
    already_there: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, file: str, line: int, why: str) -> None:
        """Counts a row that was left out, with the reason."""
        self.refused += 1
        self.problems.append(Problem(file, line, why))

    def note(self, file: str, line: int, why: str) -> None:
        """Tells of a row that was taken, but not as it was."""
        self.problems.append(Problem(file, line, why))
