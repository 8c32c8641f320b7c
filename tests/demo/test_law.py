"""The demo's classes are those that its answers give."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from participation.demo import tales
from participation.projects.dossier.guidance.questions import QUESTIONS
from participation.projects.dossier.guidance.reading import ITEMS
from participation.projects.dossier.guidance.rules import assess

ANSWERS = [
    tomllib.loads(path.read_text("utf-8"))["answers"]["risk_category"]
    for path in sorted((Path(tales.__file__).parent / "projects").glob("*.toml"))
]


@pytest.mark.parametrize("answer", [one for one in ANSWERS if "law" in one])
def test_the_class_that_is_told_is_the_one_that_is_computed(answer: Any) -> None:
    law = answer["law"]

    indication = assess({**dict.fromkeys(ITEMS, "no"), **law}, date(2026, 11, 22))

    assert set(law) == {one.key for one in QUESTIONS}
    assert indication.category == answer["value"]
