"""A thousand degraded cells through both readers and the confirmation: `python -m tests.degraded_cells [CELLS]`.

The amounts of a synthetic 支出决算表, whose rows and levels add up, are drawn in the faces that are installed, as a
scanner sees them at 75 to 150 dpi, and every second one is degraded: blurred, noisy, with a line through its digits,
below a seal. Both models read each, and the document of what they read goes through the pipeline as one from a picture
does. A line per degradation and one per resolution say how many amounts were read right, how many are confirmed, and
how many are confirmed and wrong, which must be none. Needs juesuan[ocr] and the second model.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import cycle, product
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ingest.document import STRAIGHT, Cell, Document, GridKind, Line, RawRow, RawTable
from ingest.pipeline import understand_document
from ingest.readers.pdf.scan.models import read_again, read_texts
from ingest.readers.pdf.scan.straighten import without_colour
from warehouse.records.places import Box, Place
from warehouse.records.reading import FileRole, Source, SourceFile, Status

FONTS = Path("/usr/share/fonts")
DPIS = (75, 100, 120, 150)
POINTS_OF_TEXT, FINE = 10.5, 8  # of the digits; times finer is the drawing that the scanner sees
AS_READ = 200  # dpi at which a page is drawn, whatever the scanner's were
HEIGHT, WIDTH = 16, 90  # points of a cell
DEGRADED = 0.5  # of the amounts of a page
SEED = 20
ALL = 1560  # cells: each degradation at each resolution
FIRST_COLUMN, YUAN = 3, 10_000  # of the amounts; in one 万元
TITLES = ("示范市示范局2024年度部门决算", "支出决算表", "公开03表", "部门:示范市示范局", "单位:万元")
HEADINGS = (
    "科目编码",
    "科目名称",
    "本年支出合计",
    "基本支出",
    "项目支出",
    "上缴上级支出",
    "经营支出",
    "对附属单位补助支出",
)
SUBJECTS = {
    "201": "一般公共服务支出",
    "20101": "人大事务",
    "2010101": "行政运行",
    "2010102": "一般行政管理事务",
    "2010103": "机关服务",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080501": "行政单位离退休",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
}


class Degradation(NamedTuple):
    name: str
    apply: Callable[[np.ndarray, random.Random], np.ndarray]


def _blurred(cell: np.ndarray, chance: random.Random) -> np.ndarray:
    return cv2.GaussianBlur(cell, (0, 0), chance.uniform(0.6, 1.6))


def _noisy(cell: np.ndarray, chance: random.Random) -> np.ndarray:
    noise = np.random.default_rng(chance.getrandbits(32)).normal(0, chance.uniform(8, 30), cell.shape)
    noisy = np.clip(cell + noise, 0, 255).astype(np.uint8)
    return cv2.imdecode(cv2.imencode(".jpg", noisy, [1, chance.randint(25, 60)])[1], cv2.IMREAD_COLOR)


def _lined(cell: np.ndarray, chance: random.Random) -> np.ndarray:
    """A stroke through the digits, as of a pen or a crease."""
    height, width = cell.shape[:2]
    start = (chance.randint(0, width // 3), chance.randint(height // 4, 3 * height // 4))
    end = (chance.randint(2 * width // 3, width), chance.randint(height // 4, 3 * height // 4))
    lined = cell.copy()
    cv2.line(lined, start, end, (chance.randint(30, 140),) * 3, 1, cv2.LINE_AA)
    return lined


def _stamped(cell: np.ndarray, chance: random.Random) -> np.ndarray:
    """A part of the ring of a red seal, printed over."""
    stamp = np.full_like(cell, 255)
    height, width = cell.shape[:2]
    middle = (chance.randint(0, width), chance.randint(-2 * height, 3 * height))
    cv2.circle(stamp, middle, chance.randint(height, 3 * height), (220, 40, 45), max(1, height // 7), cv2.LINE_AA)
    return np.minimum(cell, stamp)


DEGRADATIONS = (
    Degradation("as drawn", lambda cell, chance: cell),
    Degradation("blur", _blurred),
    Degradation("noise", _noisy),
    Degradation("line", _lined),
    Degradation("seal", _stamped),
    Degradation("blur and noise", lambda cell, chance: _noisy(_blurred(cell, chance), chance)),
)


def faces() -> list[Path]:
    """Some of the faces with digits that are installed."""
    found = sorted(path for path in FONTS.rglob("*") if path.suffix in (".ttf", ".otf", ".ttc"))
    kept = [path for path in found if not any(word in path.name for word in ("Emoji", "Symbol", "Oblique", "Italic"))]
    return kept[:: max(1, len(kept) // 8)]


def table(chance: random.Random) -> dict[str, list[Decimal]]:
    """The amounts of each row: every row is the sum of its columns, every level that of the next."""
    rows = {code: [_amount(chance) for _ in range(5)] for code in SUBJECTS if len(code) == 7}
    for length in (5, 3):
        for code in (one for one in SUBJECTS if len(one) == length):
            below = [row for other, row in rows.items() if other.startswith(code) and len(other) == length + 2]
            rows[code] = [sum(column, Decimal(0)) for column in zip(*below, strict=True)]
    rows["合计"] = [
        sum(column, Decimal(0)) for column in zip(*(rows[one] for one in SUBJECTS if len(one) == 3), strict=True)
    ]
    return {code: [sum(rows[code], Decimal(0)), *rows[code]] for code in ("合计", *SUBJECTS)}


def _sums(rows: list[list[Decimal]]) -> list[Decimal]:
    return [sum(column, Decimal(0)) for column in zip(*rows, strict=True)]


def _amount(chance: random.Random) -> Decimal:
    return Decimal(chance.randint(1, 10 ** chance.randint(3, 7))) / 100 if chance.random() < 0.7 else Decimal(0)


def drawn(text: str, face: Path, dpi: int) -> np.ndarray:
    """A cell in three colours as a scanner with so many dots per inch sees it."""
    large = Image.new("L", (WIDTH * FINE, HEIGHT * FINE), 255)
    font = ImageFont.truetype(str(face), round(POINTS_OF_TEXT * FINE))
    ImageDraw.Draw(large).text((WIDTH * FINE - 3 * FINE, HEIGHT * FINE // 2), text, fill=25, font=font, anchor="rm")
    seen = large.resize((round(WIDTH * dpi / 72), round(HEIGHT * dpi / 72)), Image.Resampling.BOX)
    return cv2.cvtColor(np.array(seen), cv2.COLOR_GRAY2RGB)


def as_read(cell: np.ndarray, dpi: int) -> np.ndarray:
    """The cell as it is cut out of a page: without the red of a seal, at the resolution of the drawing."""
    scale = AS_READ / dpi
    grown = cv2.resize(without_colour(cell), None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return cv2.cvtColor(_around_ink(grown), cv2.COLOR_GRAY2BGR)


def _around_ink(grey: np.ndarray) -> np.ndarray:
    """The cell without most of the paper to the left of its text."""
    inked = np.flatnonzero((grey < 160).any(0))
    return grey[:, max(0, int(inked[0]) - 8) :] if inked.size else grey


class Tried(NamedTuple):
    """An amount of a page: what it is, how it was degraded, what became of it."""

    value: Decimal
    degradation: str
    dpi: int
    read: Decimal | None
    status: Status

    @property
    def is_confirmed_wrong(self) -> bool:
        return self.status is Status.CONFIRMED and self.read != self.value


def tried(number: int, degradation: Degradation, dpi: int, face: Path) -> Iterator[Tried]:
    """The amounts of one page."""
    chance = random.Random(SEED + number)
    rows = table(chance)
    has_commas = bool(number % 2)
    texts = {
        (row, n): f"{value:,.2f}" if has_commas else f"{value:.2f}" for row in rows for n, value in enumerate(rows[row])
    }
    degraded = {key for key in texts if chance.random() < DEGRADED}
    pictures = [
        as_read(degradation.apply(cell, chance) if key in degraded else cell, dpi)
        for key, cell in ((key, drawn(text, face, dpi)) for key, text in texts.items())
    ]
    first, second = read_texts(pictures), read_again(pictures) or []
    cells = {
        key: Cell(
            one.text, x0=100.0 + 60 * key[1], x1=155.0 + 60 * key[1], confidence=one.confidence, read_again=again.text
        )
        for key, one, again in zip(texts, first, second, strict=True)
    }
    amounts = {(one.row_key, one.column_no): one for one in read_document(rows, cells).amounts}
    for row, n in texts:
        one = amounts.get(("TOTAL" if row == "合计" else row, FIRST_COLUMN + n))
        name = degradation.name if (row, n) in degraded else "as drawn"
        read = one.value / YUAN if one and one.value is not None else None
        yield Tried(rows[row][n], name, dpi, read, one.status if one else Status.DOUBTFUL)


def read_document(rows: dict[str, list[Decimal]], cells: dict[tuple[str, int], Cell]):
    """What the pipeline makes of a page on which these cells were read, and all else as it is printed."""
    lines = [Line(text, Place(1, box=Box(60, 20 + 14 * n, 300, 32 + 14 * n))) for n, text in enumerate(TITLES)]
    printed = [tuple(_printed(text, n) for n, text in enumerate(HEADINGS))]
    for code in rows:
        label = ("", "合计") if code == "合计" else (code, SUBJECTS[code])
        printed.append((_printed(label[0], 0), _printed(label[1], 1), *(cells[code, n] for n in range(6))))
    raw = [RawRow(row, Place(1, box=Box(20, 100 + 16 * n, 560, 116 + 16 * n))) for n, row in enumerate(printed)]
    document = Document("image", (*lines, RawTable(tuple(raw), GridKind.RECOGNISED)), 1, recognised={(1, 1): STRAIGHT})
    source = Source.of(SourceFile("page.png", "0" * 64, "image", 1, 1, None, FileRole.MAIN), ())
    return understand_document(document, Path("page.png"), source).extraction


def _printed(text: str, column: int) -> Cell:
    again = text if text.isdigit() else None
    return Cell(text, x0=20.0 + 40 * column, x1=58.0 + 40 * column, confidence=0.999, read_again=again)


def report(every: list[Tried]) -> Iterator[str]:
    by: dict[str, list[Tried]] = defaultdict(list)
    for one in every:
        by[one.degradation].append(one)
        by[f"{one.dpi} dpi"].append(one)
        by["all"].append(one)
    for name, some in by.items():
        other = [one for one in some if one.value]
        right = sum(one.read == one.value for one in some)
        confirmed = sum(one.status is Status.CONFIRMED for one in other)
        wrong = sum(one.is_confirmed_wrong for one in some)
        yield (
            f"{name}: {len(some)} cells, {100 * right / len(some):.1f} % read right, "
            f"{100 * confirmed / max(1, len(other)):.1f} % of those not zero confirmed, confirmed and wrong {wrong}"
        )


def main(cells: int) -> int:
    """How many cells are confirmed and wrong."""
    every: list[Tried] = []
    kinds = product(DPIS, DEGRADATIONS[1:])
    for number, ((dpi, degradation), face) in enumerate(zip(cycle(kinds), cycle(faces()), strict=False)):
        if len(every) >= cells:
            break
        every += tried(number, degradation, dpi, face)
    print(*report(every), sep="\n")
    return sum(one.is_confirmed_wrong for one in every)


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else ALL)))
