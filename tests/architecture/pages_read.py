"""Reading a page as a browser would: its title, its fields, its error summary."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
Attributes = dict[str, str]


@dataclass
class Element:
    """One element: its attributes, the text in it, and the names of the elements around it."""

    tag: str
    attributes: Attributes
    around: tuple["Element", ...] = ()
    text: str = ""

    def get(self, name: str) -> str:
        """Returns an attribute, empty when there is none."""
        return self.attributes.get(name, "")

    def is_inside(self, tag: str, **attributes: str) -> bool:
        """Tells whether an element of that name with these attributes is around this one."""
        wanted = attributes.items()
        return any(one.tag == tag and wanted <= one.attributes.items() for one in self.around)


@dataclass
class PageRead:
    """All elements of a page, in their order."""

    elements: list[Element] = field(default_factory=list)
    # All its words in their order, across elements.
    text: str = ""

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """Returns the elements of these names with these attributes."""
        wanted = attributes.items()
        return [one for one in self.elements if one.tag in tags and wanted <= one.attributes.items()]

    @property
    def title(self) -> str:
        """Returns the title of the page."""
        return "".join(one.text for one in self.all("title")).strip()

    @property
    def ids(self) -> set[str]:
        """Returns every id on the page."""
        return {one.get("id") for one in self.elements if one.get("id")}

    @property
    def controls(self) -> list[Element]:
        """Returns what can be filled in of the main form, hidden fields left out."""
        found = self.all("input", "textarea", "select")
        mine = [
            one for one in found if one.is_inside("form", id="main-form") or one.get("form") == "main-form"
        ]
        return [one for one in mine if one.get("type") not in ("hidden", "submit", "button")]

    @property
    def error_summary(self) -> Element | None:
        """Returns the error summary, when it is the first thing in the page after its messages."""
        inside = [one for one in self.elements if one.is_inside("main")]
        first = next((one for one in inside if "govuk-error-summary" in one.get("class").split()), None)
        before = inside[: inside.index(first)] if first else []
        return None if any(one.tag in ("h1", "h2", "p", "form") for one in before) else first

    @property
    def error_messages(self) -> list[Element]:
        """Returns the sentences beside fields."""
        return [one for one in self.all("p", "span") if "govuk-error-message" in one.get("class").split()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = PageRead()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, tuple(self.open))
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, one in enumerate(self.open) if one.tag == tag]
        if places:
            del self.open[places[-1] :]

    def handle_data(self, data: str) -> None:
        self.page.text += data
        for one in self.open[-1:]:
            one.text += data


def read(html: str) -> PageRead:
    """Returns a page as it is read."""
    reader = _Reader()
    reader.feed(html)
    return reader.page
