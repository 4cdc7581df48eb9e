"""An asset: one of three classes, with its five rights (X-01).

Source: 国办函〔2021〕51号 三(一)–(二); 湘振局联〔2021〕5号 二(一)–(二); 衡委振组〔2021〕1号 任务18.
"""

from __future__ import annotations

from typing import Any

from shouwang.errors import BadRequest

CLASSES = {"operating": "经营性资产", "public": "公益性资产", "household": "到户类资产"}
RIGHTS = {
    "owner": "所有权",
    "operator": "经营权",
    "beneficiary": "收益权",
    "disposer": "处置权",
    "supervisor": "监督权",
}


def register(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the asset that `spec` (title, asset_class, kind, value_fen, owner, project) describes.

    The owner of an operating asset benefits from it until a contract says otherwise; the town supervises
    (湘振局联〔2021〕5号 二(四)). BadRequest `asset.class` or `asset.value`.
    """
    if spec["asset_class"] not in CLASSES:
        raise BadRequest(
            f"没有“{spec['asset_class']}”这一资产类别",
            code="asset.class",
            remedy="可用：" + "、".join(f"{code}（{label}）" for code, label in CLASSES.items()) + "。",
        )
    if spec["value_fen"] <= 0:
        raise BadRequest("资产原值应大于零", code="asset.value", remedy="请按验收金额填写，单位为分。")
    kept = {name: spec[name] for name in ("title", "asset_class", "kind", "value_fen", "project")}
    return {**kept, "rights": rights(spec["owner"], spec["region"]), "contract": None, "settlements": []}


def rights(owner: str, region: str) -> dict[str, str]:
    """Return who holds each of the five rights when the asset is registered."""
    town = f"{region[:9]} 乡镇人民政府"
    return {
        "owner": owner,
        "operator": owner,
        "beneficiary": owner,
        "disposer": owner,
        "supervisor": town,
    }
