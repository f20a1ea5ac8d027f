"""A wide table whose right columns stand in a table of their own, for the same rows."""

from tests.ingest.made_documents import SOUND_TABLE, amounts_of, doubts_of, read_disclosure

LEFT = (
    "支出决算表\n单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\n"
    "201\t甲\t3.00\t1.00\n20101\t乙\t3.00\t1.00\n\t合计\t3.00\t1.00\n"
)
RIGHT = (
    "{title}单位：万元\n科目编码\t科目名称\t项目支出\t经营支出\n"
    "201\t甲\t1.50\t0.50\n20101\t乙\t1.50\t0.50\n\t合计\t1.50\t0.50\n"
)


def measures(extraction, row: str) -> set[str]:
    return {measure for key, measure in amounts_of(extraction, "GK03") if key == row}


def test_the_right_columns_belong_to_the_rows_of_the_left(tmp_path):
    for title in ("支出决算表（续）\n", "支出决算表\n", "续表\n", ""):
        extraction = read_disclosure(tmp_path, SOUND_TABLE + LEFT + "\n" + RIGHT.format(title=title))
        assert (
            measures(extraction, "201") == measures(extraction, "TOTAL") == {"total", "basic", "project", "operating"}
        )


def test_columns_of_other_rows_do_not_belong_to_it(tmp_path):
    right = RIGHT.format(title="支出决算表（续）\n").replace("20101", "20102")
    extraction = read_disclosure(tmp_path, SOUND_TABLE + LEFT + "\n" + right)
    assert measures(extraction, "201") == {"total", "basic"}
    assert doubts_of(extraction, "GK03")


def test_a_measure_that_is_there_already_is_not_taken_again(tmp_path):
    right = RIGHT.format(title="支出决算表（续）\n").replace("项目支出", "基本支出")
    extraction = read_disclosure(tmp_path, SOUND_TABLE + LEFT + "\n" + right)
    assert measures(extraction, "201") == {"total", "basic"}
    assert doubts_of(extraction, "GK03")
