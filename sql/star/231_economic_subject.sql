-- Economic subjects and the years they are valid in. Grain: one code × period.
create table mart.economic_subject as select * from intermediate.economic_subject with no data;
alter table mart.economic_subject
    add primary key (economic_subject_id);
