"""The only room that knows the database of assistance: one part a topic."""

from __future__ import annotations

from shouwang.store import Database

from services.assistance.store.honours import HonoursStore
from services.assistance.store.plans import PlansStore
from services.assistance.store.registry import RegistryStore
from services.assistance.store.society import SocietyStore
from services.assistance.store.task_list import TaskListStore


class Store(RegistryStore, PlansStore, SocietyStore, HonoursStore, TaskListStore):
    """Everything that assistance keeps."""

    def __init__(self, db: Database) -> None:
        self.open_registry(db)
        self.open_plans(db)
        self.open_society(db)
        self.open_honours(db)
        self.open_task_list(db)
