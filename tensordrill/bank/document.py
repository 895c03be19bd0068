"""YAML 1.2's core schema with positions: plain values, or one exact sentence and where.

`no` is a word, `1:2` and `010` are not numbers; aliases, tags and duplicate keys are refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from yaml._yaml import CParser
from yaml.resolver import BaseResolver

from tensordrill.bank.sources import broken_archive
from tensordrill.errors import FileProblems
from tensordrill.messages import Message, Name, message

if TYPE_CHECKING:
    from tensordrill.bank.sources import File

MAX_BYTES = 4_000_000
MAX_DEPTH = 40
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that could steer a terminal, and marks that show a text in another order than it is run
(https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters). A tab and a line's end are fine."""

_TAG = "tag:yaml.org,2002:"
_FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z|[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z"


class _Core(BaseResolver):
    """YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#103-core-schema), but a number has no leading zero."""


for _name, _pattern, _first in (
    ("null", r"(?:~|null|Null|NULL|)\Z", ["~", "n", "N", ""]),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)\Z", list("tTfF")),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,17})\Z", list("-+0123456789")),
    ("float", rf"(?![-+]?0[0-9])(?:{_FLOAT})", list("-+0123456789.")),
):
    _Core.add_implicit_resolver(_TAG + _name, re.compile(_pattern), _first)


_CORE = _Core()
_TAGS: dict[type[yaml.Node], frozenset[str]] = {
    yaml.MappingNode: frozenset({_TAG + "map"}),
    yaml.SequenceNode: frozenset({_TAG + "seq"}),
    yaml.ScalarNode: frozenset(_TAG + name for name in ("str", "int", "float", "bool", "null")),
}
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML does not allow: https://yaml.org/spec/1.2.2/#51-character-set."""


class _Parser(CParser, _Core):
    def __init__(self, stream: str) -> None:
        CParser.__init__(self, stream)
        _Core.__init__(self)


class Problem(NamedTuple):
    """One thing that is wrong with a file, and where."""

    place: str
    what: str | Message

    @property
    def line(self) -> Message:
        """The line of a list of problems."""
        return message("in-file", file=self.place, problem=self.what)


class FilePlace(NamedTuple):
    """A node of a file, or a line of its text, from which the places below it are found."""

    path: File
    node: yaml.Node
    below: int = 0
    """Lines below the node's start."""

    def __str__(self) -> str:
        mark = self.node.start_mark
        if not self.below:
            return f"{self.path}:{mark.line + 1}:{mark.column + 1}"
        line = self.path.read_text(encoding="utf-8-sig").splitlines()[mark.line + self.below]
        return f"{self.path}:{mark.line + 1 + self.below}:{len(line) - len(line.lstrip()) + 1}"

    def line(self, number: int) -> FilePlace:
        """Return the place of a line of a block text (`|`), counted from 1; any other text's own place."""
        is_block = isinstance(self.node, yaml.ScalarNode) and self.node.style == "|"
        is_inside = is_block and 0 < number <= len(self.node.value.splitlines())
        return self._replace(below=number) if is_inside else self

    def at(self, *keys: str | int) -> FilePlace:
        """Return the place of the deepest of these keys that is there."""
        node = self.node
        for key in keys:
            below = _child(node, key)
            if below is None:
                break
            node = below
        return FilePlace(self.path, node)

    def problem(self, name: Name, /, **values: object) -> Problem:
        """Return the problem of this place that a message says."""
        return Problem(str(self), message(name, **values))

    def key(self, name: str) -> FilePlace:
        """Return the place of the key itself rather than of its value."""
        for key, _ in self.node.value if isinstance(self.node, yaml.MappingNode) else ():
            if key.value == name:
                return FilePlace(self.path, key)
        return self


class Document(NamedTuple):
    """A file's plain value and the place of its root."""

    value: Any
    place: FilePlace


def read(path: File, start: str = "tensordrill bank new TOPIC") -> Document:
    """Read one YAML file; `start` is the command that writes one, for whoever has an empty file.

    Raises FileProblems with file:line:column for anything that is not plain YAML data.
    """
    text = _text(path)
    if text.count("[") + text.count("{") > 2000 or any(len(line) > 2000 for line in text.splitlines()):
        _refuse_deep(path, text)
    parser = _Parser(text)
    try:
        node = parser.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark, what = _slip(text, error)
        where = f"{path}:{_line_and_column(mark)}"
        raise _broken(where, what) from error
    except yaml.reader.ReaderError as error:
        match = _UNPRINTABLE.search(text)
        at = match.start() if match else 0
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        raise _broken(f"{path}:{line}:{column}", message("yaml-control-here")) from error
    finally:
        parser.dispose()
    if node is None:
        raise FileProblems([message("file-empty", path=path, start=start)])
    problems: list[Problem] = []
    value = _Values(path, problems).value(node, 0)
    if problems:
        raise FileProblems([problem.line for problem in problems])
    return Document(value, FilePlace(path, node))


