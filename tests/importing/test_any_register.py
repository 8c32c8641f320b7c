"""Whatever a register holds, a row is a draft or is refused with a reason; nothing else happens to it."""

import json
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from participation.foundation.errors import Invalid
from participation.foundation.text import clean
from participation.importing.registers import own
from participation.importing.registers.drafts import BadRow, Draft, draft_of
from participation.importing.registers.table import TableRow, read_file
from participation.importing.registers.targets import OF_THE_ROW, TARGETS
from participation.projects.dossier.details import checked_details
from participation.projects.dossier.fields import BY_NAME

PLACES = st.sampled_from(["", *OF_THE_ROW, *TARGETS])
# As the reader of a table gives them: without what can't be written.
CELLS = st.one_of(
    st.text(max_size=60).map(clean),
    st.sampled_from(
        ["03/2027", "2027-03-12", "12,5", "Agents-Habitants", "https://a.example", "NSP", "<p>a</p>"]
    ),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=30))
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=10), inner, max_size=3)
    ),
    max_leaves=8,
)
ANSWER = st.one_of(
    ANYTHING,
    st.fixed_dictionaries(
        {"state": st.sampled_from(["answered", "not_known_yet", "not_applicable", "x"])},
        optional={
            "text": ANYTHING, "choice": ANYTHING, "choices": ANYTHING, "parts": ANYTHING, "rows": ANYTHING,
            "figures": ANYTHING, "due_on": ANYTHING, "provenance": ANYTHING,
        },
    ),
)  # fmt: skip


def is_whole(draft: Draft) -> None:
    """Checks that what a draft holds is what a dossier accepts."""
    assert draft.title and len(draft.key) == 32
    for name, answer in draft.answers.items():
        one = BY_NAME[name]
        assert set(filter(None, answer.choice.split(","))) <= set(one.choices)
        given = {"parts": answer.parts, "rows": answer.rows, "figures": answer.figures}
        if one.name != "risk_category":
            assert checked_details(one, given)["parts"] == answer.parts


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(PLACES, CELLS), max_size=12), st.integers(0, 2))
def test_any_row_under_any_mapping_is_a_draft_or_is_refused(
    columns: list[tuple[str, str]], surplus: int
) -> None:
    mapping = {f"c{number}": place for number, (place, _cell) in enumerate(columns)}
    cells = {f"c{number}": cell for number, (_place, cell) in enumerate(columns)}

    try:
        draft = draft_of(TableRow(2, cells, surplus), mapping, "Registre")
    except BadRow:
        return

    is_whole(draft)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.one_of(st.sampled_from(list(BY_NAME)), st.text(max_size=8)), ANSWER), ANYTHING)
def test_any_answers_in_our_own_format_are_a_draft_or_are_refused(
    answers: dict[str, Any], points: Any
) -> None:
    data = {"standard": own.STANDARD, "ref": "k7f3m", "title": "Un outil", "answers": answers}
    content = json.dumps({**data, "open_questions": points}).encode()

    for record in own.records_of(content):
        try:
            draft = own.draft_of(record)
        except BadRow:
            continue
        is_whole(draft)


@settings(max_examples=100, deadline=None)
@given(ANYTHING)
def test_any_json_is_read_or_refused_by_both_readers(value: Any) -> None:
    content = json.dumps(value).encode()

    assert own.is_own_format(content) in (True, False)
    with suppress(Invalid):
        assert read_file(content).rows
