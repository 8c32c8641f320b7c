"""Every figure on a page is what its rows give when they are counted, after any life of a consultation."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import sqlalchemy as sa
from flask.testing import FlaskClient

from participation.consultations.models import Consultation
from participation.contributions.models import (
    Choice,
    ConditionSupport,
    Contribution,
    Kind,
    PendingSubmission,
    Position,
    Stance,
    UsefulVote,
    Visibility,
)
from participation.contributions.queries.shown import keeps_its_place
from participation.foundation import clock
from participation.foundation.database import db
from tests.contributions.histories import History, histories
from tests.factories.collectivities import a_collectivity
from tests.factories.summaries import a_published_summary

Rounds = Callable[[int, int], int]

BAR = 'class="position-bar position-bar--'
ADDRESS = re.compile(rf'href="/(?:consultations|projets)/([\w-]+)"|({BAR}\w+")')
CARD = re.compile(r'<article class="comment[^"]*" id="c-(\w+)">')
SPACES = re.compile(r"[\s\u00a0\u202f]+")


def positions_of(consultation: Consultation) -> list[int]:
    """Returns how many rows there are of each choice, in the order they are shown."""
    rows = db.session.scalars(sa.select(Position.choice).filter_by(consultation_id=consultation.id))
    counted = Counter(rows)
    return [counted[choice] for choice in Choice]


def bars_on(
    page: str, known: dict[str, Consultation], first: Consultation | None = None
) -> Iterator[tuple[Consultation, str]]:
    """Yields each bar of a page with the consultation whose address, or whose project's, was written last."""
    about = first
    for found in ADDRESS.finditer(page):
        if found[1]:
            about = known.get(found[1], about) if first is None else about
        elif about is not None:
            rest = page[found.end() :]
            end = rest.find(BAR)
            yield about, rest[:end] if end >= 0 else rest


def assert_tells(bar: str, counted: list[int]) -> None:
    total, bar = sum(counted), SPACES.sub(" ", bar)
    if not total:
        assert "Personne ne s’est encore prononcé" in bar
        return
    assert re.search(rf"<strong>{total} avis</strong>", bar), (bar[:300], counted)
    large = re.findall(r"<dd>(\d+) %</dd><dd>(\d+)</dd>", bar)
    shares = [int(share) for share, _number in large] or [int(one) for one in re.findall(r"(\d+) %", bar)][:4]
    assert [int(number) for _share, number in large] in ([], counted)
    assert len(shares) == 4
    assert all(abs(share - 100 * n / total) <= 0.5 for share, n in zip(shares, counted, strict=True))


def test_every_page_shows_as_many_positions_as_there_are_rows(visitor: FlaskClient, rounds: Rounds) -> None:
    for number in range(rounds(2, 40)):
        body = a_collectivity()
        lived = [History(number * 6 + size, body).live() for size in (0, 3, 5)]
        known = {slug: one for one in lived for slug in (one.slug, one.project.slug)}
        counted = {one.id: positions_of(one) for one in lived}

        for address in ("/", f"/collectivites/{body.slug}", "/consultations", "/projets"):
            told = set()
            for consultation, bar in bars_on(visitor.get(address).text, known):
                assert_tells(bar, counted[consultation.id])
                told.add(consultation.id)
            assert told, address
        for one in lived:
            (about, bar), *levels = bars_on(visitor.get(f"/consultations/{one.slug}").text, known, one)
            assert_tells(bar, counted[about.id])
            assert sum(totals_of(level) for _one, level in levels) == sum(counted[one.id])
            for _one, bar in bars_on(visitor.get(f"/projets/{one.project.slug}").text, known, one):
                assert_tells(bar, counted[one.id])


def totals_of(bar: str) -> int:
    found = re.search(r"<strong>(\d+) avis</strong>", SPACES.sub(" ", bar))
    return int(found[1]) if found else 0


