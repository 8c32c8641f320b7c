"""What a scan may be, told by its content: PDF, PNG or JPEG, whole, without what cameras add to pictures."""

import struct
import zlib

_PNG = b"\x89PNG\r\n\x1a\n"
# Text, camera data and time of a picture: where it was taken, with what, by whom.
_PNG_DROPPED = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"))
# Of what a JPEG says about itself, only how its colours are to be read.
_JPEG_KEPT = frozenset((0xE0, 0xEE))
_JPEG_ABOUT = frozenset((*range(0xE0, 0xF0), 0xFE))
_START_OF_SCAN = 0xDA
_PDF_TAIL = 1024


def read_scan(content: bytes) -> tuple[str, bytes] | None:
    """Returns the ending that fits and what is to be kept; None for anything else, cut short or locked."""
    if content.startswith(b"%PDF-"):
        is_whole = b"%%EOF" in content[-_PDF_TAIL:] and b"/Encrypt" not in content
        return (".pdf", content) if is_whole else None
    if content.startswith(_PNG):
        kept = _plain_png(content)
        return (".png", kept) if kept else None
    if content.startswith(b"\xff\xd8\xff"):
        kept = _plain_jpeg(content)
        return (".jpg", kept) if kept else None
    return None


def _plain_png(content: bytes) -> bytes | None:
    """Returns a PNG without what it says besides its picture; None when a chunk is damaged or missing."""
    kept, place = [_PNG], len(_PNG)
    while place + 12 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        chunk = content[place : place + 12 + length]
        kind, data, check = chunk[4:8], chunk[8 : 8 + length], chunk[8 + length :]
        if len(check) != 4 or zlib.crc32(kind + data) != struct.unpack(">I", check)[0]:
            return None
        if kind not in _PNG_DROPPED:
            kept.append(chunk)
        place += len(chunk)
        if kind == b"IEND":
            # What follows belongs to no picture.
            return b"".join(kept)
    return None


def _plain_jpeg(content: bytes) -> bytes | None:
    """Returns a JPEG without camera data and comments; None when it is cut short."""
    kept, place = [content[:2]], 2
    end = content.rfind(b"\xff\xd9")
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == _START_OF_SCAN:
            return b"".join([*kept, content[place : end + 2]]) if end > place else None
        (length,) = struct.unpack(">H", content[place + 2 : place + 4])
        if marker not in _JPEG_ABOUT or marker in _JPEG_KEPT:
            kept.append(content[place : place + 2 + length])
        place += 2 + length
    return None
