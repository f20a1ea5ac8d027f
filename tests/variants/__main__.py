"""`python -m tests.variants [WORD …]` prints the counts and errors of each variant whose name contains a word."""

import argparse
from pathlib import Path

from tests.variants.assessed_variants import (
    HEADS,
    Figures,
    assessed_variant,
    figures,
    line,
    reading_of_variant,
    summary,
)
from tests.variants.catalogue import variants
from tests.variants.variant import is_read_or_refused_by_name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--into", type=Path, help="a folder to write them to")
    parser.add_argument("--failing", action="store_true", help="only those that fail")
    asked = parser.parse_args()
    print(f"{'':44}" + "".join(f"{head:>9}" for head in HEADS))
    counted: dict[str, Figures] = {}
    for variant in variants():
        if asked.words and not any(word in variant.id for word in asked.words):
            continue
        try:
            found = assessed_variant(variant)
        except Exception as crash:  # print it and go on with the next variant
            print(f"{variant.id:44} CRASHED {crash!r}")
            continue
        counted[variant.id] = figures(found)
        if asked.into:
            asked.into.mkdir(exist_ok=True, parents=True)
            (asked.into / variant.file_name).write_bytes(variant.document())
        faults = [*found.falsehoods[:3]]
        if variant.is_refused != bool(found.refused) and variant.is_refused:
            faults.append("not refused")
        if (
            variant.legible
            and not variant.is_refused
            and not is_read_or_refused_by_name(variant, found, reading_of_variant(variant))
        ):
            faults += [f"not read, not said: {one}" for one in found.silent[:3]] or ["not read"]
        if faults or not asked.failing:
            print(line(variant.id, [counted[variant.id]]), found.refused or "", flush=True)
        for fault in faults:
            print("      ", fault[:180])
    print("\n".join(summary(counted)))


if __name__ == "__main__":
    main()
