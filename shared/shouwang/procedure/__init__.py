"""Procedures as data, and the one engine that runs them all."""

from shouwang.procedure.case import Case
from shouwang.procedure.engine import Engine
from shouwang.procedure.outcome import Due, Effect, Outcome, Possibility
from shouwang.procedure.parts import Debt, Entry, Notice, Objection, Paper, Signature
from shouwang.procedure.reasons import Reason
from shouwang.procedure.registry import Guard, GuardRegistry, PaperKind, PaperRegistry, guard, paper

__all__ = [
    "Case",
    "Debt",
    "Due",
    "Effect",
    "Engine",
    "Entry",
    "Guard",
    "GuardRegistry",
    "Notice",
    "Objection",
    "Outcome",
    "Paper",
    "PaperKind",
    "PaperRegistry",
    "Possibility",
    "Reason",
    "Signature",
    "guard",
    "paper",
]
