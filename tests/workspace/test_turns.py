import contextlib
import threading

from django.db import IntegrityError, connection, transaction

from workspace.sqlite.turns import Turns


def test_turns_come_in_the_order_in_which_they_were_asked_for():
    turns, order, asked = Turns(), [], []
    assert turns.take(1)

    def write(number: int) -> None:
        assert turns.take(20)
        order.append(number)
        turns.pass_on()

    for number in range(20):
        asked.append(threading.Thread(target=write, args=[number]))
        asked[-1].start()
        while len(turns._waiting) <= number:
            threading.Event().wait(0.001)
    turns.pass_on()
    for thread in asked:
        thread.join(20)
    assert order == list(range(20))
    assert turns.take(0), "nobody has it any more"


def test_who_waits_in_vain_is_told_so_and_stands_in_nobodys_way():
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0.01)
    turns.pass_on()
    assert turns.take(0)


def test_a_transaction_has_its_turn_and_gives_it_back_however_it_ends(transactional_db):
    if connection.vendor != "sqlite":
        return
    for error in (None, IntegrityError, KeyboardInterrupt):
        with contextlib.suppress(IntegrityError, KeyboardInterrupt), transaction.atomic():
            assert connection._has_turn
            if error:
                raise error
        assert not connection._has_turn
