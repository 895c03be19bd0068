"""The schema of a topic file as typed structs; `bank schema` prints them as JSON Schema.

Every string is a Jinja2 template over the draw's parameters, unless its field says otherwise.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, TypeVar

from msgspec import Meta, Struct, field

from tensordrill.messages import Message, message
from tensordrill.messages import Name as Sentence

FORMAT = 1
BLANK = "____"

_KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"


def _about(description: str, **limits: Any) -> Meta:
    """Return the description that the JSON Schema has of a field, with its limits."""
    return Meta(description=description, **limits)


Name = Annotated[str, _about("words in kebab-case", pattern=_KEBAB)]
Language = Literal["en", "ko"]
Facet = Literal["shape", "values", "dtype", "stride", "contiguous", "memory", "grad", "changed"]
PlainType = Literal["shape", "int", "float", "bool", "dtype", "tensor", "tuple", "text", "line", "output"]
AnswerType = Literal[
    PlainType, "none-or-shape", "none-or-int", "none-or-float", "none-or-bool", "none-or-dtype", "none-or-tensor",
    "none-or-tuple", "none-or-text",
]  # fmt: skip
Form = Literal["expression", "statements", "function", "class"]

REPLACED = ("code", "given", "ask", "which", "picks", "order", "answer")
"""The fields that a misconception may replace."""
RESERVED = frozenset({"key", "got", "raised"})
TEMPLATE_WORDS = frozenset(
    {"and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "self", "loop"}
)

_PARAMETER = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_RAISED = re.compile(r"\braised\b")


class Invalid(ValueError):  # noqa: N818 (what a value is)
    """A value that its struct refuses, with the reason; msgspec keeps it as the cause of its own error."""

    def __init__(self, name: Sentence, /, **values: object) -> None:
        self.problem = message(name, **values)
        super().__init__(self.problem.text("en"))


def _refuse(is_wrong: bool, name: Sentence, /, **values: object) -> None:
    """Raise Invalid where something is wrong."""
    if is_wrong:
        raise Invalid(name, **values)


class _Strict(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Localized(_Strict, frozen=True, kw_only=True):
    """One text in both languages."""

    en: str | None = None
    ko: str | None = None

    def __post_init__(self) -> None:
        _refuse(self.en is None and self.ko is None, "text-languages")


Text: TypeAlias = str | Localized
Bound: TypeAlias = int | str
Range: TypeAlias = tuple[Bound, Bound]


class Ints(_Strict, frozen=True, kw_only=True):
    """A list of integers, each drawn from `from` (inclusive)."""

    count: Annotated[Bound, _about("how many; an expression over earlier parameters may stand here")]
    range: Range = field(name="from")
    distinct: bool = False


class Sizes(_Strict, frozen=True, kw_only=True):
    """A shape: `rank` sizes drawn from `from` (inclusive), `ones` of them replaced by 1."""

    rank: Annotated[Bound | Range, _about("how many dims, or an inclusive range of it")]
    range: Range = field(name="from")
    distinct: Annotated[bool, _about("no size occurs twice (the ones excepted)")] = False
    ones: Annotated[Bound | Range, _about("how many dims of size 1, at drawn places")] = 0


class Draw(_Strict, frozen=True, kw_only=True):
    """The distribution of one parameter: exactly one of these keys."""

    int: Annotated[Range | None, _about("an integer between two bounds, both possible")] = None
    ints: Ints | None = None
    choice: Annotated[
        tuple[Any, ...] | str | None, _about("one of these; mappings and templates may be listed")
    ] = None
    sizes: Sizes | None = None
    permutation: Annotated[Bound | None, _about("a tuple of 0 … n-1 in a drawn order")] = None

    def __post_init__(self) -> None:
        if sum(getattr(self, name) is not None for name in self.__struct_fields__) != 1:
            kinds = ", ".join(f"`{name}`" for name in self.__struct_fields__)
            raise Invalid("draw-one-key", kinds=kinds)
        _refuse(self.choice is not None and not self.choice, "draw-choice-empty")


Parameter: TypeAlias = Draw | str | int | float | bool | list[Any]
"""A draw, or (a string) an expression over the parameters above it, or a constant.

