-- Published disclosures. Grain: one document version, older ones included.
create view mart.disclosure as
with

published as (
    select * from mart.published_document
),

parse_table as (
    select * from staging.parse_table
),

parse as (
    select * from staging.parse
),

doubt as (
    select * from staging.doubt
),

check_result as (
    select * from staging.check_result
),

year_check as (
    select * from intermediate.year_check
)

-- Scalar subqueries and left joins that can be left out: a view which asks for the shared columns only
-- pays for no count.
select
    published.document_id,
    published.source_name,
    published.province,
    published.city,
    published.county,
    published.division_code,
    published.jurisdiction_level,
    published.department,
    published.department_kind,
    published.scope,
    published.fiscal_year,
    published.kind,
    published.sha256,
    published.source_url,
    published.format,
    published.pages,
    published.published_on,
    published.version,
    published.is_current,
    array(
        select parse_table.table_code
        from parse_table
        where parse_table.parse_id = published.parse_id and parse_table.status <> 'absent'
        order by parse_table.table_code
    ) as tables_found,
    checks.exact as checks_exact,
    checks.rounding as checks_rounding,
    checks.broken as checks_broken,
    checks.undetermined as checks_undetermined,
    (select count(*) from doubt where doubt.parse_id = published.parse_id) as doubts,
    parse.amounts_printed,
    parse.amounts_loaded,
    parse.amounts_doubtful,
    parse.amounts_unaccounted,
    parse.form_numbers,
    parse.narrative_numbers,
    published.parsed_at as loaded_at,
    published.first_seen_at,
    published.slot_id,
    published.department_id,
    published.department_printed,
    published.parse_id,
    published.parser_version
from published
left join parse on parse.parse_id = published.parse_id
left join lateral (
    select
        count(*) filter (where outcome = 'exact') as exact,
        count(*) filter (where outcome = 'rounding') as rounding,
        count(*) filter (where outcome = 'broken') as broken,
        count(*) filter (where outcome = 'undetermined') as undetermined
    from (
        select check_result.outcome from check_result where check_result.parse_id = published.parse_id
        union all
        select year_check.outcome from year_check where year_check.document_id = published.document_id
    ) as outcomes
) as checks on true;

comment on view mart.disclosure is '已入库的决算公开文件，含被更正的旧版本。粒度：每个文件版本一行';
comment on column mart.disclosure.document_id is '文件版本编号：更正后的文件是新的编号（来源：仓库）';
comment on column mart.disclosure.source_name is '文件名（来源：入库文件）';
comment on column mart.disclosure.province is '省份（来源：文件所示）；无法判断时为空';
comment on column mart.disclosure.city is '地级市（来源：文件所示）；省级部门为空';
comment on column mart.disclosure.county is '县（区）（来源：文件所示）；省、市级部门为空';
comment on column mart.disclosure.division_code is '部门所属行政区划代码，六位；无法判断时为空';
comment on column mart.disclosure.jurisdiction_level is '层级：central 中央、province 省级、prefecture 地级、county 县级；无法判断时为空';
comment on column mart.disclosure.department is '部门名称；无法判断时为空';
comment on column mart.disclosure.department_kind is '部门类别，使不同地区的同类部门可比，例如 工业和信息化；无法判断时为空';
comment on column mart.disclosure.scope is '口径：department 部门（含所属单位）、unit 单位本级；两者不可相加；无法判断时为空';
comment on column mart.disclosure.fiscal_year is '决算年度；无法判断时为空';
comment on column mart.disclosure.kind is '文件种类：final_accounts 决算、budget 预算';
comment on column mart.disclosure.sha256 is '文件内容的 SHA-256（小写十六进制）';
comment on column mart.disclosure.source_url is '下载地址；未知为空';
comment on column mart.disclosure.format is '文件格式：pdf、text 等';
comment on column mart.disclosure.pages is '页数；文本文件为空';
comment on column mart.disclosure.published_on is '公开日期；只印年月者取当月一日；未印为空';
comment on column mart.disclosure.version is '同一文件位（部门、年度、种类、口径相同）中的版本序号，自 1 起';
comment on column mart.disclosure.is_current is '是否为该文件位的最新版本';
comment on column mart.disclosure.tables_found is '文件中出现的标准表编号（含空表与无法读出者），按编号排列';
comment on column mart.disclosure.checks_exact is '勾稽关系相等的个数（含与上年文件的核对）；明细见 mart.check_result';
comment on column mart.disclosure.checks_rounding is '勾稽关系相差不超过四舍五入的个数（含与上年文件的核对）';
comment on column mart.disclosure.checks_broken is '勾稽关系不符的个数（含与上年文件的核对）';
comment on column mart.disclosure.checks_undetermined is '勾稽关系无法判定的个数（含与上年文件的核对）：所需的数或表未能确切读出';
comment on column mart.disclosure.doubts is '疑点个数；明细见 mart.doubt';
comment on column mart.disclosure.amounts_printed is '表格与正文中印出的金额个数（不含自评表与情况说明的句子），在识别之前单独清点；以前的解析未清点为空';
comment on column mart.disclosure.amounts_loaded is '印出的金额中已入库的个数；未清点为空';
comment on column mart.disclosure.amounts_doubtful is '印出的金额中由疑点指明的个数；未清点为空';
comment on column mart.disclosure.amounts_unaccounted is '印出的金额中既未入库、也无疑点指明、又不能证明不是金额的个数；未清点为空';
comment on column mart.disclosure.form_numbers is '绩效自评表中印出的数字个数；未清点为空';
comment on column mart.disclosure.narrative_numbers is '情况说明的句子中印出的数字个数；未清点为空';
comment on column mart.disclosure.loaded_at is '当前公布的解析的入库时间';
comment on column mart.disclosure.first_seen_at is '文件首次入库时间';
comment on column mart.disclosure.slot_id is '文件位编号：同一部门、年度、种类、口径的各版本相同';
comment on column mart.disclosure.department_id is '部门编号，连接 mart.department；无法判断时为空';
comment on column mart.disclosure.department_printed is '本文件印出的部门名称（可能是曾用名）';
comment on column mart.disclosure.parse_id is '当前公布的解析编号（仓库内部）';
comment on column mart.disclosure.parser_version is '当前公布的解析所用程序版本';
