"""Measures an HTML page in Chromium at a given width."""

import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's package chromium")
# Chromium's window is at least 500 pixels wide; a frame can be narrower.
FRAME = """<!doctype html><meta charset="utf-8"><body style="margin:0">
<iframe style="width:{width}px;height:900px;border:0" srcdoc="{page}"></iframe><script>
const box = element => element.getBoundingClientRect()
onload = () => {{
  const page = document.querySelector("iframe").contentDocument
  for (const part of page.querySelectorAll("details")) part.open = true
  const scrolls = element => ["auto", "scroll"].includes(getComputedStyle(element).overflowX)
  const inside = element => element.parentElement && (scrolls(element.parentElement) || inside(element.parentElement))
  const out = [...page.body.querySelectorAll("*")].filter(one => !inside(one) && box(one).right > {width} + 0.5)
  const lines = [...page.querySelectorAll("svg > g")].map(line => [...line.querySelectorAll(":scope > text")])
  const over = lines.filter(texts => texts.length == 2 && box(texts[0]).right > box(texts[1]).left)
  document.title = [page.documentElement.scrollWidth, out.length, over.length, lines.length].join(" ")
}}
</script>"""


def english_words(html: str, allowed: str) -> set[str]:
    """The words of Latin letters that a reader of the page sees, also in titles, but those of the text `allowed` and
    codes such as GK03."""
    shown = re.sub(r"<(style|script)>.*?</\1>", " ", html, flags=re.DOTALL)
    titles = " ".join(re.findall(r'(?:title|alt|aria-label|placeholder)="([^"]*)"', shown))
    words = re.findall(r"[A-Za-z][A-Za-z_]+(?![\w-])", f"{re.sub(r'<[^>]+>', ' ', shown)} {titles}")
    return set(words) - set(re.findall(r"[A-Za-z][A-Za-z_]+", allowed))


def laid_out(html: str, width: int, folder: Path) -> tuple[int, int, int, int]:
    """Returns the width of the page, and the numbers of elements that extend beyond it (not those that scroll in their
    own box), of chart labels that overlap their number, and of chart lines."""
    framed = folder / f"framed_{width}.html"
    open_up = re.sub(r"<meta http-equiv[^>]*>", "", html)
    framed.write_text(FRAME.format(width=width, page=escape(open_up)), "utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command += ["--no-first-run", f"--user-data-dir={folder / 'profile'}", "--window-size=1400,900"]
    shown = subprocess.run([*command, "--dump-dom", framed.as_uri()], capture_output=True, text=True, timeout=120)
    found = re.search(r"<title>(\d+) (\d+) (\d+) (\d+)</title>", shown.stdout)
    assert found, shown.stderr[-500:]
    return tuple(map(int, found.groups()))
