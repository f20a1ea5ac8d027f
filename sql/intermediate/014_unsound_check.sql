-- Identities that speak against the numbers in them: broken ones and those that could not be judged.
-- Grain: one identity instance (parse × check).
-- Exceeding a budget (H3) is a warning, and a self-evaluation (P) says nothing of the tables: their numbers are sound.
create view intermediate.unsound_check as
with

check_result as (
    select * from staging.check_result
    where outcome in ('broken', 'undetermined') and rule_id <> 'H3' and rule_id !~ '^P'
)

select
    parse_id,
    check_no,
    outcome,
    rule_id ~ '^N' as is_of_narrative,
    cells,
    case outcome when 'broken' then '所涉勾稽关系不符（' else '所涉勾稽关系无法判定（' end || rule_id || '）：' || explanation
        as why_not
from check_result;

comment on view intermediate.unsound_check is '使所涉之数不可靠的勾稽关系：不符与无法判定者，“三公”超预算（H3）与绩效自评（P）除外。粒度：每次解析的每个规则实例一行';
comment on column intermediate.unsound_check.outcome is '结果：broken 不符、undetermined 无法判定';
comment on column intermediate.unsound_check.cells is '参与的单元格：表/行/指标';
comment on column intermediate.unsound_check.why_not is '理由：规则与核对结果';
