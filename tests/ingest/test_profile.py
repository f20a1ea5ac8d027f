"""Body, year and scope are read from covers and captions of many wordings."""

from datetime import date

import pytest

from ingest.about.cover import Cover, read_cover
from ingest.about.profile import profile as profile_of
from ingest.document import Document
from tests.ingest.made_documents import document, table
from tests.kinds import ACCOUNTS, BUDGET, KINDS
from warehouse.kinds.characters import squeeze
from warehouse.records.reading import Doubt, Level, Profile, Scope


def cover(*lines: str) -> Cover:
    return read_cover(list(map(squeeze, lines)), KINDS)


def profile(made: Document) -> tuple[Profile, list[Doubt]]:
    return profile_of(made, ACCOUNTS, KINDS)


COVERS = [
    (["沁水县粮食局2024年度部门决算"], "部门"),
    (["2024年度沁水县粮食局部门决算"], "部门"),
    (["沁水县粮食局", "2024年度", "部门决算"], "部门"),
    (["2024年度", "沁水县粮食局", "部 门 决 算"], "部门"),
    (["沁水县粮食局２０２４年度部门决算"], "部门"),
    (["沁水县粮食局2024年度部门决算公开说明"], "部门"),
    (["关于公开沁水县粮食局2024年度部门决算的说明"], "部门"),
    (["附件1", "沁水县粮食局2024年部门决算"], "部门"),
    (["附：沁水县粮食局2024年部门决算"], "部门"),
    (["2024年度沁水县粮食局单位决算"], "单位"),
    (["沁水县粮食局", "2024年度单位决算公开"], "单位"),
    (["沁水县粮食局本级2024年度部门决算"], "单位"),
    (["沁水县粮食局（本级）2024年度部门决算"], "单位"),
    (["沁水县粮食局本级2024年度决算"], "单位"),
    (["沁水县粮食局2024年度收支决算公开"], None),
    (["沁水县粮食局2024年度部门（单位）决算"], None),
    (["2024年度部门决算", "沁水县粮食局"], "部门"),
    (["沁水县粮食局（汇总）2024年度部门决算"], "部门"),
    (["2025年8月", "沁水县粮食局2024年度部门决算"], "部门"),
    (["目录", "沁水县粮食局2024年度部门决算"], "部门"),
    (["2024年度部门决算", "沁水县粮食局", "收入支出决算总表"], "部门"),
    (["2024年度沁水县县级部门决算", "沁水县粮食局"], "部门"),
    (["沁水县2024年度县级部门决算", "沁水县粮食局"], "部门"),
    (["2024年沁水县本级部门决算", "沁水县粮食局"], "部门"),
    (["2024年沁水县县级部门决算公开", "340", "（沁水县粮食局）"], "部门"),
    (["沁水县县级单位2024年决算", "沁水县粮食局"], None),
]
SCOPES = {"部门": Scope.DEPARTMENT, "单位": Scope.UNIT, None: None}


@pytest.mark.parametrize(("lines", "scope"), COVERS)
def test_a_cover_names_body_year_and_scope(lines, scope):
    read = cover(*lines)
    assert (read.body, read.year, read.kind) == ("沁水县粮食局", 2024, ACCOUNTS)
    assert read.scope == SCOPES[scope]


def test_a_place_that_the_list_has_not_is_no_body_beside_a_body_of_it():
    assert cover("2026年示范市市级部门预算", "示范市粮食局").body == "示范市粮食局"
    about, doubts = profile(document("示范市2024年市级部门决算", "编制部门：示范市粮食局"))
    assert (about.department, [doubt.what.value for doubt in doubts]) == ("示范市粮食局", ["place_unknown"])


def test_a_place_alone_is_no_body():
    about, doubts = profile(document("2024年沁水县县级部门决算"))
    assert (about.department, about.scope) == (None, Scope.DEPARTMENT)
    assert "department_unknown" in [doubt.what.value for doubt in doubts]


@pytest.mark.parametrize(
    ("printed", "year"), [("二〇二四年度", 2024), ("二○二三年度", 2023), ("二零一九年", 2019), ("一九九九年度", 1999)]
)
def test_a_year_in_chinese_digits(printed, year):
    about, _ = profile(document(printed, "沁水县粮食局部门决算"))
    assert (about.department, about.fiscal_year) == ("沁水县粮食局", year)


def test_a_school_may_have_a_number_in_its_name():
    assert cover("沁水县第3中学2024年度单位决算").body == "沁水县第3中学"


def test_a_budget_is_distinguished_from_final_accounts():
    assert cover("沁水县粮食局2025年部门预算").kind is BUDGET


def test_the_table_of_contents_is_not_read_as_cover():
    assert cover("沁水县粮食局2024年部门决算", "目录", "2025年部门预算").kind is ACCOUNTS


