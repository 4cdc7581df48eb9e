"""The authorisation behind a comparison: what it lets through, and everything it does not (I-01, I-07)."""

from __future__ import annotations

from datetime import date
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from shouwang.department import authorisation
from shouwang.errors import BadRequest, Forbidden, ShouwangError
from shouwang.sealing import KeyPair, open_sealed

from tests.shared.department.water import id_number

SIGNER = Ed25519PrivateKey.generate()
DEPARTMENT = KeyPair.generate()
TODAY = date(2021, 6, 30)
NOW = 1_625_000_000.0
PERSONS = [{"ref": "m1", "id_number": id_number(1)}, {"ref": "m2", "id_number": id_number(2)}]


def issue(signer: Ed25519PrivateKey = SIGNER, **changes: Any) -> tuple[str, list[dict[str, Any]]]:
    asked: dict[str, Any] = {
        "department": "civil_affairs",
        "department_key": DEPARTMENT.public_text,
        "case": "case-1",
        "purpose": "县级比对",
        "persons": PERSONS,
        "facts": ["deposits", "vehicles"],
        "paper": date(2021, 6, 1),
        "now": lambda: NOW,
    }
    token, sealed = authorisation.issue(signer, **{**asked, **changes})
    return token, open_sealed(DEPARTMENT.private, sealed)


def verify(token: str, persons: list[dict[str, Any]], **changes: Any) -> authorisation.Authorisation:
    asked: dict[str, Any] = {"department": "civil_affairs", "today": TODAY, "now": lambda: NOW + 1}
    key = authorisation.public_text(SIGNER)
    return authorisation.verify(token, key, persons=persons, **{**asked, **changes})


@pytest.mark.rule("I-07")
def test_it_grants_what_was_asked_for_the_persons_named() -> None:
    granted = verify(*issue())
    assert (granted.case, granted.facts, granted.persons) == (
        "case-1",
        ("deposits", "vehicles"),
        ("m1", "m2"),
    )
    assert granted.paper == date(2021, 6, 1)


@pytest.mark.rule("I-07")
def test_a_part_of_the_persons_may_be_asked_about() -> None:
    token, persons = issue()
    assert verify(token, persons[:1]).persons == ("m1",)


def test_the_token_tells_nothing_of_the_persons() -> None:
    token, persons = issue()
    claims = jwt.decode(token, options={"verify_signature": False})
    assert all(person["id_number"] not in str(claims) for person in persons)
    assert claims["persons"]["m1"] != issue()[1][0]["salt"]
    again = jwt.decode(issue()[0], options={"verify_signature": False})
    assert claims["persons"] != again["persons"], (
        "salted: the same person cannot be followed from token to token"
    )


def refused(token: str, persons: list[dict[str, Any]], **changes: Any) -> str:
    with pytest.raises(ShouwangError) as caught:
        verify(token, persons, **changes)
    assert isinstance(caught.value, Forbidden | BadRequest)
    assert all(person.get("id_number", "-") not in str(caught.value) for person in persons)
    return caught.value.code


def _unsigned(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, "", algorithm="none")


@pytest.mark.rule("I-01")
def test_without_a_signature_of_monitoring_nothing_is_answered() -> None:
    token, persons = issue()
    claims = jwt.decode(token, options={"verify_signature": False})
    head, body, mark = token.split(".")
    for wrong in (
        "",
        "no token",
        _unsigned(claims),
        issue(Ed25519PrivateKey.generate())[0],
        f"{head}.{body}.{mark[:-4]}AAAA",
        jwt.encode(claims, "secret" * 8, algorithm="HS256"),
    ):
        assert refused(wrong, persons) == "authorisation.unsigned"


def test_every_claim_is_needed() -> None:
    token, persons = issue()
    claims = jwt.decode(token, options={"verify_signature": False})
    for name in claims:
        less = {key: value for key, value in claims.items() if key != name}
        assert refused(jwt.encode(less, SIGNER, algorithm="EdDSA"), persons) == "authorisation.unsigned"


def test_another_issuer_with_the_same_key_is_refused() -> None:
    token, persons = issue()
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (
        refused(jwt.encode({**claims, "iss": "assistance"}, SIGNER, algorithm="EdDSA"), persons)
        == "authorisation.unsigned"
    )


@pytest.mark.parametrize(
    ("later", "held"), [(0, True), (599, True), (600, False), (10**6, False), (-700, False)]
)
def test_it_expires_in_real_time(later: float, held: bool) -> None:
    token, persons = issue()
    if held:
        assert verify(token, persons, now=lambda: NOW + later).case == "case-1"
    else:
        assert refused(token, persons, now=lambda: NOW + later) == "authorisation.expired"


def test_it_is_for_one_department() -> None:
    assert refused(*issue(department="health_insurance")) == "authorisation.other_department"


@pytest.mark.rule("I-07")
def test_persons_of_another_case_are_refused() -> None:
    assert refused(issue()[0], issue(case="case-2")[1]) == "authorisation.other_case"


@pytest.mark.rule("I-07")
def test_persons_not_named_are_refused() -> None:
    token, persons = issue()
    stranger = {**persons[0], "id_number": id_number(3)}
    renamed = {**persons[0], "ref": "m3"}
    swapped = {**persons[0], "ref": "m2"}
    for wrong in (stranger, renamed, swapped):
        assert refused(token, [persons[1], wrong]) == "authorisation.person_not_named"


def test_a_list_without_anybody_or_with_half_a_person_is_a_wrong_request() -> None:
    token, _ = issue()
    assert refused(token, []) == "authorisation.nobody"
    assert refused(token, [{"ref": "m1"}]) == "authorisation.person_form"


@pytest.mark.rule("I-01")
def test_the_paper_must_have_been_signed() -> None:
    assert refused(*issue(paper=date(2021, 7, 1))) == "authorisation.no_paper"
    token, persons = issue()
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (
        refused(jwt.encode({**claims, "paper": "没有"}, SIGNER, algorithm="EdDSA"), persons)
        == "authorisation.no_paper"
    )


def test_the_signing_key_of_a_ring_stays_the_same(tmp_path: Any) -> None:
    from shouwang.store import KeyRing

    ring = KeyRing.generate(tmp_path / "keys")
    first = authorisation.public_text(authorisation.signing_key(ring))
    rotated = ring.rotate("mac")
    assert authorisation.public_text(authorisation.signing_key(rotated)) == first
    other = KeyRing.generate(tmp_path / "other")
    assert authorisation.public_text(authorisation.signing_key(other)) != first
