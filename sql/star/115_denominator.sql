-- What amounts are divided by. Grain: one division × year that has a series.
create table mart.denominator as select * from intermediate.denominator with no data;
alter table mart.denominator
    add primary key (division_code, fiscal_year);