The strings in a list are templates, as they are in a `choice`.
"""
Draws: TypeAlias = dict[str, Parameter]
Setup = Annotated[str, _about("runs before `given`, is not shown, and its calls never count")]
Given = Annotated[str, _about("set-up, shown and run before `code`")]
Forbid = Annotated[tuple[str, ...], _about("torch functions that must not be called", min_length=1)]
Only = Annotated[tuple[str, ...], _about("the only torch functions that may be called", min_length=1)]


After = Annotated[tuple[Name, ...], _about("topics of the bank that this one builds on")]


def _check_names(draw: Draws) -> None:
    for name in draw:
        _refuse(name in RESERVED, "parameter-text", name=name)
        _refuse(name.lower() in TEMPLATE_WORDS, "parameter-word", name=name)
        _refuse(not _PARAMETER.match(name), "parameter-letters", name=name)


class Misconception(_Strict, frozen=True, kw_only=True):
    """A wrong program: the fields it replaces, and why somebody believes it."""

    id: Name | None = None
    idea: Annotated[Name | None, _about("an idea of `ideas.yaml`; else the own `id` is one")] = None
    when: Annotated[
        str | None, _about("an expression: the draws on which it is wrong; in predict it may use `raised`")
    ] = None
    code: Annotated[
        str | tuple[str, ...] | None,
        _about(
            f"the wrong code, solution or filling; of several blanks a list, `{BLANK}` where one is right"
        ),
    ] = None
    given: str | None = None
    ask: str | None = None
    which: Annotated[str | None, _about("a wrong test in place of the right one")] = None
    picks: Annotated[tuple[int, ...] | None, _about("the options picked, counted from 1 as written")] = None
    order: Annotated[
        tuple[int, ...] | None,
        _about("the lines taken, counted from 1 as written, those that belong nowhere after the others"),
    ] = None
    answer: Annotated[str | None, _about("what is typed, where no program says it")] = None
    title: Annotated[Text | None, _about("the wrong idea in words, where `ideas.yaml` has none")] = None
    because: Text | None = None

    def __post_init__(self) -> None:
        _refuse(self.id is None and self.idea is None, "misconception-nameless")
        _refuse(self.idea is not None and self.title is not None, "misconception-title")
        if all(getattr(self, name) is None for name in REPLACED):
            *fields, last = (f"`{name}`" for name in REPLACED)
            names = message("or", one=", ".join(fields), other=last)
            raise Invalid("misconception-replaces", fields=names)

    @property
    def name(self) -> str:
        """The idea's name, or the own id where no idea is named."""
        return self.idea or self.id or ""

    @property
    def waits_for_the_run(self) -> bool:
        """Whether `when` speaks of what the question's own program raises."""
        return self.when is not None and bool(_RAISED.search(self.when))


