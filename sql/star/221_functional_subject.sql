-- Functional subjects and the years they are valid in. Grain: one code × period.
create table mart.functional_subject as select * from intermediate.functional_subject with no data;
alter table mart.functional_subject
    add primary key (functional_subject_id);
