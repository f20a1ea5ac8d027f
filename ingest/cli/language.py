"""Help and messages of click in the language of the user."""

import re
from collections.abc import Iterable
from inspect import cleandoc
from typing import Any

import click

from warehouse.base.config import language, tell_gettext
from warehouse.base.messages import N_, _, is_chinese, speak
from warehouse.kinds.labels import label_of

REQUIRED = N_("required")  # click translates it where it is shown, and marks it nowhere
WIDE = "[\u2e80-\u9fff\uff00-\uffef“”]"  # characters of two columns: Chinese and its punctuation
NO_END = re.compile(f"(?<={WIDE})(?:(?<=[（“])|(?=[，。、；：）”]))")  # no line ends there
NO_BREAK = "\N{NO-BREAK SPACE}"
JOINED = "\N{WORD JOINER}"
_sources: dict[str, str] = {}  # a text as it was shown → its English source


class HelpFormatter(click.HelpFormatter):
    """Ends lines between Chinese characters, each two columns wide: click ends them at blanks, else within a number.

    While click wraps a text, a blank stands behind each Chinese character, or where no line may end a word joiner.
    """

    def __init__(self, *settings: Any, **more: Any) -> None:
        super().__init__(*settings, **more)
        self.width -= 1  # the last character of a line has no blank behind it

    def write_text(self, text: str) -> None:
        super().write_text(_spaced(text))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_spaced(name), _spaced(text)) for name, text in rows], col_max, col_spacing)

    def getvalue(self) -> str:
        return re.sub(f"(?<={WIDE})[ {JOINED}]", "", super().getvalue()).replace(NO_BREAK, " ")


def speak_to_the_user(main: click.Command) -> None:
    """Chooses the language by JUESUAN_LANG, else the locale, and translates the help of `main` and its commands."""
    tell_gettext(language())
    speak(language())
    click.Context.formatter_class = HelpFormatter if is_chinese() else click.HelpFormatter
    _translate(main)


def texts(command: click.Command) -> list[str]:
    """Every help text of a command and of those below it, as a catalogue has it."""
    options = [option for option in command.params if isinstance(option, click.Option)]
    own = [command.help, *(text for option in options for text in (option.help, option.show_default))]
    below = command.commands.values() if isinstance(command, click.Group) else ()
    said = [text for text in own if isinstance(text, str) and text]
    return [*map(cleandoc, said), *(text for one in below for text in texts(one))]


def coded(column: str, code: str) -> str:
    """The code of a column, in Chinese its label."""
    return label_of(column, code) if is_chinese() else code


def _spaced(text: str) -> str:
    if not re.search(WIDE, text):
        return text
    return re.sub(f"(?<={WIDE})(?!{JOINED})", " ", NO_END.sub(JOINED, text.replace(" ", NO_BREAK)))


def _translate(command: click.Command) -> None:
    command.help = _said(command.help)
    for option in command.params:
        if isinstance(option.type, click.Path):
            option.type.name = _said(option.type.name) or ""  # chosen when the module was loaded
        if isinstance(option, click.Option):
            option.help = _said(option.help)
            if isinstance(option.show_default, str):
                option.show_default = _said(option.show_default)
    for one in command.commands.values() if isinstance(command, click.Group) else ():
        _translate(one)


def _said(text: str | None) -> str | None:
    if not text:
        return text
    source = _sources.get(text, cleandoc(text))
    said = _(source)
    _sources[said] = source
    return said
