"""One person's browser: whatever page it comes to is in French and free of barriers, or the test fails."""

from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Response, expect

from tests.journeys.accessibility import barriers
from tests.journeys.live_server import Site

LONGEST_WAIT = 15_000  # milliseconds
NO_BREAK_SPACES = str.maketrans("\u00a0\u202f", "  ")


class Window:
    """A window on the site, with the words of somebody who uses it: opens, follows, fills, sends."""

    def __init__(self, page: Page, site: Site, *, narrowest: int | None = None) -> None:
        self.page = page
        self.site = site
        # Each page is also made so narrow, in px, and then may not scroll sideways.
        self.narrowest = narrowest
        self.form = page.locator("#main-form")
        page.set_default_timeout(LONGEST_WAIT)

    @property
    def path(self) -> str:
        """Returns the address of the page, without the machine."""
        return urlsplit(self.page.url).path

    @property
    def text(self) -> str:
        """Returns what the page says, with plain spaces."""
        return self.page.locator("main").inner_text().translate(NO_BREAK_SPACES)

    def opens(self, address: str, *, status: int = 200) -> None:
        """Comes to a page by its path, or by the whole address written in a mail."""
        path = urlsplit(address)._replace(scheme="", netloc="").geturl()
        self._arrives(self.page.goto(self.site.address + path), status=status)

    def follows(self, href: str) -> None:
        """Follows the first link of the page whose address ends so."""
        href = urlsplit(href)._replace(scheme="", netloc="").geturl()
        self._clicks(self.page.locator(f'main a[href$="{href}"]').first)

    def fills(self, **answers: str | list[str]) -> None:
        """Fills fields of the form by name: types, chooses, ticks."""
        for name, answer in answers.items():
            field = self.form.locator(f'[name="{name}"]')
            kind = field.first.evaluate("field => field.type")
            if kind in ("radio", "checkbox"):
                for value in [answer] if isinstance(answer, str) else answer:
                    self.form.locator(f'[name="{name}"][value="{value}"]').check()
            elif kind == "select-one":
                field.select_option(answer)
            else:
                field.fill(str(answer))

    def sends(self, action: str | None = None, **answers: str | list[str]) -> None:
        """Fills the form and presses its button; `action` names one of several."""
        self.fills(**answers)
        self._clicks(self._button(action))

    def is_refused(self, *names: str, action: str | None = None) -> None:
        """Presses the button; the page comes back with these fields to correct, said as they must be."""
        self._clicks(self._button(action), status=422)
        assert self.page.title().translate(NO_BREAK_SPACES).startswith("Erreur :"), self.page.title()
        summary = self.page.locator(".govuk-error-summary")
        expect(summary).to_be_focused()
        links = summary.locator("a")
        targets = [str(link.get_attribute("href")).removeprefix("#") for link in links.all()]
        assert targets == list(names), summary.inner_text()
        for target, link in zip(targets, links.all(), strict=True):
            assert link.inner_text() in self._described(target)

    def is_refused_above(self, action: str | None = None) -> None:
        """Presses the button; the page comes back with something to read first, above all fields."""
        self._clicks(self._button(action), status=422)
        expect(self.page.locator(".govuk-error-summary")).to_be_focused()

    def sends_in_vain(self, *, status: int) -> None:
        """Presses the button; a page answers with that status, in place of what was asked for."""
        self._clicks(self._button(None), status=status)

    def presses(self, words: str) -> None:
        """Presses a button beside the main form, by its words."""
        self._clicks(self.page.locator("main").get_by_role("button", name=words))

    def finds(self, *words: str) -> None:
        """Reads the page and finds these words on it."""
        for some in words:
            assert some in self.text, f"«{some}» is not on {self.path}:\n{self.text}"

    def _button(self, action: str | None) -> Locator:
        return self.form.locator(f'button[value="{action}"]' if action else "button").first

    def _clicks(self, what: Locator, *, status: int = 200) -> None:
        with self.page.expect_navigation() as navigation:
            what.click()
        self._arrives(navigation.value, status=status)

    def _arrives(self, response: Response | None, *, status: int = 200) -> None:
        assert response is not None
        assert response.status == status, f"{response.status} on {self.path}:\n{self.text}"
        expect(self.page.locator("html")).to_have_attribute("lang", "fr")
        expect(self.page.locator("h1")).to_have_count(1)
        found = barriers(self.page)
        assert not found, f"{self.path}:\n" + "\n".join(found)
        if self.narrowest is not None:
            self._fits(self.narrowest)

    def _fits(self, narrowest: int) -> None:
        """Makes the window that narrow for a moment: nothing of the page may lie beside it."""
        usual = self.page.viewport_size
        assert usual is not None
        self.page.set_viewport_size({"width": narrowest, "height": usual["height"]})
        width = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size(usual)
        assert width <= narrowest, f"{self.path} is {width} px wide"

    def _described(self, target: str) -> str:
        """Returns what a screen reader adds to a field and to its group."""
        field = self.page.locator(f'[id="{target}"]')
        expect(field).to_have_count(1)
        groups = field.locator("xpath=ancestor-or-self::*[@aria-describedby]").all()
        assert groups, f"nothing describes the error of «{target}» on {self.path}"
        ids = " ".join(str(group.get_attribute("aria-describedby")) for group in groups).split()
        return " ".join(self.page.locator(f'[id="{one}"]').inner_text() for one in ids)
