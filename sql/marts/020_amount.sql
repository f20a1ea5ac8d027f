-- Amount cells of the standard tables. Grain: one cell (document version × table × row × measure).
-- Without CTEs, so that PostgreSQL plans the view together with the query that reads it: a query for some rows does not
-- compute all of them.
-- Key: document_id, table_code, row_key, measure.
create view mart.amount as
select
    document.{shared},
    measure.table_code,
    amount.row_key,
    amount.row_label,
    measure.measure,
    functional_subject.code as functional_code,
    economic_subject.code as economic_code,
    coalesce(functional_subject.level, economic_subject.level) as level,
    -- Codes below this one begin with it, so they lie between it and the code || ':', which sorts after all digits. The
    -- range uses the primary key. Where a key has several parts (301/501), each part of one below begins with that in its
    -- place (30101/50101), and what precedes the first code is the same (unit:甲中心/201, unit:甲中心/20101).
    case
        when coalesce(functional_subject.level, economic_subject.level) is not null
            then not exists (
                select from staging.amount as below
                where
                    below.parse_id = amount.parse_id
                    and below.measure_id = amount.measure_id
                    and below.row_key > amount.row_key
                    and below.row_key < case
                        when strpos(amount.row_key, '/') = 0 then amount.row_key
                        else coalesce(substring(amount.row_key from '^(?:[^/]*[^/0-9][^/]*/)*[0-9]+'), amount.row_key)
                    end || ':'
                    and (
                        starts_with(below.row_key, amount.row_key)
                        or not exists (
                            select
                            from unnest(string_to_array(amount.row_key, '/'), string_to_array(below.row_key, '/'))
                                as part (own, lower)
                            where
                                part.own is not null
                                and (part.own ~ '^[0-9]+$' and starts_with(part.lower, part.own) or part.lower = part.own)
                                    is not true
                        )
                    )
            )
    end as is_leaf,
    amount.amount_wan,
    amount.amount_yuan,
    amount.presence,
    amount.status,
    amount.printed,
    amount.printed_unit,
    amount.repair_reason,
    amount.page,
    amount.row_no,
    amount.column_no,
    amount.line_no,
    amount.value_unit,
    document.kind,
    document.is_current,
    document.slot_id,
    document.department_id,
    amount.functional_subject_id,
    amount.economic_subject_id,
    amount.item_key,
    amount.file_no,
    amount.sheet,
    amount.cell,
    amount.box,
    document.kind as document_kind,
    amount.stored_value,
    {evidence_url(document.document_id, concat_ws('/', measure.table_code, amount.row_key, measure.measure))} as evidence_url,
    amount.project_code,
    amount.quantity,
    amount.origin
from mart.published_document as document
inner join staging.amount on amount.parse_id = document.parse_id
inner join staging.measure on measure.measure_id = amount.measure_id
left join staging.functional_subject on functional_subject.functional_subject_id = amount.functional_subject_id
left join staging.economic_subject on economic_subject.economic_subject_id = amount.economic_subject_id;

comment on view mart.amount is '标准表的金额单元格，含旧版本文件。粒度：每个文件版本的每张表、每行、每个指标一行';
comment on column mart.amount.row_key is '行标识：科目代码、TOTAL 合计、PERSONNEL_TOTAL 人员经费合计、PUBLIC_TOTAL 公用经费合计、income:项目、expenditure:项目、all；预算另有 unit:单位、name:名称、project:项目；几个代码或名称同为一行的标识者以 / 相连，例如 30101/50101、unit:单位/代码';
comment on column mart.amount.row_label is '印出的行名称（去除空白）';
comment on column mart.amount.measure is '指标（列），连接 mart.measure';
comment on column mart.amount.functional_code is '支出功能分类科目代码；非功能分类行为空';
comment on column mart.amount.level is '科目层级：class 类、category 款、item 项；非科目行为空';
comment on column mart.amount.is_leaf is '本表中是否没有下级科目；只加总末级行不会重复计算；非科目行为空；行标识由几部分组成者，各部分均为其下级者方为下级（301/501 之下有 30101/50101）';
comment on column mart.amount.amount_wan is '金额（万元）；空白、横线、无法确定或单位未能确定时为空。不是金额的数（value_unit 不是 元）暂也见于此列，加总金额者须加 value_unit = ''元''，自公开接口第 3 版起为空';
comment on column mart.amount.amount_yuan is '金额（元）；计数行为空；空白、横线、无法确定或单位未能确定时为空';
comment on column mart.amount.printed_unit is '印出的单位：元、万元、亿元，计数行为辆、台等';
comment on column mart.amount.repair_reason is '修复或存疑的理由；与原文一致者为空';
comment on column mart.amount.value_unit is '数值的单位：元，或辆、台等计数单位';
comment on column mart.amount.origin is '读自何处：text 文字、picture 图像；图像中识别的数字或经证实（confirmed），或存疑';
comment on column mart.amount.stored_value is '电子表格单元格内存储的数，未经数字格式，以印出的单位计，如显示 4,415.98 而存储 4415.9837；与显示的数相同或不是电子表格的为空';
