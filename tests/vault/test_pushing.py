"""A message for one browser is closed as RFC 8291 says, byte by byte, and the sender signs as RFC 8292 says."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec

from lapor.lib import base64url
from lapor.vault import pushing
from lapor.vault.pushing import Browser

# RFC 8291, appendix A.
SAID = b"When I grow up, I want to be a watermelon"
BROWSER = Browser(
    endpoint="https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
    p256dh="BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth="BTBZMqHH6r4Tts7J_aSIgg",
)
OURS, SALT = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "DGv6ra1nlYgDCS1FRnbzlw"
CLOSED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_a_message_is_closed_as_in_the_example_of_the_standard() -> None:
    number = int.from_bytes(base64url.decode(OURS), "big")
    pair = ec.derive_private_key(number, ec.SECP256R1())
    found = pushing._closed(BROWSER, SAID, pair=pair, salt=base64url.decode(SALT))
    assert base64url.encode(found) == CLOSED


def test_no_two_messages_look_alike() -> None:
    assert pushing.close_for(BROWSER, SAID) != pushing.close_for(BROWSER, SAID)
