"""Takes a screenshot of the dashboard with headless Chromium, as a logged-in user."""

import os
import shutil
import subprocess
from pathlib import Path

from home import USER, BiError
from playwright.sync_api import Error, Page, TimeoutError, sync_playwright

SECONDS = 120
STILL_SECONDS = 3  # the charts are animated when they appear
SIZE = {"width": 1600, "height": 3000}  # Superset draws a chart only when it is visible in the window
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHART = "[data-test-chart-name]"
# JavaScript: the name and text of each chart without a drawing. The text is an error, or says that there are no rows.
UNDRAWN = """charts => charts.filter(chart => !chart.querySelector('canvas, table'))
    .map(chart => chart.dataset.testChartName + ': ' + chart.innerText.replace(/\\s+/g, ' '))"""
WAITING = "[data-test='loading-indicator'], .loading"


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def has_chinese_font() -> bool:
    """Whether a font for Chinese is installed; without one Chromium draws boxes. True if fontconfig is missing."""
    if shutil.which("fc-list") is None:
        return True
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, timeout=30).stdout)


def take(base: str, slug: str, password: str, charts: int, output: Path) -> list[str]:
    """Write `output` (PNG) and return the charts without a drawing, with the text that they show.

    Raises BiError where the charts are not drawn in time.
    """
    with sync_playwright() as playwright:
        sandbox = [] if os.getuid() else ["--no-sandbox"]  # Chromium's sandbox does not work for root
        browser = playwright.chromium.launch(executable_path=chromium(), args=sandbox)
        try:
            page = browser.new_page(viewport=SIZE, bypass_csp=True)  # wait_for_function runs script in the page
            page.set_default_timeout(SECONDS * 1000)
            _log_in(page, base, password)
            page.goto(f"{base}/superset/dashboard/{slug}/")
            return _photograph(page, charts, output)
        except TimeoutError as error:
            page.screenshot(path=output)
            raise BiError(f"the dashboard was not drawn within {SECONDS} s; what there was: {output}") from error
        except Error as error:
            raise BiError(f"Chromium: {error.message}") from error
        finally:
            browser.close()


def _log_in(page: Page, base: str, password: str) -> None:
    page.goto(f"{base}/login/")
    page.fill("#username", USER)
    page.fill("#password", password)
    page.click("[data-test='login-button']")
    page.wait_for_url(lambda url: "/login" not in url)


def _photograph(page: Page, charts: int, output: Path) -> list[str]:
    page.wait_for_function(f'document.querySelectorAll("{CHART}").length >= {charts}')
    page.wait_for_function(f'!document.querySelector("{WAITING}")')
    page.wait_for_timeout(STILL_SECONDS * 1000)
    undrawn = page.eval_on_selector_all(CHART, UNDRAWN)
    below = page.locator("[data-test='grid-content']").bounding_box()
    page.screenshot(path=output, clip={"x": 0, "y": 0, "width": SIZE["width"], "height": below["y"] + below["height"]})
    return undrawn
