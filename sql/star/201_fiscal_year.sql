-- The years documents tell of. Grain: one fiscal year.
create table mart.fiscal_year as select * from intermediate.fiscal_year with no data;
alter table mart.fiscal_year
    add primary key (fiscal_year);
