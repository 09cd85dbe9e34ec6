"""For a while garbage is looked for seldom, and then as before; whoever switched it off is left alone."""

import gc

import pytest

from ressenti._garbage import SELDOM, garbage_put_off


@pytest.fixture(autouse=True)
def _as_it_was():
    found = gc.get_threshold()
    yield
    gc.set_threshold(*found)


@pytest.mark.parametrize(("before", "meanwhile"), [((700, 10, 10), SELDOM), ((0, 10, 10), (0, 10, 10)), ((10**6, 5, 5), (10**6, 5, 5))])
def test_thresholds(before, meanwhile):
    gc.set_threshold(*before)
    with garbage_put_off():
        assert gc.get_threshold() == meanwhile
    assert gc.get_threshold() == before


def fail():
    with garbage_put_off():
        raise KeyError


def test_after_a_failure():
    gc.set_threshold(700, 10, 10)
    with pytest.raises(KeyError):
        fail()
    assert gc.get_threshold() == (700, 10, 10)


def test_the_last_to_leave_puts_back_what_the_first_found():
    gc.set_threshold(700, 10, 10)
    first, second = garbage_put_off(), garbage_put_off()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() == SELDOM
    second.__exit__(None, None, None)
    assert gc.get_threshold() == (700, 10, 10)
