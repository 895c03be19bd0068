"""File names from ids: safe everywhere, and never the same for two."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tensordrill.course.file_name import alike, file_name

NAMES = [
    pytest.param("s00001", "s00001", id="plain"),
    pytest.param("20231234", "20231234", id="number"),
    pytest.param("ada@example.org", "ada@example.org", id="address"),
    pytest.param("S1234", "S1234", id="capital"),
    pytest.param("김서연", "김서연", id="Korean"),
    pytest.param("\u1100\u1161", "가", id="Korean in pieces"),
    pytest.param("2026-가나", "2026-가나", id="Korean and a number"),
    pytest.param("a=1", "a_1==#", id="an equals sign"),
    pytest.param("가" * 60, "가" * 40 + "==#", id="too long"),
    pytest.param("../x", "___x==#", id="a folder up"),
    pytest.param("con", "con==#", id="a device of Windows"),
    pytest.param("NUL.txt", "nul_txt==#", id="a device with a suffix"),
    pytest.param(".hidden", "_hidden==#", id="a hidden file"),
]

ALIKE = [
    pytest.param(["anna", "Anna", "ben"], ["anna", "Anna=1", "ben"], id="capitals"),
    pytest.param(["aBc", "abC", "x"], ["aBc=2", "abC=4", "x"], id="other capitals"),
    pytest.param(["가", "\u1100\u1161", "나"], ["가==#", "가==#", "나"], id="compositions"),
    pytest.param(["ss", "ß"], ["ss", "ß==#"], id="one letter as two"),
]


@pytest.mark.parametrize(("students", "names"), ALIKE)
def test_only_ids_that_are_alike_have_more_than_their_name(students: list[str], names: list[str]) -> None:
    twins = alike(reversed(students))
    assert [re.sub("==[0-9a-f]{20}$", "==#", file_name(each, twins)) for each in students] == names


@pytest.mark.parametrize(("student", "name"), NAMES)
def test_names(student: str, name: str) -> None:
    assert re.sub("==[0-9a-f]{20}$", "==#", file_name(student)) == name


@given(st.text(min_size=1, max_size=100))
def test_a_name_is_safe_on_every_file_system(student: str) -> None:
    name = file_name(student)
    assert name.isprintable()
    assert not set(name) & set('/\\:*?"<>|~')
    assert not name.startswith(".")
    assert len(f".{name}.html.part".encode()) <= 255
    assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name, re.IGNORECASE)


IDS = st.one_of(
    st.text("aAbB1=._-", min_size=1, max_size=6),
    st.text("éÉ가각e\u0301\u1100\u1161 ", min_size=1, max_size=4),
)


@given(st.sets(IDS, min_size=2, max_size=30))
def test_two_ids_have_two_names_where_case_and_composition_do_not_count(students: set[str]) -> None:
    names = {
        unicodedata.normalize("NFD", file_name(student, alike(students))).casefold() for student in students
    }
    assert len(names) == len(students)


def test_ids_that_differ_only_in_case_or_composition_are_told_apart() -> None:
    students = ["anna", "Anna", "ANNA", "anna=1", "e\u0301", "é", "É", "가", "\u1100\u1161"]
    assert (
        len(
            {
                unicodedata.normalize("NFC", file_name(student, alike(students))).lower()
                for student in students
            }
        )
        == 9
    )
