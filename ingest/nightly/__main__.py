"""`python -m ingest.nightly [--until-empty]`: the process `juesuan work` starts for each worker."""

import sys

from ingest.nightly.worker import main

main("--until-empty" in sys.argv[1:])
