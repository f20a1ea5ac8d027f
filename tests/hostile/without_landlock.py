"""A server of readers as on a kernel without Landlock."""

from ingest.isolation import landlock, server

if __name__ == "__main__":
    landlock.version = lambda: 0
    server.main()
