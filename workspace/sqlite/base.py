"""Django's SQLite, where the transactions of this process queue up before SQLite sees them.

SQLite's own waiting is to sleep and to try again, longer each time: whoever comes later may well be first, and of eight that
write all the time one waits for seconds. Other processes still wait in that way.
"""

from typing import Any

from django.db.backends.sqlite3 import base

from workspace.sqlite.turns import Turns

_turns = Turns()


class DatabaseWrapper(base.DatabaseWrapper):
    """Has its turn from BEGIN IMMEDIATE to the end of the transaction."""

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        # Who waits in vain goes on all the same: SQLite will say what is the matter.
        self._has_turn = _turns.take(self.settings_dict["OPTIONS"].get("timeout", 5))
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._pass_on()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._pass_on()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._pass_on()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        if self._has_turn:
            self._has_turn = False
            _turns.pass_on()
