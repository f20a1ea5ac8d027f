"""Files under their SHA-256 on storage that several machines reach without a shared disk: S3 and the like, by fsspec.

The address is one that fsspec understands, such as s3://bucket/folder; keys and the address of the service are set as
its libraries want it (AWS_ACCESS_KEY_ID, FSSPEC_S3_ENDPOINT_URL …).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from warehouse.base.config import Settings
from warehouse.base.errors import StoreUnusable

CHUNK = 1 << 20  # bytes


def store_of(settings: Settings) -> "Store | None":
    """The store that is set, if one is."""
    return Store(settings.archive_store) if settings.archive_store else None


class Store:
    """Raises StoreUnusable where the storage does not answer or cannot be written."""

    def __init__(self, url: str):
        self.url = url
        with self._faults():
            from fsspec.core import url_to_fs  # needed only where a store is set

            self._files, self._root = url_to_fs(url)

    def holds(self, sha256: str) -> bool:
        with self._faults():
            return bool(self._files.exists(self._key(sha256)))

    def put(self, sha256: str, file: Path) -> None:
        """Copies a file into the store unless it is there. It has its name only when it is complete."""
        if self.holds(sha256):
            return
        key = self._key(sha256)
        unfinished = f"{key}.{uuid4().hex[:8]}"
        with self._faults():
            self._files.makedirs(key.rpartition("/")[0], exist_ok=True)
            self._files.put_file(str(file), unfinished)
            self._files.mv(unfinished, key)

    def bring(self, sha256: str, to: Path) -> None:
        """Copies a file to this machine. Raises FileNotFoundError, and StoreUnusable for bytes with another SHA-256."""
        to.parent.mkdir(parents=True, exist_ok=True)
        unfinished = to.with_name(f"{to.name}.{uuid4().hex[:8]}")
        try:
            digest = hashlib.sha256()
            with self._faults(), self._files.open(self._key(sha256), "rb") as source, unfinished.open("wb") as target:
                while piece := source.read(CHUNK):
                    digest.update(piece)
                    target.write(piece)
            if digest.hexdigest() != sha256:
                raise StoreUnusable(f"{self.url}: {sha256} has the bytes of another file")
            unfinished.rename(to)
        finally:
            unfinished.unlink(missing_ok=True)

    def remove(self, sha256: str) -> None:
        with self._faults(), suppress(FileNotFoundError):
            self._files.rm_file(self._key(sha256))

    def _key(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256[2:]}"

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """What the libraries of a service raise are no classes that are known here; each is a fault of the machine."""
        try:
            yield
        except (FileNotFoundError, StoreUnusable):
            raise
        except Exception as error:
            raise StoreUnusable(f"{self.url}: {type(error).__name__}: {error}") from error
