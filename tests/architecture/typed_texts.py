"""What a person types in every language, and where a page shows it again."""

from collections import defaultdict

from tests.architecture.pages_read import Element, PageRead

# A family of joined emoji, right-to-left words, letters put together from several, markup, line breaks.
_PARAGRAPHS = (
    "Pourquoi l’accueil ne répondrait-il plus ? « Je préfère une personne », dit ma mère.\r\n",
    "يجب أن يبقى شخص في الاستقبال. צריך אדם בקבלה. 窓口には人がいてほしい。\r\n",
    "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301cole, n\u0303o, ạ̈; \u200fmarque\u200e de sens; 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 — 100 %\r\n",
    "</textarea></form><script>alert('&amp; \"ici\"')</script> {{ 7*7 }} %(num)s\r\n\r\n",
)
LONGEST = 5000
# Read without the spaces people put into figures.
FIGURES = ("population",)


def long_text(name: str) -> str:
    """Returns 5,000 characters that begin with the name of their field, as a browser sends them."""
    text = f"{name} : " + "".join(_PARAGRAPHS) * LONGEST
    # A letter last: outer spaces are nobody's words, and half a line break is none.
    return text[: LONGEST - 2].rstrip("\r\n ").ljust(LONGEST, "x")


def one_line(name: str) -> str:
    """Returns a hundred characters without a line break, for a field of one line."""
    return " ".join(long_text(name).split())[:100] + "x"


def with_plain_breaks(words: str) -> str:
    """Returns words as they are compared: a line break is one character."""
    return words.replace("\r\n", "\n")


def typed_into(page: PageRead) -> dict[str, str]:
    """Returns a text for each field of the main form that takes words."""
    typed = {}
    for control in page.controls:
        if control.tag == "textarea":
            typed[control.get("name")] = long_text(control.get("name"))
        elif control.get("name") in FIGURES:
            continue
        elif control.get("type") in ("", "text") and control.tag == "input" and not control.get("inputmode"):
            typed[control.get("name")] = one_line(control.get("name"))
    return typed


def chosen_in(page: PageRead) -> dict[str, list[str]]:
    """Returns the last choice of each list and group of buttons of the main form."""
    chosen: dict[str, list[str]] = {}
    for control in page.controls:
        if control.get("type") in ("radio", "checkbox"):
            chosen[control.get("name")] = [control.get("value")]
        elif control.tag == "select":
            options = [one for one in page.all("option") if control in one.around]
            chosen[control.get("name")] = [options[-1].get("value")] if options else []
    return chosen


def lost_on(page: PageRead, typed: dict[str, str]) -> list[str]:
    """Returns the names of the fields whose text the page no longer holds, character by character."""
    shown: dict[str, list[str]] = defaultdict(list)
    for control in page.all("textarea", "input"):
        shown[control.get("name")].append(_words_in(control))
    return [name for name, words in typed.items() if with_plain_breaks(words) not in shown[name]]


def _words_in(control: Element) -> str:
    # As browsers do: the first line break of a text area is not part of it.
    words = control.text.removeprefix("\n") if control.tag == "textarea" else control.get("value")
    return with_plain_breaks(words)
