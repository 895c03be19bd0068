"""Help screens: their headings, the options that several commands have, and the answers to wrong usage."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tensordrill.messages import Sentence

Name: TypeAlias = Literal[
    "usage", "panel-arguments", "panel-options", "panel-examples", "panel-commands", "panel-learn",
    "panel-class", "panel-tools", "help-default", "help-required", "help-more", "app-help", "app-examples",
    "option-help", "option-version", "option-lang", "option-install-completion", "option-show-completion",
    "option-bank", "option-topics", "option-level", "option-seed", "option-no-clear", "option-choices",
    "option-json", "option-isolation", "completion-installed", "bug", "bug-no-log", "usage-help",
    "usage-near", "usage-no-command", "usage-no-option", "usage-too-many", "usage-missing-argument",
    "usage-missing-option", "usage-missing-command", "usage-needs-value", "usage-takes-no-value", "usage-int",
    "usage-float", "usage-at-least", "usage-between", "usage-one-of",
]  # fmt: skip

WORDS: dict[Name, Sentence] = {
    "usage": ("Usage:", "사용법:"),
    "panel-arguments": ("Arguments", "인자"),
    "panel-options": ("Options", "옵션"),
    "panel-examples": ("Examples", "예시"),
    "panel-commands": ("Commands", "명령"),
    "panel-learn": ("Learn", "배우기"),
    "panel-class": ("Class work", "수업"),
    "panel-tools": ("Tools", "도구"),
    "help-default": ("[default: {value}]", "[기본값: {value}]"),
    "help-required": ("[required]", "[필수]"),
    "help-more": (
        "`{command} COMMAND --help` explains a command.",
        "`{command} 명령 --help`로 각 명령의 설명을 봅니다.",
    ),
    "app-help": (
        "Train your tensor handling: live questions whose answer key is what torch really does.",
        "텐서 다루기를 연습합니다. 정답은 torch를 실제로 실행한 결과입니다.",
    ),
    "app-examples": (
        "tensordrill quiz  # ten questions over all topics\n"
        "tensordrill practice -t view  # one topic until you stop\n"
        "tensordrill explain 'x = torch.arange(6).view(2, 3).t()'  # see strides and memory",
        "tensordrill quiz  # 전체 주제에서 열 문제\n"
        "tensordrill practice -t view  # 한 주제를 그만둘 때까지\n"
        "tensordrill explain 'x = torch.arange(6).view(2, 3).t()'  # stride와 메모리 보기",
    ),
    "option-help": ("Show this help.", "이 도움말을 보여 줍니다."),
    "option-version": ("Show the version.", "버전을 보여 줍니다."),
    "option-lang": (
        "The language.  [default: $TENSORDRILL_LANG, or the locale's]",
        "언어.  [기본값: $TENSORDRILL_LANG, 없으면 로캘]",
    ),
    "option-install-completion": (
        "Install completion for your shell.",
        "지금 쓰는 셸에 자동 완성을 설치합니다.",
    ),
    "option-show-completion": (
        "Show the completion script, to copy or change it.",
        "자동 완성 스크립트를 출력합니다.",
    ),
    "option-bank": (
        "A folder or zip of topic files, an installed bank's name, or `shipped`; several side by side.  "
        "[default: $TENSORDRILL_BANK, or the shipped bank]",
        "주제 파일이 있는 폴더나 zip 파일, 설치된 문제 은행의 이름, 또는 `shipped`. 여러 개를 함께 열 수 있습니다.  "
        "[기본값: $TENSORDRILL_BANK, 또는 기본 문제 은행]",
    ),
    "option-topics": (
        "A topic or a question's id; may be given again.",
        "주제 또는 문제의 id. 여러 번 쓸 수 있습니다.",
    ),
    "option-level": ("1 recall, 2 apply, 3 analyse.", "난이도. 1 기억, 2 적용, 3 분석."),
    "option-seed": ("Fixes the questions and their numbers.", "문제와 숫자를 정하는 시드."),
    "option-no-clear": (
        "Print on below what is there, and leave the screen as it is.",
        "화면을 지우지 않고 아래에 이어서 출력합니다.",
    ),
    "option-choices": (
        "Multiple choice among what misconceptions give.",
        "오해했을 때 나오는 답을 보기로 하는 객관식으로 풉니다.",
    ),
    "option-json": ("Speak lines of JSON.", "JSON을 한 줄씩 주고받습니다."),
    "option-isolation": (
        "How programs are kept from the machine: auto, bubblewrap, landlock, or none, which runs them even "
        "where nothing confines them.",
        "프로그램을 격리하는 방법. auto, bubblewrap, landlock, none 가운데 하나이며, none은 격리할 방법이 없어도 실행합니다.",
    ),
    "completion-installed": (
        "completion for {shell} is installed in {path}; open a new terminal to use it",
        "{shell} 자동 완성을 {path}에 설치했습니다. 새 터미널을 열면 쓸 수 있습니다.",
    ),
    "bug": (
        "this is a bug ({problem}); please report it with the log at {log}",
        "프로그램의 버그입니다({problem}). {log} 파일을 첨부해 알려 주세요.",
    ),
    "bug-no-log": (
        "this is a bug ({problem}); its log could not be written",
        "프로그램의 버그입니다({problem}). 로그 파일을 쓸 수 없었습니다.",
    ),
    "usage-help": ("`{command} --help` explains.", "`{command} --help`로 설명을 봅니다."),
    "usage-near": ("; did you mean {words}?", " 혹시 {words}인가요?"),
    "usage-no-command": (
        "there is no command `{word}`{near}",
        "`{word}` 명령은 없습니다.{near}",
    ),
    "usage-no-option": (
        "there is no option `{word}`{near}",
        "`{word}` 옵션은 없습니다.{near}",
    ),
    "usage-too-many": (
        "`{word}` is more than this command takes{near}",
        "이 명령은 `{word}` 인자를 받지 않습니다.{near}",
    ),
    "usage-missing-argument": ("`{name}` is missing", "`{name}` 인자가 필요합니다."),
    "usage-missing-option": ("the option `{name}` is missing", "`{name}` 옵션이 필요합니다."),
    "usage-missing-command": ("a command is missing", "명령이 필요합니다."),
    "usage-needs-value": ("`{name}` needs a value", "`{name}` 옵션에 값을 적으세요."),
    "usage-takes-no-value": ("`{name}` takes no value", "`{name}` 옵션에는 값을 적지 않습니다."),
    "usage-int": (
        "`{where}` should be a whole number, not `{value}`",
        "`{where}`에는 정수를 적으세요(입력한 값: `{value}`).",
    ),
    "usage-float": (
        "`{where}` should be a number, not `{value}`",
        "`{where}`에는 수를 적으세요(입력한 값: `{value}`).",
    ),
    "usage-at-least": (
        "`{where}` should be at least {low}, not {value}",
        "`{where}`에는 {low} 이상을 적으세요(입력한 값: {value}).",
    ),
    "usage-between": (
        "`{where}` should be from {low} to {high}, not {value}",
        "`{where}`에는 {low}부터 {high}까지의 수를 적으세요(입력한 값: {value}).",
    ),
    "usage-one-of": (
        "`{where}` should be one of {choices}, not `{value}`",
        "`{where}`에는 {choices} 가운데 하나를 적으세요(입력한 값: `{value}`).",
    ),
}
