"""`python -m ingest.nightly [--until-empty] [--converted FOLDER]`: what `juesuan work` starts for each worker."""

import argparse
from pathlib import Path

from ingest.nightly.worker import main

parser = argparse.ArgumentParser()
parser.add_argument("--until-empty", action="store_true")
parser.add_argument("--converted", type=Path)
asked = parser.parse_args()
main(asked.until_empty, asked.converted)
