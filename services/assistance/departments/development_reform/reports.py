"""Where relocated families have no work (S-08): the development and reform bureau watches the sites."""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import signal

from ._families import families
from .tables import RelocatedPersons, SiteJobs


@signal(
    "relocation_site",
    unit="households",
    version=1,
    shows={
        "families": ("搬迁户", "households"),
        "persons": ("搬迁人口", "persons"),
        "vacant": ("空缺岗位", "items"),
    },
    standing=True,
)
def site_without_jobs(relocated_persons: RelocatedPersons, site_jobs: SiteJobs) -> Any:
    """集中安置点有劳动力而没有一人登记就业的搬迁户，连同搬迁户、人口和空缺岗位."""
    at_sites = families(relocated_persons).filter(_.settled == "site").group_by("village")
    jobless = (_.able > 0) & (_.employed == 0)
    sites = at_sites.agg(amount=jobless.sum(), families=_.count(), persons=_.members.sum())
    jobs = site_jobs.latest().group_by("village").agg(vacant=_.vacant.sum())
    told = sites.filter(_.amount > 0).left_join(jobs, "village")
    return told.select("amount", "families", "persons", "vacant", region=_.village)
