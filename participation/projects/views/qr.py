"""The QR code of a short address, drawn as one path so that it takes the colour of the page."""

from functools import lru_cache

import segno


@lru_cache(maxsize=1000)
def qr_path(address: str) -> tuple[int, str]:
    """Returns the side of the code in modules and the path of its dark ones, without quiet zone."""
    code = segno.make(address, micro=False, error="m")
    rows = [list(row) for row in code.matrix_iter(border=0)]
    parts = []
    for line, row in enumerate(rows):
        column = 0
        while column < len(row):
            width = 0
            while column + width < len(row) and row[column + width]:
                width += 1
            if width:
                parts.append(f"M{column} {line}h{width}v1h-{width}z")
            column += width or 1
    return len(rows), "".join(parts)
