"""The first topics of somebody who is new to PyTorch."""

from __future__ import annotations

from tensordrill.bank.contents import Content, contents
from tensordrill.bank.load import Bank
from tensordrill.bank.topic import in_order
from tensordrill.drill.newcomer import foundations


def topic(name: str, *after: str) -> Content:
    return Content(name=name, title=name, after=after, hash="", ideas=(), ids=(), was={})


def test_what_most_others_build_on_comes_first() -> None:
    topics = [
        topic("apex", "mid"),
        topic("mid", "base"),
        topic("base"),
        topic("alone"),
        topic("side", "base"),
    ]
    assert foundations(topics, 3) == ["base", "mid", "alone"]


def test_topics_that_build_on_each_other_are_no_trap() -> None:
    assert foundations([topic("one", "two"), topic("two", "one"), topic("three", "gone")], 5) == [
        "one",
        "two",
        "three",
    ]


def test_none_of_the_shipped_ones_builds_on_one_that_is_left_out(shipped_bank: Bank) -> None:
    topics = in_order(contents(shipped_bank))
    names = foundations(topics, 5)
    assert names[0] == "creation"
    assert {after for topic in topics if topic.name in names for after in topic.after} <= {*names}
