"""Whose accounts a document sums, and what it says of institutions: each wording, and what is none."""

from pathlib import Path

import pytest

from ingest.about.composition import Composition, composition
from ingest.about.composition.tables import unit_cells
from ingest.document import Document
from ingest.readers.plain_text.read import read_text
from ingest.values.whole_numbers import whole_number
from tests.ingest.made_documents import table
from warehouse.kinds.names import FINAL_ACCOUNTS
from warehouse.records.reading import Profile, Scope

BODY = "示范市粮食局"
ABOUT = Profile(BODY, None, 2024, FINAL_ACCOUNTS, Scope.DEPARTMENT)
HEAD, CENTRE, STATION = f"{BODY}本级", "示范市粮食质量检测中心", "示范市军粮供应站"


def document(*lines: str) -> Document:
    parts = (
        f"第一部分 {BODY}概况",
        *lines,
        "第二部分 2024年度部门决算表",
        "纳入部门决算编制范围的单位包括：示范市别处局。",
    )
    return read_text(Path("made.txt"), "\n\n".join(parts).encode())


def read(*lines: str) -> Composition:
    return composition(document(*lines), ABOUT, None)


def units(*lines: str) -> list[str]:
    return [unit.unit for unit in read(*lines).units]


def doubts(*lines: str) -> list[str]:
    return [doubt.what.value for doubt in read(*lines).doubts]


LIST = (f"1. {HEAD}。", f"2. {CENTRE}。")
INTRODUCED = "纳入本部门2024年度部门决算编制范围的单位包括："


@pytest.mark.parametrize(
    "lines",
    [
        ("纳入本部门2024年度部门决算编制范围的单位共2个，具体是：", *LIST),
        ("纳入本部门决算编报范围的单位共二个。其中二级预算单位包括：", *LIST),
        ("纳入本部门决算编制范围的二级预算单位共有1个，分别是：", *LIST),
        (f"纳入本部门决算汇编范围的单位包括：{HEAD}、{CENTRE}。",),
        (f"纳入部门决算编制范围的单位包括{HEAD}和{CENTRE}。",),
        (f"纳入部门决算编制范围的单位有2个，分别是{HEAD}、{CENTRE}。",),
        (f"纳入部门决算编制范围的单位为：1.{HEAD}；2.{CENTRE}。",),
        (f"纳入部门决算编制范围的单位为：（1）{HEAD}（2）{CENTRE}",),
        (INTRODUCED, f"①{HEAD}", f"②{CENTRE}"),
        (INTRODUCED, f"（一）{HEAD}", f"（二）{CENTRE}"),
        (INTRODUCED, f"1.{HEAD}  2.{CENTRE}"),
        (INTRODUCED, f"（一）{HEAD}", f"（二）{CENTRE}", "行政编制25名，机关工勤编制2名。"),
        (INTRODUCED, f"{HEAD}\n{CENTRE}"),
        (INTRODUCED, f"序号 单位名称\n1 {HEAD}\n2 {CENTRE}"),
        (INTRODUCED, "1.示范市粮食局\n本级", "2.示范市粮食质\n量检测中心"),
        ("纳入部门决算编制范围的单位详见下表：", f"序号\t单位名称\n1\t{HEAD}\n2\t{CENTRE}"),
        ("纳入部门决算编制范围的单位如下：", f"序号\t单位名称\t序号\t单位名称\n1\t{HEAD}\t2\t{CENTRE}"),
        ("纳入部门决算编制范围的单位如下：", f"单位名称\t编制数\n{HEAD}\t20\n{CENTRE}\t15\n合计\t35"),
        (INTRODUCED, f"序号\t单位名称\t备注\n1\t{HEAD}\t\n2\t示范市粮食质\t\n\t量检测中心\t"),
        ("二、部门决算单位构成", f"序号\t单位名称\n1\t{HEAD}\n2\t{CENTRE}"),
        ("（二）决算单位构成", f"1.{HEAD}", f"2.{CENTRE}"),
        (f"部门决算包括：{HEAD}决算、{CENTRE}决算。",),
        (f"二、部门决算单位构成：{HEAD}、{CENTRE}。",),
        (f"部门决算汇总公开单位构成包括：{HEAD}以及{CENTRE}。",),
        (f"本年度部门决算编制范围包括：{HEAD}、{CENTRE}。",),
        ("部门决算汇总范围包括本级及1个直属单位。", f"（1）{HEAD}；", f"（2）{CENTRE}。"),
        ("我部门编制部门决算单位共2个。其中：行政单位1个，事业单位1个。分别是：", f"1.{HEAD}", f"2.{CENTRE}"),
        (f"本部门下设2个预算单位，即{HEAD}和{CENTRE}。",),
        (f"本部门共有预算单位2个，包括：{HEAD}、{CENTRE}。",),
        (f"纳入编报范围的单位：一是{HEAD}；二是{CENTRE}。",),
        (f"纳入部门决算编制范围的单位包括{HEAD}、{CENTRE}等2个单位。",),
    ],
)  # fmt: skip
def test_units_are_read(lines):
    assert units(*lines) == [HEAD, CENTRE]
    assert doubts(*lines) == []


