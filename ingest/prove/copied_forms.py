"""Self-evaluation forms that several files of one disclosure print: each is taken once.

They are taken from the file about whose forms there are the fewest doubts, and from the others those that it does not
hold: of another name and other money. Where the money or the score of a form differs, a doubt shows both.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from warehouse.kinds.characters import comparable
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt, PerformanceProject

COMPARED = ("initial_budget", "adjusted_budget", "executed", "total_score")
Projects = Sequence[PerformanceProject]


def forms_once(
    projects: Projects, doubts: Sequence[Doubt], names: Mapping[int, str]
) -> tuple[list[PerformanceProject], list[Doubt]]:
    """The forms without those that come again in another file, and the doubts about what is taken or differs."""
    doubted = Counter(doubt.place.file_no for doubt in doubts)
    files = sorted({one.place.file_no for one in projects}, key=lambda file_no: (doubted[file_no], file_no))
    kept: list[PerformanceProject] = []
    pairs: list[tuple[PerformanceProject, PerformanceProject]] = []
    for file_no in files:
        own = [one for one in projects if one.place.file_no == file_no]
        before = [(one, _before(one, kept)) for one in own]
        pairs += ((one, other) for one, other in before if other)
        kept += (one for one, other in before if other is None)
    if not pairs:
        return list(projects), list(doubts)
    of_kept = {one.place.file_no for one in kept}
    about = [doubt for doubt in doubts if doubt.place.file_no in of_kept]
    differing = (doubt for one, other in pairs for doubt in _differs(one, other, names))
    return sorted(kept, key=lambda one: one.place.order), [*about, *differing]


def _before(one: PerformanceProject, taken: Projects) -> PerformanceProject | None:
    """The same form, of those of the files before: by its name, or else by its money."""
    same = [other for other in taken if other.kind == one.kind]
    named = next((other for other in same if comparable(other.project) == comparable(one.project)), None)
    alike = [other for other in same if _money(other) == _money(one)] if _money(one) else []
    return named or (alike[0] if len(alike) == 1 else None)


def _money(project: PerformanceProject) -> tuple[object, ...] | None:
    """What tells a form whose name is damaged; None where it prints no money."""
    money = (project.adjusted_budget, project.executed)
    return money if all(money) else None


def _differs(one: PerformanceProject, taken: PerformanceProject, names: Mapping[int, str]) -> Iterator[Doubt]:
    for field in COMPARED:
        own, other = getattr(one, field), getattr(taken, field)
        if own != other:
            reason = (
                f"绩效自评表“{one.project}”的{field}在“{names[one.place.file_no]}”为{_said(own)},"
                f"在“{names[taken.place.file_no]}”为{_said(other)},取后者"
            )
            yield Doubt(DoubtKind.COPY_DIFFERS, reason, printed=_said(own), taken_as=_said(other), place=one.place)


def _said(value: object) -> str:
    return "空" if value is None else str(value)
