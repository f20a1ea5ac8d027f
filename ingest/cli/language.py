"""Help and messages of click in the language of the user."""

from inspect import cleandoc

import click

from warehouse.base.config import language, tell_gettext
from warehouse.base.messages import _, is_chinese, speak
from warehouse.kinds.labels import label_of

_sources: dict[str, str] = {}  # a text as it was shown → its English source


def speak_to_the_user(main: click.Command) -> None:
    """Chooses the language by JUESUAN_LANG, else the locale, and translates the help of `main` and its commands."""
    tell_gettext(language())
    speak(language())
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
