"""A table with two sides that has no title: told by rows that only one form has, else by nothing."""

from tests.ingest.made_documents import SOUND_TABLE, amounts_of, read_disclosure

UNTITLED = """单位：万元
部门名称：海州市粮食局
收入\t\t\t支出\t\t
项目\t行次\t金额\t项目\t行次\t金额
栏次\t\t1\t栏次\t\t2
{rows}本年收入合计\t27\t80.00\t本年支出合计\t57\t80.00
总计\t30\t80.00\t总计\t60\t80.00
"""
ONLY_OF_ONE = """一、一般公共预算财政拨款收入\t1\t80.00\t一、一般公共服务支出\t31\t50.00
二、上级补助收入\t2\t0.00\t二、教育支出\t32\t30.00
三、事业收入\t3\t0.00\t三、科学技术支出\t33\t0.00
四、经营收入\t4\t0.00\t四、住房保障支出\t34\t0.00
五、其他收入\t5\t0.00\t五、其他支出\t35\t0.00
"""
OF_SEVERAL = """一、一般公共预算财政拨款收入\t1\t80.00\t一、一般公共服务支出\t31\t50.00
二、政府性基金预算财政拨款收入\t2\t0.00\t二、教育支出\t32\t30.00
"""


def read(folder, rows: str, title: str = ""):
    return amounts_of(read_disclosure(folder, title + UNTITLED.format(rows=rows) + SOUND_TABLE), "GK01")


def test_rows_of_one_form_alone_tell_it(tmp_path):
    amounts = read(tmp_path, ONLY_OF_ONE)
    assert amounts["expenditure:教育支出", "final"].value == 300_000
    assert amounts["income:本年收入合计", "final"].value == 800_000


def test_rows_that_several_forms_have_tell_nothing(tmp_path):
    assert read(tmp_path, OF_SEVERAL) == {}


def test_a_title_that_no_form_has_is_believed(tmp_path):
    assert read(tmp_path, ONLY_OF_ONE, title="上年收入支出情况对比表\n") == {}
