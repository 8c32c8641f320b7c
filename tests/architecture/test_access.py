"""Who may open what: every endpoint, as each persona. A new endpoint needs a line here."""

import pytest

from tests.architecture.world import World
from tests.people import PERSONAS

pytestmark = pytest.mark.keeps_its_own_database

ENTERS = {}
def test_x(world):
    for method in ("GET","POST"):
        for rule in world.rules(method):
            if method == "POST" and "GET" in rule.methods: continue
            out=[]
            try:
                address = world.address(rule.endpoint)
            except Exception as e:
                print("NOADDR", rule.endpoint, repr(e)); continue
            for who in PERSONAS:
                try:
                    r = world.browsers[who].open(address, method=method, buffered=True)
                    out.append(str(r.status_code))
                except Exception as e:
                    out.append(type(e).__name__+str(e)[:80])
            print(f'    "{rule.endpoint}": "{" ".join(out)}",', method)
