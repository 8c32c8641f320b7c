"""A window used without a mouse: Tab reaches everything, Enter, Space, arrows and letters do the rest."""

from playwright.sync_api import Locator

from tests.journeys.window import Window

# More stops than any page has; after that many, the way to a control is called a trap.
MOST_STOPS = 250
HAS_FOCUS = "one => one === document.activeElement"
# What shows where one is: an outline, a shadow, or the mark of the label beside a radio or a box.
SHOWS_FOCUS = """one => {
    const shows = style => (style.outlineStyle !== 'none' && style.outlineWidth !== '0px')
        || style.boxShadow !== 'none'
    const label = one.labels && one.labels[0]
    return shows(getComputedStyle(one)) || (!!label && shows(getComputedStyle(label, '::before')))
}"""


class KeyboardWindow(Window):
    """The words of any window; what Tab can't reach, and what hides where one is, fails the test."""

    def fills(self, **answers: str | list[str]) -> None:
        """Fills fields of the form by name, each reached from where one is."""
        for name, answer in answers.items():
            field = self.form.locator(f'[name="{name}"]')
            kind = field.first.evaluate("field => field.type")
            if kind == "radio":
                self._chooses(name, str(answer))
            elif kind == "checkbox":
                for value in [answer] if isinstance(answer, str) else answer:
                    self._ticks(self.form.locator(f'[name="{name}"][value="{value}"]'))
            elif kind == "select-one":
                self._selects(field, str(answer))
            else:
                self._types(field, str(answer))

    def opens_out(self, words: str) -> None:
        """Opens what a summary hides."""
        summary = self.page.locator("main summary", has_text=words).first
        self._reaches(summary)
        self.page.keyboard.press("Enter")

    def _clicks(self, what: Locator, *, status: int = 200) -> None:
        self._reaches(what)
        with self.page.expect_navigation() as navigation:
            self.page.keyboard.press("Enter")
        self._arrives(navigation.value, status=status)

    def _reaches(self, what: Locator) -> None:
        """Goes on with Tab, round by the start of the page if need be, until the focus is there."""
        for _stop in range(MOST_STOPS):
            if what.evaluate(HAS_FOCUS):
                assert what.evaluate(SHOWS_FOCUS), f"nothing shows the focus on {self.path}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{what} can’t be reached with Tab on {self.path}")

    def _chooses(self, name: str, value: str) -> None:
        """Goes to a group of radios, then down its choices."""
        group = self.form.locator(f'[name="{name}"]')
        checked = group.and_(self.page.locator(":checked"))
        self._reaches(checked if checked.count() else group.first)
        wanted = self.form.locator(f'[name="{name}"][value="{value}"]')
        if not checked.count():
            self.page.keyboard.press("Space")
        for _choice in group.all():
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert wanted.is_checked(), f"«{name}» can’t be chosen with the arrows"

    def _ticks(self, box: Locator) -> None:
        self._reaches(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")

    def _selects(self, field: Locator, value: str) -> None:
        self._reaches(field)
        self.page.keyboard.press("Home")
        for _option in field.locator("option").all():
            if field.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        assert field.input_value() == value

    def _types(self, field: Locator, words: str) -> None:
        self._reaches(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(words)
