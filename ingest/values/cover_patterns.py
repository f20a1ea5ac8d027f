"""How covers and captions name body, year, scope and date. Texts are squeezed (half width, no blanks)."""

import re

YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:年度?|(?=部门|单位|决算))"
LINE_END = "¶"  # put behind a line of a cover that ends in 决算 or 预算: there the title may end
GAP = "|"  # put in place of what no title runs through: a date, a sentence, a caption
# What may stand behind the kind in a title. 预算法, 预算执行, 预算单位, 预算编审中心 are no kinds of document.
_BEHIND = (
    rf"(?=[{LINE_END}{GAP}()]|$|公开|公示|信息|相关|有关|工作|报告|报表|表|说明|情况|草案|数据|文本|材料|分析|批复|基本情况"
    r"|编制说明|编制情况|安排|[和及与、].{0,14}(?:决算|预算)|的(?:说明|公告|报告|公示|公开|情况|通知))"
)
# 部门决算, 单位决算, 部门(单位)决算, 部门(汇总)决算, 本级决算, 区级单位预算, 财政决算, 预决算
WHAT = (
    r"(?:(?:部门|单位)?预算执行(?:情况)?[和及与、])?(?:[省市区县州旗乡镇]级(?:预算)?)?"
    r"(?:(?P<scope>(?:部门|单位)(?:\((?:部门|单位)\))?)|\((?P<scope_too>部门|单位)\))?(?P<part>\(?(?:汇总|本级)\)?)?"
    rf"(?:收支|收入支出|财务|财政总?)?(?P<kind>预决算|决算|预算){_BEHIND}"
)
# Behind the first kind another one: 部门决算和2025年部门预算
ANOTHER = re.compile(rf"[和及与、][^{LINE_END}{GAP}]{{0,14}}?(?P<kind>决算|预算){_BEHIND}")
_ABOUT = rf"(?:{LINE_END}|公开|报告|说明|情况|信息|文本|\()*"
TITLES = (
    re.compile(rf"{YEAR}(?P<body>(?!度)[^年{GAP}{LINE_END}]{{3,40}}?){WHAT}"),
    re.compile(rf"(?P<body>[^年{GAP}{LINE_END}]{{3,40}}?){YEAR}{WHAT}"),
    re.compile(rf"{YEAR}{WHAT}{_ABOUT}(?P<body>[^年{GAP}{LINE_END}\d]{{4,30}}?)\)?(?=[{GAP}{LINE_END}]|$)"),
    re.compile(rf"(?P<body>[^年{GAP}{LINE_END}]{{3,40}}?){WHAT}{_ABOUT}{YEAR}"),
    re.compile(rf"(?P<body>){YEAR}{WHAT}"),
)
# A line of these is no title and a title does not run over into it. 现将我单位2024年度决算公开如下 is one.
PROSE = re.compile(
    r"[。;,]|^(?:根据|按照|依据|遵照|为了|为|现将|现就|按)|如下:?$|我(?:单位|部门|局|委|院|校|厅|办|馆|镇|乡)|《[^》]*法"
)
# A title with its sentence in one line: X局2024年决算根据《预算法》的规定,现予公开。
SENTENCE_BEGINS = re.compile(r"根据|按照|依据|遵照|现将|现予|现就|[。;,]")
ENDS_A_TITLE = re.compile(r"(?:决算|预算)(?:公开|公示|信息|报告|说明|情况)*$")
LABELLED = re.compile(r"^(?!附)[^:]{2,8}:")  # 索引号:…, 预算单位:…
PROSE_ENDS = re.compile(r"(?:[。;:]|如下)$")
HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))")
NOISE_BEFORE = re.compile(r"^(?:附件[一二三四五六七八九十\d]*[:、]?|附[:、]|关于|公开|批复|印发|\d+[.、])+")
NOISE_BEHIND = re.compile(r"(?:关于|公开|公布|的)+$")
MARKS = re.compile(r"\((?:汇总|本级|部门|机关|含下属单位)\)|本级$")
NO_BODY = re.compile(
    r"^(?:本|我|各|该|此|某|省级|市级|区级|县级|本级)?(?:部门|单位)|^(?:万元|元|人民币)$|^预算|^第[一二三四五六七八九十]+部分|预算执行"
    r"|^(?:收入支出|收支|财政|财务|财政总|总|[省市区县乡镇本]级(?:预算|财政|总)?)$"
)
CAPTION = re.compile(
    r"(?:编制|填报|预算|公开)?(?:部门|单位)(?:名称)?(?:\([^)]{1,6}\))?:"
    r"(?P<body>[^:]{4,40}?)(?=(?:19|20)\d\d年|金额|\(?单位:?(?:人民币)?[百千万亿]*元|公开|$)"
)
CAPTION_YEAR = re.compile(r"^((?:19|20)\d\d)年度?$|((?:19|20)\d\d)年度")
PART_ONE = re.compile(r"第一部分(?P<body>.{4,40}?)(?:概况|基本情况|部门概况|单位概况)")
CONTENTS = re.compile(r"^目录$|^目次$|^第[一二三四五六]部分")

_DIGIT = "〇○零一二三四五六七八九"
CHINESE_YEAR = re.compile(rf"[一二][{_DIGIT}]{{3}}(?=年)")
PUBLISHED = re.compile(
    rf"(20\d\d|二[{_DIGIT}]{{3}})年(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})月"
    r"(?:(\d{1,2}|[一二三四五六七八九十]{1,3})日)?"
)
DIGITS = str.maketrans(_DIGIT, "000123456789")
