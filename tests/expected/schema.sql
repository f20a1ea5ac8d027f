-- Schema warehouse as the revisions make it, from the catalog: python -m tests.schema_file


table warehouse.amount -- 标准表的金额单元格。粒度：每次解析 × 标准表 × 行 × 指标一行
    parse_id integer not null -- 解析编号
    measure_id smallint not null -- 指标编号（含标准表）
    row_key text collate "C" not null -- 行标识：科目代码、TOTAL、PERSONNEL_TOTAL、PUBLIC_TOTAL、income:项目、expenditure:项目、all
    functional_subject_id integer -- 功能分类科目编号
    economic_subject_id integer -- 经济分类科目编号
    row_label text not null -- 印出的行名称（去除空白）
    value numeric -- 精确值：value_unit 为元时以元计，否则为计数；空白、横线或无法确定时为空
    value_unit text not null -- value 的单位：元，或辆、台等计数单位
    presence text not null -- 单元格印有什么：number 数字（含 0）、blank 空白、dash 横线
    status text not null -- 可信程度：as_printed 与原文一致、repaired 依据同一文件修复、confirmed 图像识别且已证实、doubtful 存疑
    printed text not null -- 印出的原文
    printed_unit text not null -- 印出的单位
    repair_reason text -- 修复或存疑的理由
    page integer -- 页码，自 1 起；文本文件为空
    line_no integer -- 文本文件的行号，自 1 起
    row_no integer not null -- 在（跨页连接后的）表中的行号，自 1 起
    column_no smallint not null -- 在表中的列号，自 1 起
    is_unit_certain boolean not null -- value 所用的金额单位是否印出或由同一文件证明；空白、横线、计数行为是
    item_key text -- 行的标识，与印出的名称无关，连接 item；科目行与认不出的行为空
    file_no smallint not null default 1 -- 所在文件的序号，连接 document_file；没有具体位置的为 1
    sheet text -- 所在工作表的名称；不是电子表格的为空
    cell text -- 在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空
    box real[] -- 在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空
    stored_value numeric -- 电子表格单元格内存储的数，未经数字格式，以印出的单位计；与显示的数相同或不是电子表格的为空
    project_code text -- 项目编码，如印出；不是项目或未印为空
    origin text not null default 'text'::text -- 读自何处：text 文字、picture 图像
    constraint amount_box_check CHECK (((cardinality(box) = 4) AND (array_position(box, NULL::real) IS NULL)))
    constraint amount_cell_check CHECK ((cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'::text))
    constraint amount_column_no_check CHECK ((column_no >= 1))
    constraint amount_economic_subject_id_fkey FOREIGN KEY (economic_subject_id) REFERENCES warehouse.economic_subject(economic_subject_id)
    constraint amount_file_no_check CHECK ((file_no >= 1))
    constraint amount_functional_subject_id_fkey FOREIGN KEY (functional_subject_id) REFERENCES warehouse.functional_subject(functional_subject_id)
    constraint amount_line_no_check CHECK ((line_no >= 1))
    constraint amount_measure_id_fkey FOREIGN KEY (measure_id) REFERENCES warehouse.measure(measure_id)
    constraint amount_one_subject_check CHECK (((functional_subject_id IS NULL) OR (economic_subject_id IS NULL)))
    constraint amount_origin_check CHECK ((origin = ANY (ARRAY['text'::text, 'picture'::text])))
    constraint amount_page_check CHECK ((page >= 1))
    constraint amount_parse_id_fkey FOREIGN KEY (parse_id) REFERENCES warehouse.parse(parse_id)
    constraint amount_picture_check CHECK (((origin = 'text'::text) OR (status <> 'as_printed'::text)))
    constraint amount_pkey PRIMARY KEY (parse_id, measure_id, row_key)
    constraint amount_presence_check CHECK ((presence = ANY (ARRAY['number'::text, 'blank'::text, 'dash'::text])))
    constraint amount_repair_reason_check CHECK (((status = 'as_printed'::text) OR (repair_reason IS NOT NULL)))
    constraint amount_row_no_check CHECK ((row_no >= 1))
    constraint amount_status_check CHECK ((status = ANY (ARRAY['as_printed'::text, 'repaired'::text, 'confirmed'::text, 'doubtful'::text])))
    constraint amount_value_missing_check CHECK (((presence <> 'number'::text) OR (value IS NOT NULL) OR (status = 'doubtful'::text)))
    constraint amount_value_presence_check CHECK (((presence = 'number'::text) OR (value IS NULL)))
    constraint amount_value_range_check CHECK ((abs(value) < '100000000000000'::numeric))
    CREATE INDEX amount_economic_subject_idx ON warehouse.amount USING btree (economic_subject_id, measure_id, parse_id) WHERE (economic_subject_id IS NOT NULL)
    CREATE INDEX amount_functional_subject_idx ON warehouse.amount USING btree (functional_subject_id, measure_id, parse_id) WHERE (functional_subject_id IS NOT NULL)
    CREATE TRIGGER amount_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.amount FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.body_fact -- 部门概况所印的事实：内设机构与人员的数目。粒度：每次解析的每项事实一行
    parse_id integer not null -- 解析编号
    fact text not null -- 事实，例如 internal_institutions 内设机构、staff_authorised 编制、staff_actual 实有人数、staff_retired 离退休人员
    value numeric -- 数目；未印为空
    text text -- 名称，例如各内设机构的名称，以顿号分隔；未印为空
    printed text not null -- 所据原文
    page integer -- 页码，自 1 起；文本文件为空
    line_no integer -- 文本文件的行号，自 1 起
    file_no smallint not null -- 所在文件的序号，连接 document_file；没有具体位置的为 1
    sheet text -- 所在工作表的名称；不是电子表格的为空
    cell text -- 在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空
    box real[] -- 在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空
    constraint body_fact_box_check CHECK (((cardinality(box) = 4) AND (array_position(box, NULL::real) IS NULL)))
    constraint body_fact_cell_check CHECK ((cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'::text))
    constraint body_fact_file_no_check CHECK ((file_no >= 1))
    constraint body_fact_line_no_check CHECK ((line_no >= 1))
    constraint body_fact_page_check CHECK ((page >= 1))
    constraint body_fact_parse_id_fkey FOREIGN KEY (parse_id) REFERENCES warehouse.parse(parse_id)
    constraint body_fact_pkey PRIMARY KEY (parse_id, fact)
    constraint body_fact_says_something_check CHECK (((value IS NOT NULL) OR (text IS NOT NULL)))
    constraint body_fact_value_check CHECK ((value >= (0)::numeric))
    CREATE TRIGGER body_fact_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.body_fact FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.body_succession -- 机构承继表：更名、合并、拆分、职责划转的机构，凭依据收录，以地区与名称相认。粒度：每个地区、原机构、新机构、年度一行
    division_code text not null -- 两机构所属行政区划代码；中央为 000000
    predecessor text not null -- 原机构名称
    successor text not null -- 新机构名称；合并、拆分后名称不变的机构与原机构同名
    effective_year smallint not null -- 生效年度：该年与上年比较时适用
    relation text not null -- 关系：renamed 更名、merged 合并、split 拆分、transferred 职责划转
    effective_on date -- 生效日期；只知年度为空
    source text not null -- 依据
    note text -- 说明；没有为空
    constraint body_succession_division_code_check CHECK ((division_code ~ '^[0-9]{6}$'::text))
    constraint body_succession_effective_on_check CHECK ((EXTRACT(year FROM effective_on) = (effective_year)::numeric))
    constraint body_succession_pkey PRIMARY KEY (division_code, predecessor, successor, effective_year)
    constraint body_succession_relation_check CHECK ((relation = ANY (ARRAY['renamed'::text, 'merged'::text, 'split'::text, 'transferred'::text])))

table warehouse.check_result -- 勾稽关系的核对结果。粒度：每次解析的每个规则实例一行
    parse_id integer not null -- 解析编号
    check_no integer not null -- 在该次解析中的序号，自 1 起
    rule_id text not null -- 规则编号 A1 至 P9
    rule text not null -- 规则的含义
    table_code text -- 标准表编号；跨表者为主表；情况说明、绩效等与表无关者为空
    row_key text -- 行标识：表中的行、说明的对象，或项目与绩效指标
    measure text -- 指标（列）
    left_value numeric -- 等式左边，以 unit 计
    right_value numeric -- 等式右边，以 unit 计
    difference numeric -- 左边减右边，以 unit 计
    envelope numeric -- 四舍五入可以解释的最大差额，以 unit 计
    unit text not null -- 各数的单位：万元、%、分、个
    outcome text not null -- 结果：exact 相等、rounding 四舍五入之差、broken 不符、withheld 有未公开的下级、not_applicable 不适用、undetermined 无法判定
    explanation text not null -- 结果说明
    cells text[] not null -- 参与的单元格：表/行/指标
    also_fits text -- 不符时另有何处与之相符；没有为空
    page integer -- 页码，自 1 起；文本文件或跨页为空
    file_no smallint not null default 1 -- 页码所在文件的序号，连接 document_file；没有页码的为 1
    constraint check_result_check_no_check CHECK ((check_no >= 1))
    constraint check_result_file_no_check CHECK ((file_no >= 1))
    constraint check_result_outcome_check CHECK ((outcome = ANY (ARRAY['exact'::text, 'rounding'::text, 'broken'::text, 'not_applicable'::text, 'undetermined'::text, 'withheld'::text])))
    constraint check_result_page_check CHECK ((page >= 1))
    constraint check_result_parse_id_fkey FOREIGN KEY (parse_id) REFERENCES warehouse.parse(parse_id)
    constraint check_result_pkey PRIMARY KEY (parse_id, check_no)
    CREATE INDEX check_result_outcome_idx ON warehouse.check_result USING btree (parse_id, outcome)
    CREATE TRIGGER check_result_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.check_result FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.check_rule -- 勾稽关系的规则，由 warehouse/kinds 的声明写入。粒度：每个种类的每个规则编号一行
    kind text not null -- 文件种类，连接 document_kind
    rule_id text not null -- 规则编号
    says text not null -- 规则的含义
    severity text not null -- 轻重：error 差错、warning 提醒
    blocks_comparison boolean not null -- 不符或无法判定时，所涉之数是否不可用于比较
    is_of_narrative boolean not null -- 是否与情况说明的核对：所述有误不使表中之数不可靠
    constraint check_rule_kind_fkey FOREIGN KEY (kind) REFERENCES warehouse.document_kind(name)
    constraint check_rule_pkey PRIMARY KEY (kind, rule_id)
    constraint check_rule_severity_check CHECK ((severity = ANY (ARRAY['error'::text, 'warning'::text])))

table warehouse.department -- 部门：公开决算的机构。粒度：每个地区的每个部门一行
    department_id integer not null generated always as identity -- 部门编号（仓库内部）
    name text not null -- 部门名称；改名的部门保留一行，曾用名见 department_alias
    kind text -- 部门类别，使不同地区的同类部门可比，如 工业和信息化；无法判断时为空
    division_code text -- 所属行政区划代码；无法判断时为空
    constraint department_division_code_fkey FOREIGN KEY (division_code) REFERENCES warehouse.jurisdiction(division_code)
    constraint department_name_division_code_key UNIQUE NULLS NOT DISTINCT (name, division_code)
    constraint department_pkey PRIMARY KEY (department_id)

table warehouse.department_alias -- 部门名称及其使用年度：机构会改名。粒度：每个部门的每个名称一行
    department_id integer not null -- 部门编号
    name text not null -- 该部门在文件中使用过的名称
    valid_from_year smallint -- 名称最早使用的决算年度；未知为空
    valid_to_year smallint -- 名称最晚使用的决算年度；未知为空
    constraint department_alias_department_id_fkey FOREIGN KEY (department_id) REFERENCES warehouse.department(department_id)
    constraint department_alias_pkey PRIMARY KEY (department_id, name)
    constraint department_alias_years_check CHECK ((valid_from_year <= valid_to_year))

table warehouse.department_unit -- 部门决算单位构成：文件所列、其决算汇总在内的单位。粒度：每次解析的每个单位一行
    parse_id integer not null -- 解析编号
    unit_no smallint not null -- 单位在所列次序中的序号，自 1 起
    unit text not null -- 单位名称，如印出；只印“本级”者为部门名称
    body text not null -- 用以比对的单位名称：去掉括号中的说明与“本级”
    kind text -- 单位性质，如印出，例如 行政单位、公益一类事业单位；未印为空
    is_head_office boolean not null -- 是否部门本级
    printed text not null -- 所据原文
    page integer -- 页码，自 1 起；文本文件为空
    line_no integer -- 文本文件的行号，自 1 起
    file_no smallint not null -- 所在文件的序号，连接 document_file；没有具体位置的为 1
    sheet text -- 所在工作表的名称；不是电子表格的为空
    cell text -- 在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空
    box real[] -- 在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空
    constraint department_unit_box_check CHECK (((cardinality(box) = 4) AND (array_position(box, NULL::real) IS NULL)))
    constraint department_unit_cell_check CHECK ((cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'::text))
    constraint department_unit_file_no_check CHECK ((file_no >= 1))
    constraint department_unit_line_no_check CHECK ((line_no >= 1))
    constraint department_unit_page_check CHECK ((page >= 1))
    constraint department_unit_parse_id_fkey FOREIGN KEY (parse_id) REFERENCES warehouse.parse(parse_id)
    constraint department_unit_pkey PRIMARY KEY (parse_id, unit_no)
    constraint department_unit_unit_no_check CHECK ((unit_no >= 1))
    CREATE TRIGGER department_unit_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.department_unit FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.division_series -- 用作分母的地区序列：人口、财政供养人员、地区生产总值、价格指数。粒度：每个序列、地区、年度一行
    series text not null -- 序列：population 人口（人）、staff 财政供养人员（人）、gdp 地区生产总值（万元）、price_index 价格定基指数
    division_code text not null -- 行政区划代码；全国为 000000
    fiscal_year smallint not null -- 年度
    value numeric not null -- 数值，以 unit 计
    unit text not null -- 单位：人、万元、%
    base_year smallint -- 价格指数的基年（该年 = 100）；其余为空
    source text not null -- 数据来源
    constraint division_series_base_year_check CHECK (((base_year IS NOT NULL) = (series = 'price_index'::text)))
    constraint division_series_division_code_fkey FOREIGN KEY (division_code) REFERENCES warehouse.jurisdiction(division_code)
    constraint division_series_pkey PRIMARY KEY (series, division_code, fiscal_year)
    constraint division_series_series_check CHECK ((series = ANY (ARRAY['population'::text, 'staff'::text, 'gdp'::text, 'price_index'::text])))
    constraint division_series_value_check CHECK ((value > (0)::numeric))

table warehouse.document -- 文件位：部门 × 年度 × 种类 × 口径，更正后的文件占同一位。粒度：每个文件位一行
    document_id integer not null generated always as identity -- 文件位编号（仓库内部）
    department_id integer -- 部门编号；无法判断时为空
    fiscal_year smallint -- 决算年度；无法判断时为空
    kind text not null -- 文件种类：final_accounts 决算、budget 预算
    scope text -- 口径：department 部门（含所属单位）、unit 单位本级；无法判断时为空
    unidentified_sha256 text -- 部门或年度不明的文件以其 SHA-256 自成一位；其余为空
    constraint document_department_id_fkey FOREIGN KEY (department_id) REFERENCES warehouse.department(department_id)
    constraint document_fiscal_year_fkey FOREIGN KEY (fiscal_year) REFERENCES warehouse.fiscal_year(fiscal_year)
    constraint document_kind_fkey FOREIGN KEY (kind) REFERENCES warehouse.document_kind(name)
    constraint document_natural_key UNIQUE NULLS NOT DISTINCT (department_id, fiscal_year, kind, scope, unidentified_sha256)
    constraint document_pkey PRIMARY KEY (document_id)
    constraint document_scope_check CHECK ((scope = ANY (ARRAY['department'::text, 'unit'::text])))
    constraint document_unidentified_check CHECK (((unidentified_sha256 IS NOT NULL) = ((department_id IS NULL) OR (fiscal_year IS NULL))))

table warehouse.document_file -- 文件版本由哪些文件组成，写入后不再更改。粒度：每个文件版本的每个文件一行
    version_id integer not null -- 文件版本编号
    file_no smallint not null -- 文件在文件版本中的序号，自 1 起；1 为正文
    sha256 text not null -- 文件内容的 SHA-256（小写十六进制）
    source_name text not null -- 文件名
    source_url text -- 下载地址；未知为空
    format text not null -- 文件格式：pdf、text 等
    size_bytes bigint not null -- 文件大小（字节）
    pages integer -- 页数；不分页的格式为空
    role text not null -- 文件的身份：main 正文、attachment 附件
    constraint document_file_file_no_check CHECK ((file_no >= 1))
    constraint document_file_main_check CHECK (((file_no = 1) = (role = 'main'::text)))
    constraint document_file_pages_check CHECK ((pages >= 0))
    constraint document_file_pkey PRIMARY KEY (version_id, file_no)
    constraint document_file_role_check CHECK ((role = ANY (ARRAY['main'::text, 'attachment'::text])))
    constraint document_file_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
    constraint document_file_size_bytes_check CHECK ((size_bytes >= 0))
    constraint document_file_version_id_fkey FOREIGN KEY (version_id) REFERENCES warehouse.document_version(version_id)
    CREATE TRIGGER document_file_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.document_file FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.document_kind -- 文件种类，由 warehouse/kinds 的声明写入。粒度：每个种类一行
    name text not null -- 文件种类：final_accounts 决算、budget 预算
    label text not null -- 文件种类的中文名称
    due_years_later smallint not null -- 清单未写应公开日期者，应在其年度之后第几年年底前公开
    constraint document_kind_pkey PRIMARY KEY (name)

table warehouse.document_version -- 文件版本：占用文件位的每份不同的公开文件，由一个或几个文件组成（见 document_file）；名称、地址、格式、大小、页数为正文的。粒度：每份不同的公开文件一行
    version_id integer not null generated always as identity -- 文件版本编号（仓库内部）；公开视图中的 document_id
    document_id integer not null -- 文件位编号
    version_no smallint not null -- 在文件位中的版本序号，自 1 起，按入库先后
    sha256 text not null -- 识别码：只有一个文件的为其内容的 SHA-256，由几个文件组成的为其清单的 SHA-256（小写十六进制）
    source_name text not null -- 文件名
    source_url text -- 下载地址；未知为空
    format text not null -- 文件格式：pdf、text 等
    size_bytes bigint not null -- 文件大小（字节）
    pages integer -- 页数；文本文件为空
    first_seen_at timestamp with time zone not null -- 首次入库时间
    last_seen_at timestamp with time zone not null -- 最近一次带来新内容的入库时间
    published_parse_id integer -- 对外公布的解析编号；装载事务中途及暂不公布的文件为空
    constraint document_version_document_id_fkey FOREIGN KEY (document_id) REFERENCES warehouse.document(document_id)
    constraint document_version_document_id_version_no_key UNIQUE (document_id, version_no)
    constraint document_version_pages_check CHECK ((pages >= 0))
    constraint document_version_pkey PRIMARY KEY (version_id)
    constraint document_version_published_parse_fkey FOREIGN KEY (version_id, published_parse_id) REFERENCES warehouse.parse(version_id, parse_id)
    constraint document_version_seen_check CHECK ((first_seen_at <= last_seen_at))
    constraint document_version_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
    constraint document_version_sha256_key UNIQUE (sha256)
    constraint document_version_size_bytes_check CHECK ((size_bytes >= 0))
    constraint document_version_version_no_check CHECK ((version_no >= 1))

table warehouse.doubt -- 疑点：读取时无法确定的事项。粒度：每次解析的每个疑点一行
    parse_id integer not null -- 解析编号
    doubt_no smallint not null -- 在该次解析中的序号，自 1 起
    what text not null -- 疑点类别（英文），例如 place_unknown
    reason text not null -- 疑点说明
    table_code text -- 标准表编号；与表无关者为空
    row_key text -- 行标识
    measure text -- 指标
    printed text -- 印出的原文
    taken_as text -- 按何值采用
    page integer -- 页码，自 1 起
    row_no integer -- 行号，自 1 起
    column_no smallint -- 列号，自 1 起
    line_no integer -- 文本文件的行号，自 1 起
    file_no smallint not null default 1 -- 所在文件的序号，连接 document_file；没有具体位置的为 1
    sheet text -- 所在工作表的名称；不是电子表格的为空
    cell text -- 在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空
    box real[] -- 在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空
    constraint doubt_box_check CHECK (((cardinality(box) = 4) AND (array_position(box, NULL::real) IS NULL)))
    constraint doubt_cell_check CHECK ((cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'::text))
    constraint doubt_column_no_check CHECK ((column_no >= 1))
    constraint doubt_file_no_check CHECK ((file_no >= 1))
    constraint doubt_line_no_check CHECK ((line_no >= 1))
    constraint doubt_page_check CHECK ((page >= 1))
    constraint doubt_parse_id_fkey FOREIGN KEY (parse_id) REFERENCES warehouse.parse(parse_id)
    constraint doubt_pkey PRIMARY KEY (parse_id, doubt_no)
    constraint doubt_row_no_check CHECK ((row_no >= 1))
    constraint doubt_table_code_fkey FOREIGN KEY (table_code) REFERENCES warehouse.standard_table(table_code)
    CREATE TRIGGER doubt_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.doubt FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.economic_subject -- 部门预算支出经济分类科目：代码须与年度同看，名称会变。粒度：每个代码在每段适用年度一行，同一代码的各段互不重叠
    economic_subject_id integer not null generated always as identity -- 科目编号（仓库内部）
    code text not null -- 部门预算支出经济分类科目代码
    valid_from_year smallint -- 本行适用的首个年度；空表示自始适用
    valid_to_year smallint -- 本行适用的末个年度；空表示至今适用
    name text not null -- 科目名称：参考表所列名称；参考表未列的代码取文件印出的名称
    level text not null -- 层级：class 类（3 位）、category 款（5 位）
    parent_code text -- 上级科目代码；类级为空
    status text not null -- 依据：confirmed 多份文件印证、single-document 仅一份文件、unverified-knowledge 未经文件印证、as_published 参考表未列而文件印出
    constraint economic_subject_code_check CHECK (((code ~ '^[0-9]+$'::text) AND (length(code) = ANY (ARRAY[3, 5]))))
    constraint economic_subject_code_valid_from_year_key UNIQUE NULLS NOT DISTINCT (code, valid_from_year)
    constraint economic_subject_level_check CHECK ((level = ANY (ARRAY['class'::text, 'category'::text])))
    constraint economic_subject_parent_code_check CHECK (((parent_code IS NULL) = (length(code) = 3)))
    constraint economic_subject_pkey PRIMARY KEY (economic_subject_id)
    constraint economic_subject_status_check CHECK ((status = ANY (ARRAY['confirmed'::text, 'single-document'::text, 'unverified-knowledge'::text, 'as_published'::text])))
    constraint economic_subject_years_check CHECK ((valid_from_year <= valid_to_year))

table warehouse.economic_subject_name -- 部门预算支出经济分类科目印出过的全部名称。粒度：每个科目、名称、来源一行
    economic_subject_id integer not null -- 科目编号
    name text not null -- 文件印出的名称（去除空白）
    source text not null -- 来源：reference 参考表、document 已入库文件
    first_year smallint -- 印有该名称的最早年度；未知为空
    last_year smallint -- 印有该名称的最晚年度；未知为空
    constraint economic_subject_name_economic_subject_id_fkey FOREIGN KEY (economic_subject_id) REFERENCES warehouse.economic_subject(economic_subject_id)
    constraint economic_subject_name_pkey PRIMARY KEY (economic_subject_id, name, source)
    constraint economic_subject_name_source_check CHECK ((source = ANY (ARRAY['reference'::text, 'document'::text])))
    constraint economic_subject_name_years_check CHECK ((first_year <= last_year))

table warehouse.fetch_attempt -- 取件记录：每次尝试及其结果。粒度：每次同步、每个地址的每次尝试一行
    fetch_id bigint not null generated always as identity -- 取件编号（仓库内部）
    run_id integer not null -- 同步编号
    source_id integer not null -- 来源编号
    address text not null -- 网址、文件的 file: 地址，或读不出的来源本身
    purpose text not null -- 目的：document 取文件、listing 取列表页
    attempt_no smallint not null -- 本次同步中对该地址的第几次尝试，自 1 起
    started_at timestamp with time zone not null -- 开始时间
    seconds numeric(12,3) not null -- 用时（秒），不含为礼让对方服务器而等待的时间
    http_status smallint -- HTTP 状态码；未得到答复或非 HTTP 为空
    received_bytes bigint not null -- 收到的正文字节数
    outcome text not null -- 结果：new 新、changed 已替换、returned 重现、unchanged 未变、vanished 消失、absent 仍无、failed 失败、forgotten 已遗忘而未留、retried 失败后重试
    reason text -- 原因或说明；没有为空
    sha256 text -- 取得内容的 SHA-256；未取得为空
    constraint fetch_attempt_attempt_no_check CHECK ((attempt_no >= 1))
    constraint fetch_attempt_outcome_check CHECK ((outcome = ANY (ARRAY['new'::text, 'changed'::text, 'returned'::text, 'unchanged'::text, 'vanished'::text, 'absent'::text, 'failed'::text, 'forgotten'::text, 'retried'::text])))
    constraint fetch_attempt_pkey PRIMARY KEY (fetch_id)
    constraint fetch_attempt_purpose_check CHECK ((purpose = ANY (ARRAY['document'::text, 'listing'::text])))
    constraint fetch_attempt_run_id_fkey FOREIGN KEY (run_id) REFERENCES warehouse.sync_run(run_id)
    constraint fetch_attempt_seconds_check CHECK ((seconds >= (0)::numeric))
    constraint fetch_attempt_source_id_fkey FOREIGN KEY (source_id) REFERENCES warehouse.source(source_id)
    CREATE INDEX fetch_attempt_address_idx ON warehouse.fetch_attempt USING btree (address, fetch_id)
    CREATE INDEX fetch_attempt_run_idx ON warehouse.fetch_attempt USING btree (run_id)

table warehouse.fiscal_year -- 年度维度。粒度：已入库文件涉及的每个年度一行
    fiscal_year smallint not null -- 决算所属年度（公历年），例如 2024
    constraint fiscal_year_fiscal_year_check CHECK (((fiscal_year >= 1949) AND (fiscal_year <= 2200)))
    constraint fiscal_year_pkey PRIMARY KEY (fiscal_year)

table warehouse.forgotten -- 遗忘：连同内容一并删除、不得再次入库的文件，只留其 SHA-256、地址与理由。粒度：每个 SHA-256 一行
    sha256 text not null -- 文件或文件单的 SHA-256（小写十六进制）
    document_sha256 text not null -- 随哪份公开文件遗忘：该文件或其文件单的 SHA-256
    is_file_kept boolean not null -- 是否因另一份公开文件由其组成而留在归档中：不再单独入库，仍可作为其一部分
    reason text not null -- 遗忘的理由
    forgotten_at timestamp with time zone not null -- 遗忘时间
    constraint forgotten_pkey PRIMARY KEY (sha256)
    constraint forgotten_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
    CREATE INDEX forgotten_document_idx ON warehouse.forgotten USING btree (document_sha256)

table warehouse.forgotten_address -- 遗忘的文件曾在何处：其地址在一段时间内不再请求。粒度：每个地址的每个 SHA-256 一行
    address text not null -- 网址，或文件的 file: 地址
    sha256 text not null -- 遗忘的文件的 SHA-256
    is_current boolean not null -- 是否该地址最近所见的文件
    etag text -- 服务器所给的 ETag；文件夹中的文件为其大小、时间与编号；无为空
    last_modified text -- 服务器所给的 Last-Modified 原文；无为空
    checked_at timestamp with time zone not null -- 最近一次查看该地址的时间
    constraint forgotten_address_pkey PRIMARY KEY (address, sha256)
    constraint forgotten_address_sha256_fkey FOREIGN KEY (sha256) REFERENCES warehouse.forgotten(sha256) ON DELETE CASCADE
    CREATE UNIQUE INDEX forgotten_address_current_key ON warehouse.forgotten_address USING btree (address) WHERE is_current
    CREATE INDEX forgotten_address_sha256_idx ON warehouse.forgotten_address USING btree (sha256)

table warehouse.functional_subject -- 支出功能分类科目：代码须与年度同看，名称会变。粒度：每个代码在每段适用年度一行，同一代码的各段互不重叠
    functional_subject_id integer not null generated always as identity -- 科目编号（仓库内部）
    code text not null -- 支出功能分类科目代码
    valid_from_year smallint -- 本行适用的首个年度；空表示自始适用
    valid_to_year smallint -- 本行适用的末个年度；空表示至今适用
    name text not null -- 科目名称：参考表所列名称；参考表未列的代码取文件印出的名称
    level text not null -- 层级：class 类（3 位）、category 款（5 位）、item 项（7 位）
    parent_code text -- 上级科目代码；类级为空
    status text not null -- 依据：confirmed 多份文件印证、single-document 仅一份文件、unverified-knowledge 未经文件印证、as_published 参考表未列而文件印出
    constraint functional_subject_code_check CHECK (((code ~ '^[0-9]+$'::text) AND (length(code) = ANY (ARRAY[3, 5, 7]))))
    constraint functional_subject_code_valid_from_year_key UNIQUE NULLS NOT DISTINCT (code, valid_from_year)
    constraint functional_subject_level_check CHECK ((level = ANY (ARRAY['class'::text, 'category'::text, 'item'::text])))
    constraint functional_subject_parent_code_check CHECK (((parent_code IS NULL) = (length(code) = 3)))
    constraint functional_subject_pkey PRIMARY KEY (functional_subject_id)
    constraint functional_subject_status_check CHECK ((status = ANY (ARRAY['confirmed'::text, 'single-document'::text, 'unverified-knowledge'::text, 'as_published'::text])))
    constraint functional_subject_years_check CHECK ((valid_from_year <= valid_to_year))

table warehouse.functional_subject_name -- 支出功能分类科目印出过的全部名称。粒度：每个科目、名称、来源一行
    functional_subject_id integer not null -- 科目编号
    name text not null -- 文件印出的名称（去除空白）
    source text not null -- 来源：reference 参考表、document 已入库文件
    first_year smallint -- 印有该名称的最早年度；未知为空
    last_year smallint -- 印有该名称的最晚年度；未知为空
    constraint functional_subject_name_functional_subject_id_fkey FOREIGN KEY (functional_subject_id) REFERENCES warehouse.functional_subject(functional_subject_id)
    constraint functional_subject_name_pkey PRIMARY KEY (functional_subject_id, name, source)
    constraint functional_subject_name_source_check CHECK ((source = ANY (ARRAY['reference'::text, 'document'::text])))
    constraint functional_subject_name_years_check CHECK ((first_year <= last_year))

table warehouse.held_parse -- 暂不公布的解析：年度尚未结束而不可能有决算、明显劣于已公布者、将使公布的金额大量消失或在文件未变时改变，须由人决定。粒度：每个这样的解析一行
    parse_id integer not null -- 暂不公布的解析编号
    prior_parse_id integer -- 当时公布的解析编号；当时没有公布为空
    reason text not null -- 暂不公布的原因
    dropped integer not null -- 公布时将消失的金额个数
    changed integer not null -- 文件未变而将改变的金额个数
    held_at timestamp with time zone not null -- 入库时间
    decision text -- 处理：published 已公布、rejected 不予公布、overtaken 该文件另有解析公布；未处理为空
    decided_at timestamp with time zone -- 处理时间；未处理为空
    constraint held_parse_counts_check CHECK (((dropped >= 0) AND (changed >= 0)))
    constraint held_parse_decided_check CHECK (((decision IS NULL) = (decided_at IS NULL)))
    constraint held_parse_decision_check CHECK ((decision = ANY (ARRAY['published'::text, 'rejected'::text, 'overtaken'::text])))
    constraint held_parse_parse_id_fkey FOREIGN KEY (parse_id) REFERENCES warehouse.parse(parse_id)
    constraint held_parse_pkey PRIMARY KEY (parse_id)
    constraint held_parse_prior_parse_id_fkey FOREIGN KEY (prior_parse_id) REFERENCES warehouse.parse(parse_id)

table warehouse.item -- 标准表中不是科目的行，各文件印出的名称不同而标识相同，由 warehouse/kinds 的声明写入。粒度：每张标准表的每个这样的行一行
    table_code text not null -- 标准表编号
    item_key text not null -- 行的标识，例如 opening_balance
    side text -- 左右并列的表中所在的一侧：income 收入、expenditure 支出；其余为空
    label text not null -- 行的规范中文名称
    row_key text not null -- 以规范名称印出时的 row_key
    parent_key text -- 其中项所属的行；不是其中项为空
    sums text -- 该行是何者之和：items 本侧各项、side 本侧全部；不是合计为空
    sort_order smallint not null -- 在该表中的行序
    constraint item_pkey PRIMARY KEY (table_code, item_key)
    constraint item_side_check CHECK ((side = ANY (ARRAY['income'::text, 'expenditure'::text])))
    constraint item_sums_check CHECK ((sums = ANY (ARRAY['items'::text, 'side'::text])))
    constraint item_table_code_fkey FOREIGN KEY (table_code) REFERENCES warehouse.standard_table(table_code)

table warehouse.item_wording -- 行的各种印法：认出一行是哪一项，由 warehouse/kinds 的声明写入。粒度：每张标准表的每个印法一行
    table_code text not null -- 标准表编号
    wording text not null -- 行的 row_key，名称去除空白、标点与“与、和”之别
    item_key text not null -- 行的标识
    constraint item_wording_pkey PRIMARY KEY (table_code, wording)
    constraint item_wording_table_code_item_key_fkey FOREIGN KEY (table_code, item_key) REFERENCES warehouse.item(table_code, item_key)

table warehouse.jurisdiction -- 行政区划：部门所属的地区。粒度：每个区划代码一行
    division_code text not null -- 行政区划代码，六位数字（来源：民政部行政区划代码表）
    name text not null -- 行政区划名称
    level text not null -- 层级：central 中央、province 省级、prefecture 地级、county 县级
    parent_code text -- 上级行政区划代码；省级为空
    constraint jurisdiction_division_code_check CHECK ((division_code ~ '^[0-9]{6}$'::text))
    constraint jurisdiction_level_check CHECK ((level = ANY (ARRAY['central'::text, 'province'::text, 'prefecture'::text, 'county'::text])))
    constraint jurisdiction_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES warehouse.jurisdiction(division_code)
    constraint jurisdiction_pkey PRIMARY KEY (division_code)

table warehouse.lock -- 供程序加行锁的行：事务结束即释放，内容从不改变。粒度：每把锁的每个序号一行
    name text collate "C" not null -- 锁的名称：queue 队列、address 地址、file 文件、slot 文件位、refresh 公开表的刷新
    number smallint not null -- 序号：所锁之物（地址、文件、文件位）的散列值；只有一行的锁为 0
    constraint lock_pkey PRIMARY KEY (name, number)

table warehouse.measure -- 标准表的金额列。粒度：每张标准表的每个金额列一行
    measure_id smallint not null -- 指标编号（仓库内部）
    table_code text not null -- 标准表编号
    measure text not null -- 指标（列）的英文名，例如 fiscal_appropriation
    label text not null -- 指标（列）的规范中文名称
    sort_order smallint not null -- 在该表中的列序
    constraint measure_pkey PRIMARY KEY (measure_id)
    constraint measure_table_code_fkey FOREIGN KEY (table_code) REFERENCES warehouse.standard_table(table_code)
    constraint measure_table_code_measure_key UNIQUE (table_code, measure)

table warehouse.metric -- 可比指标（科目指标除外），由 warehouse/kinds 的声明写入。粒度：每个指标一行
    metric text not null -- 可比指标，例如 expenditure
    kind text not null -- 文件种类，连接 document_kind
    metric_no smallint not null -- 排列序号
    label text not null -- 指标的中文名称
    family text not null -- 类别，连接 metric_family
    side text -- 占比的分母：income 本年收入、expenditure 本年支出；不计占比为空
    unit text not null -- 单位
    table_code text -- 所在标准表编号；只见于情况说明者为空
    item_key text -- 所在行，连接 item；只见于情况说明者为空
    measure text -- 所在列；只见于情况说明者为空
    is_usual boolean not null -- 未指明指标时是否列入比较
    measure_id smallint -- 所在列的编号（含标准表）；只见于情况说明者为空
    row_key text -- 所在行以规范名称印出时的 row_key；只见于情况说明者为空
    row_side text -- 所在行的一侧：income 收入、expenditure 支出；不分侧为空
    table_number text -- 所在标准表印出的编号；只见于情况说明者为空
    constraint metric_family_fkey FOREIGN KEY (family) REFERENCES warehouse.metric_family(family)
    constraint metric_kind_fkey FOREIGN KEY (kind) REFERENCES warehouse.document_kind(name)
    constraint metric_measure_id_fkey FOREIGN KEY (measure_id) REFERENCES warehouse.measure(measure_id)
    constraint metric_pkey PRIMARY KEY (metric)
    constraint metric_side_check CHECK ((side = ANY (ARRAY['income'::text, 'expenditure'::text])))
    constraint metric_table_code_item_key_fkey FOREIGN KEY (table_code, item_key) REFERENCES warehouse.item(table_code, item_key)
    constraint metric_table_code_measure_fkey FOREIGN KEY (table_code, measure) REFERENCES warehouse.measure(table_code, measure)

table warehouse.metric_family -- 可比指标的类别，由 warehouse/kinds 的声明写入。粒度：每个类别一行
    family text not null -- 类别，例如 headline
    kind text not null -- 文件种类，连接 document_kind
    label text not null -- 类别的中文名称
    prefix text -- 科目指标名称的前缀；不按科目者为空
    classification text -- 每个科目代码一个指标者所按的分类：functional 支出功能分类、economic 支出经济分类；其余为空
    side text -- 科目指标占比的分母：income 本年收入、expenditure 本年支出；不计占比为空
    table_code text -- 科目指标所在的标准表编号；其余为空
    measure text -- 科目指标所在列；其余为空
    measure_id smallint -- 科目指标所在列的编号（含标准表）；其余为空
    constraint metric_family_classification_check CHECK ((classification = ANY (ARRAY['functional'::text, 'economic'::text])))
    constraint metric_family_kind_fkey FOREIGN KEY (kind) REFERENCES warehouse.document_kind(name)
    constraint metric_family_measure_id_fkey FOREIGN KEY (measure_id) REFERENCES warehouse.measure(measure_id)
    constraint metric_family_pkey PRIMARY KEY (family)
    constraint metric_family_side_check CHECK ((side = ANY (ARRAY['income'::text, 'expenditure'::text])))
    constraint metric_family_table_code_measure_fkey FOREIGN KEY (table_code, measure) REFERENCES warehouse.measure(table_code, measure)

table warehouse.metric_stated -- 可比指标在情况说明中的出处，由 warehouse/kinds 的声明写入。粒度：每个指标的每个出处一行
    metric text not null -- 可比指标
    choice smallint not null -- 先后，自 1 起：取最先印出者，且仅在表中没有时
    kind text not null -- 种类，同 stated_figure.kind
    subject text not null -- 对象，同 stated_figure.subject
    measure text not null -- 指标，同 stated_figure.measure
    constraint metric_stated_metric_fkey FOREIGN KEY (metric) REFERENCES warehouse.metric(metric)
    constraint metric_stated_pkey PRIMARY KEY (metric, choice)

table warehouse.night_lock -- 没有列和行：每夜的运行自始至终锁定本表，故同时只有一个

table warehouse.parse -- 解析：某一版本的解析程序对一个文件的一次读取，写入后不再更改。粒度：每个文件版本的每个程序版本一行
    parse_id integer not null generated always as identity -- 解析编号（仓库内部）
    version_id integer not null -- 文件版本编号
    parser_version text not null -- 解析程序版本
    parsed_at timestamp with time zone not null -- 入库时间
    department text -- 文件所示部门名称；无法判断时为空
    department_kind text -- 部门类别；无法判断时为空
    fiscal_year smallint -- 文件所示年度；无法判断时为空
    kind text not null -- 文件种类：final_accounts 决算、budget 预算
    scope text -- 口径：department 部门、unit 单位；无法判断时为空
    province text -- 文件所示省份；无法判断时为空
    city text -- 文件所示地级市；无或无法判断时为空
    county text -- 文件所示县（区）；无或无法判断时为空
    division_code text -- 部门所属行政区划代码；无法判断时为空
    jurisdiction_level text -- 层级：central、province、prefecture、county；无法判断时为空
    published_on date -- 公开日期；只印年月者取当月一日；未印为空
    published_printed text -- 印出的公开日期原文
    evidence jsonb not null -- 依据：各项判断所依据的印出文字
    amounts_printed integer -- 表格与正文中印出的金额个数（不含自评表与情况说明的句子），在识别之前单独清点；以前的解析未清点为空
    amounts_loaded integer -- 印出的金额中已入库的个数；未清点为空
    amounts_doubtful integer -- 印出的金额中由疑点指明的个数；未清点为空
    amounts_unaccounted integer -- 印出的金额中既未入库、也无疑点指明、又不能证明不是金额的个数；未清点为空
    form_numbers integer -- 绩效自评表中印出的数字个数；未清点为空
    narrative_numbers integer -- 情况说明的句子中印出的数字个数；未清点为空
    constraint parse_division_code_fkey FOREIGN KEY (division_code) REFERENCES warehouse.jurisdiction(division_code)
    constraint parse_jurisdiction_level_check CHECK ((jurisdiction_level = ANY (ARRAY['central'::text, 'province'::text, 'prefecture'::text, 'county'::text])))
    constraint parse_kind_fkey FOREIGN KEY (kind) REFERENCES warehouse.document_kind(name)
    constraint parse_pkey PRIMARY KEY (parse_id)
    constraint parse_scope_check CHECK ((scope = ANY (ARRAY['department'::text, 'unit'::text])))
    constraint parse_version_id_fkey FOREIGN KEY (version_id) REFERENCES warehouse.document_version(version_id)
    constraint parse_version_id_parse_id_key UNIQUE (version_id, parse_id)
    constraint parse_version_id_parser_version_key UNIQUE (version_id, parser_version)
    CREATE TRIGGER parse_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.parse FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.parse_table -- 文件中每张标准表的公开情况。粒度：每次解析的每张标准表一行
    parse_id integer not null -- 解析编号
    table_code text not null -- 标准表编号
    status text not null -- 公开情况：present 有数、partial 有数而行或列不全、empty_with_statement 声明无数据、blank 空表、absent 未见、unrecognised 有表名而无法读出
    title text -- 印出的表名
    first_page integer -- 起始页；文本文件为空
    last_page integer -- 末页；文本文件为空
    printed_unit text -- 印出的金额单位：元、万元、亿元
    statement text -- 空表所附的说明原文
    is_whole boolean not null -- 是否全部行列均已读出
    evidence text[] not null -- 认定为该表的依据
    unread_rows text[] not null -- 有金额而认不出是哪一行的各行，如印出
    unread_columns text[] not null -- 有金额而认不出是哪一指标的各列的列头，如印出
    is_unit_certain boolean not null -- 金额单位是否印出或由同一文件证明；否则该表金额不可比较
    file_no smallint not null default 1 -- 起始页所在文件的序号，连接 document_file；未见者为 1
    constraint parse_table_file_no_check CHECK ((file_no >= 1))
    constraint parse_table_first_page_check CHECK ((first_page >= 1))
    constraint parse_table_pages_check CHECK ((first_page <= last_page))
    constraint parse_table_parse_id_fkey FOREIGN KEY (parse_id) REFERENCES warehouse.parse(parse_id)
    constraint parse_table_pkey PRIMARY KEY (parse_id, table_code)
    constraint parse_table_status_check CHECK ((status = ANY (ARRAY['present'::text, 'partial'::text, 'empty_with_statement'::text, 'blank'::text, 'absent'::text, 'unrecognised'::text])))
    constraint parse_table_table_code_fkey FOREIGN KEY (table_code) REFERENCES warehouse.standard_table(table_code)
    CREATE TRIGGER parse_table_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.parse_table FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.performance_fund -- 绩效自评表的资金来源（不含合计行）。粒度：每张自评表的每个资金来源一行
    parse_id integer not null -- 解析编号
    form_no smallint not null -- 自评表在文件中的序号
    fund_no smallint not null -- 资金来源在表中的序号，自 1 起
    source text not null -- 资金来源，如印出：财政拨款、单位资金等
    initial_budget numeric -- 年初预算数（万元）
    adjusted_budget numeric -- 全年（调整）预算数（万元）
    executed numeric -- 全年执行数（万元）
    constraint performance_fund_fund_no_check CHECK ((fund_no >= 1))
    constraint performance_fund_parse_id_form_no_fkey FOREIGN KEY (parse_id, form_no) REFERENCES warehouse.performance_project(parse_id, form_no)
    constraint performance_fund_pkey PRIMARY KEY (parse_id, form_no, fund_no)
    CREATE TRIGGER performance_fund_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.performance_fund FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.performance_indicator -- 绩效自评表的指标。粒度：每张自评表的每个指标一行
    parse_id integer not null -- 解析编号
    form_no smallint not null -- 自评表在文件中的序号
    seq smallint not null -- 指标在表中的序号，自 1 起，按印出顺序
    level1 text -- 一级指标；未印为空
    level2 text -- 二级指标；未印为空
    level3 text -- 三级指标；未印为空
    target text -- 年度指标值原文；未印为空
    actual text -- 实际完成值原文；未印为空
    weight numeric -- 分值
    score numeric -- 得分
    deviation_pct numeric -- 偏差率（%）
    reason text -- 偏差原因及改进措施；未印为空
    target_operator text -- 指标值的关系：=、>=、<=、>、<；定性指标为空
    target_value numeric -- 指标值的数值；定性指标为空
    target_unit text -- 指标值的单位；没有为空
    actual_value numeric -- 实际完成值的数值；定性指标为空
    status text not null -- 可信程度：as_printed 与原文一致、repaired 依据同一文件修复、confirmed 图像识别且已证实、doubtful 存疑
    repair_reason text -- 修复或存疑的理由
    page integer -- 页码，自 1 起；文本文件为空
    line_no integer -- 文本文件的行号，自 1 起
    is_met boolean -- 实际完成值是否达到指标值；方向或数值不能确定、以及以前的解析为空
    file_no smallint not null default 1 -- 所在文件的序号，连接 document_file；没有具体位置的为 1
    sheet text -- 所在工作表的名称；不是电子表格的为空
    cell text -- 在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空
    box real[] -- 在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空
    constraint performance_indicator_box_check CHECK (((cardinality(box) = 4) AND (array_position(box, NULL::real) IS NULL)))
    constraint performance_indicator_cell_check CHECK ((cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'::text))
    constraint performance_indicator_file_no_check CHECK ((file_no >= 1))
    constraint performance_indicator_line_no_check CHECK ((line_no >= 1))
    constraint performance_indicator_page_check CHECK ((page >= 1))
    constraint performance_indicator_parse_id_form_no_fkey FOREIGN KEY (parse_id, form_no) REFERENCES warehouse.performance_project(parse_id, form_no)
    constraint performance_indicator_pkey PRIMARY KEY (parse_id, form_no, seq)
    constraint performance_indicator_repair_reason_check CHECK (((status = 'as_printed'::text) OR (repair_reason IS NOT NULL)))
    constraint performance_indicator_seq_check CHECK ((seq >= 1))
    constraint performance_indicator_status_check CHECK ((status = ANY (ARRAY['as_printed'::text, 'repaired'::text, 'confirmed'::text, 'doubtful'::text])))
    constraint performance_indicator_target_operator_check CHECK ((target_operator = ANY (ARRAY['='::text, '>='::text, '<='::text, '>'::text, '<'::text])))
    CREATE TRIGGER performance_indicator_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.performance_indicator FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.performance_management -- 绩效自评表的预算资金管理事项。粒度：每张自评表的每个管理事项一行
    parse_id integer not null -- 解析编号
    form_no smallint not null -- 自评表在文件中的序号
    item_no smallint not null -- 管理事项在表中的序号，自 1 起
    item text not null -- 管理事项，如印出：安排科学性、拨付合规性等
    weight numeric -- 分值
    score numeric -- 得分
    constraint performance_management_item_no_check CHECK ((item_no >= 1))
    constraint performance_management_parse_id_form_no_fkey FOREIGN KEY (parse_id, form_no) REFERENCES warehouse.performance_project(parse_id, form_no)
    constraint performance_management_pkey PRIMARY KEY (parse_id, form_no, item_no)
    CREATE TRIGGER performance_management_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.performance_management FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.performance_project -- 绩效自评表。粒度：每次解析的每张自评表一行
    parse_id integer not null -- 解析编号
    form_no smallint not null -- 自评表在文件中的序号，自 1 起，按印出顺序
    project text not null -- 项目名称（部门整体自评为部门名称），如印出
    kind text not null -- 自评对象：project 项目、department 部门整体
    competent_department text -- 主管部门；未印为空
    implementing_unit text -- 实施单位；未印为空
    fiscal_year smallint -- 自评年度；未印为空
    initial_budget numeric -- 年初预算数（万元）
    adjusted_budget numeric -- 全年（调整）预算数（万元）
    executed numeric -- 全年执行数（万元）
    execution_rate_pct numeric -- 预算执行率（%）
    execution_weight numeric -- 预算执行率的分值
    execution_score numeric -- 预算执行率的得分
    total_score numeric -- 自评总分
    grade text -- 自评等级，如 优、良、中、差；未印为空
    target_text text -- 年度总体目标：预期目标；未印为空
    actual_text text -- 年度总体目标：实际完成情况；未印为空
    functional_subject_id integer -- 所用资金的功能分类科目编号；无法对应时为空
    is_whole boolean not null -- 自评表是否全部读出
    page integer -- 起始页，自 1 起；文本文件为空
    line_no integer -- 文本文件的起始行号，自 1 起
    file_no smallint not null default 1 -- 起始处所在文件的序号，连接 document_file；没有具体位置的为 1
    sheet text -- 起始处所在工作表的名称；不是电子表格的为空
    cell text -- 起始处在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空
    box real[] -- 起始处在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空
    project_code text -- 项目编码，如印出；未印为空
    constraint performance_project_box_check CHECK (((cardinality(box) = 4) AND (array_position(box, NULL::real) IS NULL)))
    constraint performance_project_cell_check CHECK ((cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'::text))
    constraint performance_project_file_no_check CHECK ((file_no >= 1))
    constraint performance_project_form_no_check CHECK ((form_no >= 1))
    constraint performance_project_functional_subject_id_fkey FOREIGN KEY (functional_subject_id) REFERENCES warehouse.functional_subject(functional_subject_id)
    constraint performance_project_kind_check CHECK ((kind = ANY (ARRAY['project'::text, 'department'::text])))
    constraint performance_project_line_no_check CHECK ((line_no >= 1))
    constraint performance_project_page_check CHECK ((page >= 1))
    constraint performance_project_parse_id_fkey FOREIGN KEY (parse_id) REFERENCES warehouse.parse(parse_id)
    constraint performance_project_pkey PRIMARY KEY (parse_id, form_no)
    CREATE TRIGGER performance_project_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.performance_project FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.project_view -- 本项目由 sql/ 创建的视图、表和函数：升级时只删除并重建这些，分析人员自建的不动。粒度：每个对象一行
    schema_name text not null -- 所在模式：staging、intermediate、mart 或 as_of
    view_name text not null -- 对象名称
    kind text not null default 'view'::text -- 种类：view 视图、table 由视图写成的表、function 函数
    constraint project_view_kind_check CHECK ((kind = ANY (ARRAY['view'::text, 'table'::text, 'function'::text])))
    constraint project_view_pkey PRIMARY KEY (schema_name, view_name)

table warehouse.publication -- 公布记录：每次使某一解析成为公开视图所示的内容，据以回看某日所见。粒度：每次公布一行
    publication_id integer not null generated always as identity -- 公布编号（仓库内部）
    version_id integer not null -- 文件版本编号
    parse_id integer not null -- 公布的解析编号
    slot_id integer not null -- 公布时所在的文件位编号
    department_id integer -- 公布时所属部门编号；无法判断时为空
    version_no smallint not null -- 公布时在文件位中的版本序号
    published_at timestamp with time zone not null -- 公布时间：自此时起公开视图显示该解析
    constraint publication_department_id_fkey FOREIGN KEY (department_id) REFERENCES warehouse.department(department_id)
    constraint publication_parse_id_fkey FOREIGN KEY (parse_id) REFERENCES warehouse.parse(parse_id)
    constraint publication_pkey PRIMARY KEY (publication_id)
    constraint publication_version_id_fkey FOREIGN KEY (version_id) REFERENCES warehouse.document_version(version_id)
    CREATE INDEX publication_version_idx ON warehouse.publication USING btree (version_id, published_at)

table warehouse.reading -- 待读与已读的文件：同一文件由同一版本的解析程序只作一次结论。粒度：每个文件的每个程序版本一行
    sha256 text not null -- 文件内容的 SHA-256（小写十六进制）
    parser_version text not null -- 解析程序版本
    source_name text not null -- 文件名
    address text -- 来源地址或路径；未知为空
    status text not null -- 状态：waiting 等待、reading 读取中、loaded 已入库、held 已入库而暂不公布、failed 无法读取、postponed 因机器故障推迟、quarantined 多次中断而隔离
    attempts smallint not null -- 已开始的读取次数；机器故障者不计
    faults smallint not null -- 本轮遇到的机器故障次数
    outcome text -- 入库结果：new_document、new_version、reparsed、unchanged；未入库为空
    reason text -- 最近一次未成的原因；没有为空
    error text -- 原因的类别，例如 Scanned 扫描件、Encrypted 加密；没有为空
    run_id integer -- 最近一次使其入队的运行；手工入队为空
    queued_at timestamp with time zone not null -- 最近一次入队时间
    started_at timestamp with time zone -- 最近一次开始读取的时间
    ended_at timestamp with time zone -- 有结论的时间；未有结论为空
    pictures integer -- 须识别的图像页数；空表示尚未发现图像页
    recognised integer -- 其中已识别的页数
    got_on smallint -- 最近一次识别出新页的是第几次读取；此后的中断才计数
    constraint reading_counts_check CHECK (((attempts >= 0) AND (faults >= 0)))
    constraint reading_ended_check CHECK (((status = ANY (ARRAY['waiting'::text, 'reading'::text])) = (ended_at IS NULL)))
    constraint reading_pictures_check CHECK (((recognised >= 0) AND (recognised <= pictures)))
    constraint reading_pkey PRIMARY KEY (sha256, parser_version)
    constraint reading_run_id_fkey FOREIGN KEY (run_id) REFERENCES warehouse.run(run_id)
    constraint reading_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
    constraint reading_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'reading'::text, 'loaded'::text, 'held'::text, 'failed'::text, 'postponed'::text, 'quarantined'::text])))
    CREATE INDEX reading_run_idx ON warehouse.reading USING btree (run_id)
    CREATE INDEX reading_status_idx ON warehouse.reading USING btree (status)

table warehouse.run -- 每夜的运行：取件、入队、读取、核对。粒度：每次运行一行
    run_id integer not null generated always as identity -- 运行编号（仓库内部）
    manifest text not null -- 来源清单的文件名
    started_at timestamp with time zone not null -- 开始时间（数据库时钟）
    ended_at timestamp with time zone -- 结束时间；运行中或中断为空
    exit_status smallint -- 退出状态，含义见 docs/nightly.md；运行中或中断为空
    constraint run_ended_check CHECK (((ended_at IS NULL) = (exit_status IS NULL)))
    constraint run_pkey PRIMARY KEY (run_id)

table warehouse.run_measure -- 运行报告的数字，据以与上一夜比较。粒度：每次运行的每个指标一行
    run_id integer not null -- 运行编号
    measure text not null -- 指标：取件与读取的件数，或运行结束时仓库的行数与金额（万元）
    value numeric not null -- 数值；金额以万元计
    constraint run_measure_pkey PRIMARY KEY (run_id, measure)
    constraint run_measure_run_id_fkey FOREIGN KEY (run_id) REFERENCES warehouse.run(run_id)

table warehouse.run_problem -- 运行报告中的问题。粒度：每次运行的每个问题一行
    run_id integer not null -- 运行编号
    problem_no integer not null -- 序号，自 1 起
    kind text not null -- 种类：fetch 未取到、failed 无法读取、quarantined 隔离、held 暂不公布、postponed 推迟、audit 核对不符、machine 机器故障
    subject text not null -- 涉及的文件、地址或核对查询
    reason text not null -- 原因
    constraint run_problem_kind_check CHECK ((kind = ANY (ARRAY['fetch'::text, 'failed'::text, 'quarantined'::text, 'held'::text, 'postponed'::text, 'audit'::text, 'machine'::text])))
    constraint run_problem_pkey PRIMARY KEY (run_id, problem_no)
    constraint run_problem_run_id_fkey FOREIGN KEY (run_id) REFERENCES warehouse.run(run_id)

table warehouse.source -- 来源：清单中的一项，何处公开、预期什么。粒度：每个清单的每个来源一行
    source_id integer not null generated always as identity -- 来源编号（仓库内部）
    manifest text not null -- 所在清单的文件名
    name text not null -- 来源名称，清单内唯一
    type text not null -- 类型：url 单个文件、parts 合为一份公开文件的若干文件、listing 列表页、folder 文件夹、glob 路径通配
    address text not null -- 网址、文件夹或通配路径；若干文件者为其正文的网址或路径
    departments text[] not null -- 预期的部门名称；未说明为空数组
    fiscal_year smallint -- 预期的决算年度；未说明为空
    kind text not null -- 预期的文件种类：final_accounts 决算、budget 预算
    scope text -- 预期的口径：department 部门、unit 单位；未说明为空
    division_code text -- 预期的行政区划代码；未说明为空
    due_on date -- 应公开日期；未说明为空
    first_listed_at timestamp with time zone not null -- 首次列入清单的同步时间
    last_listed_at timestamp with time zone not null -- 最近一次列入清单的同步时间
    retired_at timestamp with time zone -- 清单不再列入的时间；仍列入为空
    constraint source_division_code_check CHECK ((division_code ~ '^[0-9]{6}$'::text))
    constraint source_kind_fkey FOREIGN KEY (kind) REFERENCES warehouse.document_kind(name)
    constraint source_manifest_name_key UNIQUE (manifest, name)
    constraint source_pkey PRIMARY KEY (source_id)
    constraint source_scope_check CHECK ((scope = ANY (ARRAY['department'::text, 'unit'::text])))
    constraint source_type_check CHECK ((type = ANY (ARRAY['url'::text, 'parts'::text, 'listing'::text, 'folder'::text, 'glob'::text])))

table warehouse.source_file -- 来源文件：某一地址先后出现过的每个不同文件，旧的不删；几个文件合为一份公开文件者，其整体另占一行。粒度：每个地址的每个 SHA-256 一行
    source_file_id integer not null generated always as identity -- 来源文件编号（仓库内部）
    source_id integer not null -- 最近一次由哪个来源找到
    address text not null -- 网址，或文件的 file: 地址；整体为来源的地址加 #parts
    sha256 text not null -- 文件内容的 SHA-256（小写十六进制），亦即其在归档中的位置；整体为其文件单的，文件单列出各文件，也在归档中
    file_name text not null -- 文件名；整体为其正文的文件名
    media_type text not null -- 按内容判断的类型：application/pdf、text/plain
    size_bytes bigint not null -- 文件大小（字节）
    etag text -- 服务器所给的 ETag；文件夹中的文件为其大小、时间与编号；无为空
    last_modified text -- 服务器所给的 Last-Modified 原文；无为空
    is_current boolean not null -- 是否该地址最近所见的文件
    first_seen_at timestamp with time zone not null -- 在该地址首次见到的时间
    last_seen_at timestamp with time zone not null -- 最近一次见到或经服务器确认未变的时间
    verified_at timestamp with time zone not null -- 最近一次完整取得并核对内容的时间
    vanished_at timestamp with time zone -- 发现该地址已无此文件的时间；仍在或已被替换为空
    counts_as text not null default 'document'::text -- 作为：document 单独成为一份公开文件、part 一份公开文件的几个文件之一、whole 几个文件合成的整体，见 source_part
    constraint source_file_address_check CHECK ((length(address) <= 2000))
    constraint source_file_counts_as_check CHECK ((counts_as = ANY (ARRAY['document'::text, 'part'::text, 'whole'::text])))
    constraint source_file_natural_key UNIQUE (address, sha256)
    constraint source_file_pkey PRIMARY KEY (source_file_id)
    constraint source_file_seen_check CHECK ((first_seen_at <= last_seen_at))
    constraint source_file_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
    constraint source_file_size_bytes_check CHECK ((size_bytes > 0))
    constraint source_file_source_id_fkey FOREIGN KEY (source_id) REFERENCES warehouse.source(source_id)
    constraint source_file_vanished_at_check CHECK ((is_current OR (vanished_at IS NULL)))
    CREATE UNIQUE INDEX source_file_current_key ON warehouse.source_file USING btree (address) WHERE is_current
    CREATE INDEX source_file_sha256_idx ON warehouse.source_file USING btree (sha256)
    CREATE INDEX source_file_source_idx ON warehouse.source_file USING btree (source_id)

table warehouse.source_part -- 几个文件合成的公开文件由哪些文件组成，由清单或其所在页面、文件夹说明。粒度：每个整体的每个文件一行
    whole_sha256 text not null -- 整体的 SHA-256，同 source_file.sha256；只有一个文件时即该文件的
    part_no smallint not null -- 次序，自 1 起；1 为正文，其余为附件
    sha256 text not null -- 文件内容的 SHA-256（小写十六进制），亦即其在归档中的位置
    file_name text not null -- 最近一次所见的文件名
    address text not null -- 最近一次所见的网址，或文件的 file: 地址
    constraint source_part_part_no_check CHECK ((part_no >= 1))
    constraint source_part_pkey PRIMARY KEY (whole_sha256, part_no)
    constraint source_part_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
    constraint source_part_whole_sha256_check CHECK ((whole_sha256 ~ '^[0-9a-f]{64}$'::text))

table warehouse.stale_slot -- 已入库而公开视图尚未更新的文件位，下一次更新时一并公开。粒度：每次入库的每个文件位一行
    parse_id integer not null -- 解析编号
    slot_id integer not null -- 文件位编号；文件移往别处后可能已不存在
    stored_at timestamp with time zone not null -- 入库时间
    constraint stale_slot_pkey PRIMARY KEY (parse_id, slot_id)

table warehouse.standard_table -- 公开的标准表，由 warehouse/kinds 的声明写入。粒度：每张标准表一行
    table_code text not null -- 标准表编号，如 GK01
    official_name text not null -- 财政部格式规定的表名
    row_key_kind text not null -- 行的标识：functional_code 功能分类科目、economic_code 经济分类科目、item 项目名称、all 单行，以及 unit 单位、name 名称、project 项目；由几部分组成者以 + 相连
    sort_order smallint not null -- 在该种类文件中的公开顺序
    kind text not null -- 文件种类，连接 document_kind
    number text not null -- 印在表上的编号，如 公开01表
    open_measures text[] not null -- 表式未定的列的名称开头，例如 other:；此类列在入库时登记为指标
    constraint standard_table_kind_fkey FOREIGN KEY (kind) REFERENCES warehouse.document_kind(name)
    constraint standard_table_kind_sort_order_key UNIQUE (kind, sort_order)
    constraint standard_table_pkey PRIMARY KEY (table_code)

table warehouse.stated_figure -- 情况说明中的数字与文字。粒度：每次解析 × 种类 × 对象 × 指标一行
    parse_id integer not null -- 解析编号
    kind text not null -- 种类，例如 budget_vs_final、year_over_year、three_public_detail
    subject text not null -- 所说的对象：印出的名称，或 all、TOTAL、operating_cost 等
    measure text not null -- 指标，例如 initial_budget、final、change、reason
    functional_subject_id integer -- 功能分类科目编号；对象不是科目或无法对应时为空
    value numeric -- 数值，以 unit 计，减少、下降为负；以文字回答者为空
    unit text -- value 的单位：万元、元、%、个、辆、人次等；文字为空
    text text -- 以文字回答者的文字，例如增减原因；其余为空
    printed text not null -- 读出数值的原文
    status text not null -- 可信程度：as_printed 与原文一致、repaired 依据同一文件修复、confirmed 图像识别且已证实、doubtful 存疑
    repair_reason text -- 修复或存疑的理由
    page integer -- 页码，自 1 起；文本文件为空
    line_no integer -- 文本文件的行号，自 1 起
    half_unit numeric -- 四舍五入可使 value 偏离的最大值（印出末位的一半），以 unit 计；文字为空
    file_no smallint not null default 1 -- 所在文件的序号，连接 document_file；没有具体位置的为 1
    sheet text -- 所在工作表的名称；不是电子表格的为空
    cell text -- 在工作表中的单元格或区域，如 A1、A1:B2；不是电子表格的为空
    box real[] -- 在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空
    constraint stated_figure_box_check CHECK (((cardinality(box) = 4) AND (array_position(box, NULL::real) IS NULL)))
    constraint stated_figure_cell_check CHECK ((cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'::text))
    constraint stated_figure_file_no_check CHECK ((file_no >= 1))
    constraint stated_figure_functional_subject_id_fkey FOREIGN KEY (functional_subject_id) REFERENCES warehouse.functional_subject(functional_subject_id)
    constraint stated_figure_line_no_check CHECK ((line_no >= 1))
    constraint stated_figure_page_check CHECK ((page >= 1))
    constraint stated_figure_parse_id_fkey FOREIGN KEY (parse_id) REFERENCES warehouse.parse(parse_id)
    constraint stated_figure_pkey PRIMARY KEY (parse_id, kind, subject, measure)
    constraint stated_figure_repair_reason_check CHECK (((status = 'as_printed'::text) OR (repair_reason IS NOT NULL)))
    constraint stated_figure_says_something_check CHECK (((value IS NOT NULL) OR (text IS NOT NULL) OR (status = 'doubtful'::text)))
    constraint stated_figure_status_check CHECK ((status = ANY (ARRAY['as_printed'::text, 'repaired'::text, 'confirmed'::text, 'doubtful'::text])))
    CREATE TRIGGER stated_figure_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.stated_figure FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.stated_succession -- 文件所述的机构承继：本机构的更名、合并、拆分、职责划转。粒度：每次解析的每项所述一行
    parse_id integer not null -- 解析编号
    succession_no smallint not null -- 在该次解析中的序号，自 1 起
    predecessor text not null -- 原机构名称
    successor text not null -- 新机构名称
    relation text not null -- 关系：renamed 更名、merged 合并、split 拆分、transferred 职责划转
    effective_year smallint -- 所述的年度；未述为空
    effective_on date -- 所述的日期；未述到日为空
    printed text not null -- 所述的原文
    page integer -- 页码，自 1 起；文本文件为空
    line_no integer -- 文本文件的行号，自 1 起
    file_no smallint not null default 1 -- 所在文件的序号，连接 document_file；没有具体位置的为 1
    sheet text -- 所在工作表的名称；不是电子表格的为空
    cell text -- 在工作表中的单元格或区域；不是电子表格的为空
    box real[] -- 在页面上的范围：左、上、右、下，自页面左上角起，以点（1/72 英寸）计；没有为空
    constraint stated_succession_box_check CHECK (((cardinality(box) = 4) AND (array_position(box, NULL::real) IS NULL)))
    constraint stated_succession_cell_check CHECK ((cell ~ '^[A-Z]+[1-9][0-9]*(:[A-Z]+[1-9][0-9]*)?$'::text))
    constraint stated_succession_effective_on_check CHECK ((EXTRACT(year FROM effective_on) = (effective_year)::numeric))
    constraint stated_succession_file_no_check CHECK ((file_no >= 1))
    constraint stated_succession_key UNIQUE (parse_id, predecessor, successor, relation)
    constraint stated_succession_line_no_check CHECK ((line_no >= 1))
    constraint stated_succession_page_check CHECK ((page >= 1))
    constraint stated_succession_parse_id_fkey FOREIGN KEY (parse_id) REFERENCES warehouse.parse(parse_id)
    constraint stated_succession_pkey PRIMARY KEY (parse_id, succession_no)
    constraint stated_succession_relation_check CHECK ((relation = ANY (ARRAY['renamed'::text, 'merged'::text, 'split'::text, 'transferred'::text])))
    constraint stated_succession_succession_no_check CHECK ((succession_no >= 1))
    CREATE TRIGGER stated_succession_is_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON warehouse.stated_succession FOR EACH STATEMENT EXECUTE FUNCTION warehouse.refuse_change()

table warehouse.subject_bridge -- 科目衔接：跨年度更名、改列、拆分、合并的科目，凭依据收录。粒度：每个分类、年度、旧代码、新代码一行
    classification text not null -- 分类：functional 支出功能分类、economic 支出经济分类
    from_year smallint not null -- 新代码或新名称开始使用的决算年度：该年与上年比较时适用
    old_code text not null -- 上年科目代码
    old_name text not null -- 上年科目名称
    new_code text not null -- 本年科目代码
    new_name text not null -- 本年科目名称
    relation text not null -- 关系：same 内容相同、renamed 更名、moved 改列、split 拆分、merged 合并
    source text not null -- 依据
    note text -- 说明；没有为空
    constraint subject_bridge_classification_check CHECK ((classification = ANY (ARRAY['functional'::text, 'economic'::text])))
    constraint subject_bridge_pkey PRIMARY KEY (classification, from_year, old_code, new_code)
    constraint subject_bridge_relation_check CHECK ((relation = ANY (ARRAY['same'::text, 'renamed'::text, 'moved'::text, 'split'::text, 'merged'::text])))

table warehouse.sync_lock -- 没有列和行：取件自始至终锁定本表，故同时只有一个

table warehouse.sync_run -- 同步：按一份清单查看一遍全部来源。粒度：每次同步一行
    run_id integer not null generated always as identity -- 同步编号（仓库内部）
    manifest text not null -- 清单的文件名
    started_at timestamp with time zone not null -- 开始时间
    finished_at timestamp with time zone -- 结束时间；进行中或中断为空
    constraint sync_run_pkey PRIMARY KEY (run_id)

table warehouse.table_side -- 左右并列的表的两侧：本年合计与其下应有的各行，由 warehouse/kinds 的声明写入。粒度：每张这样的表的每一侧一行
    table_code text not null -- 标准表编号
    side text not null -- 一侧：income 收入、expenditure 支出
    table_number text not null -- 印在表上的编号，如 公开01表
    measure_id smallint not null -- 该侧首列的编号
    total_key text not null -- 本年合计行的标识
    balance_keys text[] not null -- 本年合计与总计之间应有的各行的标识，其中项除外
    constraint table_side_measure_id_fkey FOREIGN KEY (measure_id) REFERENCES warehouse.measure(measure_id)
    constraint table_side_pkey PRIMARY KEY (table_code, side)
    constraint table_side_side_check CHECK ((side = ANY (ARRAY['income'::text, 'expenditure'::text])))
    constraint table_side_table_code_fkey FOREIGN KEY (table_code) REFERENCES warehouse.standard_table(table_code)

table warehouse.withdrawal -- 撤回：不再公开而仍保存的文件版本，可以恢复。粒度：每次撤回一行
    withdrawal_id integer not null generated always as identity -- 撤回编号（仓库内部）
    version_id integer not null -- 文件版本编号
    reason text not null -- 撤回的理由
    withdrawn_at timestamp with time zone not null -- 撤回时间：自此时起公开视图不再显示
    undone_at timestamp with time zone -- 恢复时间：自此时起公开视图重新显示；未恢复为空
    constraint withdrawal_pkey PRIMARY KEY (withdrawal_id)
    constraint withdrawal_undone_at_check CHECK ((undone_at >= withdrawn_at))
    constraint withdrawal_version_id_fkey FOREIGN KEY (version_id) REFERENCES warehouse.document_version(version_id)
    CREATE UNIQUE INDEX withdrawal_open_key ON warehouse.withdrawal USING btree (version_id) WHERE (undone_at IS NULL)
    CREATE INDEX withdrawal_version_idx ON warehouse.withdrawal USING btree (version_id)

CREATE OR REPLACE FUNCTION warehouse.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
    if tg_op = 'DELETE' and current_setting('juesuan.forgetting', true) = 'on' then
        return null;
    end if;
    raise exception '% of warehouse.% refused: a parse never changes, load a new one', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end
$function$