@pytest.mark.parametrize("lines", [[], ["情况说明"], ["2024年"], ["本部门2024年度决算"], ["各部门2024年部门决算"]])
def test_without_a_cover_there_is_no_body(lines):
    assert cover(*lines).body is None


def test_without_a_cover_the_captions_are_used():
    about, doubts = profile(document("公开01表", "编制单位：沁水县粮食局", "2024年度", "金额单位：万元"))
    assert (about.department, about.fiscal_year, about.county) == ("沁水县粮食局", 2024, "沁水县")
    assert [doubt.what for doubt in doubts] == ["scope_unknown"]


@pytest.mark.parametrize("caption", ["部门：沁水县粮食局 2024年度 金额单位：万元", "预算部门（公章）：沁水县粮食局"])
def test_a_caption_may_go_on_behind_the_name(caption):
    assert profile(document(caption))[0].department == "沁水县粮食局"


def test_a_caption_may_stand_inside_the_table():
    inside = table(["部门：沁水县粮食局", "2024年度", "单位：万元"], ["项目", "金额", ""])
    about, _ = profile(document(inside))
    assert (about.department, about.fiscal_year) == ("沁水县粮食局", 2024)


def test_the_heading_of_part_one_is_the_last_resort():
    about, _ = profile(document("第一部分 沁水县粮食局概况", "2024年度"))
    assert (about.department, about.fiscal_year) == ("沁水县粮食局", 2024)


def test_a_caption_of_the_body_alone_makes_it_a_unit():
    about, doubts = profile(document("沁水县粮食局2024年度部门决算", "部门：沁水县粮食局（本级）"))
    assert about.scope is Scope.UNIT or "scope_differs" in [doubt.what for doubt in doubts]


def test_cover_and_caption_that_differ_are_a_doubt():
    about, doubts = profile(document("沁水县粮食局2024年度部门决算", "部门：沁水县林业局", "2024年度"))
    assert about.department == "沁水县粮食局"
    assert [(doubt.what, doubt.printed) for doubt in doubts] == [("department_differs", "沁水县林业局")]


def test_years_that_differ_are_a_doubt():
    about, doubts = profile(document("沁水县粮食局2024年度部门决算", "2023年度", "2023年度"))
    assert about.fiscal_year == 2024
    assert [(doubt.what, doubt.printed, doubt.taken_as) for doubt in doubts] == [
        ("fiscal_year_differs", "2023", "2024")
    ]


def test_an_unknown_field_is_null_and_doubted():
    about, doubts = profile(document("无"))
    assert (about.department, about.fiscal_year, about.province, about.scope) == (None, None, None, None)
    assert {"department_unknown", "fiscal_year_unknown", "place_unknown"} <= {doubt.what for doubt in doubts}


def test_an_unknown_place_is_null_and_doubted():
    about, doubts = profile(document("示范市粮食局2024年度部门决算"))
    assert (about.province, about.city, about.division_code, about.jurisdiction_level) == (None, None, None, None)
    assert [doubt.what for doubt in doubts] == ["place_unknown"]


def test_a_place_that_only_the_text_names_is_doubted():
    about, doubts = profile(document("粮食局2024年度部门决算", "沁水县概况", "沁水县人口", "沁水县面积"))
    assert (about.county, about.jurisdiction_level) == ("沁水县", Level.COUNTY)
    assert [doubt.what for doubt in doubts] == ["place_from_text"]


@pytest.mark.parametrize(
    ("printed", "published"),
    [
        ("2025年8月", date(2025, 8, 1)),
        ("2025年08月15日", date(2025, 8, 15)),
        ("二〇二五年八月", date(2025, 8, 1)),
        ("2025年十一月", date(2025, 11, 1)),
        ("2025年十月", date(2025, 10, 1)),
    ],
)
def test_the_month_of_publication_on_the_cover(printed, published):
    assert profile(document("沁水县粮食局2024年度部门决算", printed, "目录"))[0].published_on == published


@pytest.mark.parametrize("printed", ["2025年2月30日", "2025年8月45日", "2025年13月", "2025年十三月", "2025年0月"])
def test_an_impossible_date_is_no_date(printed):
    about, _ = profile(document("沁水县粮食局2024年度部门决算", printed, "目录"))
    assert about.published_on is None or about.published_on.year == 2025


def test_a_date_in_the_text_is_no_date_of_publication():
    about, _ = profile(document("沁水县粮食局2024年度部门决算", "目录", "2025年8月"))
    assert about.published_on is None


def test_every_field_has_its_evidence():
    about, _ = profile(document("沁水县粮食局2024年度部门决算"))
    assert about.evidence.keys() == {"department", "fiscal_year", "place", "scope"}
    assert "fiscal_year" not in profile(document("第一部分 沁水县粮食局概况"))[0].evidence
