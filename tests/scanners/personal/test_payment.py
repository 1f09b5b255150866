"""Card numbers and bank accounts are told from test numbers and from digits that only stand beside each other."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.personal import payment
from outsource_gate.scanners.personal.made_up import is_made_up_number
from outsource_gate.scanners.personal.national_ids import luhn
from tests.scanners import people


@given(st.integers())
def test_a_drawn_card_number_is_one_unless_its_digits_show_a_hand(seed: int) -> None:
    number = people.card(Random(seed))
    assert luhn(number)
    assert payment.is_issued(number)
    assert payment.is_card(number) or is_made_up_number(number)


@given(st.integers(), st.integers(0, 15), st.integers(1, 9))
def test_a_wrong_digit_is_no_card(seed: int, place: int, more: int) -> None:
    number = people.card(Random(seed))
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert not payment.is_card(wrong)


def test_every_test_number_is_listed_for_a_reason() -> None:
    """it would be taken for a card, or an account, otherwise"""
    assert [number for number in payment._TEST_CARDS if not number.isdigit()] == []
    valid = [number for number in payment._TEST_CARDS if luhn(number)]
    assert len(valid) > 30
    assert not any(payment.is_card(number) for number in payment._TEST_CARDS)
    accounts = [it[4:] + it[:4] for it in payment._TEST_IBANS]
    assert [it for it in accounts if int("".join(str(int(char, 36)) for char in it)) % 97 != 1] == []
    assert not any(payment.is_iban(it) for it in payment._TEST_IBANS)


@pytest.mark.parametrize("number", ["4111111111111111", "4242424242424242", "5555555555554444", "378282246310005"])
def test_what_networks_print_for_tests_is_no_card(number: str) -> None:
    assert luhn(number)
    assert not payment.is_card(number)


@given(st.integers())
def test_a_drawn_account_is_one_and_a_wrong_digit_is_not(seed: int) -> None:
    chance = Random(seed)
    account = people.iban(chance)
    place = chance.randrange(4, len(account))
    wrong = account[:place] + str((int(account[place]) + 1) % 10) + account[place + 1 :]
    assert payment.is_iban(account) or is_made_up_number(account[4:])
    assert payment.is_iban(f"{account[:4]} {account[4:8]} {account[8:]}") == payment.is_iban(account)
    assert not payment.is_iban(wrong)


@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    assert payment.is_iban(text) in (True, False)
    assert payment.is_card(text) in (True, False)


@pytest.mark.parametrize("around", ["x{}", "{}.log", "0.{}", "sha1={}", "/{}/", "{}a", "-{}-"])
def test_digits_inside_of_something_else_are_no_number(around: str) -> None:
    number = people.card(Random(1))
    found = [match[0] for match in payment.CARD.finditer(around.format(number))]
    assert found == ([number] if around == "{}.log" else [])
