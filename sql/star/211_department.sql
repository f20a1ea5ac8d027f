-- The bodies documents tell of. Grain: one department.
create table mart.department as select * from intermediate.department with no data;
alter table mart.department
    add primary key (department_id),
    add foreign key (division_code) references mart.jurisdiction (division_code);
