"""All draws are looked at where they are few, and every address makes the draw that a finding speaks of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tensordrill.audit.draws import MOST_ENUMERATED, draws_of, with_seeds
from tensordrill.bank.load import Bank
from tensordrill.bank.topic import Entry
from tensordrill.bank.variant import from_address, make
from tensordrill.judging import QuestionSession
from tensordrill.sandbox.client import Sandbox
from tests.audit.conftest import Check
from tests.audit.topics import changed

WRONG = "y = x.sum(dim={{ 1 - dim }})\n"
_PARAMETERS = re.compile(r"\((\w+=.*?)\)(?: \(on \d+ draws\))?;")


def entry_of(folder: Path, text: str) -> Entry:
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    return Bank(folder).topic("small").entries[0]


def spoken_of(finding: str) -> dict[str, int]:
    """Return the parameters that a finding names.

    >>> spoken_of("… is right here (rows=2, dim=0) (on 2 draws); limit it")
    {'rows': 2, 'dim': 0}
    """
    match = _PARAMETERS.search(finding)
    assert match, finding
    return {name: int(value) for name, value in (pair.split("=") for pair in match[1].split(", "))}


@pytest.mark.parametrize(
    ("last", "enumerated", "count"),
    [
        pytest.param(MOST_ENUMERATED, True, 500, id="500 draws are enumerated"),
        pytest.param(MOST_ENUMERATED + 1, False, 50, id="of 501, 50 seeds are looked at"),
    ],
)
def test_few_draws_are_enumerated(folder: Path, last: int, enumerated: bool, count: int) -> None:
    draws = draws_of(entry_of(folder, changed("fill", "[3, 4]", f"[1, {last}]")), 50)
    assert draws.enumerated is enumerated
    distinct = {repr(variant.parameters) for variant in draws.variants}
    assert len(distinct) == len(draws.variants)
    assert len(distinct) == count if enumerated else len(distinct) <= count


def test_rare_draws_among_many_are_enumerated(folder: Path) -> None:
    rare = changed("fill", "{int: [3, 4]}\n", "{int: [1, 5000]}\n    where: [n <= 500]\n")
    draws = draws_of(entry_of(folder, rare), 1)
    assert (draws.enumerated, len(draws.variants)) == (True, 500)


def test_seeds_give_the_variants_that_learners_get(folder: Path) -> None:
    entry = entry_of(folder, changed("fill", "[3, 4]", "[1, 5000]"))
    assert draws_of(entry, 9).variants == [make(entry, seed) for seed in range(9)]


def test_draws_that_seeds_give_twice_are_looked_at_once(folder: Path) -> None:
    few = changed("which", "which: shares_memory(x, it)", "which: shares_memory(x, it)\n    show: 2")
    entry = entry_of(folder, few)
    looked_at = [(v.parameters, v.order) for v in draws_of(entry, 200).variants]
    every = {repr((v.parameters, v.order)) for v in (make(entry, seed) for seed in range(200))}
    assert len(looked_at) == len(every) == 2 * 4 * 3


@pytest.mark.parametrize(
    ("where", "share"),
    [
        pytest.param("n > 0", 0.0, id="nothing is rejected"),
        pytest.param("n == 3", 0.5, id="one in two"),
        pytest.param("n == 3 and m == 1", 0.9, id="nine in ten"),
    ],
)
def test_the_share_of_rejected_draws_is_counted(folder: Path, where: str, share: float) -> None:
    text = changed(
        "fill", "{int: [3, 4]}\n", f"{{int: [3, 4]}}\n      m: {{int: [1, 5]}}\n    where: [{where}]\n"
    )
    draws = draws_of(entry_of(folder, text), 400)
    assert draws.tried == draws.rejected + 400
    assert draws.rejected / draws.tried == pytest.approx(share, abs=0.05)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.integers(2, 3), cols=st.integers(4, 5), dim=st.integers(0, 1))
def test_the_address_makes_the_draw_that_is_spoken_of(
    folder: Path, checked: Check, rows: int, cols: int, dim: int
) -> None:
    """For any one bad draw, the finding's parameters are the bad ones, and its address makes them."""
    bad = {"rows": rows, "cols": cols, "dim": dim}
    if rows + cols == 6:  # which `where` excludes
        return
    here = " and ".join(f"{name} == {value}" for name, value in bad.items())
    text = changed("predict", WRONG, f'"y = x.sum(dim={{{{ dim if {here} else 1 - dim }}}})"\n')
    (finding,) = checked(text).findings
    assert spoken_of(str(finding)) == bad
    assert from_address(Bank(folder), finding.address, 0).parameters == bad


def test_so_does_one_that_seeds_found(folder: Path, checked: Check) -> None:
    many = changed("predict", "rows: {int: [2, 3]}", "rows: {int: [2, 999]}", WRONG, "y = x.sum({{ dim }})\n")
    (finding,) = checked(many).findings
    assert from_address(Bank(folder), finding.address, 0).parameters == spoken_of(str(finding))


def test_so_does_that_of_a_decoy(folder: Path, checked: Check) -> None:
    literal = changed(
        "write", "- x = torch.arange(5. * {{ n }}).reshape(5, {{ n }}) ** 2", "- x = x_ = torch.zeros(2, 2)"
    )
    literal = literal.replace("also_on:\n      - x = x_ = torch.zeros(2, 2)\n    ", "")
    (finding,) = checked(literal).findings
    variant = from_address(Bank(folder), finding.address, 0)
    n = variant.parameters["n"]
    shown = [float(column + column + n) for column in range(n)]
    assert f"torch.tensor({shown}".replace(".0", ".") in finding.what


@pytest.mark.parametrize("seed_of_order", range(3))
def test_picks_that_are_spoken_of_are_those_of_the_address(
    folder: Path, checked: Check, sandbox: Sandbox, seed_of_order: int
) -> None:
    text = changed(
        "which", "picks: [1, 2, 4]", "picks: [1, 2]", "id: sharing", f"id: sharing-{seed_of_order}"
    )
    (finding,) = checked(text).findings
    picks = re.search(r"gives `(.*?)`, which is right", finding.what)
    assert picks
    assert (
        QuestionSession(sandbox, from_address(Bank(folder), finding.address, 0)).judge(picks[1], "en").outcome
        == "correct"
    )


def test_a_draw_that_no_seed_tried_gives_keeps_the_id(folder: Path) -> None:
    rare = changed("fill", "{int: [3, 4]}\n", "{int: [1, 9000]}\n    where: [n in (3, 8999)]\n")
    entry = entry_of(folder, rare.replace("[n in (3, 8999)]", '["n == 3 or n == 8999"]'))
    draws = draws_of(entry, 0)
    unknown = {variant.address for variant in draws.variants}
    result = with_seeds(entry, draws, unknown)
    assert len(result) == 2
    for variant in draws.variants:
        known = result[variant.address]
        assert known == entry.id or from_address(Bank(folder), known, 0).parameters == variant.parameters
