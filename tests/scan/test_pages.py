"""Pictures of pages, drawn here: straightened, their rules found, and where in their cells there is ink."""

from itertools import pairwise

import pytest

cv2 = pytest.importorskip("cv2", reason="juesuan[ocr] is not installed")
np = pytest.importorskip("numpy")

from ingest.readers.pdf.grid import find_tables  # noqa: E402
from ingest.readers.pdf.scan import ink, straighten  # noqa: E402
from ingest.readers.pdf.scan.models import Read  # noqa: E402
from ingest.readers.pdf.scan.rules import rules_apart_from_strokes, rules_of  # noqa: E402

DPI = 200
PER_POINT = DPI / 72
XS, YS = (60, 260, 400, 540), (100, 120, 140, 160, 180)  # points
TEXTS = {(0, 0): "ABCDEFGH", (1, 1): "1234.56", (2, 3): "-"}


def drawn(paper: int = 255) -> "np.ndarray":
    """A table of four rows and three columns with text in three of its cells; an A4 page, in shades of grey."""
    page = np.full((round(842 * PER_POINT), round(595 * PER_POINT)), paper, np.uint8)
    for x in XS:
        _rule(page, (x, YS[0]), (x, YS[-1]))
    for y in YS:
        _rule(page, (XS[0], y), (XS[-1], y))
    for (column, row), text in TEXTS.items():
        at = (round((XS[column] + 20) * PER_POINT), round((YS[row] + 15) * PER_POINT))
        cv2.putText(page, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.9, 20, 2, cv2.LINE_AA)
    return page


def _rule(page, start, end) -> None:
    cv2.line(page, *(tuple(round(at * PER_POINT) for at in point) for point in (start, end)), 30, 2)


def tilted(page, degrees: float):
    height, width = page.shape
    by = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(page, by, (width, height), borderValue=255)


def noisy(page):
    noise = np.random.default_rng(1).normal(0, 9, page.shape)
    return cv2.imdecode(cv2.imencode(".jpg", np.clip(page + noise, 0, 255).astype(np.uint8), [1, 35])[1], 0)


def shaded(page):
    shade = np.linspace(0.65, 1, page.shape[1])
    return (page * shade).astype(np.uint8)


def bordered(page):
    page = page.copy()
    page[:40] = page[:, :60] = 0
    return page


def one_bit(page):
    return np.where(page > 140, np.uint8(255), np.uint8(0))


DAMAGED = {
    "as drawn": lambda page: page,
    "tilted to the left": lambda page: tilted(page, 1.2),
    "tilted to the right": lambda page: tilted(page, -0.7),
    "noise and strong compression": noisy,
    "shaded": shaded,
    "a black border": bordered,
    "one bit": one_bit,
}


def cells(page):
    """The cells of the only table, and the lines of text in each."""
    grey = straighten.without_shading(page)
    level = straighten.level(grey, straighten.tilt_of(grey))
    rules = rules_of(level, PER_POINT)
    (table,) = find_tables(rules.verticals, rules.horizontals)
    found = ink.ink_of(ink.without_rules(level, rules.covered, PER_POINT), PER_POINT)
    return table, [list(ink.lines_in(found, box, PER_POINT)) for box in table]


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_the_cells_of_a_table_are_found_and_only_those_with_text_have_ink(damage):
    table, lines = cells(damage(drawn()))
    assert len(table) == (len(XS) - 1) * (len(YS) - 1)
    columns = {n: (x0, x1) for n, (x0, x1) in enumerate(pairwise(XS))}
    rows = {n: (top, bottom) for n, (top, bottom) in enumerate(pairwise(YS))}
    with_ink = {
        (
            min(columns, key=lambda n: abs(columns[n][0] - box.x0)),
            min(rows, key=lambda n: abs(rows[n][0] - box.top)),
        )
        for box, found in zip(table, lines, strict=True)
        if found
    }
    assert with_ink == set(TEXTS)
    assert all(len(found) <= 1 for found in lines)


@pytest.mark.parametrize("degrees", [-1.5, -0.4, 0, 0.6, 1.4])
def test_the_tilt_of_a_page_is_told_by_its_rules(degrees):
    assert straighten.tilt_of(tilted(drawn(), degrees)) == pytest.approx(-degrees, abs=0.12)


def test_the_border_of_a_scan_does_not_tell_the_tilt_of_the_page():
    assert straighten.tilt_of(bordered(tilted(drawn(), 1.2))) == pytest.approx(-1.2, abs=0.12)


@pytest.mark.parametrize("degrees", [-1.4, 0, 0.6])
def test_the_tilt_of_a_page_without_rules_is_told_by_its_lines_of_text(degrees):
    page = np.full(drawn().shape, 255, np.uint8)
    for n in range(20):
        words = " ".join(f"{n * 7919 % 1000}.{n:02}" for _ in range(6 + n % 3))
        cv2.putText(page, words, (200, 300 + 60 * n), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 20, 2, cv2.LINE_AA)
    assert straighten.tilt_of(tilted(page, degrees)) == pytest.approx(-degrees, abs=0.15)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_turned_so_that_its_text_can_be_read(turn):
    """Functions stand in for the models: text lies along the longer side, and is read where it stands as drawn."""
    page = drawn()
    code = {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}
    turned = cv2.rotate(page, code[turn]) if turn else page
    box = (300.0, 100.0, 320.0, 200.0) if turn in (90, 270) else (100.0, 300.0, 200.0, 320.0)
    asked = []

    def read(pictures):
        asked.append(pictures[0].shape[:2])
        right_way = len(asked) == (1 if turn in (0, 90) else 2)
        return [Read("text", 0.99 if right_way else 0.4)]

    assert straighten.turn_of(turned, lambda _: [box], read) == turn
    assert all(width > height for height, width in asked)


