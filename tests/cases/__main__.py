"""`python -m tests.cases` prints a line of counts for each document of the cases, to compare two commits."""

from tests.assessment import Assessment
from tests.cases.cases import inputs

# wrong: a wrong value with the status as_printed; repaired, in doubt: a wrong value with that status; broken: an
# identity that holds and is reported as broken; silent: missing from a table that is reported as complete.
HEADS = ("right", "doubt", "miss", "wrong", "repaired", "in doubt", "broken", "unacc.", "silent")


def line(name: str, assessed: Assessment) -> str:
    unaccounted = "-" if assessed.unaccounted is None else assessed.unaccounted
    figures = (
        assessed.right,
        assessed.doubtful,
        assessed.missing,
        len(assessed.wrong_as_printed),
        len(assessed.wrong_repaired),
        len(assessed.wrong_doubtful),
        len(assessed.false_broken),
        unaccounted,
        len(assessed.silent),
    )
    refused = f"  refused {assessed.refused.split(':')[0]}" if assessed.refused else ""
    return f"{name:70}" + "".join(f"{figure:>9}" for figure in figures) + refused


def main() -> None:
    print(f"{'':70}" + "".join(f"{head:>9}" for head in HEADS))
    for one in inputs():
        print(line(one.name, one.assessed()), flush=True)


if __name__ == "__main__":
    main()
