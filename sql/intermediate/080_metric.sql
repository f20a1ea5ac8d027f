-- The metrics of comparison. Grain: one metric.
create view intermediate.metric as
with

headline as (
    select * from intermediate.headline
),

functional_subject as (
    select distinct on (code) * from staging.functional_subject
    order by code, valid_from_year desc nulls last
),

economic_subject as (
    select distinct on (code) * from staging.economic_subject
    order by code, valid_from_year desc nulls last
),

stated (metric_no, metric, metric_name, metric_family) as (
    values
        (101, 'operating_cost', '机关运行经费', 'operating_cost'),
        (102, 'procurement', '政府采购支出总额', 'procurement'),
        (103, 'procurement_goods', '政府采购货物支出', 'procurement'),
        (104, 'procurement_works', '政府采购工程支出', 'procurement'),
        (105, 'procurement_services', '政府采购服务支出', 'procurement')
),

-- The total row: a code has no row key of its own.
coded as (
    select 'functional' as family, '支出' as words, 'GK03' as table_code, 'total' as measure, code, name, level
    from functional_subject
    union all
    select 'general_public', '一般公共预算', 'GK05', 'total', code, name, level from functional_subject
    union all
    select 'economic', '基本支出', 'GK06', 'final', code, name, level from economic_subject
)

select
    headline_no::integer as metric_no,
    metric,
    metric_name,
    metric_family,
    side,
    table_code,
    measure,
    row_keys[1] as row_key,
    null as level
from headline
union all
select
    metric_no,
    metric,
    metric_name,
    metric_family,
    'expenditure',
    null,
    null,
    null,
    null
from stated
union all
select
    1000,
    family || ':' || code,
    words || '：' || code || ' ' || name,
    family,
    'expenditure',
    table_code,
    measure,
    code,
    level
from coded;

comment on view intermediate.metric is '可比指标维度。粒度：每个可比指标一行';
comment on column intermediate.metric.metric_no is '排列序号；科目指标同为 1000，按代码排列';
comment on column intermediate.metric.metric is '可比指标：主要数字的英文名，或 functional:代码、general_public:代码、economic:代码';
comment on column intermediate.metric.side is '占比的分母：income 本年收入合计、expenditure 本年支出合计；不计占比为空';
comment on column intermediate.metric.table_code is '所在标准表编号；取自情况说明者为空';
comment on column intermediate.metric.measure is '所在列';
comment on column intermediate.metric.row_key is '所在行，各文件名称不同者以此为代表；取自情况说明者为空';
comment on column intermediate.metric.level is '科目层级：class 类、category 款、item 项；非科目指标为空';
