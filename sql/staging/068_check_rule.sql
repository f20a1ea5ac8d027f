-- Rules of identities. Grain: one rule id of a kind of document.
create view staging.check_rule as
select
    kind,
    rule_id,
    says,
    severity,
    blocks_comparison,
    is_of_narrative
from warehouse.check_rule;

comment on view staging.check_rule is '勾稽关系的规则。粒度：每个种类的每个规则编号一行';
comment on column staging.check_rule.rule_id is '规则编号';
comment on column staging.check_rule.says is '规则的含义';
comment on column staging.check_rule.severity is '轻重：error 差错、warning 提醒';
comment on column staging.check_rule.blocks_comparison is '不符或无法判定时，所涉之数是否不可用于比较';
