"""Distributions: parameters and values that theirs can't have."""

from __future__ import annotations

import math
import re

from tensordrill.explanation.call import Failed, outer
from tensordrill.explanation.rules.elements import first
from tensordrill.explanation.rules.rule import FIRST, Reason, rule
from tensordrill.messages import message

_PARAMETER = re.compile(
    r"Expected parameter (\w+) .*? of distribution (\w+)\(.*?to satisfy the constraint (.+?), "
    r"but found invalid values:\n(.*)\Z",
    re.DOTALL,
)
_VALUE = re.compile(
    r"Expected value argument .*? to be within the support \((.+)\) of the distribution (\w+)\(.*"
    r"but found invalid values:",
    re.DOTALL,
)
_WANTED = {
    "Simplex()": message("distributions-simplex"),
    "GreaterThan(lower_bound=0.0)": message("distributions-positive"),
    "GreaterThanEq(lower_bound=0.0)": message("distributions-not-negative"),
    "PositiveDefinite()": message("distributions-definite"),
    "Interval(lower_bound=0.0, upper_bound=1.0)": message("distributions-probability"),
    "Real()": message("distributions-real"),
    "IndependentConstraint(Real(), 1)": message("distributions-real"),
    "Boolean()": message("distributions-boolean"),
}


@rule(FIRST, raises="ValueError")
def parameter(call: Failed) -> Reason:
    """A parameter that does not keep to what its distribution asks of it."""
    match = _PARAMETER.match(call.raised.message)
    if match is None or match[3] not in _WANTED:
        return None
    reason = message("distributions-parameter", name=match[1], function=match[2], wanted=_WANTED[match[3]])
    if not re.search(r"\bnan\b", match[4]):
        return reason
    given = [each for each in outer(call) if each.tensor is not None]
    x = next((each for each in given if first(each, math.isnan) is not None), None)
    return reason, message("distributions-nan", x=x.code) if x else message("distributions-has-nan")


@rule(FIRST, raises="ValueError")
def value(call: Failed) -> Reason:
    """A value that a distribution never gives."""
    match = _VALUE.match(call.raised.message)
    if match is None or match[1] not in _WANTED:
        return None
    return message("distributions-value", function=match[2], wanted=_WANTED[match[1]])
