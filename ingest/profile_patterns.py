"""How covers and captions name body, year, scope and date. Texts are squeezed (half width, no blanks)."""

import re

YEAR = r"(?P<year>(?:19|20)\d\d)年度?"
# 部门决算, 单位决算, 部门(单位)决算, 部门(汇总)决算, 本级决算
WHAT = (
    r"(?P<scope>(?:部门|单位)(?:\((?:部门|单位)\))?)?(?P<part>\(?(?:汇总|本级)\)?)?"
    r"(?:收支|财务)?(?P<kind>决算|预算)"
)
TITLES = (
    re.compile(rf"{YEAR}(?P<body>(?!度)[^年|]{{3,40}}?){WHAT}"),
    re.compile(rf"(?P<body>[^年|]{{3,40}}?){YEAR}{WHAT}"),
    re.compile(rf"{YEAR}{WHAT}(?:公开|报告|说明|情况)*(?P<body>[^年|\d]{{4,30}})(?:\||$)"),
)
NOISE_BEFORE = re.compile(r"^(?:附件[一二三四五六七八九十\d]*[:、]?|附[:、]|关于|公开|\d+[.、])+")
MARKS = re.compile(r"\((?:汇总|本级|部门|机关|含下属单位)\)|本级$")
NO_BODY = re.compile(
    r"^(?:本|我|各|该|此|某|省级|市级|区级|县级|本级)?(?:部门|单位)|^(?:万元|元|人民币)$|^预算|预算执行"
)
CAPTION = re.compile(
    r"(?:编制|填报|预算|公开)?(?:部门|单位)(?:名称)?(?:\([^)]{1,6}\))?:"
    r"(?P<body>[^:]{4,40}?)(?=(?:19|20)\d\d年|金额|\(?单位:?(?:人民币)?[百千万亿]*元|公开|$)"
)
CAPTION_YEAR = re.compile(r"^((?:19|20)\d\d)年度?$|((?:19|20)\d\d)年度")
PART_ONE = re.compile(r"第一部分(?P<body>.{4,40}?)(?:概况|基本情况|部门概况|单位概况)")
CONTENTS = re.compile(r"^目录$|^目次$|^第一部分")

_DIGIT = "〇○零一二三四五六七八九"
CHINESE_YEAR = re.compile(rf"[一二][{_DIGIT}]{{3}}(?=年)")
PUBLISHED = re.compile(
    rf"(20\d\d|二[{_DIGIT}]{{3}})年(\d{{1,2}}|[一二三四五六七八九十]{{1,3}})月"
    r"(?:(\d{1,2}|[一二三四五六七八九十]{1,3})日)?"
)
DIGITS = str.maketrans(_DIGIT, "000123456789")
