"""The pages of forms on paper: typed in one after the other, shown to staff only, hostile words inert."""

import io
import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from participation.accounts.models import AccessRecord, Person
from participation.collectivities.models import Membership, Role
from participation.consultations.models import Consultation
from participation.contributions.models import Choice
from participation.contributions.paper.models import Ending, PaperForm
from participation.contributions.queries import Tally, position_tally
from participation.foundation import clock, files
from participation.foundation.database import db
from participation.foundation.files import scans_folder
from tests.factories.consultations import an_open_consultation
from tests.factories.contributions import a_condition
from tests.factories.paper import A_PDF, URN, a_form, a_jpeg, a_png, an_agent
from tests.factories.projects import a_complete_project
from tests.forms import post_form

SignIn = Callable[[FlaskClient, Person], None]
HOSTILE = '"><img src=x onerror=alert(1)>{{7*7}}'


@pytest.fixture
def consultation() -> Consultation:
    return an_open_consultation(a_complete_project())


@pytest.fixture
def agent(consultation: Consultation, visitor: FlaskClient, sign_in: SignIn) -> Membership:
    """Returns an agent who is signed in in the visitor's browser."""
    member = an_agent(consultation)
    sign_in(visitor, member.person)
    return member


def entry(consultation: Consultation) -> str:
    return f"/gestion/{consultation.project.collectivity.slug}/consultations/{consultation.slug}/saisie"


def typed(**fields: object) -> dict[str, object]:
    return {
        "channel": "paper",
        "received_on": clock.today().isoformat(),
        "source": URN,
        "choice": "favourable",
        "sense": "neutral",
        **fields,
    }


def forms() -> list[PaperForm]:
    return list(db.session.scalars(sa.select(PaperForm).order_by(PaperForm.id)))


def test_thirty_forms_typed_in_are_counted_on_every_page(
    visitor: FlaskClient, consultation: Consultation, agent: Membership
) -> None:
    a_condition(consultation)
    db.session.commit()
    address = entry(consultation)

    for number in range(1, 31):
        choice = list(Choice)[number % 4].value
        answer = post_form(
            visitor,
            address,
            **typed(number=str(number), choice=choice, conditions="1" if choice == "conditions" else ""),
        )
        assert answer.status_code == 302, number

    tally = position_tally(consultation.id)
    assert tally == Tally(favourable=7, conditions=8, opposed=8, information=7)
    page = visitor.get(f"/consultations/{consultation.slug}").text
    assert "Sur papier" in page
    assert "30" in re.sub(r"<[^>]+>", " ", page[page.index('id="resultats"') :])[:2000]
    assert "30" in visitor.get(address).text


def test_the_next_form_resembles_the_last_one_and_says_what_was_recorded(
    visitor: FlaskClient, consultation: Consultation, agent: Membership
) -> None:
    db.session.commit()

    answer = post_form(
        visitor, entry(consultation), **typed(channel="meeting", source="Réunion du 3", number="12")
    )
    page = visitor.get(answer.location).text

    (form,) = forms()
    assert f"fait={form.ref}" in answer.location
    assert "Formulaire n°\u00a012" in page and form.ref in page
    assert 'value="Réunion du 3"' in page
    assert re.search(r'value="13"[^>]*autofocus|autofocus[^>]*value="13"', page)
    assert re.search(r'value="meeting"\s+checked', page)


def test_what_looks_typed_in_is_shown_and_recorded_only_with_a_reason(
    visitor: FlaskClient, consultation: Consultation, agent: Membership
) -> None:
    first = a_form(consultation, agent, number="4")
    db.session.commit()
    address = entry(consultation)

    refused = post_form(visitor, address, **typed(number="4", body="Un texte que je garde."))

    assert refused.status_code == 422
    assert first.ref in refused.text and "Un texte que je garde." in refused.text
    assert len(forms()) == 1
    answer = post_form(visitor, address, **typed(number="4", anyway="Deux feuilles portent ce numéro."))
    assert answer.status_code == 302
    assert len(forms()) == 2


def test_undoing_within_the_page_needs_its_reason_and_frees_the_number(
    visitor: FlaskClient, consultation: Consultation, agent: Membership
) -> None:
    db.session.commit()
    address = entry(consultation)
    done = post_form(visitor, address, **typed(number="4"))
    (form,) = forms()

    answer = post_form(visitor, done.location, to=f"{address}/{form.ref}/annuler", reason="Mauvaise pile.")

    assert answer.location.endswith("/saisie")
    assert forms()[0].ending is Ending.UNDONE
    assert position_tally(consultation.id) == Tally()
    assert re.search(r'value="4"[^>]*autofocus|autofocus[^>]*value="4"', visitor.get(address).text)


