-- Fiscal years of loaded documents. Grain: one fiscal year.
create view intermediate.fiscal_year as
with

fiscal_year as (
    select * from staging.fiscal_year
)

select
    fiscal_year.fiscal_year,
    make_date(fiscal_year.fiscal_year, 1, 1) as starts_on,
    make_date(fiscal_year.fiscal_year, 12, 31) as ends_on
from fiscal_year;

comment on view intermediate.fiscal_year is '年度维度：已入库文件涉及的年度。粒度：每个年度一行';
comment on column intermediate.fiscal_year.fiscal_year is '决算年度（公历年）';
comment on column intermediate.fiscal_year.starts_on is '年度首日';
comment on column intermediate.fiscal_year.ends_on is '年度末日';
