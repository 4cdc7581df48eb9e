"""YAML as people and every parser read it: block style, no aliases, words like "on" in quotes."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import SafeRepresenter

BOOLEANS_OF_1_1 = frozenset({"on", "off", "yes", "no", "y", "n"})


class _Plain(SafeRepresenter):
    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out: anchors are hard to read."""
        del data
        return True


def _text(representer: SafeRepresenter, data: str) -> ScalarNode:
    style = "'" if data.lower() in BOOLEANS_OF_1_1 else None
    return representer.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Plain.add_representer(str, _text)


def text(data: Any, head: str = "") -> str:
    """Return `data` as YAML, keys in the order given, after the comment `head`."""
    writer: Any = YAML(typ="safe", pure=True)
    writer.Representer = _Plain
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 110
    writer.sort_base_mapping_type_on_output = False
    out = io.StringIO()
    writer.dump(data, out)
    return head + out.getvalue()


def load(source: str) -> Any:
    """Read YAML 1.2: a key `on` stays a key."""
    return YAML(typ="safe", pure=True).load(source)
