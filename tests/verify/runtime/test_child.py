"""A process that sends messages: all of them arrive, in order, and it is gone afterwards, however it ends."""

import os
import signal

import pytest

from verify.runtime.child import Child

LARGE = "x" * 3_000_000  # more than a pipe holds


def finished(child, messages):
    child.finish()
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)
    return messages


def test_messages_arrive_in_order_whatever_their_size():
    def work(send):
        send("first")
        send(LARGE)
        send({"last": (1, None)})

    child = Child(work)
    assert finished(child, list(child.messages())) == ["first", LARGE, {"last": (1, None)}]
    assert child.exit_code == 0


def test_what_was_sent_before_a_failure_counts(capfd):
    def work(send):
        send("before")
        raise ValueError

    child = Child(work)
    assert finished(child, list(child.messages())) == ["before"]
    assert child.exit_code == 1


def test_a_process_that_is_killed_says_by_what():
    child = Child(lambda send: os.kill(os.getpid(), signal.SIGXCPU))
    assert finished(child, list(child.messages())) == []
    assert child.exit_code == -signal.SIGXCPU


def test_a_process_that_does_not_end_is_ended():
    def work(send):
        send("begun")
        signal.pause()

    child = Child(work)
    messages = child.messages()
    assert next(messages) == "begun" and child.exit_code is None
    assert list(child.messages(0.05)) == [] and child.exit_code is None
    finished(child, [])
    assert child.exit_code == -signal.SIGKILL
