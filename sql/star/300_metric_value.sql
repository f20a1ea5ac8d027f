-- The numbers comparison works with. Grain: one metric of a document (current final accounts × metric).
create table mart.metric_value as select * from intermediate.metric_value with no data;
alter table mart.metric_value
    add primary key (document_id, metric),
    add foreign key (document_id) references mart.published_document (document_id),
    add foreign key (department_id) references mart.department (department_id),
    add foreign key (division_code) references mart.jurisdiction (division_code),
    add foreign key (fiscal_year) references mart.fiscal_year (fiscal_year),
    add foreign key (metric) references mart.metric (metric),
    add foreign key (table_code) references mart.standard_table (table_code),
    add foreign key (table_code, measure) references mart.measure (table_code, measure),
    add foreign key (functional_subject_id) references mart.functional_subject (functional_subject_id),
    add foreign key (economic_subject_id) references mart.economic_subject (economic_subject_id);
-- A page of peers, metric by metric and body by body, is read in the order it is shown in.
create index metric_value_peer_idx on mart.metric_value (department_kind, fiscal_year, metric, department);
create index metric_value_department_idx on mart.metric_value (department_id, fiscal_year, metric);
-- One metric over all places in a year, added up or listed, without a visit to the table.
create index metric_value_metric_idx on mart.metric_value (metric, fiscal_year)
    include (province, city, scope, is_sound, amount_wan);