class Question(_Strict, frozen=True, kw_only=True):
    """The fields that all kinds of question share; `replaceable` lists those that a misconception may replace."""

    replaceable: ClassVar[frozenset[str]] = frozenset()

    id: Name
    level: Annotated[Literal[1, 2, 3], _about("1 recall, 2 apply, 3 analyse")] = 1
    draw: Draws = {}
    where: Annotated[tuple[str, ...], _about("expressions that every draw satisfies")] = ()
    setup: Setup = ""
    given: Given = ""
    task: Annotated[Text | None, _about("the question in words")] = None
    because: Annotated[Text | None, _about("why the key is the key; may use key, got, raised")] = None
    hints: tuple[Text, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    source: Annotated[str | None, _about("the page that the fact comes from")] = None
    torch: Annotated[
        str | None, _about("versions of torch that have the question, as `>=2.4`; left out under others")
    ] = None
    constant: Annotated[bool, _about("the key is meant to be the same on every draw")] = False
    was: Annotated[
        str | tuple[str, ...],  # of `Name` in this union msgspec 0.22 frees what is in use
        _about(
            "the id it had before; of several a list, the latest first",
            extra_json_schema={"pattern": _KEBAB, "items": {"type": "string", "pattern": _KEBAB}},
        ),
    ] = ()

    @property
    def former(self) -> tuple[str, ...]:
        """The ids it had before, the latest first."""
        return (self.was,) if isinstance(self.was, str) else self.was

    def __post_init__(self) -> None:
        _check_names(self.draw)
        for former in self.former:
            _refuse(not re.match(_KEBAB, former), "was-no-id", former=former)
        for misconception in self.misconceptions:
            for name in REPLACED:
                if getattr(misconception, name) is not None and name not in self.replaceable:
                    allowed = ", ".join(f"`{field}`" for field in REPLACED if field in self.replaceable)
                    raise Invalid(
                        "misconception-replaces-other", name=misconception.name, field=name, fields=allowed
                    )
            if misconception.waits_for_the_run and not isinstance(self, Predict):
                raise Invalid("misconception-raised", name=misconception.name)
            if isinstance(misconception.code, tuple) and not isinstance(self, Fill):
                raise Invalid("misconception-list", name=misconception.name)


class Predict(Question, frozen=True, kw_only=True):
    """A question for the value of `ask` after the program ran; `raises` is always a possible answer."""

    replaceable = frozenset({"code", "given", "ask", "answer"})

    code: str = ""
    ask: Annotated[str, _about("a Python expression, or `line`, `warns` or `output`")]
    type: Annotated[AnswerType | None, _about("the kind of answer, where `ask` does not tell")] = None

    def __post_init__(self) -> None:
        super().__post_init__()
        _refuse(not self.given and not self.code, "predict-program")
        _refuse(self.type == "output" and self.ask != "output", "predict-output")


class Compared(Question, frozen=True, kw_only=True):
    """The fields of questions whose answer is code that runs beside a solution."""

    replaceable = frozenset({"code", "given"})

    must: tuple[Facet, ...] = ("shape", "dtype", "values")
    also_on: Annotated[tuple[str, ...], _about("awkward operands, each in place of `given`")] = ()
    forbid: Forbid = ()
    only: Only = ()
    ask: Annotated[str | None, _about("what is compared; `it` is the expression's value")] = None

    def __post_init__(self) -> None:
        super().__post_init__()
        _refuse(bool(self.forbid and self.only), "forbid-and-only")


class Write(Compared, frozen=True, kw_only=True):
    """A question for code: it is run beside the solution and compared on the facets in `must`."""

    solution: str
    write: Form
    signature: Annotated[str | None, _about("a function's signature, as `outer(a, b)`")] = field(
        default=None, name="def"
    )
    class_header: Annotated[str | None, _about("a class's header, as `Net(nn.Module)`")] = field(
        default=None, name="class"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        _refuse(self.task is None, "write-task")
        _refuse((self.write == "function") != (self.signature is not None), "write-def")
        _refuse((self.write == "class") != (self.class_header is not None), "write-class")
        _refuse(self.write == "class" and self.ask is None, "write-class-ask")
        if self.write == "statements" and self.ask is None and set(self.must) != {"changed"}:
            raise Invalid("write-statements-ask")

    @property
    def name(self) -> str:
        """The name of the function or class that is asked for."""
        return (self.signature or self.class_header or "").partition("(")[0].strip()

    @property
    def head(self) -> str:
        """The line that a function or class begins with."""
        return f"class {self.class_header}:" if self.write == "class" else f"def {self.signature}:"


class Fill(Compared, frozen=True, kw_only=True):
    """One blank or several; all fillings that make the program behave like the solution are right."""

    fill: Annotated[str, _about(f"code with a blank `{BLANK}`, or with several")]
    solution: Annotated[str | tuple[str, ...], _about("of several blanks a list, in their order")]

    def __post_init__(self) -> None:
        super().__post_init__()
        blanks = self.fill.count(BLANK)
        _refuse(not blanks, "fill-blank", blank=BLANK)
        self._check_fillings(message("the-solution"), self.solution, blanks)
        for misconception in self.misconceptions:
            if misconception.code is not None:
                self._check_fillings(
                    message("the-misconception", name=misconception.name), misconception.code, blanks
                )
        _refuse(self.task is None, "fill-task")

    @staticmethod
    def _check_fillings(what: Message, fillings: str | tuple[str, ...], blanks: int) -> None:
        _refuse(blanks == 1 and not isinstance(fillings, str), "fill-one", what=what)
        if blanks > 1 and (isinstance(fillings, str) or len(fillings) != blanks):
            raise Invalid("fill-several", what=what, count=blanks, blank=BLANK)

    @property
    def fillings(self) -> tuple[str, ...]:
        """The solution, blank by blank."""
        return (self.solution,) if isinstance(self.solution, str) else self.solution


class Which(Question, frozen=True, kw_only=True):
    """Several options, each one run; pick those for which the test holds."""

    replaceable = frozenset({"code", "given", "which", "picks"})

    which: Annotated[str, _about("a test of `it`, `raised` and the given names")]
    options: Annotated[tuple[str, ...], _about("expressions or statements, each run afresh", min_length=2)]
    code: str = ""
    show: Annotated[int, _about("how many of the options are shown", ge=2)] | None = None
    always: Annotated[
        tuple[int, ...], _about("options that are among the shown ones, counted from 1 as written")
    ] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.show is not None and self.show > len(self.options):
            raise Invalid("which-show", show=self.show, count=len(self.options))
        _refuse(bool(self.always) and len(self.always) >= (self.show or 0), "which-always")


class Order(Compared, frozen=True, kw_only=True):
    """Lines to be put in order; every order that makes the program behave like the one written is right."""

    replaceable = frozenset({"order"})

    order: Annotated[
        tuple[str, ...], _about("the lines in a right order; one may be a block of several", min_length=2)
    ]
    distractors: Annotated[tuple[str, ...], _about("lines that belong nowhere")] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        _refuse(self.task is None, "order-task")
        _refuse(self.ask is None and set(self.must) != {"changed"}, "order-ask")


AnyQuestion: TypeAlias = Predict | Write | Fill | Which | Order
KINDS: dict[str, type[Predict] | type[Write] | type[Fill] | type[Which] | type[Order]] = {
    "write": Write,
    "fill": Fill,
    "which": Which,
    "order": Order,
    "predict": Predict,
}
"""A question is of the first kind whose key it has; `predict` is what remains."""

_Q = TypeVar("_Q", bound=Question)


def as_kind(question: Question, kind: type[_Q]) -> _Q:
    """Return the question, of which the registry of kinds guarantees the kind, with that type."""
    assert isinstance(question, kind)
    return question


class Defaults(_Strict, frozen=True, kw_only=True):
    """Fields that a topic gives to all its questions; `inheritance` says how a question has its own."""

    setup: Setup = ""
    given: Given = ""
    draw: Annotated[Draws, _about("drawn before a question's own parameters")] = {}
    forbid: Forbid = ()
    only: Only = ()

    def __post_init__(self) -> None:
        _check_names(self.draw)
        _refuse(bool(self.forbid and self.only), "topic-forbid-and-only")


class Intro(_Strict, frozen=True, kw_only=True):
    """One worked example, shown before a topic's first question; torch fills in the value of `ask`."""

    text: Text
    given: str
    ask: str


class Idea(_Strict, frozen=True, kw_only=True):
    """A wrong idea behind misconceptions of several questions, and the rule that replaces it."""

    title: Text
    rule: Text
    source: str | None = None
