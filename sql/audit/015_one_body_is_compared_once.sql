-- Departments with more than one row in a comparison of one year, kind, level, metric and scope.
-- By: department_id.
select
    'city_comparison' as view,
    department_id,
    array[fiscal_year::text, department_kind, jurisdiction_level, metric, department_id::text, scope]::text as key,
    count(*) as times
from mart.city_comparison
where department_id is not null and fiscal_year is not null
group by fiscal_year, department_kind, jurisdiction_level, metric, department_id, scope
having count(*) > 1
union all
select
    'year_over_year' as view,
    department_id,
    array[department_id::text, fiscal_year::text, metric, scope]::text as key,
    count(*) as times
from mart.year_over_year
where department_id is not null and fiscal_year is not null
group by department_id, fiscal_year, metric, scope
having count(*) > 1;
