"""Bringing a register in, batch by batch: what a batch wrote and what it counted are one transaction."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

import sqlalchemy as sa

from participation.collectivities.models import Collectivity, Membership
from participation.foundation import clock, outbox
from participation.foundation.database import db
from participation.foundation.errors import DomainError, Invalid, NotAllowed, NotPossibleNow
from participation.foundation.holding import hold
from participation.foundation.i18n import current_language, in_language, lazy_gettext
from participation.foundation.i18n import gettext as _
from participation.importing.models import RegisterImport, RunState
from participation.importing.registers import own
from participation.importing.registers.drafts import BadRow, Draft, Remark, draft_of
from participation.importing.registers.mapping import keep_mapping, proposed_mapping
from participation.importing.registers.table import TableRow, read_file
from participation.importing.registers.targets import is_target
from participation.projects.actions import Pending, add_open_point, add_precedent, import_draft
from participation.projects.models import Project
from participation.projects.permissions import may_write

RUN = "register.import"
BATCH = 20
MOST_ROWS = 20_000
MOST_REMARKS = 2_000
# When the answers a register doesn't give are promised for, until somebody says otherwise.
DAYS_TO_ANSWER = 60


def receive_register(
    collectivity: Collectivity,
    *,
    content: bytes,
    file_name: str,
    register: str = "",
    member: Membership | None = None,
) -> RegisterImport:
    """Keeps a file to be brought in and proposes what its columns hold; nothing is imported yet.

    A file in our own format asks nothing more. Raises Invalid when the file can't be read as a whole.
    """
    if member is not None and not may_write(member, collectivity.id):
        raise NotAllowed(
            lazy_gettext("Only an agent or an administrator of this collectivity imports dossiers.")
        )
    is_own = own.is_own_format(content)
    table = None if is_own else read_file(content)
    total = len(table.rows) if table else len(own.records_of(content))
    if total > MOST_ROWS:
        raise Invalid(
            lazy_gettext("This file has more than %(count)s rows: cut it in two.", count=MOST_ROWS), "file"
        )
    run = RegisterImport(
        collectivity_id=collectivity.id,
        member_id=member.id if member else None,
        file_name=file_name,
        register=register or file_name,
        content=content,
        is_own_format=is_own,
        columns=proposed_mapping(collectivity, table) if table else {},
        total=total,
        language=current_language(),
    )
    db.session.add(run)
    db.session.flush()
    if is_own:
        _let_run(run)
    return run


def start_import(run: RegisterImport, mapping: Mapping[str, str], *, own_records_only: bool = False) -> None:
    """Starts a run with what somebody says of its columns, and keeps that for the next file like it."""
    hold(run)
    if run.state is not RunState.MAPPING:
        raise NotPossibleNow(lazy_gettext("This file is already being brought in."))
    unknown = [place for place in mapping.values() if not is_target(place)]
    if unknown or "name" not in mapping.values():
        raise Invalid(lazy_gettext("Say which column holds the name of the project."))
    run.columns, run.own_records_only = dict(mapping), own_records_only
    keep_mapping(run.collectivity_id, dict(mapping))
    _let_run(run)


def _let_run(run: RegisterImport) -> None:
    run.state = RunState.WAITING
    outbox.queue(RUN, run_id=run.id)
    db.session.flush()


@outbox.handles(RUN)
def run_import(run_id: int, progress: Callable[[int], None] = lambda _read: None) -> None:
    """Brings the rest of a file in; killed on the way, it goes on where it was. Commits each batch."""
    run = db.session.get(RegisterImport, run_id)
    if run is None or run.content is None:
        return
    with in_language(run.language):
        rows = list(_records(run))
        while run.read < len(rows):
            hold(run)
            run.state = RunState.RUNNING
            for row in rows[run.read : run.read + BATCH]:
                _take(run, row)
            db.session.commit()
            progress(run.read)
    run.state, run.done_at, run.content = RunState.DONE, clock.now(), None
    db.session.flush()


def _records(run: RegisterImport) -> Iterator[TableRow | own.OwnRecord]:
    assert run.content is not None
    if run.is_own_format:
        yield from own.records_of(run.content)
    else:
        yield from read_file(run.content).rows


def _take(run: RegisterImport, row: TableRow | own.OwnRecord) -> None:
    run.read += 1
    try:
        draft = _draft(run, row)
        project = import_draft(
            run.collectivity,
            key=draft.key,
            title=draft.title,
            source=draft.source,
            answers=draft.answers,
            pending=_pending(run),
            language=draft.language or run.language,
        )
    except (BadRow, DomainError) as error:
        column = error.column if isinstance(error, BadRow) else ""
        run.refused += 1
        _remark(run, Remark(row.line, column, str(error), is_refusal=True))
        return
    if project is None:
        _leave(run, row, draft)
        return
    run.imported += 1
    for point in draft.points:
        add_open_point(project, **point)
    for case in draft.precedents:
        add_precedent(project, **case)
    for remark in draft.remarks:
        _remark(run, remark)


def _leave(run: RegisterImport, row: TableRow | own.OwnRecord, draft: Draft) -> None:
    """Counts a record that has its draft: from before, or because the file holds it twice."""
    of_this_run = sa.select(Project.id).where(
        Project.collectivity_id == run.collectivity_id,
        Project.register_key == draft.key,
        Project.created_at >= run.created_at,
    )
    if db.session.scalar(of_this_run) is None:
        run.already_there += 1
        return
    run.refused += 1
    _remark(run, Remark(row.line, "", _("the file holds this record twice"), is_refusal=True))


def _draft(run: RegisterImport, row: TableRow | own.OwnRecord) -> Draft:
    if isinstance(row, own.OwnRecord):
        return own.draft_of(row)
    siret = run.collectivity.siret.replace(" ", "") if run.own_records_only else ""
    return draft_of(row, run.columns, run.register, siret=siret)


def _pending(run: RegisterImport) -> Pending:
    owner = (run.member.function if run.member else "") or _("The service that imported the register")
    due_on = clock.today(run.collectivity.timezone) + timedelta(days=DAYS_TO_ANSWER)
    return Pending(_("The register this draft comes from doesn’t say."), owner, due_on)


def _remark(run: RegisterImport, remark: Remark) -> None:
    # Why a row was left out is always told; so many changes are enough to see what is wrong.
    if remark.is_refusal or len(run.remarks) < MOST_REMARKS:
        said = {"line": remark.line, "column": remark.column, "why": remark.why}
        run.remarks = [*run.remarks, {**said, "is_refusal": remark.is_refusal}]
