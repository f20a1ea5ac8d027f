-- The public surface, schema mart, by version: what each version added, changed, deprecated or took away. The list below is
-- the declaration. A table or view that it does not name yet is new in the latest version.
-- Grain: one change of a version.
-- Key: contract_version, change_no.
create view mart.contract as
with

public as (
    select relname::text as object from pg_catalog.pg_class
    where relnamespace = 'mart'::regnamespace and relkind in ('r', 'p', 'v', 'm')
),

begun_with (object) as (
    select unnest(array[
        'amount', 'balance', 'basic_expenditure_by_economic_class', 'budget_execution', 'check_result', 'city_comparison',
        'class_expenditure', 'coverage', 'denominator', 'department', 'disclosure', 'doubt', 'economic_subject',
        'expenditure_by_function', 'fiscal_year', 'functional_subject', 'government_fund', 'income_by_source', 'jurisdiction',
        'measure', 'metric', 'metric_value', 'peer_position', 'performance_comparison', 'performance_fund',
        'performance_indicator', 'performance_management', 'performance_project', 'published_document', 'standard_table',
        'state_capital', 'stated_figure', 'subject_name', 'three_public', 'year_over_year', 'yearly_change'
    ])
),

declared (contract_version, change, object, column_name, says, what_to_do, until_version) as (
    values
    (2, 'changed', 'coverage', 'status', '新增取值 partial：有数，而表中有行或列未能读出；此前为 present', '凡有数的表均要者，写 status in (''present'', ''partial'')', null::integer),
    (2, 'changed', 'coverage', 'status', 'absent 只说未见此表；能证明未公开者另有说明', '问是否未公开，另看 missing', null),
    (2, 'changed', 'amount', 'amount_wan', '单位未能确定的数不再有万元与元的金额', '原文见 printed，理由见 repair_reason', null),
    (2, 'deprecated', 'amount', 'amount_wan', '不是金额的数（车辆数、件数、百分比）另有 quantity 一列，第 3 版起不再见于 amount_wan', '不是金额的数用 quantity；加总金额者加 value_unit = ''元''', 3),
    (2, 'changed', 'city_comparison', 'left_out', '也计入表未能全部读出、不知有无该科目的部门', '名单见 mart.left_out', null),
    (2, 'changed', 'budget_execution', 'budget', '只见于公开07、08表的项目为 fund', null, null),
    (2, 'changed', 'expenditure_by_function', 'share_of_total_pct', '合计存疑时为空', null, null),
    (2, 'changed', 'basic_expenditure_by_economic_class', 'share_of_basic_pct', '合计存疑时为空', null, null),
    (2, 'changed', 'class_expenditure', 'left_out', '也计入公开03表未能全部读出而不见该类的文件', null, null),
    (2, 'changed', 'check_result', 'outcome', '新增取值 withheld：涉密不予公开的数，既非不符，也不填补', '统计不符只取 broken', null),
    (2, 'changed', 'disclosure', 'document_kind', '部门预算同样入库，各视图兼有预算', '只要决算者，加 document_kind = ''final_accounts''', null),
    (2, 'changed', 'amount', 'document_kind', '部门预算同样入库，各视图兼有预算', '只要决算者，加 document_kind = ''final_accounts''', null),
    (2, 'changed', 'performance_indicator', 'target_operator', '未印比较符者为空；此前为 =', null, null),
    (2, 'changed', 'metric_value', 'amount_wan', '新增人数、按人平均与按基年价格计的指标；不以万元计者为空，其数在 value', '要各种指标者用 value，单位见 mart.metric.unit；不指明指标而加总者，加 metric_family 的条件', null),
    (2, 'changed', 'city_comparison', 'amount_wan', '新增人数、按人平均与按基年价格计的指标；不以万元计者为空，其数在 value、peer_median', '要各种指标者用 value，单位见 unit；不指明指标而加总者，加 metric_family 的条件', null),
    (2, 'changed', 'year_over_year', 'amount_wan', '新增人数、按人平均与按基年价格计的指标；不以万元计者为空，其数在 value、prior_value、value_change', '要各种指标者用 value，单位见 unit；不指明指标而加总者，加 metric_family 的条件', null),
    (2, 'changed', 'metric', 'metric', '三公经费的预算合计为 budget_three_public；budget_three_public_total 为其表的合计，有的含会议费、培训费', '比较三公经费的预算用 budget_three_public', null),
    (2, 'changed', 'standard_table', 'kind', '标准表分属文件种类', '只要决算的表，加 kind = ''final_accounts''', null)
),

change as (
    select
        1 as contract_version,
        'added' as change,
        begun_with.object,
        null as column_name,
        null as says,
        null as what_to_do,
        null::integer as until_version
    from begun_with
    union all
    select * from declared
    union all
    select
        (select max(declared.contract_version) from declared),
        'added',
        public.object,
        null,
        null,
        null,
        null
    from public
    where
        public.object not in (select begun_with.object from begun_with)
        and public.object not in (select declared.object from declared where declared.change = 'added')
)

select
    contract_version,
    row_number() over (
        partition by contract_version
        order by change collate "C", object collate "C", column_name collate "C" nulls first, says collate "C"
    )::integer as change_no,
    contract_version = max(contract_version) over () as is_latest,
    change,
    object,
    column_name,
    says,
    what_to_do,
    until_version
from change;

comment on view mart.contract is '公开接口（模式 mart）的版本：各版新增、改变、将停用、已取消的视图与列。粒度：每个版本的每项变动一行';
comment on column mart.contract.contract_version is '公开接口的版本，自 1 起；最大者为本库所用';
comment on column mart.contract.change_no is '在该版本中的序号，自 1 起';
comment on column mart.contract.is_latest is '是否为最新版本的变动';
comment on column mart.contract.change is '变动：added 新增、changed 含义或取值改变、deprecated 将停用、removed 已取消';
comment on column mart.contract.object is '视图或表';
comment on column mart.contract.column_name is '列；涉及整个视图或表为空';
comment on column mart.contract.says is '变动的内容；新增的视图见其说明';
comment on column mart.contract.what_to_do is '查询应如何改写；无需改写为空';
comment on column mart.contract.until_version is '将停用者保留至哪一版；其余为空';
