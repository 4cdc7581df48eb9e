"""assistance (帮扶): its parts; the entry points of each stand in `entries/`."""

from __future__ import annotations

from typing import Any, ClassVar

from shouwang.service import Service

from services.assistance.entries.evaluation import Evaluation
from services.assistance.entries.honours import Honours
from services.assistance.entries.planning import Planning
from services.assistance.entries.registry import Registry
from services.assistance.entries.society import Society
from services.assistance.entries.task_list import TaskList
from services.assistance.entries.tasks import Tasks
from services.assistance.store import Store


class Assistance(Registry, Planning, Tasks, Evaluation, Society, Honours, TaskList, Service):
    """Turns risk into help: plans, measures, tasks, and the registry of departments."""

    name = "assistance"
    title = "帮扶"
    store: ClassVar[Any] = Store
