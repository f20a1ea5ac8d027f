"""Takes screenshots of the dashboards with headless Chromium, as a logged-in user: every tab at two widths."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from declared import DECLARED, Json
from home import USER, BiError
from playwright.sync_api import Browser, Error, Page, TimeoutError, sync_playwright

SECONDS = 120
STILL_SECONDS = 3  # the charts are animated when they appear
WIDTHS = (1280, 390)
NARROW = 640
WITHOUT_HEADER = "?standalone=2"  # Superset's own header is wider than a telephone
HEIGHT = 4000  # Superset draws a chart only when it is visible in the window
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHART = "[data-test-chart-name]"
# JavaScript: the name and text of each visible chart that shows an error.
FAILED = """charts => charts
    .filter(chart => chart.offsetParent && !chart.querySelector('canvas, table, .header-line, .ant-empty'))
    .map(chart => chart.dataset.testChartName + ': ' + chart.innerText.replace(/\\s+/g, ' '))"""
WAITING = "[data-test='loading-indicator'], .loading"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def has_chinese_font() -> bool:
    """Whether a font for Chinese is installed; without one Chromium draws boxes. True if fontconfig is missing."""
    if shutil.which("fc-list") is None:
        return True
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, timeout=30).stdout)


def take(base: str, password: str, folder: Path) -> list[str]:
    """Write <slug>-<tab>-<width>.png into `folder` and return what is wrong: charts with an error, and pages
    that scroll sideways.

    Raises BiError where the charts are not drawn in time.
    """
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        sandbox = [] if os.getuid() else ["--no-sandbox"]  # Chromium's sandbox does not work for root
        browser = playwright.chromium.launch(executable_path=chromium(), args=sandbox)
        try:
            return [wrong for width in WIDTHS for wrong in _at(browser, width, base, password, folder)]
        except Error as error:
            raise BiError(f"Chromium: {error.message}") from error
        finally:
            browser.close()


def _at(browser: Browser, width: int, base: str, password: str, folder: Path) -> Iterator[str]:
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, bypass_csp=True)
    page.set_default_timeout(SECONDS * 1000)
    _log_in(page, base, password)
    for dashboard in DECLARED["dashboards"]:
        page.goto(f"{base}/superset/dashboard/{dashboard['slug']}/{WITHOUT_HEADER if width < NARROW else ''}")
        for number, tab in enumerate(dashboard["tabs"]):
            output = folder / f"{dashboard['slug']}-{number + 1}-{width}.png"
            yield from _photograph(page, number, tab, output)
    page.close()


def _log_in(page: Page, base: str, password: str) -> None:
    page.goto(f"{base}/login/")
    page.fill("#username", USER)
    page.fill("#password", password)
    page.click("[data-test='login-button']")
    page.wait_for_url(lambda url: "/login" not in url)


def _photograph(page: Page, number: int, tab: Json, output: Path) -> Iterator[str]:
    cards = sum(map(len, tab["rows"]))
    try:
        page.locator("[role=tab]").nth(number).click()
        page.wait_for_function(
            f"[...document.querySelectorAll('{CHART}')].filter(c => c.offsetParent).length >= {cards}"
        )
        page.wait_for_function(f'!document.querySelector("{WAITING}")')
    except TimeoutError as error:
        page.screenshot(path=output)
        raise BiError(f"not drawn within {SECONDS} s; what there was: {output}") from error
    page.wait_for_timeout(STILL_SECONDS * 1000)
    page.screenshot(path=output, clip=_drawn_part(page))
    yield from page.eval_on_selector_all(CHART, FAILED)
    if page.evaluate(TOO_WIDE):
        yield f"{output.name} scrolls sideways"


def _drawn_part(page: Page) -> Json:
    boxes = [box for row in page.locator(CHART).all() if (box := row.bounding_box())]
    below = max((box["y"] + box["height"] for box in boxes), default=HEIGHT)
    return {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": min(below + 16, HEIGHT)}
