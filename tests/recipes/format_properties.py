"""Prints as JSON what the registry of formats gives fetching and isolation for a file.

It is run as a separate process, with the copy of the project to which the recipes were applied.
"""

import json
import sys
from pathlib import Path

from ingest.isolation.limits import Limits
from ingest.isolation.parent import for_formats
from ingest.readers.formats import ends_of
from ingest.sync.content import format_sent


def main(path: Path) -> None:
    sent = format_sent(ends_of(path.read_bytes()))
    print(json.dumps([sent.media_types, sent.suffixes, for_formats([sent], Limits()).memory_mb]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
