"""What fetching and isolation learn of the format of a file from the registry, printed as JSON.

A program of its own: `tests.recipes` runs it with the copy of the project in which a recipe was followed.
"""

import json
import sys
from pathlib import Path

from ingest.isolation.limits import Limits
from ingest.isolation.parent import for_formats_of
from ingest.sync.content import format_sent


def main(path: Path) -> None:
    sent = format_sent(path.read_bytes())
    print(json.dumps([sent.media_types, sent.suffixes, for_formats_of([path], Limits()).memory_mb]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
