"""Problems of the files of a bank or an assignment, for those who write them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "or", "ideas-mapping", "file-empty", "file-no-file", "file-unreadable", "file-damaged", "file-too-large", "file-not-utf-8",
    "yaml-broken", "yaml-control-here", "yaml-backtick", "yaml-tab", "yaml-open", "yaml-comma", "yaml-deep",
    "yaml-alias", "yaml-tag", "yaml-key-word", "yaml-key-twice", "yaml-control", "yaml-tag-value",
    "value-missing", "value-text", "value-nothing", "value-name", "value-full-id", "value-impossible", "value-impossible-of",
    "value-list-of", "value-list-at-least", "value-int-at-least", "value-float-at-least", "value-float-at-most",
    "value-type", "value-unknown-key", "type-text", "type-int", "type-float", "type-number", "type-bool", "type-list", "type-mapping",
    "format-newer", "format-unknown", "topic-without-questions", "topic-misnamed", "id-twice", "id-former-taken",
    "number-range", "number-twice", "what-option", "what-line", "torch-versions", "text-languages", "draw-one-key",
    "draw-choice-empty", "parameter-text", "parameter-word", "parameter-letters", "misconception-nameless",
    "misconception-title", "misconception-replaces", "misconception-replaces-other", "misconception-raised",
    "misconception-list", "was-no-id", "predict-program", "predict-output", "forbid-and-only", "write-task",
    "write-def", "write-class", "write-class-ask", "write-statements-ask", "fill-blank", "fill-task", "fill-one",
    "fill-several", "the-solution", "the-misconception", "which-show", "which-always", "order-task", "order-ask",
    "topic-forbid-and-only", "draw-none", "draw-none-in-tries", "draw-permutation", "draw-no-integer",
    "draw-empty-range", "draw-values-do-not-fit", "draw-distinct-do-not-fit", "draw-too-many", "draw-ones",
    "draw-no-choice", "draw-on-this", "def-no-signature", "class-no-header", "template-renders-not", "template-computes-not", "template-too-deep",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "or": ("{one} or {other}", "{one} 또는 {other}"),
    "ideas-mapping": ("a mapping of names to ideas is expected here", "이름과 오해의 매핑이 와야 합니다."),
    # a file
    "file-empty": (
        "{path}: the file is empty; `{start}` writes a start",
        "{path}: 파일이 비어 있습니다. `{start}` 명령이 시작할 파일을 만들어 줍니다.",
    ),
    "file-no-file": (
        "{path}: this is not a file; move it out of the bank",
        "{path}: 파일이 아닙니다. 문제 은행 밖으로 옮기세요.",
    ),
    "file-unreadable": (
        "{path}: the file cannot be read: {reason}",
        "{path}: 파일을 읽을 수 없습니다: {reason}",
    ),
    "file-damaged": (
        "{path}: the archive is damaged here; pack the bank again",
        "{path}: 압축 파일의 이 부분이 손상되었습니다. 문제 은행을 다시 묶으세요.",
    ),
    "file-too-large": (
        "{path}: the file has more than {most} bytes; split it",
        "{path}: 파일이 {most}바이트보다 큽니다. 나누세요.",
    ),
    "file-not-utf-8": (
        "{place}: this is not UTF-8; save the file as UTF-8",
        "{place}: UTF-8이 아닙니다. 파일을 UTF-8로 저장하세요.",
    ),
    # YAML
    "yaml-broken": ("this is not YAML: {what}", "YAML로 읽을 수 없습니다: {what}"),
    "yaml-control-here": ("a control character is here; remove it", "제어 문자가 있습니다. 지우세요."),
    "yaml-backtick": (
        "a text that begins with a backtick needs quotes around it",
        "백틱으로 시작하는 글은 따옴표로 감싸야 합니다.",
    ),
    "yaml-tab": ("a tab is here; indent with spaces", "탭이 있습니다. 공백으로 들여 쓰세요."),
    "yaml-open": (
        "the `{opening}` that begins here is never closed",
        "여기서 연 `{opening}`을(를) 닫지 않았습니다.",
    ),
    "yaml-comma": (
        "`,` or `{closing}` is expected here; a text with brackets or braces needs quotes",
        "`,`나 `{closing}`이(가) 와야 합니다. 괄호가 든 글은 따옴표로 감싸야 합니다.",
    ),
    "yaml-deep": ("this is nested more than {most} levels deep", "{most}단계보다 깊게 중첩되어 있습니다."),
    "yaml-alias": (
        "aliases (`*name`) are not used here; write the value again",
        "여기서는 별칭(`*name`)을 쓰지 않습니다. 값을 다시 적으세요.",
    ),
    "yaml-tag": (
        "the tag `{tag}` is not used here; write a plain value",
        "여기서는 `{tag}` 태그를 쓰지 않습니다. 값만 적으세요.",
    ),
    "yaml-key-word": ("a key must be a word", "키는 단어여야 합니다."),
    "yaml-key-twice": (
        "the key `{key}` is here twice; remove one",
        "`{key}` 키가 두 번 나옵니다. 하나를 지우세요.",
    ),
    "yaml-control": (
        "a control character is in this text; remove it",
        "이 글에 제어 문자가 있습니다. 지우세요.",
    ),
    "yaml-tag-value": (
        "`{text}` is not what its tag `!!{tag}` says; write a plain value",
        "`{text}`은(는) `!!{tag}` 태그에 맞지 않습니다. 값만 적으세요.",
    ),
    # a value
    "value-missing": ("the key `{key}` is missing", "`{key}` 키가 없습니다."),
    "value-text": (
        "a text is expected here; put quotes around it",
        "글이 와야 합니다. 따옴표로 감싸세요.",
    ),
    "value-nothing": (
        "nothing is here; give a value or remove the key",
        "값이 없습니다. 값을 적거나 키를 지우세요.",
    ),
    "value-name": (
        "this must be lower-case words joined by `-`, as in `flatten-a-transpose`",
        "`flatten-a-transpose`처럼 소문자 단어를 `-`로 이어 적어야 합니다.",
    ),
    "value-full-id": (
        "this must be a question's full id, in lower case and without a seed, as in `view/flatten-a-transpose`",
        "`view/flatten-a-transpose`처럼 시드 없이 소문자로 쓴 문제의 전체 id여야 합니다.",
    ),
    "value-impossible": ("{value} is not possible here", "여기에 {value}을(를) 쓸 수 없습니다."),
    "value-impossible-of": (
        "{value} is not possible here; possible are {values}{near}",
        "여기에 {value}을(를) 쓸 수 없습니다. 쓸 수 있는 값: {values}.{near}",
    ),
    "value-list-of": (
        "a list of {length} is expected here, not of {found}",
        "{length}개짜리 목록이 와야 하는데 {found}개입니다.",
    ),
    "value-list-at-least": (
        "a list of at least {least} is expected here",
        "{least}개 이상인 목록이 와야 합니다.",
    ),
    "value-int-at-least": (
        "a whole number of at least {least} is expected here",
        "{least} 이상인 정수가 와야 합니다.",
    ),
    "value-float-at-least": (
        "a number of at least {least} is expected here",
        "{least} 이상인 수가 와야 합니다.",
    ),
    "value-float-at-most": ("a number of at most {most} is expected here", "{most} 이하인 수가 와야 합니다."),
    "value-type": ("{expected} is expected here, not {found}", "{expected} 자리인데 {found}입니다."),
    "value-unknown-key": ("the key `{key}` is not known here{near}", "여기에 `{key}` 키는 없습니다.{near}"),
    "type-text": ("a text", "글"),
    "type-int": ("a whole number", "정수"),
    "type-float": ("a decimal number", "소수"),
    "type-number": ("a number", "수"),
    "type-bool": ("true or false", "true 또는 false"),
    "type-list": ("a list", "목록"),
    "type-mapping": ("a mapping", "매핑"),
    # a topic
    "format-newer": (
        "format {format} is newer than this program's {known}; upgrade tensordrill",
        "format {format}은(는) 이 프로그램의 {known}보다 새 형식입니다. tensordrill을 업그레이드하세요.",
    ),
    "format-unknown": (
        "format {format} is not known; write `format: {known}`",
        "format {format}은(는) 없는 형식입니다. `format: {known}`이라고 적으세요.",
    ),
    "topic-without-questions": (
        "there are no questions; `tensordrill bank new TOPIC` shows what one looks like",
        "문제가 없습니다. `tensordrill bank new TOPIC`이 예를 보여 줍니다.",
    ),
    "topic-misnamed": (
        "the topic is `{topic}` but the file is `{file}`; make them the same",
        "주제는 `{topic}`인데 파일은 `{file}`입니다. 이름을 같게 하세요.",
    ),
    "id-twice": (
        "the id `{id}` is used in line {line} already",
        "`{id}`은(는) {line}번째 줄에서 이미 쓴 id입니다.",
    ),
    "id-former-taken": (
        "`{former}` is an id of `{id}` already; a former id belongs to one question",
        "`{former}`은(는) 이미 `{id}`의 id입니다. 예전 id는 한 문제만 가질 수 있습니다.",
    ),
    "number-range": (
        "there is no {what} {number}; they count from 1 to {count}",
        "{number}번 {what}은(는) 없습니다. 번호는 1부터 {count}까지입니다.",
    ),
    "number-twice": (
        "the {what} {number} is here twice; remove one",
        "{number}번 {what}이(가) 두 번 나옵니다. 하나를 지우세요.",
    ),
    "what-option": ("option", "보기"),
    "what-line": ("line", "줄"),
    "torch-versions": (
        "`{versions}` names no versions; write them as `>=2.4`",
        "`{versions}`은(는) 버전이 아닙니다. `>=2.4`처럼 적으세요.",
    ),
    # a question
    "text-languages": ("a text needs `en`, `ko` or both", "글에는 `en`이나 `ko`가 있어야 합니다."),
    "draw-one-key": ("a draw has exactly one of {kinds}", "draw에는 {kinds} 가운데 꼭 하나만 적습니다."),
    "draw-choice-empty": ("`choice` needs at least one value", "`choice`에는 값이 하나 이상 있어야 합니다."),
    "parameter-text": (
        "`{name}` cannot name a parameter: texts use it for what the run gave",
        "`{name}`은(는) 매개변수 이름으로 쓸 수 없습니다. 설명에서 실행 결과를 가리키는 이름입니다.",
    ),
    "parameter-word": (
        "`{name}` cannot name a parameter: it is a word of templates",
        "`{name}`은(는) 매개변수 이름으로 쓸 수 없습니다. 템플릿에서 쓰는 단어입니다.",
    ),
    "parameter-letters": (
        "`{name}` cannot name a parameter: use letters, digits and `_`",
        "`{name}`은(는) 매개변수 이름으로 쓸 수 없습니다. 영문자, 숫자, `_`만 쓸 수 있습니다.",
    ),
    "misconception-nameless": (
        "a misconception needs an `idea` (named in ideas.yaml) or an `id`",
        "오해에는 `idea`(ideas.yaml에 있는 이름)나 `id`가 있어야 합니다.",
    ),
    "misconception-title": (
        "`title` goes with an `id`; an `idea` has its title in ideas.yaml",
        "`title`은 `id`와 함께 씁니다. `idea`의 제목은 ideas.yaml에 있습니다.",
    ),
    "misconception-replaces": (
        "a misconception replaces {fields}",
        "오해는 {fields} 가운데 하나 이상을 바꿔야 합니다.",
    ),
    "misconception-replaces-other": (
        "misconception `{name}` replaces `{field}`; of this kind it may replace {fields}",
        "`{name}` 오해가 `{field}`을(를) 바꿉니다. 이 종류의 문제에서는 {fields}만 바꿀 수 있습니다.",
    ),
    "misconception-raised": (
        "misconception `{name}` has `raised` in its `when`; only predict may raise",
        "`{name}` 오해의 `when`에 `raised`가 있습니다. 에러는 predict 문제에서만 날 수 있습니다.",
    ),
    "misconception-list": (
        "misconception `{name}` has a list as its `code`; only several blanks take one",
        "`{name}` 오해의 `code`가 목록입니다. 목록은 빈칸이 여럿일 때만 씁니다.",
    ),
    "was-no-id": (
        "`{former}` in `was` is not an id: lower-case words joined by `-`",
        "`was`의 `{former}`은(는) id가 아닙니다. 소문자 단어를 `-`로 이어 적습니다.",
    ),
    "predict-program": (
        "a predict question needs a program: `given`, `code` or both",
        "predict 문제에는 프로그램이 있어야 합니다: `given`이나 `code`, 또는 둘 다.",
    ),
    "predict-output": (
        "`type: output` goes with `ask: output`",
        "`type: output`은 `ask: output`과 함께 씁니다.",
    ),
    "forbid-and-only": (
        "a question has `forbid` or `only`, not both",
        "한 문제에 `forbid`와 `only`를 함께 쓸 수 없습니다.",
    ),
    "write-task": (
        "a write question needs a `task` in words",
        "write 문제에는 말로 적은 `task`가 있어야 합니다.",
    ),
    "write-def": (
        "`def` goes with `write: function`, and only with it",
        "`def`는 `write: function`과 함께, 그때만 씁니다.",
    ),
    "write-class": (
        "`class` goes with `write: class`, and only with it",
        "`class`는 `write: class`와 함께, 그때만 씁니다.",
    ),
    "write-class-ask": (
        "`write: class` needs `ask`: what is compared of the class",
        "`write: class`에는 클래스의 무엇을 비교할지 `ask`에 적어야 합니다.",
    ),
    "write-statements-ask": (
        "`write: statements` needs `ask`: what is compared after they ran",
        "`write: statements`에는 실행한 뒤 무엇을 비교할지 `ask`에 적어야 합니다.",
    ),
    "fill-blank": ("`fill` needs a blank `{blank}`", "`fill`에는 빈칸 `{blank}`이(가) 있어야 합니다."),
    "fill-task": (
        "a fill question needs a `task` in words",
        "fill 문제에는 말로 적은 `task`가 있어야 합니다.",
    ),
    "fill-one": (
        "{what} is a list of fillings, but `fill` has one blank; write the filling alone",
        "{what}이(가) 목록인데 `fill`의 빈칸은 하나입니다. 채울 것만 적으세요.",
    ),
    "fill-several": (
        "{what} needs a list of {count} fillings, one for each `{blank}`",
        "{what}에는 `{blank}`마다 하나씩, {count}개의 목록이 있어야 합니다.",
    ),
    "the-solution": ("`solution`", "`solution`"),
    "the-misconception": ("misconception `{name}`", "`{name}` 오해"),
    "which-show": (
        "`show` is {show}, but there are {count} options",
        "`show`는 {show}인데 보기는 {count}개입니다.",
    ),
    "which-always": (
        "`always` names some of the options that `show` draws, so it has fewer than `show`",
        "`always`는 `show`가 고르는 보기 가운데 일부이므로 `show`보다 적어야 합니다.",
    ),
    "order-task": (
        "an order question needs a `task` in words",
        "order 문제에는 말로 적은 `task`가 있어야 합니다.",
    ),
    "order-ask": (
        "an order question needs `ask`: what is compared after the lines ran",
        "order 문제에는 줄을 실행한 뒤 무엇을 비교할지 `ask`에 적어야 합니다.",
    ),
    "topic-forbid-and-only": (
        "a topic has `forbid` or `only`, not both",
        "한 주제에 `forbid`와 `only`를 함께 쓸 수 없습니다.",
    ),
    # a draw
    "draw-none": (
        "no draw satisfies `where`; widen the draws or loosen `where`",
        "`where`를 만족하는 값이 없습니다. draw를 넓히거나 `where`를 느슨하게 하세요.",
    ),
    "draw-none-in-tries": (
        "no draw satisfies `where` in {tries} tries; widen the draws or loosen `where`",
        "{tries}번을 뽑아도 `where`를 만족하지 않습니다. draw를 넓히거나 `where`를 느슨하게 하세요.",
    ),
    "draw-permutation": (
        "a permutation of {count} cannot be drawn; 0 to {most} values can",
        "{count}개의 순열은 뽑을 수 없습니다. 0개부터 {most}개까지 됩니다.",
    ),
    "draw-no-integer": (
        "`{bound}` should be an integer of at most 10^9, but is {value}",
        "`{bound}`은(는) 10^9 이하의 정수여야 하는데 {value}입니다.",
    ),
    "draw-empty-range": (
        "the range from {low} to {high} is empty",
        "{low}부터 {high}까지의 범위에는 값이 없습니다.",
    ),
    "draw-values-do-not-fit": (
        "{count} values do not fit between {low} and {high}",
        "{low}와 {high} 사이에는 값 {count}개가 들어가지 않습니다.",
    ),
    "draw-distinct-do-not-fit": (
        "{count} distinct values do not fit between {low} and {high}",
        "{low}와 {high} 사이에는 서로 다른 값 {count}개가 들어가지 않습니다.",
    ),
    "draw-too-many": (
        "{count} values cannot be drawn; 0 to {most} can",
        "값 {count}개는 뽑을 수 없습니다. 0개부터 {most}개까지 됩니다.",
    ),
    "draw-ones": (
        "{ones} ones in a shape of rank {rank} cannot be drawn",
        "{rank}차원 shape에 1을 {ones}개 넣을 수 없습니다.",
    ),
    "draw-no-choice": (
        "`choice: {choices}` should be a list of at least one value",
        "`choice: {choices}`에는 값이 하나 이상인 목록이 와야 합니다.",
    ),
    "draw-on-this": ("on this draw: {problem}", "이 값으로는: {problem}"),
    "def-no-signature": (
        "`def: {signature}` is not a signature; write it as `outer(a, b)`",
        "`def: {signature}`은(는) 함수 시그니처가 아닙니다. `outer(a, b)`처럼 적으세요.",
    ),
    "class-no-header": (
        "`{header}` is not a class's header; write it as `Net(nn.Module)`",
        "`{header}`은(는) 클래스의 첫 줄이 아닙니다. `Net(nn.Module)`처럼 적으세요.",
    ),
    # a template
    "template-renders-not": ("{text} does not render: {reason}", "{text}을(를) 채울 수 없습니다({reason})."),
    "template-computes-not": (
        "{text} cannot be computed: {reason}",
        "{text}을(를) 계산할 수 없습니다({reason}).",
    ),
    "template-too-deep": ("it is nested too deeply", "너무 깊게 중첩되어 있습니다"),
}