def test_no_staff_page_says_what_was_chosen(
    visitor: FlaskClient, consultation: Consultation, agent: Membership
) -> None:
    form = a_form(consultation, agent, choice=Choice.OPPOSED, display_name="Rose", body="Un texte à elle.")
    db.session.commit()
    address = entry(consultation)

    for page in (f"{address}/{form.ref}", f"{address}/formulaires", f"/recu/{form.ref}"):
        assert "Opposé" not in visitor.get(page).text, page


def test_hostile_words_stay_words_wherever_they_are_shown(
    visitor: FlaskClient, consultation: Consultation, agent: Membership
) -> None:
    form = a_form(
        consultation,
        agent,
        number=HOSTILE[:20],
        source=HOSTILE,
        display_name=HOSTILE,
        postal_address=HOSTILE,
        body=HOSTILE,
        anyway=HOSTILE,
    )
    db.session.commit()
    desk, address = f"/gestion/{consultation.project.collectivity.slug}", entry(consultation)

    pages = [
        visitor.get(where).text
        for where in (
            address,
            f"{address}?fait={form.ref}",
            f"{address}/formulaires",
            f"{address}/{form.ref}",
            f"{desk}/courriers",
            f"/consultations/{consultation.slug}",
        )
    ]
    pages.append(post_form(visitor, f"{desk}/courriers", letters=form.ref).text)

    assert not [page for page in pages if "<img src=x" in page or ">49<" in page]


# Scans


def send_scan(
    visitor: FlaskClient, consultation: Consultation, content: bytes, name: str = "scan.pdf", **fields: object
):  # type: ignore[no-untyped-def]
    return post_form(visitor, entry(consultation), **typed(scan=(io.BytesIO(content), name), **fields))


@pytest.mark.parametrize(
    ("content", "ending"),
    [(A_PDF, ".pdf"), (a_png(), ".png"), (a_jpeg(), ".jpg")],
    ids=["pdf", "png", "jpeg"],
)
def test_a_scan_is_kept_under_a_name_of_ours_until_its_day(
    visitor: FlaskClient, consultation: Consultation, agent: Membership, content: bytes, ending: str
) -> None:
    db.session.commit()

    answer = send_scan(visitor, consultation, content, name="../../x.exe")

    (form,) = forms()
    assert answer.status_code == 302
    assert re.fullmatch(rf"[\w-]{{43}}\{ending}", str(form.scan_file))
    assert (scans_folder() / str(form.scan_file)).exists()
    assert form.scan_purge_on is not None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a/*<script>alert(1)</script>*/",
        A_PDF[:20],
        A_PDF.replace(b"trailer", b"/Encrypt trailer"),
        a_png()[:-6],
        a_jpeg()[:-2],
        b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    ],
    ids=["empty", "exe", "svg", "gif", "cut pdf", "locked pdf", "cut png", "cut jpeg", "eicar"],
)
def test_what_is_no_whole_scan_is_refused_and_nothing_is_recorded(
    visitor: FlaskClient, consultation: Consultation, agent: Membership, content: bytes
) -> None:
    db.session.commit()
    kept = set(scans_folder().glob("*")) if scans_folder().exists() else set()

    answer = send_scan(visitor, consultation, content, body="Un texte que je garde.")

    assert answer.status_code == 422
    assert "Un texte que je garde." in answer.text
    assert forms() == []
    assert (set(scans_folder().glob("*")) if scans_folder().exists() else set()) == kept


