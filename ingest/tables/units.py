"""In what unit a table is printed: 单位：万元 in its caption, its header or its title."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile

from ingest.document import Line
from ingest.tables.recognise import TableMatch
from ingest.tables.sections import Section, is_caption, is_note, title_of
from warehouse.kinds.characters import squeeze
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import NOWHERE
from warehouse.records.reading import Doubt

_WORDS = table_words()
_LEAST_CELLS = 3
_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    printed: str
    how: str
    is_certain: bool = True
    choices: frozenset[str] = frozenset()  # the units that are printed, where they are several
    is_by_page: bool = False  # each page prints another: what tells the unit of one tells nothing of the others


def units_of(kind: DocumentKind, matches: Mapping[str, TableMatch]) -> tuple[dict[str, Unit], list[Doubt]]:
    """The unit of each table; one that prints none takes that of all others, with a doubt."""
    stated = {
        code: unit
        for code, match in matches.items()
        if (unit := _stated(kind, match.parts_sections) or _in_cells(match))
    }
    common = Counter(unit.printed for unit in stated.values() if unit.is_certain)
    doubts: list[Doubt] = []
    units = dict(stated)
    for code, match in matches.items():
        if code in stated and (named := _named_in(kind, match.parts_sections)) > {stated[code].printed}:
            units[code], doubt = _ambiguous(kind, code, match, named, common)
            doubts.append(doubt)
    for code, match in matches.items():
        if code not in stated:
            units[code], doubt = _supposed(code, match, common)
            doubts.append(doubt)
    return units, doubts


def _supposed(code: str, match: TableMatch, common: Counter[str]) -> tuple[Unit, Doubt]:
    place = match.parts[0].section.place if match.parts else NOWHERE
    if len(common) == 1:
        (printed,) = common
        reason = f"本表未见金额单位,同一文件其余{common[printed]}表均为{printed}"
    else:
        printed = common.most_common(1)[0][0] if common else "万元"
        reason = f"本表未见金额单位,其余各表单位不一,暂按{printed}" if common else f"全文未见金额单位,暂按{printed}"
    unit = Unit(printed, reason, is_certain=len(common) == 1)
    return unit, Doubt(DoubtKind.UNIT_NOT_PRINTED, reason, table_code=code, taken_as=printed, place=place)


def _ambiguous(
    kind: DocumentKind, code: str, match: TableMatch, named: frozenset[str], common: Counter[str]
) -> tuple[Unit, Doubt]:
    """Several units are printed of one table. One is taken for the time being: only other figures can tell."""
    taken = next((name for name, _ in common.most_common() if name in named), max(named))
    first = match.parts[0].section
    pages = [_named_in(kind, [section]) for section in match.parts_sections]
    differ = len(pages) > 1 and all(len(page) < 2 for page in pages)
    shown = "、".join(sorted(named))
    what, how = (DoubtKind.UNIT_CHANGES, "各页") if differ else (DoubtKind.UNIT_AMBIGUOUS, "")
    reason = f"本表{how}印有不同的金额单位({shown}),以何者为准由其余数字印证"
    doubt = Doubt(what, reason, table_code=code, printed=shown, place=first.place)
    return Unit(taken, reason, is_certain=False, choices=named, is_by_page=differ), doubt


def _named_in(kind: DocumentKind, sections: Iterable[Section]) -> frozenset[str]:
    """All units that the captions and headings of a table name, those of a table before it left out."""
    return frozenset(name for section in sections for found in _statements(kind, section) for name in found.names)


@dataclass(frozen=True, slots=True)
class _Statement:
    names: tuple[str, ...]
    how: str


def _stated(kind: DocumentKind, sections: Iterable[Section]) -> Unit | None:
    """What the first part that says anything says; the nearest line first."""
    for section in sections:
        for found in _statements(kind, section):
            return Unit(found.names[0], f"{found.how}:{found.names[0]}")
    return None


def _in_cells(match: TableMatch) -> Unit | None:
    """The unit that most amounts of a table carry themselves: 700.00万元."""
    texts = (squeeze(text) for section in match.parts_sections for row in section.table.rows for text in row.texts())
    named = Counter(found[1] for text in texts if (found := _WORDS.unit_in_cell.fullmatch(text)))
    is_clear = len(named) == 1 and named.total() >= _LEAST_CELLS
    printed = "".join(named)
    return Unit(printed, f"各格所印:{printed}") if is_clear else None


@lru_cache(maxsize=64)  # asked for the unit, and for whether several are named
def _statements(kind: DocumentKind, section: Section) -> tuple[_Statement, ...]:
    """All that is said of the unit around and in the head of a part, the nearest line first."""
    return tuple(_found_statements(kind, section))


def _found_statements(kind: DocumentKind, section: Section) -> Iterator[_Statement]:
    rows = [row.texts() for row in section.table.rows[:_HEADER_ROWS]]
    cells = [squeeze(text) for texts in rows for text in texts] + [squeeze("".join(texts)) for texts in rows]
    above = [squeeze(line.text) for line in _own_lines(kind, section)][::-1]
    torn = [far + near for near, far in pairwise(above)]  # 金额单位:万 / 元
    for texts, pattern, how in (
        (above, _WORDS.unit_stated, "表上所印"),
        (torn, _WORDS.unit_stated, "表上所印"),
        (cells, _WORDS.unit_stated, "表内所印"),
        (cells, _WORDS.unit_in_brackets, "列头所印"),
        (above, _WORDS.unit_in_brackets, "标题所印"),
        ([_note(kind, section)], _WORDS.unit_in_note, "表注所称"),
    ):
        for text in texts:
            for found in pattern.finditer(text):
                yield _Statement(tuple(name for name in found.groups() if name), how)


def _own_lines(kind: DocumentKind, section: Section) -> tuple[Line, ...]:
    """The lines from the last title on, and those before it where it is printed below its caption."""
    last = max((n for n, line in enumerate(section.above) if title_of(line.text, kind.titles)), default=0)
    below = section.above[last:]
    has_caption = any(_WORDS.unit_stated.search(squeeze(line.text)) for line in below)
    return below if has_caption else section.above


def _note(kind: DocumentKind, section: Section) -> str:
    """The note below a table, which may run over lines, up to the next heading."""
    lines = takewhile(lambda line: not title_of(line.text, kind.titles) and not is_caption(line.text), section.below)
    text = squeeze("".join(line.text for line in lines))
    return text if is_note(text) else ""
