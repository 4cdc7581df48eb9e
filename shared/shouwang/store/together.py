"""Doing together what many (green) threads ask for at the same moment: one round trip instead of many.

Nobody waits for company: the first one goes at once, and those who come while it is under way go next, all
together.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class _Asked(Generic[Question, Answer]):
    """One question on its way to its answer or its error."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.answered = False
        self.answer: Answer
        self.error: Exception | None = None


class Together(Generic[Question, Answer]):
    """Asks `work` for the answers to all questions that wait; it returns one answer a question, in order.

    An error of `work` is raised in every thread whose question was among them.
    """

    def __init__(self, work: Callable[[Sequence[Question]], Sequence[Answer]]) -> None:
        self._work = work
        self._turn = threading.Lock()
        self._waiting: deque[_Asked[Question, Answer]] = deque()

    def ask(self, question: Question) -> Answer:
        """Return the answer to one question."""
        asked = _Asked[Question, Answer](question)
        self._waiting.append(asked)
        with self._turn:
            if not asked.answered:
                self._answer_waiting()
        if asked.error is not None:
            raise asked.error
        return asked.answer

    def _answer_waiting(self) -> None:
        batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
        try:
            self._answer(batch)
        except BaseException:  # this thread is being ended: the others ask for themselves
            self._waiting.extendleft(reversed(batch))
            raise

    def _answer(self, batch: Sequence[_Asked[Question, Answer]]) -> None:
        try:
            answers = self._work([asked.question for asked in batch])
        except Exception as error:  # noqa: BLE001 - raised in every thread that asked
            for asked in batch:
                asked.error, asked.answered = error, True
            return
        for asked, answer in zip(batch, answers, strict=True):
            asked.answer, asked.answered = answer, True
