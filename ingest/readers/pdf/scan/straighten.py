"""A picture of a page → the same page upright, in shades of grey on white paper."""

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.readers.pdf.scan.models import Read, find_lines, read_texts

Picture = NDArray[np.uint8]

LONGEST_SIDE = 1000  # pixels of the picture in which the direction of the text is looked for
SAMPLE = 4  # lines of text that are read as they stand and upside down
MOST_SKEW = 5.0  # degrees; a page lies straighter than this in a scanner
SHORTEST_RULE = 0.15  # of the width: only lines at least this long are used to measure the tilt
BAR, BESIDE_BAR = 15, 21  # pixels of the picture in which the tilt is measured: no rule and no stroke is as thick
DARK_AREA = 110  # of 255: paper is lighter
UNBROKEN, BROKEN = 2, 8  # pixels: gaps in a rule, smaller than those between characters; and in rules of a bad scan
STAMP = 50  # of 255: the red of a stamp exceeds its green and its blue by more than this
INK_BELOW_STAMP = 140  # of 255: the red of print under a stamp is at most this
DARK_STAMP = 20  # percentile of the shades of what is stamped
LIGHT_STAMP, DARK_PRINT = 0.85, 0.3  # of that shade: from where on it is paper, and up to where print that is stamped
UNEVEN = 15  # of 255: shades of a stamp differ by so much
AROUND_STAMP = 17  # pixels: the width of the square around a stamped one in which its colour may have run
SIDE_BY_SIDE = 1.2  # times as wide as high is a picture of two pages at least
BETWEEN_PAGES = 0.02  # of its width: the band between them
SPECKS = 0.002  # of the height: so much of a column without ink may be dark
SHADING = 8  # the shade of the paper is measured in a picture this many times smaller
DARKEST_PAPER = 90  # of 255: what is darker is the border of the scan, not paper
FAINTEST = 18  # of 255: a ruled line is darker than the paper around it by at least this
WHITE = 255
_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def without_colour(picture: Picture) -> Picture:
    """The red of a picture in red, green and blue, in which what is stamped in red is made paper. Print below a stamp
    is darker than the stamp: through a thin one in its red, under a thick one in its green."""
    if picture.ndim == 2:
        return picture
    red, green, others = picture[:, :, 0], picture[:, :, 1], picture[:, :, 1:].min(2)
    is_stamped = (red > INK_BELOW_STAMP) & (cv2.subtract(red, others) > STAMP)
    if not is_stamped.any():
        return red
    near = cv2.dilate(is_stamped.astype(np.uint8), np.ones((AROUND_STAMP, AROUND_STAMP), np.uint8)) > 0
    share = np.minimum(_share_of_paper(red, is_stamped), _share_of_paper(green, is_stamped))
    return np.where(near, (share * _paper(red)).astype(np.uint8), red)  # no lighter than the paper around


def _share_of_paper(shade: Picture, is_stamped: NDArray[np.bool_]) -> NDArray[np.float64]:
    """0 for print to 1 for paper, judged by what is usual in a stamp: its shades are uneven, and its edges."""
    usual = float(np.percentile(shade[is_stamped], DARK_STAMP))
    light = 1 - max(1 - LIGHT_STAMP, UNEVEN / max(usual, 1))
    return np.clip((shade / max(usual, 1) - DARK_PRINT) / max(light - DARK_PRINT, 0.1), 0, 1)


def without_shading(grey: Picture) -> Picture:
    """The picture with its paper white everywhere: each shade as a share of the lightest around it."""
    return np.asarray(cv2.divide(grey, np.maximum(_paper(grey), DARKEST_PAPER), scale=WHITE), np.uint8)


def _paper(grey: Picture) -> Picture:
    """The shade of the paper at each place: the lightest around it."""
    small = cv2.resize(grey, None, fx=1 / SHADING, fy=1 / SHADING, interpolation=cv2.INTER_AREA)
    lightest = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 7)
    return np.asarray(cv2.resize(lightest, grey.shape[::-1], interpolation=cv2.INTER_LINEAR), np.uint8)


def turned(grey: Picture, turn: int) -> Picture:
    """The page turned clockwise by so many degrees: 0, 90, 180 or 270."""
    return cv2.rotate(grey, _TURNS[turn]) if turn else grey


