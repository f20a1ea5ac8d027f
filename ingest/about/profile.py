"""Whose accounts a document holds, of which year, published when: from cover, captions and text."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ingest.about.cover import Cover, arabic_years, body_of, is_place_of, published_on, read_cover
from ingest.about.department_kinds import department_kind
from ingest.document import Document
from warehouse.kinds.characters import comparable, name_of, squeeze
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.naming import Kinds
from warehouse.kinds.places import Jurisdiction, is_place, place_in_text, place_of
from warehouse.kinds.wordings import body_words, document_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt, Profile, Scope

CAPTION_ROWS = 3  # rows of a grid in which publishers print what others print above it
CAPTION_AT_MOST = 60  # characters; longer lines are prose
_SAYS = document_words()


def profile(document: Document, kind: DocumentKind, kinds: Kinds) -> tuple[Profile, list[Doubt]]:
    """The profile of a document of this kind with its evidence, and a doubt for each thing that could not be told."""
    lines = [squeeze(line.text) for line in document.lines()]
    rows = [squeeze("".join(row.texts())) for table in document.tables() for row in table.rows[:CAPTION_ROWS]]
    short = [arabic_years(text) for text in (*lines, *rows) if len(text) <= CAPTION_AT_MOST]
    cover = read_cover(lines, kinds)
    named = (found["body"] for text in short if (found := _SAYS.caption.search(text)))
    captions = Counter(body for body in named if body_of(body))
    department, how, doubts = _department(cover, captions, lines)
    if kind.names_own_office and department:
        department = _with_remark(department, cover.printed)
    year, year_how, year_doubts = _year(cover, short, kind)
    scope, scope_doubts = _scope(cover, captions, "".join(lines), kind)
    place = _place(department, "".join(lines))
    printed, published, date_doubts = published_on(lines)
    evidence = {"department": how, "fiscal_year": year_how, "place": place.printed, "scope": cover.printed}
    about = Profile(
        department=department,
        department_kind=department_kind(department, place.printed) if department else None,
        fiscal_year=year,
        kind=kind.name,
        scope=scope,
        province=place.province,
        city=place.city,
        county=place.county,
        division_code=place.code,
        jurisdiction_level=place.level,
        published_on=published,
        published_printed=printed,
        evidence={field: text for field, text in evidence.items() if text},
    )
    return about, [*doubts, *year_doubts, *scope_doubts, *date_doubts, *_place_doubts(department, place)]


def _department(cover: Cover, captions: Counter[str], lines: list[str]) -> tuple[str | None, str, list[Doubt]]:
    """Cover before captions before the heading of the first part; a contradiction is a doubt."""
    captioned = body_of(captions.most_common(1)[0][0]) if captions else None
    names_place = cover.body and (is_place(cover.body) or is_place_of(cover.body, captioned))
    cover = replace(cover, body=None) if names_place else cover
    heading = next((body_of(found["body"]) for line in lines if (found := _SAYS.first_part.search(line))), None)
    department = cover.body or captioned or heading
    if not department:
        return None, "", [Doubt(DoubtKind.DEPARTMENT_UNKNOWN, "封面、表头与正文均未见部门名称")]
    how = cover.printed if cover.body else f"表头:{captioned}" if captioned else f"第一部分标题:{heading}"
    if cover.body and captioned and comparable(cover.body) != comparable(captioned):
        reason = f"封面作“{cover.body}”,表头作“{captioned}”,取封面所印"
        return department, how, [Doubt(DoubtKind.DEPARTMENT_DIFFERS, reason, printed=captioned, taken_as=cover.body)]
    return name_of(department), how, []


def _with_remark(department: str, printed: str) -> str:
    """甲市统计局(本级) where the cover calls the body so: the office of the department alone."""
    own = f"{department}({body_words().body_alone})"
    return own if own in printed else department


def _year(cover: Cover, captions: list[str], kind: DocumentKind) -> tuple[int | None, str, list[Doubt]]:
    apart = (text for text in captions if not _SAYS.sentence.search(text))  # a line of prose may speak of another year
    years = Counter(int(found[1] or found[2]) for text in apart if (found := _SAYS.caption_year.search(text)))
    common = years.most_common(1)[0][0] if years else None
    if cover.year and common and cover.year != common:
        reason = f"封面作{cover.year}年度,表头与标题多作{common}年度,取封面所印"
        doubt = Doubt(DoubtKind.FISCAL_YEAR_DIFFERS, reason, printed=str(common), taken_as=str(cover.year))
        return cover.year, cover.printed, [doubt]
    if cover.year:
        return cover.year, cover.printed, []
    if common:
        return common, f"表头与标题作{common}年度", []
    return None, "", [Doubt(DoubtKind.FISCAL_YEAR_UNKNOWN, f"封面与表头均未见{kind.label}年度")]


def _scope(cover: Cover, captions: Counter[str], text: str, kind: DocumentKind) -> tuple[Scope | None, list[Doubt]]:
    """部门 or 单位 as the cover says; captions that say 本级 speak of the figures themselves.

    Where the cover does not say, a sentence may: 纳入本部门2024年度部门汇总预算编制范围的预算单位.
    """
    alone = sum(count for body, count in captions.items() if body_words().body_alone in body)
    if 2 * alone > captions.total():
        contradicts = cover.scope is Scope.DEPARTMENT
        reason = f"封面作部门{kind.label},各表表头作本级,取表头所印"
        return Scope.UNIT, [Doubt(DoubtKind.SCOPE_DIFFERS, reason, printed=cover.printed)] if contradicts else []
    if cover.scope is None and _SAYS.of_department.search(text):
        return Scope.DEPARTMENT, []
    if cover.scope is None:
        reason = f"未见部门{kind.label}或单位{kind.label}字样,口径留空"
        return None, [Doubt(DoubtKind.SCOPE_UNKNOWN, reason, printed=cover.printed or None)]
    return cover.scope, []


def _place(department: str | None, text: str) -> Jurisdiction:
    named = place_of(department, text) if department else Jurisdiction()
    return named if named.is_known else place_in_text(text)


def _place_doubts(department: str | None, place: Jurisdiction) -> Iterator[Doubt]:
    if not place.is_known:
        reason = "部门名称与正文均不足以确定所属地区,省、市、县留空"
        yield Doubt(DoubtKind.PLACE_UNKNOWN, reason, printed=department)
    elif department and not department.startswith(place.printed):
        reason = f"部门名称未含地名,按正文多次出现的“{place.printed}”确定"
        yield Doubt(DoubtKind.PLACE_FROM_TEXT, reason, printed=department, taken_as=place.printed)
