"""Characters that mean the same, made the same. Nothing here changes what is said."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

# Fonts often map 门, 车, 长 … to radicals of the block CJK Radicals Supplement, for which Unicode has
# no compatibility decomposition (EquivalentUnifiedIdeograph.txt lists them instead); the Kangxi
# radical ⼾ decomposes to the traditional 戶.
_RADICALS = str.maketrans(
    dict(
        zip(
            "⺁⺌⺍⺔⺕⺗⺠⺧⺨⺩⺫⺬⺮⺯⺰⺳⺶⺷⺸⺹⺼⺾⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻭⻮⻰⻱⼾",
            "厂小小彑彐心民牛犬王目示竹糸纟网羊羊羊老肉艹艹虎衤西西见角角讠贝足车辶辶邑钅长长长门阜阝雨青韦页风飞食食饣首马骨鬼鱼鸟卤麦黄黾齐齿齿龙龟户",
            strict=True,
        )
    )
)
_KEPT = 32768  # texts whose other form is remembered: headings, names and codes come again on every page
_COMPATIBLE = re.compile(r"[\u2f00-\u2fd5\uf900-\ufaff]")
_SAME_MARKS = str.maketrans("〔〕［］【】“”„＂'‘’＇﹣－–−－∶﹕︰", '()()()""""""""-----:::')
_PAIRS = tomllib.loads((Path(__file__).parent / "common" / "traditional.toml").read_text("utf-8"))["pairs"]
_SIMPLIFIED = {ord(letter): pair[0] for pair in _PAIRS for letter in pair[1:]}
_SAME_LETTERS = _SAME_MARKS | _SIMPLIFIED
# Put by a reader before the text of a cell whose digits reach into another; never printed.
OVERFLOW = "\ue000"
# Put by a reader before the text of a cell of which the page does not tell the number; never printed.
COVERED, STRUCK, OVERPRINTED, RAISED = "\ue001", "\ue002", "\ue003", "\ue004"
NO_RESULT, NOT_SHOWN = "\ue005", "\ue006"  # of a spreadsheet's cell
UNREAD = "\ue007"  # of a picture: there is ink in the cell, and nothing could be read
NO_UNICODE = "\ufffd"  # stands for a character of which the file does not say what it is
_UNTOLD = {
    COVERED: "此格的文字被遮盖或裁切,页面上看不见",
    STRUCK: "数字上划有删除线,所印不作数",
    OVERPRINTED: "不同的文字印在同一处,无从辨认",
    RAISED: "数字旁印有大小、高低不同的数字,无从分辨",
    NO_RESULT: "此格是公式,文件未存其结果",
    NOT_SHOWN: "此格的数字格式无从辨认,或不显示其正负,所示不能确定",
    UNREAD: "格内有墨迹,未能识别",
    NO_UNICODE: "字体没有Unicode对照,文字无从辨认",
}
_SAYS_NO_NUMBER = re.compile(f"[{''.join(_UNTOLD)}]")
_MARKS = str.maketrans("", "", OVERFLOW + COVERED + STRUCK + OVERPRINTED + RAISED + NO_RESULT + NOT_SHOWN + UNREAD)
BLANKS = "\u3000\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800"
# Control and format characters and the halves of surrogates of a broken file: nothing of them is seen on paper.
INVISIBLE = "".join(
    chr(code)
    for first, last in (
        (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C),
        (0x180B, 0x180E), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    )
    for code in range(first, last + 1)
)  # fmt: skip
_UNSEEN = str.maketrans("", "", INVISIBLE)
_NOT_AS_PRINTED = re.compile(
    f"[{''.join(map(chr, _RADICALS))}\u2f00-\u2fd5\uf900-\ufaff\ue000-\ue007{re.escape(INVISIBLE)}]"
)
_OTHERWISE = re.compile(f"[{re.escape(''.join(map(chr, _SAME_LETTERS)))}]")
_LEFT_OUT = re.compile(r"[\"·、,，。.:;：；_/—―─━–-]+")


def as_printed(text: str) -> str:
    """The text with radicals and compatibility ideographs replaced by the characters they show, and without
    what shows nothing."""
    if text.isascii() or not _NOT_AS_PRINTED.search(text):
        return text
    text = text.translate(_MARKS).translate(_RADICALS).translate(_UNSEEN)
    return _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def without_marks(text: str) -> str:
    """The text without the marks that a reader put before it."""
    return text if text.isascii() else text.translate(_MARKS)


def why_untold(text: str) -> str:
    """In words why the page does not tell the number of a cell; empty where it does."""
    found = None if text.isascii() else _SAYS_NO_NUMBER.search(text)
    return _UNTOLD[found[0]] if found else ""


def with_ascii_digits(text: str) -> str:
    """The digits of other scripts and of mathematical alphabets as 0 … 9; ① and ² stay marks."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


@lru_cache(maxsize=_KEPT)  # 17 calls per text, in every stage
def squeeze(text: str) -> str:
    """The text for comparing: half width, no white space, one form of bracket, quote and dash, simplified letters."""
    if text.isascii():
        return "".join(text.split()).replace("'", '"')
    text = "".join(unicodedata.normalize("NFKC", as_printed(text)).split())
    return text.translate(_SAME_LETTERS) if _OTHERWISE.search(text) else text  # most texts have none of them


@lru_cache(maxsize=_KEPT)  # 20 calls per text
def name_of(text: str) -> str:
    """A printed name with its white space and line breaks removed, else as printed."""
    return "".join(as_printed(text).split())


@lru_cache(maxsize=_KEPT)  # 12 calls per text
def comparable(text: str) -> str:
    """A name for matching: squeezed, and without brackets' width, quotes, dashes and 与/和 differences."""
    bare = squeeze(text)
    return (bare if bare.isalpha() else _LEFT_OUT.sub("", bare)).replace("与", "和")


def simplified(text: str) -> str:
    """The text with simplified letters: a row of a table has one key, in whichever letters its name is printed."""
    return text if text.isascii() else text.translate(_SIMPLIFIED)


_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+[、,.．，]|[(（][一二三四五六七八九十\d]+[)）][、.]?|\d{1,2}[、.．](?!\d))"
)


_FOOTNOTE = re.compile(
    r"(?<=[\u4e00-\u9fff)）])(?:[①-⑳]|[\[［【〔]\d{1,2}[\]］】〕]|[(（]?注\d{1,2}[)）]?|[*＊※]{1,3})$"
)


def without_footnote(name: str) -> str:
    """示范市第一中学① → 示范市第一中学. A bare number at the end of a name is part of it. `name` has no white space."""
    return _FOOTNOTE.sub("", name)


def without_numbering(text: str) -> str:
    """一、教育支出 → 教育支出; （一）行政单位 → 行政单位; 1.货物 → 货物. `text` has no white space."""
    while found := _NUMBERING.match(text):
        text = text[found.end() :]
    return text
