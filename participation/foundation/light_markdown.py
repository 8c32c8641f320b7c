"""Light Markdown turned into safe HTML: paragraphs, line breaks, lists, addresses that become links."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

import nh3
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it._punycode import to_unicode
from markdown_it.token import Token
from markupsafe import Markup

ALLOWED = {"p", "br", "ul", "ol", "li", "a"}
# In longer paragraphs than people write, addresses stay text: finding them costs the square of the length.
LONGEST_LINKED = 5_000
# Lists inside lists beyond this aren't read any more (two levels each): such a text is shown as it was typed.
DEEPEST = 20
# A whole web address: a host and nothing before it, so that «https://bank.fr@elsewhere.com» is no link.
_WEB = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?([/?#].*)?", re.IGNORECASE)
_MAILBOX = re.compile(r"mailto:[^@\s]+@[a-z0-9][a-z0-9.-]*[a-z0-9]", re.IGNORECASE)
_HOST = re.compile(r"(?P<before>https?://|mailto:[^@]*@)(?P<host>[^/?#:]*)(?P<after>.*)", re.DOTALL)
# «+ 3 agents» says more, not the first of a list.
_PLUS = re.compile(r"^([ \t]*)\+(?=[ \t])", re.MULTILINE)


class Links(LinkifyIt):
    """Finds web addresses and mailboxes in paragraphs of an ordinary length."""

    def __init__(self) -> None:
        super().__init__()
        self.add("ftp:", None).add("//", None)

    def pretest(self, text: str) -> bool:
        """Tells whether a paragraph may hold an address."""
        return len(text) <= LONGEST_LINKED and bool(super().pretest(text))


class LightMarkdown(MarkdownIt):
    """The few rules we take; an address is shown with the host it really leads to."""

    def __init__(self, *rules: str) -> None:
        super().__init__("zero", {"breaks": True, "linkify": True, "maxNesting": DEEPEST})
        self.enable(["newline", "linkify", "escape", "entity", *rules])
        self.linkify = Links()

    def validateLink(self, url: str) -> bool:
        """Tells whether an address becomes a link; what isn't clear stays the text it was."""
        is_whole = _WEB.fullmatch(url) or _MAILBOX.fullmatch(url)
        return bool(is_whole) and not any(unicodedata.category(one) == "Cf" for one in _read(url))

    def normalizeLinkText(self, link: str) -> str:
        """Returns an address as typed, its host in ASCII: Cyrillic letters can't pass for Latin ones."""
        typed, meant = _HOST.fullmatch(link), _HOST.fullmatch(self.normalizeLink(link))
        if typed is None or meant is None:
            return link
        return typed["before"] + meant["host"] + typed["after"]


_markdown = LightMarkdown("list")
_without_lists = LightMarkdown()


@lru_cache(maxsize=2048)
def safe_html(words: str) -> Markup:
    """Returns paragraphs, lists, line breaks and links; everything else stays the text it was."""
    tokens = _markdown.parse(_PLUS.sub(r"\1\\+", words))
    if _is_too_deep(tokens):
        tokens = _without_lists.parse(words)
    html = nh3.clean(
        _markdown.renderer.render(tokens, _markdown.options, {}),
        tags=ALLOWED,
        # «2025. A year» keeps its number.
        attributes={"a": {"href"}, "ol": {"start"}},
        link_rel="nofollow ugc noopener",
        url_schemes={"http", "https", "mailto"},
    )
    return Markup(html)  # noqa: S704 - nh3 has just cleaned it against the allow-list


def _read(url: str) -> str:
    """Returns an address as a person would read it: signs that nobody sees can hide in it."""
    host = _HOST.fullmatch(url)
    return unquote(url) + (to_unicode(host["host"]) if host else "")


def _is_too_deep(tokens: list[Token]) -> bool:
    return any(token.level >= DEEPEST - 1 for token in tokens)