def sheets_of(grey: Picture) -> tuple[list[Picture], int]:
    """Two pages that lie side by side on one picture as two pictures of its size, on each of which the other is white,
    and the column at which the second begins; else the picture alone, and its width. Between the pages runs a band
    without ink from the upper to the lower edge."""
    height, width = grey.shape
    if width < SIDE_BY_SIDE * height:
        return [grey], width
    free = (dark(grey) > 0).mean(0) < SPECKS
    start, end = max(runs(free[width // 3 : 2 * width // 3]), key=lambda run: run[1] - run[0], default=(0, 0))
    middle = width // 3 + (start + end) // 2
    if end - start < BETWEEN_PAGES * width or free[:middle].all() or free[middle:].all():
        return [grey], width
    sheets = [grey.copy(), grey.copy()]
    sheets[0][:, middle:] = sheets[1][:, :middle] = WHITE
    return sheets, middle


def runs(marks: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The half-open ranges in which the marks are set."""
    changes = np.flatnonzero(np.diff(np.concatenate([[False], marks, [False]]).astype(np.int8)))
    return list(zip(changes[::2].tolist(), changes[1::2].tolist(), strict=True))


def level(grey: Picture, tilt: float, border: int = WHITE) -> Picture:
    """The page turned counterclockwise by so many degrees about its middle, with the shade `border` around it."""
    height, width = grey.shape
    by = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
    return cv2.warpAffine(grey, by, (width, height), flags=cv2.INTER_CUBIC, borderValue=border)


def turn_of(
    grey: Picture,
    lines: Callable[[Picture], Sequence[tuple[float, ...]]] = find_lines,
    read: Callable[[Sequence[Picture]], list[Read]] = read_texts,
) -> int:
    """The degrees by which the page has to be turned clockwise so that its text is upright: 0, 90, 180 or 270."""
    scale = min(1.0, LONGEST_SIDE / max(grey.shape))
    small = cv2.cvtColor(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_GRAY2BGR)
    found = lines(small)
    if not found:
        return 0
    longest = sorted(found, key=lambda box: max(_size(box)), reverse=True)[:SAMPLE]
    is_upended = sum(height - width for width, height in map(_size, longest)) > 0
    cut = [_cut(grey, [edge / scale for edge in box]) for box in longest]
    ways = (90, 270) if is_upended else (0, 180)
    return max(ways, key=lambda turn: sum(one.confidence for one in read([_as_seen(one, turn) for one in cut])))


def _size(box: tuple[float, ...]) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _cut(grey: Picture, box: Sequence[float]) -> Picture:
    x0, top, x1, bottom = (max(0, round(edge)) for edge in box)
    return grey[top : max(bottom, top + 1), x0 : max(x1, x0 + 1)]


def _as_seen(cut: Picture, turn: int) -> Picture:
    return cv2.cvtColor(cv2.rotate(cut, _TURNS[turn]) if turn else cut, cv2.COLOR_GRAY2BGR)


def tilt_of(grey: Picture) -> float:
    """The degrees by which the page has to be turned counterclockwise so that its horizontal rules are level; where it
    has none, so that its lines of text are."""
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = cv2.bitwise_and(dark(half), cv2.bitwise_not(_border(half)))
    if not len(_long_lines(ink, UNBROKEN)):
        return _tilt_of_text(ink)
    lines = _long_lines(ink, BROKEN)
    across, down = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    angles, lengths = np.degrees(np.arctan2(down, across)), np.hypot(across, down)
    level = np.abs(angles) <= MOST_SKEW
    return _weighted_median(angles[level], lengths[level]) if level.any() else 0.0


def _border(grey: Picture) -> Picture:
    """255 on and beside dark areas, else 0: the border of a scan lies as the glass does, not as the page."""
    areas = cv2.morphologyEx((grey < DARK_AREA).astype(np.uint8), cv2.MORPH_OPEN, np.ones((BAR, BAR), np.uint8))
    return cv2.dilate(areas * np.uint8(WHITE), np.ones((BESIDE_BAR, BESIDE_BAR), np.uint8))


def _long_lines(ink: Picture, gap: int) -> NDArray[np.float64]:
    """Left, top, right and bottom of straight lines with gaps of so many pixels at most."""
    shortest = round(SHORTEST_RULE * ink.shape[1])
    found = cv2.HoughLinesP(ink, 1, np.pi / 1800, shortest, minLineLength=shortest, maxLineGap=gap)
    return np.empty((0, 4)) if found is None else found.reshape(-1, 4).astype(float)


def _tilt_of_text(ink: Picture) -> float:
    """The tilt at which the rows of pixels differ most: those of a level page are full of ink or have none."""
    scale = min(1.0, LONGEST_SIDE / max(ink.shape))
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)

    def unevenness(tilt: float) -> float:
        return float(np.square(level(small, tilt, border=0).mean(1)).sum())

    near = max(np.arange(-MOST_SKEW, MOST_SKEW + 0.1, 0.5), key=unevenness)
    return float(max((near + 0.1 * n for n in range(-5, 6)), key=unevenness))


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def dark(grey: Picture, by: float = FAINTEST) -> Picture:
    """255 where a picture is darker than its surroundings by more than `by` of 255 shades, else 0."""
    around = max(15, round(min(grey.shape) / 40) | 1)
    return cv2.adaptiveThreshold(grey, WHITE, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, by)
