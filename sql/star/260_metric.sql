-- The metrics of comparison. Grain: one metric.
create table mart.metric as select * from intermediate.metric with no data;
alter table mart.metric
    add primary key (metric),
    add foreign key (table_code) references mart.standard_table (table_code),
    add foreign key (table_code, measure) references mart.measure (table_code, measure);
