"""A person as the village knows them: the fields A5–A22 of the roster, as labels of its code tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from deploy.synth.streams import chance, pick

HEAD, SPOUSE = "本人或户主", "配偶"
HEALTHY, CHRONIC, SERIOUS, DISABLED = "健康", "长期慢性病", "大病", "残疾"
ABLE, SKILLED, LOST, NO_LABOUR, WEAK = (
    "普通劳动力",
    "技能劳动力",
    "丧失劳动力",
    "无劳动力",
    "弱劳动力或半劳动力",
)
NOT_STUDENT, NOT_AWAY = "非在校生", "其他"
WORKING_FROM, WORKING_UNTIL, OLD = 16, 60, 75
PENSION_AGE = 60
SEVERE = "12"
"""Grades of disability that count as severe."""
PUPILS = {12: "七年级", 13: "八年级", 14: "九年级"}
_SENIOR = {
    15: ("普通高中一年级", "中职一年级"),
    16: ("普通高中二年级", "中职二年级"),
    17: ("普通高中三年级", "中职三年级"),
}
_COLLEGE = {
    18: ("本科一年级", "高职高专一年级"),
    19: ("本科二年级", "高职高专二年级"),
    20: ("本科三年级", "高职高专三年级"),
    21: ("本科四年级", NOT_STUDENT),
}
_AREAS = {"省外": 0.6, "省内县外": 0.15, "县内": 0.25}
_DISABILITIES = {"1": 0.12, "2": 0.1, "3": 0.06, "4": 0.5, "5": 0.1, "6": 0.12}
_GRADES = {"1": 0.08, "2": 0.17, "3": 0.4, "4": 0.35}


@dataclass(slots=True)
class Person:
    """One member of a household; `ref` is its place in the roster. Labels are those of the code tables.

    `card` is the ID number with category and grade of a disability; `until` the day of death or departure.
    """

    ref: str
    name: str
    male: bool
    birth: date
    relation: str
    id_number: str
    card: str = ""
    ethnicity: str = "汉族"
    political: str = "群众"
    education: str = "初中"
    student: str = NOT_STUDENT
    health: str = HEALTHY
    labour: str = ABLE
    work_area: str = NOT_AWAY
    work_months: float = 0
    medical_insurance: bool = True
    serious_illness_insurance: bool = True
    pension_insurance: bool = True
    minimum_living: bool = False
    destitute: bool = False
    relocated: bool = False
    until: date | None = None

    def age(self, day: date) -> int:
        """Return completed years on the day."""
        born = self.birth
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def here(self, day: date) -> bool:
        """Whether the person still belongs to the household on the day."""
        return self.until is None or day < self.until

    @property
    def works(self) -> bool:
        """Whether the person earns wages."""
        return self.work_months > 0

    @property
    def able(self) -> bool:
        """Whether the person can do ordinary work."""
        return self.labour in (ABLE, SKILLED)

    @property
    def severe(self) -> bool:
        """Whether the disability is of grade 1 or 2."""
        return self.card[-1:] in tuple(SEVERE)


def fill(person: Person, rng: Random, age: int) -> None:
    """Give the person school, health, ability and work that fit the age."""
    person.student = _student(rng, age)
    person.education = _education(rng, person, age)
    person.political = "中共党员" if age > 25 and chance(rng, 0.05) else "群众"
    if chance(rng, 0.012):
        person.ethnicity = rng.choice(("瑶族", "土家族", "苗族", "侗族"))
    _give_health(person, rng, age)
    person.labour = labour(person, rng, age)
    person.pension_insurance = age >= WORKING_FROM and person.student == NOT_STUDENT


def _student(rng: Random, age: int) -> str:
    if age < 3:
        return "学龄前儿童"
    if age < 6:
        return "学前教育"
    if age < 12:
        return "小学"
    if age in PUPILS:
        return PUPILS[age]
    if age in _SENIOR and chance(rng, 0.85):
        return rng.choice(_SENIOR[age])
    return rng.choice(_COLLEGE[age]) if age in _COLLEGE and chance(rng, 0.4) else NOT_STUDENT


def _education(rng: Random, person: Person, age: int) -> str:
    if age < 6:
        return "文盲或半文盲"
    if age < 15:
        return "小学" if age < 12 else "初中"
    if person.student.startswith(("本科", "高职")):
        return "高中"
    if age < 25:
        return pick(rng, {"初中": 0.4, "高中": 0.45, "大专": 0.15})
    if age < PENSION_AGE:
        return pick(rng, {"小学": 0.2, "初中": 0.55, "高中": 0.2, "大专": 0.05})
    return pick(rng, {"文盲或半文盲": 0.2, "小学": 0.6, "初中": 0.2})


def _give_health(person: Person, rng: Random, age: int) -> None:
    if chance(rng, 0.008 + 0.0006 * max(age - 30, 0)):
        person.card = person.id_number + pick(rng, _DISABILITIES) + pick(rng, _GRADES)
        person.health = DISABLED
    elif chance(rng, 0.005 + 0.006 * max(age - 45, 0)):
        person.health = CHRONIC


def labour(person: Person, rng: Random, age: int) -> str:
    """Return the ability to work by age and health; a card alone takes no ability away, a severe one does."""
    if age < WORKING_FROM or age >= OLD:
        return NO_LABOUR
    if person.severe:
        return LOST if age < WORKING_UNTIL else NO_LABOUR
    if age >= WORKING_UNTIL or person.health in (CHRONIC, DISABLED):
        return WEAK
    return SKILLED if chance(rng, 0.1) else ABLE


def send_to_work(person: Person, rng: Random) -> None:
    """Let the person earn wages for most of the year, away or in the county."""
    person.work_area = pick(rng, _AREAS)
    person.work_months = rng.randint(16, 23) / 2
