"""Identification, removal and what follows them: what comes in and goes out."""

from services.monitoring.schemas.proceedings.after import *  # noqa: F403
from services.monitoring.schemas.proceedings.cases import *  # noqa: F403
