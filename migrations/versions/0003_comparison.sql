-- Revision 0003: publications, subject bridges, and series that amounts are divided by.

create table warehouse.publication (
    publication_id integer generated always as identity,
    version_id integer not null,
    parse_id integer not null,
    slot_id integer not null,
    department_id integer,
    version_no smallint not null,
    published_at timestamp with time zone not null,
    constraint publication_pkey primary key (publication_id),
    constraint publication_version_id_fkey foreign key(version_id) references warehouse.document_version (version_id),
    constraint publication_parse_id_fkey foreign key(parse_id) references warehouse.parse (parse_id),
    constraint publication_department_id_fkey foreign key(department_id) references warehouse.department (department_id)
);
comment on table warehouse.publication is '公布记录：每次使某一解析成为公开视图所示的内容，据以回看某日所见。粒度：每次公布一行';
comment on column warehouse.publication.publication_id is '公布编号（仓库内部）';
comment on column warehouse.publication.version_id is '文件版本编号';
comment on column warehouse.publication.parse_id is '公布的解析编号';
comment on column warehouse.publication.slot_id is '公布时所在的文件位编号';
comment on column warehouse.publication.department_id is '公布时所属部门编号；无法判断时为空';
comment on column warehouse.publication.version_no is '公布时在文件位中的版本序号';
comment on column warehouse.publication.published_at is '公布时间：自此时起公开视图显示该解析';
create index publication_version_idx on warehouse.publication (version_id, published_at);

create table warehouse.subject_bridge (
    classification text not null,
    from_year smallint not null,
    old_code text not null,
    old_name text not null,
    new_code text not null,
    new_name text not null,
    relation text not null,
    source text not null,
    note text,
    constraint subject_bridge_pkey primary key (classification, from_year, old_code, new_code),
    constraint subject_bridge_classification_check check (classification in ('functional', 'economic')),
    constraint subject_bridge_relation_check check (relation in ('same', 'renamed', 'moved', 'split', 'merged'))
);
comment on table warehouse.subject_bridge is '科目衔接：跨年度更名、改列、拆分、合并的科目，凭依据收录。粒度：每个分类、年度、旧代码、新代码一行';
comment on column warehouse.subject_bridge.classification is '分类：functional 支出功能分类、economic 支出经济分类';
comment on column warehouse.subject_bridge.from_year is '新代码或新名称开始使用的决算年度：该年与上年比较时适用';
comment on column warehouse.subject_bridge.old_code is '上年科目代码';
comment on column warehouse.subject_bridge.old_name is '上年科目名称';
comment on column warehouse.subject_bridge.new_code is '本年科目代码';
comment on column warehouse.subject_bridge.new_name is '本年科目名称';
comment on column warehouse.subject_bridge.relation is '关系：same 内容相同、renamed 更名、moved 改列、split 拆分、merged 合并';
comment on column warehouse.subject_bridge.source is '依据';
comment on column warehouse.subject_bridge.note is '说明；没有为空';

create table warehouse.division_series (
    series text not null,
    division_code text not null,
    fiscal_year smallint not null,
    value numeric not null,
    unit text not null,
    base_year smallint,
    source text not null,
    constraint division_series_pkey primary key (series, division_code, fiscal_year),
    constraint division_series_series_check check (series in ('population', 'staff', 'gdp', 'price_index')),
    constraint division_series_value_check check (value > 0),
    constraint division_series_base_year_check check ((base_year is not null) = (series = 'price_index')),
    constraint division_series_division_code_fkey foreign key(division_code) references warehouse.jurisdiction (division_code)
);
comment on table warehouse.division_series is '用作分母的地区序列：人口、财政供养人员、地区生产总值、价格指数。粒度：每个序列、地区、年度一行';
comment on column warehouse.division_series.series is '序列：population 人口（人）、staff 财政供养人员（人）、gdp 地区生产总值（万元）、price_index 价格定基指数';
comment on column warehouse.division_series.division_code is '行政区划代码；全国为 000000';
comment on column warehouse.division_series.fiscal_year is '年度';
comment on column warehouse.division_series.value is '数值，以 unit 计';
comment on column warehouse.division_series.unit is '单位：人、万元、%';
comment on column warehouse.division_series.base_year is '价格指数的基年（该年 = 100）；其余为空';
comment on column warehouse.division_series.source is '数据来源';

-- For loads made before this revision: each parse became public when it was loaded.
insert into warehouse.publication (version_id, parse_id, slot_id, department_id, version_no, published_at)
select version.version_id, parse.parse_id, slot.document_id, slot.department_id, version.version_no, parse.parsed_at
from warehouse.parse
join warehouse.document_version as version on version.version_id = parse.version_id
join warehouse.document as slot on slot.document_id = version.document_id
where
    parse.parse_id = version.published_parse_id
    or (parse.fiscal_year, parse.kind, parse.scope) is not distinct from (slot.fiscal_year, slot.kind, slot.scope)
order by parse.parse_id;

-- The division code of the whole country, for its series.
insert into warehouse.jurisdiction (division_code, name, level) values ('000000', '全国', 'central')
on conflict (division_code) do nothing;

-- Half a unit of the last printed digit: 1.2 亿元 may be 11,523 万元 rounded; only a larger difference is one.
alter table warehouse.stated_figure add column half_unit numeric;
comment on column warehouse.stated_figure.half_unit is '四舍五入可使 value 偏离的最大值（印出末位的一半），以 unit 计；文字为空';

-- Doubts about text files have a line number where those about PDF files have a page.
alter table warehouse.doubt add column line_no integer
    constraint doubt_line_no_check check (line_no >= 1);
comment on column warehouse.doubt.line_no is '文本文件的行号，自 1 起';

alter table warehouse.project_view add column kind text not null default 'view'
    constraint project_view_kind_check check (kind in ('view', 'table', 'function'));
comment on table warehouse.project_view is '本项目由 sql/ 创建的视图、表和函数：升级时只删除并重建这些，分析人员自建的不动。粒度：每个对象一行';
comment on column warehouse.project_view.schema_name is '所在模式：staging、intermediate、mart 或 as_of';
comment on column warehouse.project_view.view_name is '对象名称';
comment on column warehouse.project_view.kind is '种类：view 视图、table 由视图写成的表、function 函数';