def test_a_discussion_shows_as_many_comments_votes_and_supports_as_there_are_rows(
    visitor: FlaskClient, rounds: Rounds
) -> None:
    for number in range(rounds(2, 40)):
        consultation = History(6 * number + 5).live()
        pages = pages_of(visitor, consultation)

        tabs = [int(one) for one in re.findall(r"\((\d+)\)</a></li>", pages[0])][:6]
        assert tabs == comments_of(consultation)
        cards = [card for page in pages for card in cards_on(page)]
        assert len(cards) >= tabs[0]
        for ref, card in cards:
            useful, supports = votes_for(ref)
            assert (figure(r"Utile \((\d+)\)", card) or 0) == (useful if "/utile" in card else 0)
            assert figure(r"(\d+) soutien", card) == (supports if "/soutenir" in card else None)
        assert_the_form_tells_supports(visitor.get(f"/consultations/{consultation.slug}/avis").text)


def pages_of(visitor: FlaskClient, consultation: Consultation) -> list[str]:
    address, pages = f"/consultations/{consultation.slug}", []
    while address:
        pages.append(visitor.get(address).text)
        following = re.search(rf'href="(/consultations/{consultation.slug}\?[^"]*apres=[^"#]+)', pages[-1])
        address = following[1].replace("&amp;", "&") if following else ""
    return pages


def comments_of(consultation: Consultation) -> list[int]:
    """Returns how many comments each tab holds: all, for, against, conditions, questions, experiences."""
    kept = sa.select(Contribution).where(
        Contribution.consultation_id == consultation.id, Contribution.parent_id.is_(None), keeps_its_place()
    )
    rows = list(db.session.scalars(kept))
    stances = [sum(row.stance is stance for row in rows) for stance in (Stance.FOR, Stance.AGAINST)]
    kinds = (Kind.CONDITION, Kind.SERVICE_QUESTION, Kind.EXPERIENCE)
    return [len(rows), *stances, *(sum(row.kind is kind for row in rows) for kind in kinds)]


def cards_on(page: str) -> list[tuple[str, str]]:
    """Returns each contribution on a page: its reference, and its words without those of the next."""
    pieces = CARD.split(page)
    return list(zip(pieces[1::2], pieces[2::2], strict=True))


def votes_for(ref: str) -> tuple[int, int]:
    number = db.session.scalars(sa.select(Contribution.id).filter_by(ref=ref)).one()
    counts = [
        db.session.scalar(sa.select(sa.func.count(table.id)).filter_by(contribution_id=number)) or 0
        for table in (UsefulVote, ConditionSupport)
    ]
    return counts[0], counts[1]


def figure(pattern: str, words: str) -> int | None:
    found = re.search(pattern, SPACES.sub(" ", words))
    return int(found[1]) if found else None


def assert_the_form_tells_supports(page: str) -> None:
    offered = re.findall(
        r'name="conditions"[^>]* value="(\w+)"(.*?)(?=name="conditions"|</fieldset>)', page, re.S
    )
    for ref, words in offered:
        assert figure(r"(\d+) soutien", words) == votes_for(ref)[1]


def test_the_figures_of_a_summary_are_those_of_the_rows_of_its_date(visitor: FlaskClient) -> None:
    (consultation,) = histories(1, first=5)
    texts = db.session.scalars(
        sa.select(Contribution).filter_by(consultation_id=consultation.id, visibility=Visibility.PUBLISHED)
    )
    # Three days after the closing, nobody can confirm any more.
    db.session.execute(sa.delete(PendingSubmission))
    a_published_summary(consultation, *texts)
    consultation.project.summary_published_at = clock.now()
    db.session.commit()

    page = visitor.get(f"/consultations/{consultation.slug}/synthese").text

    counted = positions_of(consultation)
    bars = list(bars_on(page, {}, consultation))
    assert sum(counted) and bars
    assert_tells(bars[0][1], counted)
