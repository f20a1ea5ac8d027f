-- Identities that make the numbers in them unsound: broken and undetermined ones, of rules whose declaration says that
-- they block comparison.
-- Grain: one identity instance (parse × check).
-- Without imports, each of which would be copied and planned with every view that asks; so, too, the kind is a scalar.
create view intermediate.unsound_check as
select
    check_result.parse_id,
    check_result.check_no,
    check_result.outcome,
    -- A rule that is no longer declared counts as one about tables that blocks comparison.
    coalesce(check_rule.is_of_narrative, false) as is_of_narrative,
    check_result.cells,
    case check_result.outcome when 'broken' then '所涉勾稽关系不符（' else '所涉勾稽关系无法判定（' end
    || check_result.rule_id || '）：' || check_result.explanation as why_not
from staging.check_result
left join staging.check_rule
    on check_rule.rule_id = check_result.rule_id
    and check_rule.kind = (select parse.kind from staging.parse where parse.parse_id = check_result.parse_id)
where
    check_result.outcome in ('broken', 'undetermined')
    and coalesce(check_rule.blocks_comparison, true);

comment on view intermediate.unsound_check is '使所涉之数不可靠的勾稽关系：不符与无法判定者，所声明不影响比较的规则除外。粒度：每次解析的每个规则实例一行';
comment on column intermediate.unsound_check.outcome is '结果：broken 不符、undetermined 无法判定';
comment on column intermediate.unsound_check.cells is '参与的单元格：表/行/指标';
comment on column intermediate.unsound_check.why_not is '理由：规则与核对结果';
