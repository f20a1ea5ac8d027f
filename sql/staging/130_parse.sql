-- Parses: one reading of a file by one version of the parser; never changed once written.
-- Grain: one parser version of a file version.
create view staging.parse as
select
    parse_id,
    version_id as document_id,
    parser_version,
    parsed_at,
    department,
    department_kind,
    fiscal_year,
    kind,
    scope,
    province,
    city,
    county,
    division_code,
    jurisdiction_level,
    published_on,
    published_printed,
    evidence,
    amounts_printed,
    amounts_loaded,
    amounts_doubtful,
    amounts_unaccounted,
    form_numbers,
    narrative_numbers
from warehouse.parse;

comment on view staging.parse is '解析：某一版本的解析程序对一个文件的一次读取，写入后不再更改。粒度：每个文件版本的每个程序版本一行';
comment on column staging.parse.parse_id is '解析编号（仓库内部）';
comment on column staging.parse.parser_version is '解析程序版本';
comment on column staging.parse.parsed_at is '入库时间';
comment on column staging.parse.department is '文件所示部门名称；无法判断时为空';
comment on column staging.parse.department_kind is '部门类别；无法判断时为空';
comment on column staging.parse.fiscal_year is '文件所示年度；无法判断时为空';
comment on column staging.parse.province is '文件所示省份；无法判断时为空';
comment on column staging.parse.city is '文件所示地级市；无或无法判断时为空';
comment on column staging.parse.county is '文件所示县（区）；无或无法判断时为空';
comment on column staging.parse.division_code is '部门所属行政区划代码；无法判断时为空';
comment on column staging.parse.jurisdiction_level is '层级：central、province、prefecture、county；无法判断时为空';
comment on column staging.parse.published_printed is '印出的公开日期原文';
comment on column staging.parse.evidence is '依据：各项判断所依据的印出文字';
