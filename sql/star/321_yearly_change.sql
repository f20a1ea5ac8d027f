-- What year_over_year adds to the numbers themselves. Grain: one metric of a document (current final accounts × metric).
create table mart.yearly_change as select * from intermediate.yearly_change with no data;
alter table mart.yearly_change
    add primary key (document_id, metric);
