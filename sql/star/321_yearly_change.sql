-- What year_over_year adds to the numbers themselves. Grain: one metric of a document (current final accounts × metric).
create table mart.yearly_change as select * from intermediate.yearly_change with no data;
-- The key is that of metric_value, whose statistics tell enough: comparing both lists is half the time of a plan.
alter table mart.yearly_change
    alter column document_id set statistics 1,
    alter column metric set statistics 1,
    add primary key (document_id, metric);
