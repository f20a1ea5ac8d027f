"""`python -m ingest.work [--until-empty]`: the process `juesuan work` starts for each worker."""

import sys

from ingest.work.worker import main

main("--until-empty" in sys.argv[1:])
