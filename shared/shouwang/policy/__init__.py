"""Policy as data: dated parameters and code tables, every figure with the document that set it."""

from shouwang.policy.county import CountyFigures, policy_of
from shouwang.policy.policy import Policy, PolicyView
from shouwang.policy.units import UNITS, show
from shouwang.policy.values import Code, CodeTable, Unknown, Value
from shouwang.policy.view import PinnedView, View

__all__ = [
    "UNITS",
    "Code",
    "CodeTable",
    "CountyFigures",
    "PinnedView",
    "Policy",
    "PolicyView",
    "Unknown",
    "Value",
    "View",
    "policy_of",
    "show",
]
