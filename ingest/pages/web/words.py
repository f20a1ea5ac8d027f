"""The words of the pages in Chinese or English, file words.toml. Texts of documents are not translated."""

from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request

from ingest.pages.web.readers import Row
from warehouse.kinds.declared import read_toml
from warehouse.kinds.labels import label_of, names_another_document, number_label, row_label, table_named

FILE = Path(__file__).parent / "words.toml"
LANGUAGES = ("zh", "en")


class Words:
    """Called with a key of words.toml, it says it in its language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._number = LANGUAGES.index(language)

    def __call__(self, key: str, /, **values: object) -> str:
        return _declared()[key][self._number].format(**values)

    def label(self, column: str, code: str | None, view: str = "") -> str:
        """A code in words; nothing where there is none."""
        if not code:
            return ""
        return label_of(column, code, view) if self.language == "zh" else code.replace("_", " ")

    def title(self, document: Row) -> str:
        """Whose document it is, of which year and kind."""
        body = document["department"] or self("no_body")
        year = self("year", year=document["fiscal_year"]) if document["fiscal_year"] else self("no_year")
        return f"{body} {year}{'' if self.language == 'zh' else ' '}{self.label('document_kind', document['kind'])}"

    def news(self, document: Row) -> str:
        title = self.title(document)
        if document["news"] == "withdrawn":
            return self("withdrawn", title=title)
        return title if document["version"] == 1 else self("version_no", title=title, version=document["version"])

    def metric(self, metric: Row) -> str:
        """Codes of subjects keep the name that they have in the year."""
        is_subject = ":" in metric["metric"]
        return metric["metric_name"] if self.language == "zh" or is_subject else metric["metric"].replace("_", " ")

    def unit(self, unit: str) -> str:
        """Of a metric."""
        key = f"unit_{unit}"
        return self(key) if key in _declared() else unit

    def group(self, group: Row) -> str:
        """A kind of bodies: what they do, of which level and in which scope."""
        level, scope = (self.label(column, group[column]) for column in ("jurisdiction_level", "scope"))
        return " · ".join((group["department_kind"], level, scope))

    def number(self, number: Row) -> str:
        """Which number it is: table, row and column, or the rule, the sentence, the indicator."""
        return " ".join(str(name) for name in self._names(number) if name)

    def cell(self, place: str) -> str:
        """A number that an identity names by its place."""
        return number_label(place) if self.language == "zh" else place

    def lacks(self, place: str) -> str:
        """What is said of such a number that has no page: another document may print it."""
        return "" if names_another_document(place) else self("not_there")

    def row(self, table_code: str | None, row_key: str | None) -> str | None:
        """A row of a table, or the subject of a sentence, by its key."""
        return row_label(table_named(table_code), row_key) if row_key and self.language == "zh" else row_key

    def _names(self, number: Row) -> tuple[Any, ...]:
        match number["what"]:
            case "cell":
                return number["table_number"], number["table_name"], number["row_label"], number["measure_label"]
            case "stated":
                return self.label("kind", number["kind"]), self.row(None, number["row_label"]), number["measure_label"]
            case "doubt":
                row = self.row(number["table_code"], number["row_label"])
                return self("doubt"), self.label("what", number["doubt"]), row
            case "fact":
                return self("body"), self.label("fact", number["fact"])
            case "check":
                return number["rule_id"], number["row_label"]
            case _:
                return number["project"], number["row_label"]


def words_of(request: Request) -> Words:
    asked = request.query_params.get("lang", "")
    return Words(asked if asked in LANGUAGES else LANGUAGES[0])


@cache  # read once per process
def _declared() -> dict[str, tuple[str, str]]:
    return {key: (chinese, english) for key, (chinese, english) in read_toml(FILE).items()}
