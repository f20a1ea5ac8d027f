-- Amount cells of the standard tables. Grain: one cell (document version × table × row × measure).
-- No common table expressions: PostgreSQL plans a view that has one by itself, and reads it all for one page of it.
create view mart.amount as
select
    document.document_id,
    document.source_name,
    document.province,
    document.city,
    document.county,
    document.division_code,
    document.jurisdiction_level,
    document.department,
    document.department_kind,
    document.scope,
    document.fiscal_year,
    measure.table_code,
    amount.row_key,
    amount.row_label,
    measure.measure,
    functional_subject.code as functional_code,
    economic_subject.code as economic_code,
    coalesce(functional_subject.level, economic_subject.level) as level,
    -- A range on the primary key: a code's descendants follow it and precede code || ':'.
    case
        when coalesce(functional_subject.level, economic_subject.level) is not null
            then not exists (
                select from staging.amount as below
                where
                    below.parse_id = amount.parse_id
                    and below.measure_id = amount.measure_id
                    and below.row_key > amount.row_key
                    and below.row_key < amount.row_key || ':'
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
    amount.economic_subject_id
from mart.published_document as document
inner join staging.amount on amount.parse_id = document.parse_id
inner join staging.measure on measure.measure_id = amount.measure_id
left join staging.functional_subject on functional_subject.functional_subject_id = amount.functional_subject_id
left join staging.economic_subject on economic_subject.economic_subject_id = amount.economic_subject_id;

comment on view mart.amount is '标准表的金额单元格，含旧版本文件。粒度：每个文件版本的每张表、每行、每个指标一行';
comment on column mart.amount.document_id is '文件版本编号：更正后的文件是新的编号（来源：仓库）';
comment on column mart.amount.source_name is '文件名（来源：入库文件）';
comment on column mart.amount.province is '省份（来源：文件所示）；无法判断时为空';
comment on column mart.amount.city is '地级市（来源：文件所示）；省级部门为空';
comment on column mart.amount.county is '县（区）（来源：文件所示）；省、市级部门为空';
comment on column mart.amount.division_code is '部门所属行政区划代码，六位；无法判断时为空';
comment on column mart.amount.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级；无法判断时为空';
comment on column mart.amount.department is '部门名称；无法判断时为空';
comment on column mart.amount.department_kind is '部门类别，使不同地区的同类部门可比，例如 工业和信息化；无法判断时为空';
comment on column mart.amount.scope is '口径：department 部门（含所属单位）、unit 单位本级；两者不可相加；无法判断时为空';
comment on column mart.amount.fiscal_year is '决算年度；无法判断时为空';
comment on column mart.amount.table_code is '标准表编号 GK01 至 GK10，连接 mart.standard_table';
comment on column mart.amount.row_key is '行标识：科目代码、TOTAL 合计、PERSONNEL_TOTAL 人员经费合计、PUBLIC_TOTAL 公用经费合计、income:项目、expenditure:项目、all';
comment on column mart.amount.row_label is '印出的行名称（去除空白）';
comment on column mart.amount.measure is '指标（列），连接 mart.measure';
comment on column mart.amount.functional_code is '支出功能分类科目代码；非功能分类行为空';
comment on column mart.amount.economic_code is '支出经济分类科目代码；非经济分类行为空';
comment on column mart.amount.level is '科目层级：class 类、category 款、item 项；非科目行为空';
comment on column mart.amount.is_leaf is '本表中是否没有下级科目；只加总末级行不会重复计算；非科目行为空';
comment on column mart.amount.amount_wan is '金额（万元）；GK10 中的车辆等计数行为计数本身（单位见 value_unit）；空白、横线、无法确定或单位未能确定时为空';
comment on column mart.amount.amount_yuan is '金额（元）；计数行为空；空白、横线、无法确定或单位未能确定时为空';
comment on column mart.amount.presence is '单元格印有什么：number 数字（含 0）、blank 空白、dash 横线';
comment on column mart.amount.status is '可信程度：as_printed 与原文一致、repaired 依据同一文件修复、doubtful 存疑';
comment on column mart.amount.printed is '印出的原文';
comment on column mart.amount.printed_unit is '印出的单位：元、万元、亿元，计数行为辆、台等';
comment on column mart.amount.repair_reason is '修复或存疑的理由；与原文一致者为空';
comment on column mart.amount.page is '页码，自 1 起；文本文件为空';
comment on column mart.amount.row_no is '在（跨页连接后的）表中的行序，自 1 起；左右并列的表（GK01、GK04、GK06）每组自成一行';
comment on column mart.amount.column_no is '在表中的列号，自 1 起';
comment on column mart.amount.line_no is '文本文件的行号，自 1 起；其他格式为空';
comment on column mart.amount.value_unit is '数值的单位：元，或辆、台等计数单位';
comment on column mart.amount.kind is '文件种类：final_accounts 决算、budget 预算';
comment on column mart.amount.is_current is '是否为该文件位的最新版本';
comment on column mart.amount.slot_id is '文件位编号：同一部门、年度、种类、口径的各版本相同';
comment on column mart.amount.department_id is '部门编号，连接 mart.department；无法判断时为空';
comment on column mart.amount.functional_subject_id is '功能分类科目编号，连接 mart.functional_subject';
comment on column mart.amount.economic_subject_id is '经济分类科目编号，连接 mart.economic_subject';