def test_units_have_their_order_kind_and_place():
    first, second, third = read(
        "纳入部门决算编制范围的单位如下：",
        f"序号\t单位名称\t单位性质\n1\t{BODY}（本级）\t行政\n2\t{CENTRE}\t公益一类事业单位\n3\t{STATION}\t",
    ).units
    assert (first.unit_no, first.unit, first.body, first.kind, first.is_head_office) == (
        1, f"{BODY}（本级）", BODY, "行政", True
    )  # fmt: skip
    assert (second.kind, second.is_head_office, second.line_no) == ("公益一类事业单位", False, 7)
    assert (third.unit, third.kind) == (STATION, None)


def test_a_table_goes_on_over_the_page_in_the_order_of_its_numbers():
    head = ("序号", "单位名称", "备注")
    parts = [table(head, ("1", HEAD, ""), ("3", STATION, "")), table(head, ("2", CENTRE, "公益一类"))]
    assert [(cell.name, cell.beside) for cell in unit_cells(parts, is_announced=True)] == [
        (HEAD, ""), (CENTRE, "公益一类"), (STATION, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["金额", "支出"])
def test_a_table_with_other_columns_is_one_of_units_only_where_a_sentence_announces_it(heading):
    found = [table(("单位名称", heading), (HEAD, "20.00"))]
    assert len(unit_cells(found, is_announced=True)) == 1
    assert unit_cells(found, is_announced=False) == []


def test_persons_and_telephones_behind_a_unit_are_masked():
    found = read(INTRODUCED, f"1.{HEAD}", f"2.{CENTRE}，负责人：王某某，电话：0391-1234567").units[1]
    assert found.printed == f"{CENTRE}，负责人：某，电话：＊"


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        (f"{CENTRE}（参照公务员法管理事业单位）", "参照公务员法管理事业单位"),
        (f"{CENTRE}，财政差额拨款事业单位，编制20名", "财政差额拨款事业单位"),
        (f"{CENTRE}（原示范市粮油站）", None),
    ],
)
def test_the_kind_of_a_unit_is_what_is_printed_behind_it(printed, kind):
    found = read(INTRODUCED, f"1.{HEAD}", f"2.{printed}").units[1]
    assert (found.body, found.kind) == (CENTRE, kind)


@pytest.mark.parametrize("printed", ["本级", "局机关", "局本级", "机关本级", BODY, f"{BODY}机关"])
def test_the_head_office_is_told_whatever_it_is_called(printed):
    first, second = read(INTRODUCED, f"1.{printed}", f"2.{CENTRE}").units
    assert (first.is_head_office, first.body, second.is_head_office) == (True, BODY, False)


def test_the_head_office_that_a_list_leaves_out_stands_first():
    lines = (
        "部门决算包括：局本级决算、所属事业单位决算。",
        "纳入编制范围的二级预算单位包括：",
        f"1.{CENTRE}",
        f"2.{STATION}",
    )
    assert units(*lines) == [BODY, CENTRE, STATION]


def test_the_head_office_that_the_sentence_names_before_the_list_stands_first():
    assert units(f"部门决算公开的范围包括局本级及下属2个事业单位：{CENTRE}、{STATION}。") == [BODY, CENTRE, STATION]


def test_a_name_with_and_is_one_name():
    name = "示范市粮食和物资储备中心"
    assert units(f"纳入部门决算编制范围的单位包括：{HEAD}、{name}和{CENTRE}。") == [HEAD, name, CENTRE]


