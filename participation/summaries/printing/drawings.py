"""Drawings of the printed pages, as SVG: the bar of positions, the mark of each, a plain bar, the QR code."""

import io

import segno

from participation.contributions.queries import Tally

POSITIVE, SOFT, NEGATIVE, STRIPE = "#1F5A7A", "#DCE8EE", "#A94E12", "#C47A45"
UNKNOWN, INK = "#6B6570", "#1C1A1E"
CHOICES = ("favourable", "conditions", "opposed", "information")
WIDTH, GAP = 1000.0, 5.0


def positions(tally: Tally, height: float, coarseness: float = 1.0) -> str:
    """Returns the bar of positions: plain, hatched, striped, dashed, always in that order.

    A bar that is drawn small takes fewer and larger lines: `coarseness` says how many times.
    """
    counts = [(choice, getattr(tally, choice)) for choice in CHOICES if getattr(tally, choice)]
    drawn, start = [], 0.0
    for place, (choice, count) in enumerate(counts):
        width = WIDTH * count / tally.total
        gap = GAP * coarseness if place < len(counts) - 1 else 0.0
        drawn.append(_part(choice, start, max(width - gap, 1.0), height, coarseness))
        start += width
    return _svg(WIDTH, height, "".join(drawn))


def mark(choice: str) -> str:
    """Returns the sign of a position: a disc, half a disc, a square, a dashed ring."""
    drawn = {
        "favourable": f'<circle cx="8" cy="8" r="7" fill="{POSITIVE}"/>',
        "conditions": f'<circle cx="8" cy="8" r="6.2" fill="{SOFT}" stroke="{POSITIVE}" stroke-width="1.6"/>'
        f'<path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" fill="{POSITIVE}"/>',
        "opposed": f'<rect x="1.5" y="1.5" width="13" height="13" fill="{NEGATIVE}"/>',
        "information": f'<circle cx="8" cy="8" r="6.2" fill="none" stroke="{UNKNOWN}" stroke-width="1.6" '
        'stroke-dasharray="2.6 2"/>',
    }[choice]
    return _svg(16, 16, drawn)


def bar(share: float) -> str:
    """Returns a plain bar as long as a share of the longest one, never too short to be seen."""
    return _svg(200, 20, f'<rect width="{max(200 * share, 1):.1f}" height="20" fill="{INK}"/>')


def code(address: str) -> str:
    """Returns the QR code of an address."""
    written = io.BytesIO()
    segno.make(address, micro=False, error="m").save(written, kind="svg", border=0, xmldecl=False)
    return written.getvalue().decode()


def _part(choice: str, start: float, width: float, height: float, coarseness: float) -> str:
    pen = 2.5 * coarseness
    box = f'x="{start:.1f}" y="0" width="{width:.1f}" height="{height:.1f}"'
    if choice == "favourable":
        return f'<rect {box} fill="{POSITIVE}"/>'
    if choice == "information":
        half = pen / 2
        inner = (
            f'x="{start + half:.1f}" y="{half:.1f}" '
            f'width="{max(width - pen, 1):.1f}" height="{height - pen:.1f}"'
        )
        dashes = f'stroke-width="{pen:g}" stroke-dasharray="{3 * pen:g} {2.4 * pen:g}"'
        return f'<rect {inner} fill="none" stroke="{UNKNOWN}" {dashes}/>'
    if choice == "conditions":
        outline = f'<rect {box} fill="none" stroke="{POSITIVE}" stroke-width="{pen:g}"/>'
        return _lined(box, start, width, height, SOFT, POSITIVE, 14 * coarseness, height, pen) + outline
    return _lined(box, start, width, height, NEGATIVE, STRIPE, 9 * coarseness, 0, pen)


def _lined(
    box: str,
    start: float,
    width: float,
    height: float,
    ground: str,
    ink: str,
    step: float,
    lean: float,
    pen: float,
) -> str:
    """Returns a ground with lines over it, each leaning so far to the right."""
    count = int((width + lean) / step) + 1
    feet = [start - lean + step * place for place in range(count)]
    path = "".join(f"M{foot:.1f} {height:.1f}L{foot + lean:.1f} 0" for foot in feet)
    name = f"c{start:.0f}"
    return (
        f'<clipPath id="{name}"><rect {box}/></clipPath><rect {box} fill="{ground}"/>'
        f'<path d="{path}" stroke="{ink}" stroke-width="{pen:g}" clip-path="url(#{name})"/>'
    )


def _svg(width: float, height: float, drawn: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">{drawn}</svg>'
    )
