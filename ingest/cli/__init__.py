"""The command juesuan. Only this package and ingest.nightly use both the reader and the warehouse."""

import sys

# Before anything is imported that an older Python cannot parse, and in words that every Python can.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("juesuan: needs Python 3.11 or newer, and %s is %s" % (sys.executable, sys.version.split()[0]))  # noqa: UP031
