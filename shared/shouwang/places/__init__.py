"""Administrative divisions down to the village: codes with name, level, parent and days of validity."""

from shouwang.places.codes import LEVELS, is_within, level_of, parent_of
from shouwang.places.places import Place, Places

__all__ = ["LEVELS", "Place", "Places", "is_within", "level_of", "parent_of"]
