"""In what unit a table is printed: 单位：万元 in its caption, its header or its title."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, takewhile

from ingest.characters import squeeze
from ingest.recognise import Match, titles
from ingest.sections import Section, is_caption, is_note, title_of
from warehouse.records import Doubt

_NAME = r"(百万元|千元|万元|亿元|元)"
# 编制单位:元谋县民政局 states no unit: another character must not follow
_STATED = re.compile(rf"(?:单位|币种)[^:元万亿千百]{{0,6}}:?(?:人民币)?{_NAME}(?=$|公开|[^\u4e00-\u9fff])")
_IN_BRACKETS = re.compile(rf"\((?:单位:?)?{_NAME}\)")
_IN_NOTE = re.compile(rf"(?:金额|报表)[^。]{{0,12}}(?:转换|换算|折算)[^。]{{0,2}}为{_NAME}")
_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    printed: str
    how: str
    is_certain: bool = True


def units_of(matches: Mapping[str, Match]) -> tuple[dict[str, Unit], list[Doubt]]:
    """The unit of each table; one that prints none takes that of all others, with a doubt."""
    stated = {code: unit for code, match in matches.items() if (unit := _stated(match.parts_sections))}
    common = Counter(unit.printed for unit in stated.values())
    doubts = [doubt for code, match in matches.items() for doubt in _differing(code, match)]
    units = dict(stated)
    for code, match in matches.items():
        if code not in stated:
            units[code], doubt = _supposed(code, match, common)
            doubts.append(doubt)
    return units, doubts


def _supposed(code: str, match: Match, common: Counter[str]) -> tuple[Unit, Doubt]:
    page = match.parts[0].section.page if match.parts else None
    if len(common) == 1:
        (printed,) = common
        reason = f"本表未见金额单位,同一文件其余{common[printed]}表均为{printed}"
    else:
        printed = common.most_common(1)[0][0] if common else "万元"
        reason = f"本表未见金额单位,其余各表单位不一,暂按{printed}" if common else f"全文未见金额单位,暂按{printed}"
    unit = Unit(printed, reason, is_certain=len(common) == 1)
    return unit, Doubt("unit_not_printed", reason, table_code=code, taken_as=printed, page=page)


def _differing(code: str, match: Match) -> Iterator[Doubt]:
    printed = {unit.printed for section in match.parts_sections if (unit := _stated([section]))}
    if len(printed) > 1:
        yield Doubt(
            "unit_changes", "同一表各页金额单位不一,取首页所印", table_code=code, printed="、".join(sorted(printed))
        )


def _stated(sections: Iterable[Section]) -> Unit | None:
    """What the first part that says anything says; the nearest line first."""
    for section in sections:
        rows = [row.texts() for row in section.table.rows[:_HEADER_ROWS]]
        cells = [squeeze(text) for texts in rows for text in texts] + [squeeze("".join(texts)) for texts in rows]
        above = [squeeze(line.text) for line in section.above][::-1]
        torn = [far + near for near, far in pairwise(above)]  # 金额单位:万 / 元
        for texts, pattern, how in (
            (above, _STATED, "表上所印"),
            (torn, _STATED, "表上所印"),
            (cells, _STATED, "表内所印"),
            (cells, _IN_BRACKETS, "列头所印"),
            (above, _IN_BRACKETS, "标题所印"),
            ([_note(section)], _IN_NOTE, "表注所称"),
        ):
            for text in texts:
                if found := pattern.search(text):
                    return Unit(found[1], f"{how}:{found[1]}")
    return None


def _note(section: Section) -> str:
    """The note below a table, which may run over lines, up to the next heading."""
    known = titles()
    lines = takewhile(lambda line: not title_of(line.text, known) and not is_caption(line.text), section.below)
    text = squeeze("".join(line.text for line in lines))
    return text if is_note(text) else ""
