-- A department's totals beside the sum of what its units published themselves: never above, and equal where all have.
-- Grain: one current document of a department with a unit that has a document × metric.
-- Key: document_id, metric.
create view mart.unit_sum as
with

document as (
    select * from mart.published_document
    where is_current and scope = 'department'
),

unit_document as (
    select * from intermediate.unit_document
),

listed as (
    select * from staging.department_unit
),

department_value as (
    select * from mart.metric_value
),

-- A CTE for each use: PostgreSQL computes a CTE that is used twice completely, without the conditions of either use.
-- A document without one of these two numbers has a row that says so.
unit_value as (
    select * from mart.metric_value
    where metric in ('income', 'expenditure', 'budget_income', 'budget_expenditure')
),

units as (
    select
        unit_document.document_id,
        unit_value.metric,
        count(*) as with_document,
        sum(unit_value.amount_wan) as sum_wan,
        min(unit_value.department || '的数：' || coalesce(unit_value.why_not, '未能确切读出'))
            filter (where unit_value.is_sound is not true or unit_value.amount_wan is null) as why_not
    from unit_document
    inner join unit_value on unit_value.document_id = unit_document.own_document_id
    group by unit_document.document_id, unit_value.metric
),

summed as (
    select
        document.*,
        units.metric,
        department_value.metric_name,
        department_value.amount_wan,
        listed_units.units as listed,
        units.with_document,
        units.sum_wan,
        department_value.amount_wan - units.sum_wan as difference_wan,
        (units.with_document + 1) * 0.005 as envelope_wan,
        case
            when department_value.is_sound is not true or department_value.amount_wan is null
                then '部门的数：' || coalesce(department_value.why_not, '未能确切读出')
            else units.why_not
        end as why_not
    from units
    inner join document on document.document_id = units.document_id
    inner join department_value
        on department_value.document_id = units.document_id
        and department_value.metric = units.metric
    -- At most one row: PostgreSQL omits it where a query does not use the number.
    left join lateral (
        select count(*) as units from listed where listed.parse_id = document.parse_id
    ) as listed_units on true
)

select
    summed.{shared},
    summed.metric,
    summed.metric_name,
    summed.amount_wan,
    summed.listed as units_listed,
    summed.with_document as units_with_document,
    summed.listed = summed.with_document as is_complete,
    summed.sum_wan::numeric(38, 6) as units_sum_wan,
    summed.difference_wan::numeric(38, 6) as difference_wan,
    summed.envelope_wan::numeric(38, 6) as envelope_wan,
    case
        when summed.why_not is not null then 'undetermined'
        when summed.difference_wan = 0 then 'exact'
        when abs(summed.difference_wan) <= summed.envelope_wan then 'rounding'
        when summed.difference_wan < 0 then 'above'
        else 'below'
    end as outcome,
    summed.why_not is null and summed.difference_wan < - summed.envelope_wan as is_above,
    summed.why_not,
    summed.slot_id,
    summed.department_id,
    summed.kind as document_kind
from summed;

comment on view mart.unit_sum is '部门决算（预算）与所列各单位自己公开的数之和：部门的数已含各单位，各单位之和不应大于部门的数，全部单位都有文件时应当相等（现行文件）。粒度：每个有单位另行公开的部门口径文件的每个指标一行';
comment on column mart.unit_sum.metric is '指标：income 本年收入合计、expenditure 本年支出合计；预算为 budget_income、budget_expenditure';
comment on column mart.unit_sum.amount_wan is '部门口径的数（万元），已含各单位';
comment on column mart.unit_sum.units_listed is '部门决算所列单位个数，含本级';
comment on column mart.unit_sum.units_with_document is '其中自己公开的文件已入库的个数';
comment on column mart.unit_sum.is_complete is '所列单位是否都有自己公开的文件';
comment on column mart.unit_sum.units_sum_wan is '各单位自己公开的数之和（万元）';
comment on column mart.unit_sum.difference_wan is '部门的数减各单位之和（万元）';
comment on column mart.unit_sum.outcome is '核对结果：exact 相等、rounding 四舍五入之差、below 各单位之和较小（有单位未公开者属正常）、above 各单位之和较大、undetermined 有数不确切，无法判定';
comment on column mart.unit_sum.is_above is '各单位之和是否大于部门的数，不计四舍五入';
comment on column mart.unit_sum.why_not is '无法判定的理由；可以判定为空';
comment on column mart.unit_sum.envelope_wan is '四舍五入可以解释的最大差额（万元）：相加的数与部门的数各 0.005';
