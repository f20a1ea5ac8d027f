"""In what unit a table is printed: 单位：万元 in its caption, its header or its title."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.characters import squeeze
from ingest.recognise import Match
from ingest.sections import Section
from warehouse.records import Doubt

_STATED = re.compile(r"(?:单位|币种)[^:元]{0,6}[:]?(?:人民币)?(百万元|千元|万元|亿元|元)")
_IN_BRACKETS = re.compile(r"\((?:单位:?)?(百万元|千元|万元|亿元|元)\)")
_IN_NOTE = re.compile(r"(?:金额|报表)[^。]{0,12}(?:转换|换算|折算)[^。]{0,2}为(百万元|千元|万元|亿元|元)")
_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class Unit:
    printed: str
    how: str


def units_of(matches: Mapping[str, Match]) -> tuple[dict[str, Unit], list[Doubt]]:
    """The unit of each table; one that prints none takes that of all others, with a doubt."""
    stated = {code: unit for code, match in matches.items() if (unit := _stated(match.parts_sections))}
    common = Counter(unit.printed for unit in stated.values())
    doubts = [doubt for code, match in matches.items() for doubt in _differing(code, match)]
    units = dict(stated)
    for code in matches.keys() - stated.keys():
        units[code], doubt = _supposed(code, matches[code], common)
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
    return Unit(printed, reason), Doubt("unit_not_printed", reason, table_code=code, taken_as=printed, page=page)


def _differing(code: str, match: Match) -> Iterator[Doubt]:
    printed = {unit.printed for section in match.parts_sections if (unit := _stated([section]))}
    if len(printed) > 1:
        yield Doubt(
            "unit_changes", "同一表各页金额单位不一,取首页所印", table_code=code, printed="、".join(sorted(printed))
        )


def _stated(sections: Iterable[Section]) -> Unit | None:
    """What the first part that says anything says."""
    for section in sections:
        above = squeeze("".join(line.text for line in section.above))
        header = squeeze(" ".join(text for row in section.table.rows[:_HEADER_ROWS] for text in row.texts()))
        below = squeeze("".join(line.text for line in section.below[:3]))
        title = squeeze(section.above[-1].text) if section.above else ""
        for text, pattern, how in (
            (above, _STATED, "表上所印"),
            (header, _STATED, "表内所印"),
            (header, _IN_BRACKETS, "列头所印"),
            (title, _IN_BRACKETS, "标题所印"),
            (below, _STATED, "表下所印"),
            (below, _IN_NOTE, "表注所称"),
        ):
            if found := pattern.findall(text):
                return Unit(found[-1], f"{how}:{found[-1]}")
    return None
