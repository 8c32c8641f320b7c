"""What axe finds on a page whose own scripts are off."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

# Where scripts are off, timers never ring; axe only uses them to let others have their turn.
WITHOUT_TIMERS = """() => {
    window.setTimeout = (act, delay, ...words) => { Promise.resolve().then(() => act(...words)); return 1 }
}"""
RUN = """tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})
    .then(found => found.violations)"""
REPEATED_IDS = """() => {
    const ids = [...document.querySelectorAll('[id]')].map(one => one.id)
    return ids.filter((id, place) => ids.indexOf(id) !== place)
}"""


def barriers(page: Page) -> list[str]:
    """Returns a line for each thing axe refuses, and for each id given twice, which axe no longer sees."""
    page.evaluate(WITHOUT_TIMERS)
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, list(TAGS))
    lines = [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
    return lines + [f"the id «{name}» is given twice" for name in page.evaluate(REPEATED_IDS)]
