-- The metrics that can be compared: those declared, and one per family and subject code. Grain: one metric.
create view intermediate.metric as
with

metric as (
    select * from staging.metric
),

family as (
    select * from staging.metric_family
    where classification is not null
),

-- One metric per code, with the latest name of the code.
subject as (
    (
        select distinct on (code) 'functional' as classification, code, name, level from staging.functional_subject
        order by code, valid_from_year desc nulls last
    )
    union all
    (
        select distinct on (code) 'economic', code, name, level from staging.economic_subject
        order by code, valid_from_year desc nulls last
    )
)

select
    metric.metric_no::integer as metric_no,
    metric.metric,
    metric.label as metric_name,
    metric.metric_family,
    metric.side,
    metric.table_code,
    metric.measure,
    metric.row_key,
    null as level,
    metric.kind,
    metric.item_key,
    metric.unit,
    metric.is_usual,
    metric.is_amount
from metric
union all
select
    1000,
    family.metric_family || ':' || subject.code,
    family.prefix || '：' || subject.code || ' ' || subject.name,
    family.metric_family,
    family.side,
    family.table_code,
    family.measure,
    subject.code,
    subject.level,
    family.kind,
    null,
    '万元',
    false,
    true
from family
inner join subject on subject.classification = family.classification;

comment on view intermediate.metric is '可比指标维度。粒度：每个可比指标一行';
comment on column intermediate.metric.metric_no is '排列序号；科目指标同为 1000，按代码排列';
comment on column intermediate.metric.metric is '可比指标：主要数字的英文名，或 functional:代码、general_public:代码、economic:代码';
comment on column intermediate.metric.side is '占比的分母：income 本年收入合计、expenditure 本年支出合计；不计占比为空';
comment on column intermediate.metric.table_code is '所在标准表编号；取自情况说明者为空';
comment on column intermediate.metric.measure is '所在列';
comment on column intermediate.metric.row_key is '所在行，各文件名称不同者以此为代表；取自情况说明者为空';
comment on column intermediate.metric.level is '科目层级：class 类、category 款、item 项；非科目指标为空';
comment on column intermediate.metric.item_key is '所在行的标识，同 mart.amount.item_key；科目指标与取自情况说明者为空';
comment on column intermediate.metric.unit is '单位';
comment on column intermediate.metric.is_usual is '未指明指标时是否列入比较';
