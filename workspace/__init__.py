"""The ground that all apps stand on (projects, members, the log) and the roof that joins them (settings, urls, asgi)."""

import sys

try:
    # Python 3.11 may be linked with an SQLite that can corrupt a write-ahead log (sqlite.org/wal.html#walresetbug).
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
except ImportError:  # no wheel for this platform: the standard library's SQLite serves
    pass
