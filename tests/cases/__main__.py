"""`python -m tests.cases`: one line for each document of the cases, to lay two commits side by side."""

from tests.cases.cases import inputs
from tests.judged import Judged

# wrong: a false number shown as printed; repaired, in doubt: a false number with that status; broken: falsely accused;
# silent: missing from a table that claims to be whole.
HEADS = ("right", "doubt", "miss", "wrong", "repaired", "in doubt", "broken", "unacc.", "silent")


def line(name: str, judged: Judged) -> str:
    unaccounted = "-" if judged.unaccounted is None else judged.unaccounted
    figures = (
        judged.right,
        judged.doubtful,
        judged.missing,
        len(judged.wrong_as_printed),
        len(judged.wrong_repaired),
        len(judged.wrong_doubtful),
        len(judged.false_broken),
        unaccounted,
        len(judged.silent),
    )
    refused = f"  refused {judged.refused.split(':')[0]}" if judged.refused else ""
    return f"{name:70}" + "".join(f"{figure:>9}" for figure in figures) + refused


def main() -> None:
    print(f"{'':70}" + "".join(f"{head:>9}" for head in HEADS))
    for one in inputs():
        print(line(one.name, one.judged()), flush=True)


if __name__ == "__main__":
    main()
