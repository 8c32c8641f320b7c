"""Networks known to be shared: declared with a reason, on record, taken out again."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from participation.accounts.models import Person
from participation.activity.models import Event
from participation.collectivities.models import Membership, Role
from participation.foundation.database import db
from participation.foundation.errors import AlreadyDone, Invalid
from participation.vigilance.actions import declare_network
from participation.vigilance.models import KnownNetwork
from tests.factories.collectivities import a_member
from tests.factories.vigilance import a_known_network
from tests.forms import post_form


def test_an_administrator_declares_a_network_and_takes_it_out(
    visitor: FlaskClient, sign_in: Callable[[FlaskClient, Person], None], administrator: Membership
) -> None:
    address = f"/gestion/{administrator.collectivity.slug}/reseaux"
    sign_in(visitor, administrator.person)

    answer = post_form(visitor, address, cidr="203.0.113.0/24", reason="La médiathèque, le mercredi.")
    page = visitor.get(address).text
    number = db.session.query(KnownNetwork).one().id
    gone = post_form(visitor, address, to=f"{address}/{number}/fin")

    assert (answer.status_code, gone.status_code) == (302, 302)
    assert "La médiathèque, le mercredi." in page
    assert db.session.query(KnownNetwork).count() == 0
    assert [one.action for one in db.session.query(Event).order_by(Event.id)] == [
        "known_network.declared",
        "known_network.forgotten",
    ]


@pytest.mark.parametrize("cidr", ["", "médiathèque", "10.0.0.0/8", "2001:db8::/32", "1.2.3.4/33"])
def test_what_is_no_range_of_one_building_is_refused(administrator: Membership, cidr: str) -> None:
    with pytest.raises(Invalid) as refusal:
        declare_network(administrator.collectivity, cidr=cidr, reason="Non", member=administrator)

    assert refusal.value.field == "cidr"


def test_a_network_is_declared_once(administrator: Membership) -> None:
    a_known_network(administrator.collectivity, "203.0.113.0/24")

    with pytest.raises(AlreadyDone):
        declare_network(
            administrator.collectivity, cidr="203.0.113.9/24", reason="La même", member=administrator
        )


@pytest.fixture
def administrator() -> Membership:
    return a_member(Role.ADMINISTRATOR)