def test_a_scan_that_is_too_large_is_refused(
    visitor: FlaskClient,
    consultation: Consultation,
    agent: Membership,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    db.session.commit()
    monkeypatch.setattr(files, "LARGEST_SCAN", len(A_PDF) - 1)

    answer = send_scan(visitor, consultation, A_PDF)

    assert answer.status_code == 422
    assert forms() == []


def test_where_a_picture_was_taken_is_not_kept(
    visitor: FlaskClient, consultation: Consultation, agent: Membership
) -> None:
    db.session.commit()
    jpeg, png = a_jpeg((0xE1, b"Exif GPS 48.1"), (0xFE, b"GPS")), a_png((b"tEXt", b"Where\x00GPS"))

    send_scan(visitor, consultation, jpeg)
    send_scan(visitor, consultation, png)

    kept = [(scans_folder() / str(form.scan_file)).read_bytes() for form in forms()]
    assert [b"GPS" in content for content in kept] == [False, False]


def test_a_scan_is_sent_with_a_reason_only_and_nothing_in_it_runs(
    visitor: FlaskClient, consultation: Consultation, agent: Membership
) -> None:
    form = a_form(consultation, agent, with_scan=True)
    db.session.commit()
    address = f"{entry(consultation)}/{form.ref}/scan"

    page = visitor.get(address)
    refused = post_form(visitor, address, reason="voir")
    sent = post_form(visitor, address, reason="Vérifier un mot illisible.")

    assert (page.mimetype, refused.status_code) == ("text/html", 422)
    assert sent.data == A_PDF
    assert sent.headers["Content-Disposition"] == f'attachment; filename="formulaire-{form.ref}.pdf"'
    assert "sandbox" in sent.headers["Content-Security-Policy"]
    assert sent.headers["Cache-Control"] == "private, no-store"
    assert db.session.scalar(sa.select(sa.func.count(AccessRecord.id))) == 1


def test_no_address_leads_to_the_file_of_a_scan(
    visitor: FlaskClient, app: Flask, consultation: Consultation
) -> None:
    form = a_form(consultation, with_scan=True)
    db.session.commit()

    for folder in ("static", "static/..", "scans", "photos", "projets/x/photo"):
        assert app.test_client().get(f"/{folder}/{form.scan_file}").status_code == 404


# The sheet


def said_in(page: str, *tags: str) -> list[str]:
    """Returns the words of these elements of a page, each once, in their order."""
    found = re.findall(rf"<({'|'.join(tags)})\b[^>]*>(.*?)</\1>", page, re.S)
    plain = (" ".join(re.sub(r"<[^>]+>", " ", words).split()) for _tag, words in found)
    return list(dict.fromkeys(words for words in plain if words))


def test_the_sheet_asks_what_the_page_asks_in_the_same_order(app: Flask, consultation: Consultation) -> None:
    for number in range(3):
        a_condition(consultation, body=f"Condition {number}")
    consultation.postcodes = ["35000"]
    db.session.commit()
    browser = app.test_client()

    online = browser.get(f"/consultations/{consultation.slug}/avis").text
    sheet = browser.get(f"/consultations/{consultation.slug}/questionnaire").text

    form = online[online.index('id="main-form"') :]
    unsaid = set(said_in(form, "legend", "label", "option")) - set(said_in(sheet, "h2", "li", "span"))
    # What a person doesn't see: the fields of the machinery, and the trap for machines.
    unseen = ("csrf_token", "form_key", "shown", "detail", "alike")
    names = [name for name in dict.fromkeys(re.findall(r'name="(\w+)"', form)) if name not in unseen]
    trap = {"Laissez ce champ vide"}
    assert {words for words in unsaid if not words.startswith("Condition ")} - trap == set()
    offered = [
        re.findall(r"Condition \d", page[page.index("Quelles conditions") :]) for page in (form, sheet)
    ]
    assert offered[0] == offered[1]
    assert re.findall(r'data-question="(\w+)"', sheet) == names


def test_the_sheet_keeps_no_cookie_and_says_to_whom_until_when(
    app: Flask, consultation: Consultation
) -> None:
    consultation.project.collectivity.address = "1 place de la Mairie"
    db.session.commit()
    browser = app.test_client()

    answer = browser.get(f"/consultations/{consultation.slug}/questionnaire?grands-caracteres=1")

    assert "Set-Cookie" not in answer.headers
    assert "sheet-page--large" in answer.text
    for words in ("1 place de la Mairie", "À remettre au plus tard le", f"/c/{consultation.ref}"):
        assert words in answer.text


def test_the_short_address_of_a_sheet_leads_to_the_consultation(
    app: Flask, consultation: Consultation
) -> None:
    db.session.commit()

    answer = app.test_client().get(f"/c/{consultation.ref}")

    assert answer.location.endswith(f"/consultations/{consultation.slug}")


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.AUDITOR])
def test_other_roles_type_in_nothing(
    visitor: FlaskClient, sign_in: SignIn, consultation: Consultation, role: Role
) -> None:
    sign_in(visitor, an_agent(consultation, role).person)

    assert visitor.get(entry(consultation)).status_code == 403
