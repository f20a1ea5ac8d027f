"""The web application of `juesuan serve`: pages about what is stored, each number with its printed cell.

It reads schema mart as juesuan_reader. A document is found by its number, its file by the SHA-256 that is stored; files
are opened only by the confined processes that read documents.
"""

from ingest.pages.web.application import application

__all__ = ["application"]
