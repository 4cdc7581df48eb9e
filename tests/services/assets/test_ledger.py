"""The ledger balances, whatever is entered."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shouwang.errors import BadRequest

from services.assets.domain import ledger

ON = date(2021, 12, 20)
FEN = st.integers(1, 10**12)
KINDS = st.sampled_from([ledger.due, ledger.received, ledger.spent, ledger.reserved])


@pytest.mark.rule("X-06")
@given(st.lists(st.tuples(KINDS, FEN), max_size=30))
def test_debits_equal_credits_over_all_accounts(steps):
    entries = [make(f"e{number}", ON, "入账", amount) for number, (make, amount) in enumerate(steps)]
    assert sum(ledger.balance(entries, account) for account in ledger.ACCOUNTS) == 0


@pytest.mark.rule("X-06")
def test_what_was_due_and_received_leaves_no_receivable():
    entries = [ledger.due("a", ON, "租金", 500_000), ledger.received("b", ON, "到账", 480_000)]
    assert ledger.balance(entries, ledger.RECEIVABLE) == 20_000
    assert ledger.balance(entries, ledger.CASH) == 480_000


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [ledger.line(ledger.CASH, debit=5)],
        [ledger.line(ledger.CASH, debit=5), ledger.line(ledger.INCOME, credit=4)],
    ],
)
def test_an_unbalanced_entry_is_refused(lines):
    with pytest.raises(BadRequest) as error:
        ledger.entry("x", ON, "错", lines)
    assert error.value.code == "ledger.unbalanced"


@pytest.mark.parametrize("sides", [{}, {"debit": 1, "credit": 1}, {"debit": -1}])
def test_a_line_has_one_side(sides):
    with pytest.raises(BadRequest) as error:
        ledger.line(ledger.CASH, **sides)
    assert error.value.code == "ledger.sides"


def test_an_account_that_does_not_exist_is_refused():
    with pytest.raises(BadRequest) as error:
        ledger.line("pocket", debit=1)
    assert error.value.code == "ledger.account"
