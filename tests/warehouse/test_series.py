"""Series by which amounts are divided (population, price index): a file is loaded, or refused with line and reason."""

from decimal import Decimal

import pytest

from warehouse.base.errors import BadSeries
from warehouse.load.series import Point, load_series, read_series

HEADER = "series,division_code,fiscal_year,value,unit,base_year,source\n"
GOOD = "population,410311,2024,68.5,万人,,统计年鉴"


def written(tmp_path, *lines: str, header: str = HEADER):
    file = tmp_path / "series.csv"
    file.write_text(header + "\n".join(lines) + "\n", "utf-8-sig")
    return file


def test_a_value_is_kept_in_the_unit_of_its_series(tmp_path):
    file = written(tmp_path, GOOD, "gdp,410311,2024,0.5,亿元,,公报", "price_index,000000,2024,103.2,%,2020,年鉴")
    assert list(read_series(file)) == [
        Point("population", "410311", 2024, Decimal("685000.0"), "人", None, "统计年鉴"),
        Point("gdp", "410311", 2024, Decimal("5000.0"), "万元", None, "公报"),
        Point("price_index", "000000", 2024, Decimal("103.2"), "%", 2020, "年鉴"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("people,410311,2024,1,人,,年鉴", "series people is none of"),
        ("population,410311,2024,1,户,,年鉴", "unit 户 is none of 人, 万人"),
        ("population,410311,24年,1,人,,年鉴", "24年 is no year"),
        ("population,410311,2024,很多,人,,年鉴", "很多 is no number"),
        ("population,410311,2024,NaN,人,,年鉴", "NaN is not above zero"),
        ("population,410311,2024,0,人,,年鉴", "0 is not above zero"),
        ("population,410311,2024,1,人,,", "a value needs its source"),
        ("population,410311,2024,1,人,2020,年鉴", "base_year belongs to a price index"),
        ("price_index,410311,2024,101,%,,年鉴", "base_year belongs to a price index"),
    ],
)
def test_a_faulty_line_is_named_with_its_number(tmp_path, line, reason):
    with pytest.raises(BadSeries, match=rf"series\.csv line 3: {reason}"):
        list(read_series(written(tmp_path, GOOD, line)))


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(BadSeries, match="column source, unit is missing"):
        list(read_series(written(tmp_path, header="series,division_code,fiscal_year,value\n")))


def test_an_unknown_division_stops_the_whole_file(connection, tmp_path):
    with pytest.raises(BadSeries, match="no division has the code 999999"):
        load_series(connection, written(tmp_path, GOOD, "population,999999,2024,1,人,,年鉴"))
    assert connection.execute("select count(*) from warehouse.division_series").fetchone() == (0,)


def test_a_second_file_corrects_the_first(connection, tmp_path):
    assert load_series(connection, written(tmp_path, GOOD)) == 1
    assert load_series(connection, written(tmp_path, GOOD.replace("68.5", "69"))) == 1
    query = "select value, unit, source from warehouse.division_series"
    assert connection.execute(query).fetchall() == [(Decimal(690000), "人", "统计年鉴")]
