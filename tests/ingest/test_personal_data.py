"""Names of persons and telephone numbers in forms and reasons are not in the public schema."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.about.personal_rows import leave_out_contacts
from ingest.document import RawRow
from ingest.tables.shapes.readrows import ReadRow, ReadTable
from warehouse.base.database import connect

SAMPLE = Path(__file__).parents[2] / "samples" / "pingdingshan_gongxin_2023.txt"
NAMES = ("欧阳测试", "司马样本")
NUMBERS = ("13800138000", "0375-2998877")
FORM = f"""
项目支出绩效自评表
(2023年度)
项目名称\t设备更新示范项目\t\t\t\t\t
主管部门\t平顶山市工业和信息化局\t\t实施单位\t平顶山市工业和信息化局\t\t
项目负责人\t{NAMES[0]}\t\t联系电话\t{NUMBERS[0]}\t\t
项目资金(万元)\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
年度资金总额\t10.00\t10.00\t10.00\t10\t100%\t10
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t数量指标\t更新设备数量\t≥5台\t5台\t50\t50
效益指标\t社会效益指标\t设备完好率\t≥90%\t95%\t40\t40
总分\t\t\t\t\t100\t100
填报人：{NAMES[0]}　联系电话：{NUMBERS[1]}
"""
REASON = f"决算高于预算的主要原因是：局长{NAMES[1]}同志调离，联系电话{NUMBERS[0]}"


RELATIONS = "select relname from pg_class where relnamespace = 'mart'::regnamespace and relkind in ('r', 'v')"


def planted(tmp_path: Path) -> Path:
    text = SAMPLE.read_text("utf-8")
    sentence = "\n一般公共服务支出(类)政府办公厅(室)及相关机构事务(款)专项业务及机关事务管理(项)。"
    sentence += f"年初预算为1.00万元，决算数4.00万元，完成预算的400.00%。{REASON}。\n"
    heading = "第三部分 2023年度部门决算情况说明\n五、一般公共预算财政拨款支出决算情况说明\n（三）具体情况。\n"
    file = tmp_path / "planted.txt"
    file.write_text(text + "\n" + heading + sentence + FORM, "utf-8")
    return file


def test_no_public_view_contains_personal_data(juesuan, database, tmp_path):
    assert juesuan("ingest", planted(tmp_path)).exit_code == 0
    with connect(database) as connection:
        views = [name for (name,) in connection.execute(RELATIONS)]
        assert connection.execute("select count(*) from mart.performance_project").fetchone()[0] == 1
        for view in views:
            shown = str(connection.execute(f"select * from mart.{view}").fetchall())
            for secret in (*NAMES, *NUMBERS):
                assert secret not in shown, f"mart.{view} shows {secret}"


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("机关服务（联系人：欧阳测试，13800138000）", "机关服务（）"),
        ("机关服务0375-2998877", "机关服务"),
        ("退休人员管理", "退休人员管理"),
        ("13800138000", "13800138000"),  # a code
    ],
)
def test_the_name_of_a_row_has_no_person_and_no_telephone_number(printed, label):
    row = ReadRow(f"name:{printed}", printed, "", (), RawRow(()))
    table = ReadTable(rows=[row], addends=[row], unread_rows=[f"{printed} 5.00"])
    leave_out_contacts([table])
    assert table.rows == table.addends == [replace(row, key=f"name:{label}", label=label)]
    assert table.unread_rows[0].endswith(" 5.00") and not any(name in table.unread_rows[0] for name in NAMES)
