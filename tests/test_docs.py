"""The examples of docs/authoring.md do what the document says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tensordrill.audit.check import check
from tensordrill.audit.findings import Report
from tensordrill.bank.load import Bank
from tensordrill.bank.variant import make
from tensordrill.lab.client import Lab
from tensordrill.mark import Sitting

_DOCUMENT = Path(__file__).parent.parent / "docs" / "authoring.md"
_BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", _DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
_TOPICS = [block for block in _BLOCKS if block.startswith("format: 1\n")]
_SMALLEST = next(block for block in _BLOCKS if block.startswith("# joining.yaml\n"))
_IDEAS = next(block for block in _BLOCKS if block.startswith("# ideas.yaml\n"))
_FINISHED = next(block for block in _TOPICS if "ko:" in block)
_REPORTED = re.findall(r"^(mybank/\S+: .*)$", _DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)


def _bank(folder: Path, block: str) -> Bank:
    named = re.search(r"^topic: (\S+)$", block, re.MULTILINE)
    assert named
    (folder / f"{named[1]}.yaml").write_text(block, encoding="utf-8")
    (folder / "ideas.yaml").write_text(_IDEAS, encoding="utf-8")
    return Bank(folder)


def _check(bank: Bank, lab: Lab) -> Report:
    return check(bank, dict.fromkeys(bank.names), 50, lab)


def _name(block: str) -> str:
    return "/".join(re.findall(r"^(?:topic:|  - id:) (\S+)$", block, re.MULTILINE))


def test_every_yaml_block_is_one_of_the_three_sorts() -> None:
    assert sorted(_BLOCKS) == sorted([*_TOPICS, _SMALLEST, _IDEAS])


@pytest.mark.parametrize("block", _TOPICS, ids=_name)
def test_a_topic_of_the_document_passes_the_check(block: str, tmp_path: Path, lab: Lab) -> None:
    report = _check(_bank(tmp_path, block), lab)
    finished = "ko:" in block
    assert [str(found) for found in report.findings if finished or found.severity == "fault"] == []
    assert report.counts.questions == block.count("\n  - id:")


@pytest.mark.parametrize(
    "block", [_SMALLEST, _FINISHED.replace("        when: more == 0\n", "", 1)], ids=["smallest", "no-when"]
)
def test_a_fault_is_reported_in_the_document_s_words(block: str, tmp_path: Path, lab: Lab) -> None:
    report = _check(_bank(tmp_path, block), lab)
    faults = [
        str(found).replace(str(tmp_path), "mybank") for found in report.findings if found.severity == "fault"
    ]
    assert faults
    assert {_without_seed(fault) for fault in faults} <= {_without_seed(line) for line in _REPORTED}


def _without_seed(line: str) -> str:
    return re.sub(r"@\d+", "", line)


@pytest.mark.parametrize("block", [_SMALLEST, *_TOPICS], ids=_name)
def test_what_a_misconception_types_names_it(block: str, tmp_path: Path, lab: Lab) -> None:
    bank = _bank(tmp_path, block)
    for topic in bank.topics():
        for entry in topic.entries:
            for seed in range(5):
                sitting = Sitting(lab, make(entry, seed))
                assert sitting.judge(sitting.expected, "en").outcome == "correct"
                for name, typed in sitting.misconceptions():
                    assert sitting.judge(typed, "en").misconception == name