@pytest.mark.parametrize(
    "sentence",
    [
        "我部门没有下属单位，单独编制本部门决算。",
        "本部门无所属预算单位。",
        "本部门无下属独立核算单位，决算为本级决算。",
        "从决算单位构成看，示范市粮食局部门决算包括：本级决算。",
        "本部门决算范围只含本级。",
        "我局独立编制机构数1个。",
    ],
)
def test_a_department_without_units_is_its_only_unit(sentence):
    (only,) = read(sentence).units
    assert (only.unit, only.is_head_office, only.printed in sentence) == (BODY, True, True)


@pytest.mark.parametrize(
    "lines",
    [
        ("另设有下属事业单位2个，其中示范市粮食质量检测中心为副县级。",),
        ("负责指导本系统单位，包括：示范市军粮供应站、示范市粮食质量检测中心。",),
        ("负责纳入名录的企业的管理，具体包括：", "1.组织实施粮食储备。", "2.监督检查粮食流通。"),
        (f"单位名称\t金额\n{HEAD}\t20.00\n{CENTRE}\t15.00",),
        ("没有下属企业。",),
        ("本部门决算由财务科、办公室。",),
        ("（二）决算单位构成", "1.财务科", "2.办公室"),
        ("本部门仅服务机关。",),
    ],
)
def test_what_is_no_list_of_units_gives_none(lines):
    assert units(*lines) == []
    assert doubts(*lines) == []


def test_a_list_that_cannot_be_read_is_a_doubt():
    lines = ("纳入部门决算编制范围的单位包括：", "详情请见附件所附说明")
    assert (units(*lines), doubts(*lines)) == ([], ["unit_not_read"])


def test_an_entry_that_is_no_unit_is_a_doubt():
    lines = (INTRODUCED, f"1.{HEAD}", f"2.{CENTRE}", "3.其他有关情况")
    assert (units(*lines), doubts(*lines)) == ([HEAD, CENTRE], ["unit_not_read"])


def test_a_stated_number_that_is_not_that_of_the_list_is_a_doubt():
    (doubt,) = read("纳入部门决算编制范围的单位共4个，具体是：", *LIST).doubts
    assert (doubt.what.value, doubt.reason) == ("units_differ", "所述单位4个,所列2个")


def test_a_list_that_is_not_all_of_the_stated_units_is_a_doubt():
    lines = (f"纳入部门决算编制范围的单位包括{HEAD}、{CENTRE}等5个单位。",)
    assert (units(*lines), doubts(*lines)) == ([HEAD, CENTRE], ["units_differ"])


def test_another_part_of_the_document_is_not_read():
    assert units("（一）主要职责。") == []


@pytest.mark.parametrize(
    ("sentence", "value", "names"),
    [
        ("示范市粮食局内设机构3个，包括：办公室、财务科、储备和调控科。", 3, "办公室、财务科、储备和调控科"),
        ("我局设3个内设机构，分别是办公室、财务科（审计科）和储备科。", 3, "办公室、财务科（审计科）、储备科"),
        ("机关下设十二个职能科室。", 12, None),
        ("内设科（室）2个，分别为办公室和财务科。", 2, "办公室、财务科"),
        ("示范市粮食局内设办公室、财务科、储备科等8个科室。", 8, "办公室、财务科、储备科"),
        ("内设科室：办公室、财务科、储备科。", 3, "办公室、财务科、储备科"),
        ("内设科室12个，另有机关党委。", 12, None),
        ("内设机构包括：办公室、财务科等。", None, None),
        ("下设3个派出机构。", None, None),
        ("下设粮食质量检测中心、军粮供应站等2个机构。", None, None),
    ],
)
def test_internal_institutions(sentence, value, names):
    found = [(fact.value, fact.text) for fact in read(sentence).facts if fact.fact == "internal_institutions"]
    assert found == ([] if value is None else [(value, names)])
    assert doubts(sentence) == []


@pytest.mark.parametrize(
    ("lines", "value", "names"),
    [
        (("内设机构3个：", "（一）办公室。负责。", "（二）财务科。", "（三）法规科。"), 3, "办公室、财务科、法规科"),
        (("内设机构包括：", "1.办公室，负责综合协调。", "2.财务科"), 2, "办公室、财务科"),
        (("内设机构4个：", "（一）办公室。负责综合协调。", "（二）财务科：负责预算、决算。"), 4, None),
        (("内设机构2个。", "（一）主要职责", "（二）财务科"), 2, None),
    ],
)  # fmt: skip
def test_institutions_numbered_with_their_duties(lines, value, names):
    assert [(fact.value, fact.text) for fact in read(*lines).facts] == [(value, names)]


