"""The contract on an operating asset: operator, mode, term, rent; and what is due by it (X-05, X-06).

Source: 国办函〔2021〕51号 三(四); 湘振局联〔2021〕5号 二(五)–(六).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.errors import BadRequest, Conflict, Refused

MODES = {
    "lease": "租赁",
    "cooperation": "合作经营",
    "trust": "委托经营",
    "self_run": "自主经营",
    "share": "入股分红",
}


def sign(asset: dict[str, Any], terms: dict[str, Any]) -> dict[str, Any]:
    """Return the asset under contract; terms: operator, mode, starts_on, ends_on, rent_fen (a year)."""
    if asset["asset_class"] != "operating":
        raise Refused(
            "只有经营性资产可以签订经营合同",
            code="asset.not_operating",
            remedy="公益性资产请登记管护责任，不签经营合同。",
        )
    if asset["contract"] and asset["contract"]["ends_on"] >= terms["starts_on"].isoformat():
        raise Conflict("原合同尚未到期", code="asset.under_contract", remedy="请先终止原合同。")
    _check(terms)
    contract = {
        "operator": terms["operator"],
        "mode": terms["mode"],
        "starts_on": terms["starts_on"].isoformat(),
        "ends_on": terms["ends_on"].isoformat(),
        "rent_fen": terms["rent_fen"],
    }
    rights = {**asset["rights"], "operator": terms["operator"]}
    return {**asset, "contract": contract, "rights": rights}


def _check(terms: dict[str, Any]) -> None:
    if terms["mode"] not in MODES:
        raise BadRequest(
            f"没有“{terms['mode']}”这一经营方式",
            code="contract.mode",
            remedy=f"可用：{'、'.join(MODES)}。",
        )
    if terms["ends_on"] <= terms["starts_on"]:
        raise BadRequest("合同止期须晚于起期", code="contract.term", remedy="请核对合同起止日期。")
    if terms["rent_fen"] <= 0:
        raise BadRequest(
            "租金或保底收益应大于零", code="contract.rent", remedy="请按合同填写年租金或保底收益。"
        )


def settle(asset: dict[str, Any], year: int, received_fen: int, on: date) -> dict[str, Any]:
    """Return the settlement of a year: due by contract, received, and what is short (X-06).

    Settled at least yearly and once per year; a year that no contract covers is refused.
    """
    contract = asset["contract"]
    if contract is None or not contract["starts_on"] <= on.isoformat() <= contract["ends_on"]:
        raise Refused(
            "该资产当前没有有效的经营合同，无从结算", code="asset.no_contract", remedy="请先签订合同。"
        )
    if any(one["year"] == year for one in asset["settlements"]):
        raise Conflict(
            f"{year} 年度收益已经结算", code="asset.settled", remedy="请核对年度；金额有误的另记更正分录。"
        )
    if not 0 < received_fen <= contract["rent_fen"]:
        raise BadRequest(
            "到账金额须大于零且不超过合同应付", code="asset.amount", remedy="请核对银行回单和合同应付金额。"
        )
    short = contract["rent_fen"] - received_fen
    return {
        "year": year,
        "on": on.isoformat(),
        "due_fen": contract["rent_fen"],
        "received_fen": received_fen,
        "short_fen": short,
    }
