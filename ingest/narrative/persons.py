"""Named persons and telephone numbers in a sentence are not analysts' data: they are masked."""

import re

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖"
    "邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢"
    "路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边井"
)
_ALSO_WORDS = "单于常方成高向包任时安解游车房边项曲席景施强盛万"  # 因单位退休…: no 单某
_SURE = "".join(set(_SURNAMES) - set(_ALSO_WORDS))
_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐"
_NAME = rf"(?:{_DOUBLE}|[{_SURNAMES}])[一-龥]{{1,2}}"
_TITLE_BEFORE = (
    "局长|主任|科长|处长|书记|经理|校长|院长|联系人|填报人|经办人|负责人|填表人|审核人|姓名|"
    "退休干部|退休职工|退休人员|离休干部|职工|遗属|老干部"
)
_ENDS = r"(?=[,，。;；:：、()（）\s\d]|去世|病故|死亡|逝世|退休|调离|调入|调出|辞职|同志|等|的抚恤|抚恤|丧葬|$)"
_SURE_NAME = rf"(?:{_DOUBLE}|[{_SURE}])[一-龥]{{1,2}}"
_LEFT = "去世|病故|逝世|死亡|的?抚恤金|丧葬|调离|调入|调出|退休"
_SOME = "[一二三四五六七八九十两\\d]{1,3}[人名位]"
_PATTERNS = (
    (re.compile(rf"{_NAME}(?=同志|先生|女士|等{_SOME})"), "某"),
    (re.compile(rf"(?<=[（(、,，。;；:：因]){_SURE_NAME}(?={_LEFT})"), "某"),
    (re.compile(rf"(?P<keep>(?:{_TITLE_BEFORE})[:：]?){_SURE_NAME}{_ENDS}"), r"\g<keep>某"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "＊"),
    (re.compile(r"(?<!\d)0\d{2,3}[-－—]\d{7,8}(?!\d)"), "＊"),
    (re.compile(r"(?P<keep>(?:电话|手机|联系方式)[:：]?)[\d\-－—]{7,13}"), r"\g<keep>＊"),
)


def without_persons(text: str) -> str:
    """The text with persons' names as 某 and telephone numbers as ＊, where they clearly are such."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text
