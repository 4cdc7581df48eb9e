"""The asset ledger: double entry, append-only, in fen.

An entry is {id, on, text, lines: [{account, debit_fen, credit_fen}]}; its debits equal its credits.
Accounts are named per village collective; the balance of an account is debits − credits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from shouwang.errors import BadRequest

CASH = "cash"
RECEIVABLE = "receivable"
INCOME = "income"
RESERVE = "reserve_fund"
SPENT = "spent"

ACCOUNTS = {
    CASH: "银行存款",
    RECEIVABLE: "应收租金分红",
    INCOME: "资产收益",
    RESERVE: "公积公益金",
    SPENT: "收益支出",
}

Entry = dict[str, Any]


def line(account: str, *, debit: int = 0, credit: int = 0) -> dict[str, Any]:
    """Return one line of an entry, in fen; exactly one side is above zero."""
    if account not in ACCOUNTS:
        remedy = f"可用：{'、'.join(ACCOUNTS)}。"
        raise BadRequest(f"没有“{account}”这个科目", code="ledger.account", remedy=remedy)
    if min(debit, credit) < 0 or (debit > 0) == (credit > 0):
        raise BadRequest("分录须且只须一方有金额", code="ledger.sides", remedy="每条分录只填借方或贷方金额。")
    return {"account": account, "debit_fen": debit, "credit_fen": credit}


def entry(entry_id: str, on: date, text: str, lines: Iterable[Mapping[str, Any]]) -> Entry:
    """Return a balanced entry or raise BadRequest `ledger.unbalanced`."""
    made = [dict(one) for one in lines]
    difference = sum(one["debit_fen"] - one["credit_fen"] for one in made)
    if difference or not made:
        raise BadRequest(
            f"分录借贷不平，相差 {difference} 分",
            code="ledger.unbalanced",
            remedy="请核对各条分录，借贷合计应相等。",
        )
    return {"id": entry_id, "on": on.isoformat(), "text": text, "lines": made}


def balance(entries: Iterable[Mapping[str, Any]], account: str) -> int:
    """Return debits − credits of an account, in fen."""
    return sum(
        one["debit_fen"] - one["credit_fen"]
        for item in entries
        for one in item["lines"]
        if one["account"] == account
    )


def due(entry_id: str, on: date, text: str, amount_fen: int) -> Entry:
    """What the contract says is due: receivable against income (X-06)."""
    return entry(entry_id, on, text, [line(RECEIVABLE, debit=amount_fen), line(INCOME, credit=amount_fen)])


def received(entry_id: str, on: date, text: str, amount_fen: int) -> Entry:
    """Money that came in: cash against the receivable (X-06)."""
    return entry(entry_id, on, text, [line(CASH, debit=amount_fen), line(RECEIVABLE, credit=amount_fen)])


def spent(entry_id: str, on: date, text: str, amount_fen: int) -> Entry:
    """Money that goes out for an approved use (X-07)."""
    return entry(entry_id, on, text, [line(SPENT, debit=amount_fen), line(CASH, credit=amount_fen)])


def reserved(entry_id: str, on: date, text: str, amount_fen: int) -> Entry:
    """Money that is kept for upkeep and village works: income moves to the reserve fund (X-07)."""
    return entry(entry_id, on, text, [line(INCOME, debit=amount_fen), line(RESERVE, credit=amount_fen)])