def _line_and_column(mark: Any) -> str:
    return f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"


def _broken(where: str, what: str | Message) -> FileProblems:
    return FileProblems([Problem(where, message("yaml-broken", what=what)).line])


def _text(path: File) -> str:
    try:
        if path.exists() and not path.is_file():
            raise FileProblems([message("file-no-file", path=path)])
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileProblems([message("file-unreadable", path=path, reason=error.strerror)]) from error
    except broken_archive() as error:
        raise FileProblems([message("file-damaged", path=path)]) from error
    if len(data) > MAX_BYTES:
        raise FileProblems([message("file-too-large", path=path, most=MAX_BYTES)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise FileProblems([message("file-not-utf-8", place=f"{path}:{line}:{column}")]) from error


def _slip(text: str, error: yaml.MarkedYAMLError) -> tuple[Any, str | Message]:
    """Return where the slip behind a parser's error is, and a sentence: the parser stops where it can't go on.

    A quote or bracket that is left open swallows what follows, so its own place is named.
    """
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    lines = text.splitlines()
    begins = lines[mark.line][mark.column : mark.column + 1] if mark and mark.line < len(lines) else ""
    if begins == "`":
        return mark, message("yaml-backtick")
    if begins == "\t":
        return mark, message("yaml-tab")
    if mark and context and error.context in _OPENED:
        opening = lines[context.line][context.column : context.column + 1]
        if context.line != mark.line or mark.index == len(text.rstrip("\r\n")):
            return context, message("yaml-open", opening=opening)
        if opening in "[{":
            closing = "]" if opening == "[" else "}"
            return mark, message("yaml-comma", closing=closing)
    return mark, " ".join(filter(None, (error.context, error.problem)))


_OPENED = frozenset(
    ("while scanning a quoted scalar", "while parsing a flow sequence", "while parsing a flow mapping")
)


def _refuse_deep(path: File, text: str) -> None:
    """Raise FileProblems where a text nests too deep: by thousands, libyaml's composer overflows the stack."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Parser):  # type: ignore[arg-type]  # a CParser, as CLoader is
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                where = f"{path}:{_line_and_column(event.start_mark)}"
                raise FileProblems([Problem(where, message("yaml-deep", most=MAX_DEPTH)).line])
    except yaml.YAMLError:
        return  # composing the text reports the problem with its place


class _Values:
    """The plain values of nodes; every problem on the way is noted."""

    def __init__(self, path: File, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.met: set[int] = set()

    def value(self, node: yaml.Node, depth: int, parent: yaml.Node | None = None) -> Any:
        if id(node) in self.met:
            return self.problem(parent or node, "yaml-alias")
        self.met.add(id(node))
        if node.tag not in _TAGS[type(node)]:
            return self.problem(node, "yaml-tag", tag=node.tag)
        if depth + isinstance(node, yaml.CollectionNode) > MAX_DEPTH:
            return self.problem(node, "yaml-deep", most=MAX_DEPTH)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1, node) for item in node.value]
        return self.scalar(node)

    def mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.problem(key, "yaml-key-word")
                continue
            if key.value in result:
                self.problem(key, "yaml-key-twice", key=key.value)
            result[key.value] = self.value(item, depth + 1, key)
        return result

    def scalar(self, node: yaml.Node) -> Any:
        text, tag = node.value, node.tag.removeprefix(_TAG)
        if _CONTROL.search(text):
            return self.problem(node, "yaml-control")
        if tag == "str":
            return text
        if node.tag != _CORE.resolve(yaml.ScalarNode, text, (True, False)):  # type: ignore[no-untyped-call]
            return self.problem(node, "yaml-tag-value", text=text, tag=tag)
        if tag == "int":
            return int(text)
        if tag == "float":
            return float(text.replace(".inf", "inf").replace(".nan", "nan"))
        if tag == "bool":
            return text[0] in "tT"
        return None

    def problem(self, node: yaml.Node, name: Name, **values: object) -> None:
        self.problems.append(FilePlace(self.path, node).problem(name, **values))


def _child(node: yaml.Node, key: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == str(key)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        below: yaml.Node = node.value[key]
        return below
    return None
