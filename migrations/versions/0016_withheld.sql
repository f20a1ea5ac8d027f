-- Children of a row that add up to less than the row, the same in every table: rows left out as secret.
alter table warehouse.check_result
    drop constraint check_result_outcome_check,
    add constraint check_result_outcome_check check (outcome in ('exact', 'rounding', 'broken', 'not_applicable', 'undetermined', 'withheld'));
comment on column warehouse.check_result.outcome is '结果：exact 相等、rounding 四舍五入之差、broken 不符、withheld 有未公开的下级、not_applicable 不适用、undetermined 无法判定';