def test_two_pages_on_one_picture_are_parted_and_a_wide_page_is_not():
    """A line of text across the middle, or a table, is one page."""
    page = drawn()
    both = np.hstack([tilted(page, 1.0), tilted(page, -0.8)])
    sheets, gutter = straighten.sheets_of(both)
    assert len(sheets) == 2
    assert gutter == pytest.approx(page.shape[1], abs=60)
    assert [round(straighten.tilt_of(sheet), 1) for sheet in sheets] == pytest.approx([-1.0, 0.8], abs=0.15)
    across = both.copy()
    cv2.putText(across, "A TITLE ACROSS THE MIDDLE", (1300, 150), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 4)
    assert straighten.sheets_of(across) == ([across], across.shape[1])
    assert straighten.sheets_of(page) == ([page], page.shape[1])


def test_faint_print_below_a_stamp_is_kept():
    """Print that shines through a stamp is darker than the stamp, and lighter than other print."""
    page = np.full((120, 400, 3), 255, np.uint8)
    page[20:100, 100:300] = (200, 40, 40)
    page[50:70, 150:250] = (120, 20, 20)
    bare = straighten.without_colour(page)
    assert bare[30, 120] == 255
    assert bare[60, 200] < 170


def test_what_is_stamped_in_red_is_paper():
    stamp = np.full((*drawn().shape, 3), 255, np.uint8)
    cv2.circle(stamp, (500, 400), 90, (230, 40, 40), 8)
    stamped = np.minimum(cv2.cvtColor(drawn(), cv2.COLOR_GRAY2RGB), stamp)  # print below a stamp shines through
    assert cells(straighten.without_colour(stamped))[1] == cells(drawn())[1]


def test_print_below_a_thick_stamp_is_kept():
    """Where the stamp hides it in its red, print is still darker in green; the rules below it are not broken."""
    page = cv2.cvtColor(drawn(paper=230), cv2.COLOR_GRAY2RGB)
    stamp = np.zeros(page.shape[:2], np.uint8)
    cv2.circle(stamp, (900, 420), 110, 255, -1)
    through = page * 0.25 + np.array([205, 30, 40]) * 0.75
    stamped = np.where(stamp[:, :, None] > 0, through, page).astype(np.uint8)
    assert cells(straighten.without_colour(stamped))[1] == cells(drawn(paper=230))[1]


def test_the_edges_of_a_stamp_in_a_compressed_picture_leave_no_ink():
    """Compression blurs colours more than shades: the edges of a stamp are darker than its red alone."""
    page = np.full((*drawn().shape, 3), 210, np.uint8)
    cv2.circle(page, (500, 400), 90, (190, 88, 90), 7)
    cv2.putText(page, "SEAL", (440, 390), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (190, 88, 90), 3)
    stamped = (np.minimum(cv2.cvtColor(drawn(), cv2.COLOR_GRAY2RGB), page)).astype(np.uint8)
    seen = cv2.imdecode(cv2.imencode(".jpg", stamped[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 60])[1], cv2.IMREAD_COLOR)[
        :, :, ::-1
    ]
    assert [len(lines) for lines in cells(straighten.without_colour(seen))[1]] == [
        len(lines) for lines in cells(drawn())[1]
    ]


def test_a_row_that_stands_alone_is_ruled_though_its_lines_are_short():
    """The last row of a table on the next page: lines down that are shorter than a stroke of a title."""
    page = np.full((400, 1654), 255, np.uint8)
    for x in XS:
        _rule(page, (x, 40), (x, 53))
        _rule(page, (x + 60, 80), (x + 60, 90))  # as long, and ends on no rule
    for y in (40, 53):
        _rule(page, (XS[0], y), (XS[-1], y))
    rules = rules_of(page, PER_POINT)
    assert [round(edge.at) for edge in sorted(rules.verticals)] == list(XS)
    assert [len(table) for table in find_tables(rules.verticals, rules.horizontals)] == [len(XS) - 1]


def test_long_strokes_of_large_characters_are_no_rules():
    """On a cover; a line as long as a page is wide is one, and so is each line of a table."""
    page = drawn()
    cv2.putText(page, "HHH", (300, 1200), cv2.FONT_HERSHEY_SIMPLEX, 3, 0, 6)  # 23 points high
    _rule(page, (60, 500), (500, 500))
    rules = rules_of(page, PER_POINT)
    assert rules.covered[1110:1230].any()
    found = rules_apart_from_strokes(rules, find_tables(rules.verticals, rules.horizontals), PER_POINT)
    assert not found[1110:1230].any()
    assert found[round(500 * PER_POINT)].any()
    table = slice(round(95 * PER_POINT), round(185 * PER_POINT))
    assert (found[table] == rules.covered[table]).all()


def test_a_single_line_above_an_empty_page_is_found_by_its_ink():
    """Words with gaps between them are one line where they are close, and two where they stand apart."""
    page = np.full((600, 1600), 255, np.uint8)
    for text, x, y in (("TITLE", 700, 100), ("UNIT", 200, 200), ("YEAR", 1200, 200)):
        cv2.putText(page, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3, cv2.LINE_AA)
    found = sorted(ink.lines_outside(ink.ink_of(page, PER_POINT), PER_POINT), key=lambda box: (round(box.top), box.x0))
    assert [round(box.x0 * PER_POINT, -1) for box in found] == [700, 200, 1200]
