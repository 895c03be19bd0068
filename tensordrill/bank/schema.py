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
Name = Annotated[str, Meta(pattern=_KEBAB, description="words in kebab-case")]
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


class _Strict(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Localized(_Strict, frozen=True, kw_only=True):
    """One text in both languages."""

    en: str | None = None
    ko: str | None = None

    def __post_init__(self) -> None:
        if self.en is None and self.ko is None:
            raise Invalid("text-languages")


Text: TypeAlias = str | Localized
Bound: TypeAlias = int | str
Range: TypeAlias = tuple[Bound, Bound]


class Ints(_Strict, frozen=True, kw_only=True):
    """A list of integers, each drawn from `from` (inclusive)."""

    count: Annotated[
        Bound, Meta(description="how many; an expression over earlier parameters may stand here")
    ]
    range: Range = field(name="from")
    distinct: bool = False


class Sizes(_Strict, frozen=True, kw_only=True):
    """A shape: `rank` sizes drawn from `from` (inclusive), `ones` of them replaced by 1."""

    rank: Annotated[Bound | Range, Meta(description="how many dims, or an inclusive range of it")]
    range: Range = field(name="from")
    distinct: Annotated[bool, Meta(description="no size occurs twice (the ones excepted)")] = False
    ones: Annotated[Bound | Range, Meta(description="how many dims of size 1, at drawn places")] = 0


class Draw(_Strict, frozen=True, kw_only=True):
    """The distribution of one parameter: exactly one of these keys."""

    int: Annotated[Range | None, Meta(description="an integer between two bounds, both possible")] = None
    ints: Ints | None = None
    choice: Annotated[
        tuple[Any, ...] | str | None, Meta(description="one of these; mappings and templates may be listed")
    ] = None
    sizes: Sizes | None = None
    permutation: Annotated[Bound | None, Meta(description="a tuple of 0 … n-1 in a drawn order")] = None

    def __post_init__(self) -> None:
        if sum(getattr(self, name) is not None for name in self.__struct_fields__) != 1:
            kinds = ", ".join(f"`{name}`" for name in self.__struct_fields__)
            raise Invalid("draw-one-key", kinds=kinds)
        if self.choice is not None and not self.choice:
            raise Invalid("draw-choice-empty")


Parameter: TypeAlias = Draw | str | int | float | bool | list[Any]
"""A draw, or (a string) an expression over the parameters above it, or a constant.

The strings in a list are templates, as they are in a `choice`.
"""
Draws: TypeAlias = dict[str, Parameter]
Setup = Annotated[str, Meta(description="runs before `given`, is not shown, and its calls never count")]
Given = Annotated[str, Meta(description="set-up, shown and run before `code`")]
Forbid = Annotated[tuple[str, ...], Meta(min_length=1, description="torch functions that must not be called")]
Only = Annotated[
    tuple[str, ...], Meta(min_length=1, description="the only torch functions that may be called")
]


After = Annotated[tuple[Name, ...], Meta(description="topics of the bank that this one builds on")]


def _check_names(draw: Draws) -> None:
    for name in draw:
        if name in RESERVED:
            raise Invalid("parameter-text", name=name)
        if name.lower() in TEMPLATE_WORDS:
            raise Invalid("parameter-word", name=name)
        if not _PARAMETER.match(name):
            raise Invalid("parameter-letters", name=name)


class Misconception(_Strict, frozen=True, kw_only=True):
    """A wrong program: the fields it replaces, and why somebody believes it."""

    id: Name | None = None
    idea: Annotated[Name | None, Meta(description="an idea of `ideas.yaml`; else the own `id` is one")] = None
    when: Annotated[
        str | None,
        Meta(description="an expression: the draws on which it is wrong; in predict it may use `raised`"),
    ] = None
    code: Annotated[
        str | tuple[str, ...] | None,
        Meta(
            description=f"the wrong code, solution or filling; of several blanks a list, `{BLANK}` where one is right"
        ),
    ] = None
    given: str | None = None
    ask: str | None = None
    which: Annotated[str | None, Meta(description="a wrong test in place of the right one")] = None
    picks: Annotated[
        tuple[int, ...] | None, Meta(description="the options picked, counted from 1 as written")
    ] = None
    order: Annotated[
        tuple[int, ...] | None,
        Meta(
            description="the lines taken, counted from 1 as written, those that belong nowhere after the others"
        ),
    ] = None
    answer: Annotated[str | None, Meta(description="what is typed, where no program says it")] = None
    title: Annotated[
        Text | None, Meta(description="the wrong idea in words, where `ideas.yaml` has none")
    ] = None
    because: Text | None = None

    def __post_init__(self) -> None:
        if self.id is None and self.idea is None:
            raise Invalid("misconception-nameless")
        if self.idea is not None and self.title is not None:
            raise Invalid("misconception-title")
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
    level: Annotated[Literal[1, 2, 3], Meta(description="1 recall, 2 apply, 3 analyse")] = 1
    draw: Draws = {}
    where: Annotated[tuple[str, ...], Meta(description="expressions that every draw satisfies")] = ()
    setup: Setup = ""
    given: Given = ""
    task: Annotated[Text | None, Meta(description="the question in words")] = None
    because: Annotated[Text | None, Meta(description="why the key is the key; may use key, got, raised")] = (
        None
    )
    hints: tuple[Text, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    source: Annotated[str | None, Meta(description="the page that the fact comes from")] = None
    torch: Annotated[
        str | None,
        Meta(description="versions of torch that have the question, as `>=2.4`; left out under others"),
    ] = None
    constant: Annotated[bool, Meta(description="the key is meant to be the same on every draw")] = False
    was: Annotated[
        str | tuple[str, ...],  # of `Name` in this union msgspec 0.22 frees what is in use
        Meta(
            description="the id it had before; of several a list, the latest first",
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
            if not re.match(_KEBAB, former):
                raise Invalid("was-no-id", former=former)
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
    ask: Annotated[str, Meta(description="a Python expression, or `line`, `warns` or `output`")]
    type: Annotated[AnswerType | None, Meta(description="the kind of answer, where `ask` does not tell")] = (
        None
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.given and not self.code:
            raise Invalid("predict-program")
        if self.type == "output" and self.ask != "output":
            raise Invalid("predict-output")


class Compared(Question, frozen=True, kw_only=True):
    """The fields of questions whose answer is code that runs beside a solution."""

    replaceable = frozenset({"code", "given"})

    must: tuple[Facet, ...] = ("shape", "dtype", "values")
    also_on: Annotated[tuple[str, ...], Meta(description="awkward operands, each in place of `given`")] = ()
    forbid: Forbid = ()
    only: Only = ()
    ask: Annotated[str | None, Meta(description="what is compared; `it` is the expression's value")] = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.forbid and self.only:
            raise Invalid("forbid-and-only")


class Write(Compared, frozen=True, kw_only=True):
    """A question for code: it is run beside the solution and compared on the facets in `must`."""

    solution: str
    write: Form
    signature: Annotated[str | None, Meta(description="a function's signature, as `outer(a, b)`")] = field(
        default=None, name="def"
    )
    class_header: Annotated[str | None, Meta(description="a class's header, as `Net(nn.Module)`")] = field(
        default=None, name="class"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.task is None:
            raise Invalid("write-task")
        if (self.write == "function") != (self.signature is not None):
            raise Invalid("write-def")
        if (self.write == "class") != (self.class_header is not None):
            raise Invalid("write-class")
        if self.write == "class" and self.ask is None:
            raise Invalid("write-class-ask")
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

    fill: Annotated[str, Meta(description=f"code with a blank `{BLANK}`, or with several")]
    solution: Annotated[str | tuple[str, ...], Meta(description="of several blanks a list, in their order")]

    def __post_init__(self) -> None:
        super().__post_init__()
        blanks = self.fill.count(BLANK)
        if not blanks:
            raise Invalid("fill-blank", blank=BLANK)
        self._check_fillings(message("the-solution"), self.solution, blanks)
        for misconception in self.misconceptions:
            if misconception.code is not None:
                self._check_fillings(
                    message("the-misconception", name=misconception.name), misconception.code, blanks
                )
        if self.task is None:
            raise Invalid("fill-task")

    @staticmethod
    def _check_fillings(what: Message, fillings: str | tuple[str, ...], blanks: int) -> None:
        if blanks == 1 and not isinstance(fillings, str):
            raise Invalid("fill-one", what=what)
        if blanks > 1 and (isinstance(fillings, str) or len(fillings) != blanks):
            raise Invalid("fill-several", what=what, count=blanks, blank=BLANK)

    @property
    def fillings(self) -> tuple[str, ...]:
        """The solution, blank by blank."""
        return (self.solution,) if isinstance(self.solution, str) else self.solution


class Which(Question, frozen=True, kw_only=True):
    """Several options, each one run; pick those for which the test holds."""

    replaceable = frozenset({"code", "given", "which", "picks"})

    which: Annotated[str, Meta(description="a test of `it`, `raised` and the given names")]
    options: Annotated[
        tuple[str, ...], Meta(min_length=2, description="expressions or statements, each run afresh")
    ]
    code: str = ""
    show: Annotated[int, Meta(ge=2, description="how many of the options are shown")] | None = None
    always: Annotated[
        tuple[int, ...], Meta(description="options that are among the shown ones, counted from 1 as written")
    ] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.show is not None and self.show > len(self.options):
            raise Invalid("which-show", show=self.show, count=len(self.options))
        if self.always and len(self.always) >= (self.show or 0):
            raise Invalid("which-always")


class Order(Compared, frozen=True, kw_only=True):
    """Lines to be put in order; every order that makes the program behave like the one written is right."""

    replaceable = frozenset({"order"})

    order: Annotated[
        tuple[str, ...],
        Meta(min_length=2, description="the lines in a right order; one may be a block of several"),
    ]
    distractors: Annotated[tuple[str, ...], Meta(description="lines that belong nowhere")] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.task is None:
            raise Invalid("order-task")
        if self.ask is None and set(self.must) != {"changed"}:
            raise Invalid("order-ask")


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
    draw: Annotated[Draws, Meta(description="drawn before a question's own parameters")] = {}
    forbid: Forbid = ()
    only: Only = ()

    def __post_init__(self) -> None:
        _check_names(self.draw)
        if self.forbid and self.only:
            raise Invalid("topic-forbid-and-only")


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
