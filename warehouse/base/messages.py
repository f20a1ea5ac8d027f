"""Messages in the language of whoever runs a command: English, or Chinese by the catalogue of gettext.

The English text is the source. A program calls `speak` once, before it says anything; a library says English. No code
compares a translated text: errors are told by their class, outcomes by their code.
"""

import gettext as library
from pathlib import Path

DOMAIN = "juesuan"
FOLDER = Path(__file__).parent / "locale"  # zh/LC_MESSAGES/juesuan.po, and beside it the .mo that is made of it
_chosen: library.NullTranslations = library.NullTranslations()


def speak(language: str) -> None:
    """Says everything in this language from now on: zh or en. Without a compiled catalogue it stays English.

    click asks the gettext of the standard library, which finds the catalogue by the domain.
    """
    global _chosen
    library.bindtextdomain(DOMAIN, str(FOLDER))
    library.textdomain(DOMAIN)
    _chosen = library.translation(DOMAIN, FOLDER, [language], fallback=True)


def _(message: str) -> str:
    """The message in the language spoken. The empty text is not translated: in a catalogue it is the header."""
    return _chosen.gettext(message) if message else message


def N_(message: str) -> str:
    """Marks a message of a table or constant for the catalogue; it is translated where it is shown."""
    return message


def is_chinese() -> bool:
    """Whether messages are Chinese; then codes are shown by their label."""
    return _chosen.info().get("language") == "zh"