def test_more_names_than_the_stated_number_are_a_doubt():
    found = read("内设机构4个，包括：办公室、财务科、储备科。")
    assert [fact.value for fact in found.facts] == [4]
    assert [doubt.reason for doubt in found.doubts] == ["所述内设机构4个,所列名称3个,取所述的个数"]


def staff(*lines: str) -> dict[str, int]:
    return {fact.fact.removeprefix("staff_"): int(fact.value) for fact in read(*lines).facts}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "截至年末，本部门人员编制125人，其中行政编制111人，事业编制14人；在职人员119人。单位管理的离退休人员104人。",
            {
                "authorised": 125,
                "authorised_administrative": 111,
                "authorised_public_institution": 14,
                "in_service": 119,
                "retired": 104,
            },
        ),
        (
            "年末实有人数42人，其中：在职人员30人，离休人员2人，退休人员10人。",
            {"actual": 42, "in_service": 30, "retired_veteran": 2, "retired_ordinary": 10},
        ),
        (
            "核定编制五十名，离退休人员20人（离休1人，退休19人）。",
            {"authorised": 50, "retired": 20, "retired_veteran": 1, "retired_ordinary": 19},
        ),
        ("机关行政编制 45 名，实有在职人员 40 名。", {"authorised_administrative": 45, "in_service": 40}),
        ("车辆编制5辆，编制完成率100%。", {}),
        ("慰问离退休人员200人次，负责在职人员30人的培训考核。", {"in_service": 30}),
        ("截至上年底，在职人员31人；离退休人员20人。", {}),
        ("下属示范市军粮供应站事业编制12名，在职人员10人。", {}),
    ],
)
def test_staff(sentence, found):
    assert staff(sentence) == found
    assert doubts(sentence) == []


BY_UNIT = (
    "单位名称\t编制数\t\t\t实有人数\t离退休人员",
    "\t小计\t行政\t事业\t\t",
    f"{HEAD}\t30\t30\t0\t28\t12",
    f"{CENTRE}\t15\t0\t15\t14\t3",
)


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (
            (*BY_UNIT, "合计\t45\t30\t15\t42\t15"),
            {
                "authorised": 45,
                "authorised_administrative": 30,
                "authorised_public_institution": 15,
                "actual": 42,
                "retired": 15,
            },
        ),
        (("行政编制\t事业编制\t在职人数\t退休", "30\t\t28\t12"), {
            "authorised_administrative": 30, "in_service": 28, "retired_ordinary": 12,
        }),
        (BY_UNIT, {}),
        (("单位名称\t实有车辆\t编制车辆", f"{HEAD}\t3\t4"), {}),
    ],
)  # fmt: skip
def test_staff_in_a_table(table, found):
    """The total row is that of the body; of several rows without one none is."""
    assert staff("三、人员情况", "\n".join(table)) == found


def test_a_sentence_and_a_table_that_differ_are_a_doubt():
    found = read("本部门在职人员30人。", "编制数\t在职人数\n32\t31")
    assert [fact.fact for fact in found.facts] == ["staff_authorised"]
    assert [doubt.row_key for doubt in found.doubts] == ["staff_in_service"]


def test_the_staff_of_a_listed_unit_is_not_that_of_the_department():
    lines = (INTRODUCED, f"1.{HEAD}，行政编制18名。", f"2.{CENTRE}，事业编制12名。", "全部门行政编制30名。")
    assert staff(*lines) == {"authorised_administrative": 30}


def test_a_number_printed_twice_differently_is_a_doubt_and_no_fact():
    found = read("本部门人员编制30人。", "部门人员编制32人。")
    assert [fact.fact for fact in found.facts] == []
    assert [doubt.reason for doubt in found.doubts] == ["同一项人员数目印有30、32人,未入库"]


def test_parts_that_are_more_than_their_total_are_a_doubt():
    (doubt,) = read("人员编制30人，其中行政编制20人，事业编制11人。").doubts
    assert (doubt.what.value, doubt.reason) == ("fact_differs", "所述合计30人,其中各项之和31人")


@pytest.mark.parametrize(
    ("text", "number"),
    [("19", 19), ("十", 10), ("十九", 19), ("二十", 20), ("两", 2), ("一百零二", 102), ("二三", None), ("百分", None)],
)
def test_whole_numbers(text, number):
    assert whole_number(text) == number
