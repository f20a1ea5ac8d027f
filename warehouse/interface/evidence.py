"""What one row of a public view rests on: the printed cells, sentences, doubts, checks and files behind it."""

from collections.abc import Mapping
from typing import Any

import pandas

from warehouse.base.errors import UnknownChoice

MEANING = "一行数据的依据：印出的单元格与句子、疑点、勾稽关系、所在文件"
COLUMNS = {
    "what": "依据的种类：cell 单元格、stated 情况说明、doubt 疑点、check 勾稽关系、file 文件",
    "table_code": "标准表编号",
    "row_key": "行标识；情况说明为所说的对象，勾稽关系为所涉的行",
    "measure": "所在列",
    "printed": "印出的原文",
    "amount_wan": "金额（万元）；勾稽关系为左右之差；不是金额为空",
    "says": "状态、理由、核对结果或句子",
    "file_no": "所在文件的序号",
    "page": "页码",
    "line_no": "行号（文本文件）",
    "sheet": "工作表",
    "cell": "工作表的单元格",
    "box": "在页面上的范围",
    "source_name": "文件名",
    "source_url": "网址；未知为空",
}
# A doubt about a whole table or row concerns each cell of it. A check names the cells it holds against each other.
QUERY = """
with

asked as (
    select
        %(document_id)s::integer as document_id,
        %(table_code)s::text as table_code,
        %(row_key)s::text as row_key,
        %(measure)s::text as measure,
        %(subjects)s::text[] as subjects,
        concat_ws('/', %(table_code)s::text, %(row_key)s::text, %(measure)s::text) as place
),

found as (
    select
        1 as place, 'cell' as what, amount.table_code, amount.row_key, amount.measure, amount.printed,
        case when amount.quantity is null then amount.amount_wan end as amount_wan,
        concat_ws('：', amount.status, amount.repair_reason) as says, amount.file_no, amount.page, amount.line_no,
        amount.sheet, amount.cell, amount.box
    from mart.amount
    inner join asked using (document_id)
    where
        amount.table_code = coalesce(asked.table_code, amount.table_code)
        and amount.row_key = coalesce(asked.row_key, amount.row_key)
        and amount.measure = coalesce(asked.measure, amount.measure)
    union all
    select
        2, 'stated', null, figure.subject, figure.measure, figure.printed, figure.amount_wan,
        concat_ws('：', figure.status, figure.repair_reason, figure.text), figure.file_no, figure.page, figure.line_no,
        figure.sheet, figure.cell, figure.box
    from mart.stated_figure as figure
    inner join asked using (document_id)
    where asked.subjects is null or figure.subject = any (asked.subjects)
    union all
    select
        3, 'doubt', doubt.table_code, doubt.row_key, doubt.measure, doubt.printed, null,
        concat_ws('：', doubt.what, doubt.reason), doubt.file_no, doubt.page, doubt.line_no,
        doubt.sheet, doubt.cell, doubt.box
    from mart.doubt
    inner join asked using (document_id)
    where
        case
            when asked.table_code is null then coalesce(doubt.row_key = asked.row_key, asked.row_key is null)
            else
                doubt.table_code = asked.table_code
                and coalesce(doubt.row_key = asked.row_key, true)
                and coalesce(doubt.measure = asked.measure, true)
        end
    union all
    select
        4, 'check', result.table_code, result.row_key, result.measure, null, result.difference_wan,
        concat_ws('：', result.rule_id, result.outcome, result.explanation), result.file_no, result.page, null,
        null, null, null
    from mart.check_result as result
    inner join asked using (document_id)
    where
        asked.row_key is null
        or exists (
            select from unnest(result.cells) as used (cell)
            where strpos('/' || used.cell || '/', '/' || asked.place || '/') > 0
        )
    union all
    select
        5, 'file', null, null, null, null, null, concat_ws(' ', file.role, file.format, file.sha256), file.file_no,
        null, null, null, null, null
    from mart.document_file as file
    inner join asked using (document_id)
)

select
    found.what, found.table_code, found.row_key, found.measure, found.printed, found.amount_wan, found.says,
    found.file_no, found.page, found.line_no, found.sheet, found.cell, found.box, file.source_name, file.source_url
from found
cross join asked
left join mart.document_file as file on file.document_id = asked.document_id and file.file_no = found.file_no
order by
    found.place, found.file_no, found.page nulls last, found.line_no nulls last, found.table_code, found.row_key,
    found.measure, found.says
"""


def conditions(row: "pandas.Series | Mapping[str, Any]") -> dict[str, Any]:
    """The parameters of QUERY. Raises UnknownChoice where the row has no document_id."""
    document = _value(row, "document_id")
    if document is None:
        raise UnknownChoice("a row without document_id: evidence is of one document")
    key = _value(row, "row_key") or _value(row, "functional_code") or _value(row, "economic_code")
    subjects = [name for name in (_value(row, "subject"), _value(row, "metric"), key) if name]
    return {
        "document_id": int(document),
        "table_code": _value(row, "table_code"),
        "row_key": key,
        "measure": _value(row, "measure"),
        "subjects": subjects or None,
    }


def _value(row: "pandas.Series | Mapping[str, Any]", name: str) -> Any:
    value = row.get(name)
    return None if value is None or value is pandas.NaT or value is pandas.NA or value != value else value
