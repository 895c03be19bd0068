"""Explanations of torch's own operator samples: those that fail have a reason, and of the others the steps are true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from tensordrill.sandbox.client import Sandbox
from tensordrill.sandbox.protocol import Bool, Job, Limits, List, Observation, Program, Text, Tuple, Value

from .operator_samples import Sample, cases, good_samples

LEAST = 0.95
"""The part that has a reason: what is left are rare functions' own rules, which torch's message says as well."""
SAMPLES = 12
"""Samples of each operator and dtype: 8,000 programs and more."""
IN_A_JOB = 200
_ASK = """[
    (v.dtype, v.shape, v.stride(), v.storage_offset(), v.requires_grad, [v is x for x in ({0})],
     [shares_memory(v, x) for x in ({0})], v.numel(), None if {1} else v)
    for v in (y if isinstance(y, (list, tuple)) else [y]) if type(v) is torch.Tensor and v.layout is torch.strided
]"""


@pytest.mark.thorough
def test_most_failing_samples_have_a_reason(sandbox: Sandbox) -> None:
    flags = [bool(case.messages) for _, case in cases(sandbox)]
    assert len(flags) > 400
    assert sum(flags) >= LEAST * len(flags)


@pytest.mark.thorough
def test_the_steps_of_good_samples_are_what_torch_does(sandbox: Sandbox) -> None:
    """A traced call gives what the untraced one gives, and its step says what addresses say."""
    samples = list(dict.fromkeys(good_samples(SAMPLES)))
    wrong: list[str] = []
    compared: Counter[str] = Counter()
    for start in range(0, len(samples), IN_A_JOB):
        batch = samples[start : start + IN_A_JOB]
        for sample, plain, traced in zip(
            batch, _run(sandbox, batch, trace=False), _run(sandbox, batch, trace=True), strict=True
        ):
            compared["programs"] += 1
            if (plain.value, plain.raised, plain.failure) != (traced.value, traced.raised, traced.failure):
                wrong.append(f"{sample.source}\ndoes something else when it is traced")
            compared["steps"] += (problems := _problems(traced)) is not None
            wrong += [f"{sample.source}\n{problem}" for problem in problems or ()]
    assert wrong == []
    assert compared["programs"] > 8000 < 2 * compared["steps"]


def _run(sandbox: Sandbox, samples: list[Sample], *, trace: bool) -> tuple[Observation, ...]:
    programs = [
        Program(code=sample.source, ask=_ASK.format(_given(sample), "empty" in sample.operator), trace=trace)
        for sample in samples
    ]
    limits = Limits(seconds=30.0, patience=len(programs))
    return sandbox.run(Job(tuple(programs), "learner", limits, (1,) * len(programs)))


def _given(sample: Sample) -> str:
    """Return the names of the tensors that a sample is given, as a tuple is written."""
    return "".join(f"x{number}, " for number in range(sample.source.count("\n")))


def _problems(observation: Observation) -> list[str] | None:
    """Return in what the step of `y`, if that is one tensor, contradicts what was asked, or None."""
    if (
        not isinstance(observation.value, List)
        or len(observation.value.v) != 1
        or observation.trace is None
        or observation.warned
    ):
        return None
    (facts,) = observation.value.v
    assert isinstance(facts, Tuple)
    dtype, shape, stride, offset, needs_grad, same, shares, numel, _ = facts.v
    step = observation.trace.steps[-1]
    last = max(each.place.line for each in observation.trace.steps)
    if step.place.line != last or step.place.column != len("y = "):
        return None
    tensor = step.tensor
    assert tensor.stride is not None
    described = (
        Text(tensor.dtype),
        tensor.shape,
        tensor.stride,
        str(tensor.storage_offset),
        Bool(tensor.requires_grad),
    )
    names = (Text(getattr(dtype, "v", "")), getattr(shape, "v", None), tuple(_integers(stride)))
    actual = (*names, getattr(offset, "v", None), needs_grad)
    is_same, is_shared = _any(same), _any(shares)
    problems = [f"described as {described}, is {actual}"] * (described != actual)
    if is_same != (step.memory == "same"):
        problems.append(f"{step.memory}, and the same as an operand: {is_same}")
    elif getattr(numel, "v", "0") != "0" and is_shared != (step.memory in ("same", "view")):
        problems.append(f"{step.memory}, and memory in common with an operand: {is_shared}")
    return problems


def _any(value: Value) -> bool:
    assert isinstance(value, List)
    return Bool(v=True) in value.v


def _integers(value: Value) -> Iterator[int]:
    assert isinstance(value, Tuple)
    yield from (int(getattr(item, "v", 0)) for item in value.v)
