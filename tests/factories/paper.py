"""The smallest valid forms on paper, and files that are scans or only look like some."""

import struct
import zlib
from datetime import date
from itertools import count
from typing import Any

from participation.collectivities.models import Membership, Role
from participation.consultations.models import Channel, Consultation
from participation.contributions.models import Choice
from participation.contributions.paper.actions import Filled, keep_scan, record_form
from participation.contributions.paper.models import PaperForm
from participation.foundation import clock
from participation.foundation.files import scans_folder
from participation.foundation.references import secret_token
from tests.factories.collectivities import a_member
from tests.factories.consultations import an_open_consultation

URN = "Urne de la médiathèque"
A_PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
_numbers = count(1)


def filled(**columns: Any) -> Filled:
    """Returns what stands on a form: in favour, received today, in the urn, when nothing else is said."""
    values: dict[str, Any] = {
        "channel": Channel.PAPER,
        "received_on": clock.today(),
        "source": URN,
        "choice": Choice.FAVOURABLE,
        **columns,
    }
    return Filled(**values)


def a_form(
    consultation: Consultation | None = None,
    member: Membership | None = None,
    *,
    with_scan: bool = False,
    received_on: date | None = None,
    **columns: Any,
) -> PaperForm:
    """Returns a form that an agent typed in, with a number of its own in the pile."""
    consultation = consultation or an_open_consultation()
    values: dict[str, Any] = {"number": str(next(_numbers)), **columns}
    if received_on is not None:
        values["received_on"] = received_on
    form = record_form(
        consultation, filled(**values), form_key=secret_token(), member=member or an_agent(consultation)
    )
    if with_scan:
        keep_scan(form, a_scan_file(), purge_on=None)
    return form


def an_agent(consultation: Consultation, role: Role = Role.AGENT) -> Membership:
    """Returns somebody who types in the forms of a consultation."""
    return a_member(role, consultation.project.collectivity)


def a_scan_file(content: bytes = A_PDF) -> str:
    """Returns the name of a scan that is kept."""
    name = f"scan-{next(_numbers)}.pdf"
    scans_folder().mkdir(parents=True, exist_ok=True)
    (scans_folder() / name).write_bytes(content)
    return name


def a_png(*chunks: tuple[bytes, bytes]) -> bytes:
    """Returns a picture of one white point, with further chunks before its end."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\x00\xff")), *chunks, (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def a_jpeg(*segments: tuple[int, bytes]) -> bytes:
    """Returns something with the outside of a JPEG, and further segments: marker and content."""
    parts = [(0xE0, b"JFIF\x00"), *segments]
    head = b"".join(bytes((0xFF, kind)) + struct.pack(">H", len(data) + 2) + data for kind, data in parts)
    return b"\xff\xd8" + head + b"\xff\xda\x00\x02picture\xff\xd9"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
