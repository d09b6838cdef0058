"""A webhook is accepted only if it was signed with one of the secrets, is unchanged and is recent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mena_content import WebhookRefused, verify_webhook
from publishing.webhooks.signing import new_seed, secret_of, signed_headers

# The example of the specification.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'
SENT = 1614265330
HEADERS = {
    "Webhook-Id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "Webhook-Timestamp": str(SENT),
    "Webhook-Signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
OTHER = "whsec_" + "QUJDRA=="


def test_example_of_the_specification_is_accepted() -> None:
    webhook = verify_webhook(BODY, HEADERS, SECRET, now=SENT + 10)
    assert webhook == ("msg_p5jXN8AQM9LWM0D4loKWxJek", SENT, {"test": 2432232314})


def test_what_the_site_signs_is_accepted_with_either_secret_while_one_is_changed() -> None:
    old, new = secret_of(new_seed()), secret_of(new_seed())
    body = '{"type":"content.upserted","data":{"title":"عنوان"}}'
    headers = signed_headers("msg_1", datetime.now(UTC), body, [old, new])
    for secrets in (old, new, [old, new], [OTHER, new]):
        assert verify_webhook(body.encode(), headers, secrets).payload["type"] == "content.upserted"
    with pytest.raises(WebhookRefused):
        verify_webhook(body.encode(), headers, secret_of(new_seed()))


def test_one_of_our_secrets_is_enough() -> None:
    assert verify_webhook(BODY, HEADERS, [OTHER, SECRET], now=SENT)


def test_one_of_its_signatures_is_enough_and_other_versions_are_passed_over() -> None:
    signatures = f"v1a,abc v1,AAAA {HEADERS['Webhook-Signature']} nonsense"
    assert verify_webhook(BODY, HEADERS | {"Webhook-Signature": signatures}, SECRET, now=SENT)


@pytest.mark.parametrize("late", [-301, 301, 10**6])
def test_old_or_future_webhook_is_refused_so_that_none_can_be_played_again(late: int) -> None:
    with pytest.raises(WebhookRefused, match="too long ago"):
        verify_webhook(BODY, HEADERS, SECRET, now=SENT + late)


@pytest.mark.parametrize("change", [{"Webhook-Id": "msg_2"}, {"Webhook-Timestamp": str(SENT + 1)}])
def test_changed_header_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(WebhookRefused, match="No signature"):
        verify_webhook(BODY, HEADERS | change, SECRET, now=SENT)


def test_changed_body_is_refused() -> None:
    with pytest.raises(WebhookRefused, match="No signature"):
        verify_webhook(BODY + b" ", HEADERS, SECRET, now=SENT)


@pytest.mark.parametrize("name", list(HEADERS))
def test_missing_header_is_refused(name: str) -> None:
    headers = {key: value for key, value in HEADERS.items() if key != name}
    with pytest.raises(WebhookRefused, match="is missing"):
        verify_webhook(BODY, headers, SECRET, now=SENT)


@pytest.mark.parametrize("sent", ["", "now", "-1", "1e9", "٣", "9" * 5000, "161426533.0"])
def test_time_that_is_none_is_refused(sent: str) -> None:
    with pytest.raises(WebhookRefused):
        verify_webhook(BODY, HEADERS | {"Webhook-Timestamp": sent}, SECRET, now=SENT)


@pytest.mark.parametrize(
    "signature", ["", "v1,", "v1", "g0hM9SsE", "v1,é", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="]
)
def test_signature_that_is_none_is_refused(signature: str) -> None:
    with pytest.raises(WebhookRefused, match="No signature"):
        verify_webhook(BODY, HEADERS | {"Webhook-Signature": signature}, SECRET, now=SENT)


@pytest.mark.parametrize("secrets", ["whsec_not base64!", "whsec_", ["whsec_"]])
def test_secret_that_is_none_is_our_mistake_and_lets_nothing_in(secrets: str | list[str]) -> None:
    with pytest.raises(ValueError, match="A secret is"):
        verify_webhook(BODY, HEADERS, secrets, now=SENT)


def test_without_secrets_nothing_is_accepted() -> None:
    with pytest.raises(WebhookRefused):
        verify_webhook(BODY, HEADERS, [], now=SENT)
