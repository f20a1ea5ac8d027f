-- Results of the identities, those across years and those between budget and accounts included. Grain: one identity instance
-- (document version × rule × table × row × measure).
-- Key: document_id, rule_id, table_code, row_key, measure.
create view mart.check_result as
with

document as (
    select * from mart.published_document
),

check_result as (
    select * from staging.check_result
),

year_check as (
    select * from intermediate.year_check
),

budget_check as (
    select * from intermediate.budget_check
)

-- The join is lateral, so that a query for one document reads the rows of that document only.
select
    document.{shared},
    result.rule_id,
    result.rule,
    result.table_code,
    result.row_key,
    result.measure,
    result.left_value::numeric(38, 6) as left_wan,
    result.right_value::numeric(38, 6) as right_wan,
    result.difference::numeric(38, 6) as difference_wan,
    result.envelope::numeric(38, 6) as envelope_wan,
    result.unit,
    result.outcome,
    result.explanation,
    result.also_fits,
    result.page,
    result.cells,
    result.last_document_id,
    document.is_current,
    document.slot_id,
    document.department_id,
    result.file_no,
    document.kind as document_kind,
    {evidence_url(document.document_id, concat_ws('/', 'check', result.rule_id, result.table_code, result.row_key, result.measure))}
        as evidence_url
from document
cross join lateral (
    select
        check_result.rule_id,
        check_result.rule,
        check_result.table_code,
        check_result.row_key,
        check_result.measure,
        check_result.left_value,
        check_result.right_value,
        check_result.difference,
        check_result.envelope,
        check_result.unit,
        check_result.outcome,
        check_result.explanation,
        check_result.also_fits,
        check_result.page,
        check_result.cells,
        null::integer as last_document_id,
        check_result.file_no
    from check_result
    where check_result.parse_id = document.parse_id
    union all
    select
        year_check.rule_id,
        year_check.rule,
        year_check.table_code,
        year_check.row_key,
        year_check.measure,
        year_check.left_value,
        year_check.right_value,
        year_check.difference,
        year_check.envelope,
        year_check.unit,
        year_check.outcome,
        year_check.explanation,
        year_check.also_fits,
        year_check.page,
        year_check.cells,
        year_check.last_document_id as last_document_id,
        year_check.file_no
    from year_check
    where year_check.document_id = document.document_id
    union all
    select
        budget_check.rule_id,
        budget_check.rule,
        budget_check.table_code,
        budget_check.row_key,
        budget_check.measure,
        budget_check.left_value,
        budget_check.right_value,
        budget_check.difference,
        budget_check.envelope,
        budget_check.unit,
        budget_check.outcome,
        budget_check.explanation,
        budget_check.also_fits,
        budget_check.page,
        budget_check.cells,
        budget_check.last_document_id,
        budget_check.file_no
    from budget_check
    where budget_check.document_id = document.document_id
) as result;

comment on view mart.check_result is '勾稽关系的核对结果，含旧版本文件；跨年度的核对（Y）只及最新版本。粒度：每个文件版本的每个规则、表、行、指标一行';
comment on column mart.check_result.rule_id is '规则编号：A 至 J 决算各表、YA 至 YH 预算各表、N 情况说明、P 绩效、Y 跨年度（须上年文件也已入库）';
comment on column mart.check_result.rule is '规则的含义';
comment on column mart.check_result.table_code is '标准表编号；跨表者为主表；情况说明、绩效等与表无关者为空';
comment on column mart.check_result.row_key is '行标识：表中的行、说明的对象，或项目与绩效指标';
comment on column mart.check_result.left_wan is '等式左边（万元）；unit 为 %、分、个等时以 unit 计';
comment on column mart.check_result.right_wan is '等式右边（万元）；unit 为 %、分、个等时以 unit 计';
comment on column mart.check_result.difference_wan is '左边减右边（万元）；unit 为 %、分、个等时以 unit 计';
comment on column mart.check_result.envelope_wan is '四舍五入可以解释的最大差额（万元）：（n+1）× 0.005；unit 为 %、分、个等时以 unit 计';
comment on column mart.check_result.unit is '以上四数的单位：万元，或 %、分、个等';
comment on column mart.check_result.outcome is '结果：exact 相等、rounding 四舍五入之差、broken 不符、withheld 有未公开的下级、not_applicable 不适用、undetermined 无法判定（所需的数或表未能确切读出）';
comment on column mart.check_result.page is '页码，自 1 起；文本文件或跨页为空';
comment on column mart.check_result.file_no is '页码所在文件的序号，连接 mart.document_file；没有页码的为 1';
comment on column mart.check_result.cells is '参与的单元格：表/行/指标；上年文件者前加年度';
comment on column mart.check_result.last_document_id is '用于核对的上年文件版本编号；仅 Y 类';
