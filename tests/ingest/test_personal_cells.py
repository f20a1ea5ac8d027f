"""Persons and telephone numbers are hidden in the rows, excerpts and pictures that strangers are shown."""

import base64
import io

import pytest
from PIL import Image

from ingest.about.personal_cells import without_personal
from ingest.isolation import cut_isolated
from ingest.readers.crops import Band, shown_rows
from ingest.readers.pdf.marks import SCALE
from tests.ingest.pdfs import A4, drawn

NUMBER, TELEPHONE = "1,234.56", "13800138000"


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (["项目负责人", "欧阳测试", "联系电话", TELEPHONE], ["项目负责人", "＊", "联系电话", "＊"]),
        (["联系人：", "", "欧阳测试", "项目资金"], ["联系人：", "", "＊", "项目资金"]),
        (["联系人", "张", "三"], ["联系人", "＊", "＊"]),
        (["填报人：欧阳测试　联系电话：0375-2998877"], [""]),
        (["联系人", "", NUMBER], ["联系人", "", NUMBER]),  # left blank: the next is an amount
        (["联系人", "项目名称", "设备更新"], ["联系人", "项目名称", "设备更新"]),  # or a label
        (["项目名称", "设备更新", "13812345678.00"], ["项目名称", "设备更新", "13812345678.00"]),
        (["合计", "5.00", ""], ["合计", "5.00", ""]),
    ],
)
def test_what_is_behind_a_label_of_a_person_is_hidden_and_no_amount(cells, shown):
    assert without_personal(cells) == shown


def test_names_below_the_label_of_a_person_are_hidden_and_nothing_else():
    rows = [
        ["序号", "项目名称", "金额", "项目负责人"],
        ["1", "设备更新", NUMBER, "欧阳测试"],
        ["2", "方言保护", NUMBER, "司马样本、张样"],
        ["3", "道路养护", NUMBER, "待定"],
        ["合计", "", NUMBER, ""],
    ]
    shown = [row[-1] for row in shown_rows(rows, without_personal)]
    assert shown == ["项目负责人", "＊", "＊", "待定", ""]
    assert [row[:-1] for row in shown_rows(rows, without_personal)] == [row[:-1] for row in rows]


def test_a_telephone_number_is_black_in_a_picture_and_an_amount_is_not(tmp_path):
    at = {NUMBER: (100, 700), TELEPHONE: (300, 700)}
    path = drawn(tmp_path / "page.pdf", [(x, y, text) for text, (x, y) in at.items()])
    crop = cut_isolated(path, Band(1))
    picture = Image.open(io.BytesIO(base64.b64decode(crop.image.partition(",")[2]))).convert("L")
    white = {}
    for text, (x, y) in at.items():
        left, bottom = x * SCALE, (A4[1] - y) * SCALE
        shown = picture.crop((round(left + 4), round(bottom - 8), round(left + 40), round(bottom - 2)))
        white[text] = sum(shade > 128 for shade in shown.tobytes())
    assert white[TELEPHONE] == 0 and white[NUMBER] > 50
