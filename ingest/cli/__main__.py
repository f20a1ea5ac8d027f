"""`python -m ingest.cli` is the command juesuan."""

from ingest.cli.main import main

main()
