"""A proof of work: before a press inquiry is sent, the journalist's browser computes for a moment, unnoticed; anyone
who sends inquiries by the thousand pays with a machine's time. Only the browser and the site take part.

The challenge is the form's stamp (press.forms.spam): signed, never too old, and good for every reader of a cached page.
A proof is a salt with which PBKDF2 (RFC 8018) of the stamp begins with INQUIRY_PROOF_OF_WORK zero bits. PBKDF2 is used
rather than single hashes because a browser's own runs as fast as an attacker's. Each proof is good for one inquiry.
"""

from __future__ import annotations

import hashlib

from django.conf import settings

PROOF = "proof"
ITERATIONS = 10_000
_LONGEST = 40
_COMPARED_BYTES = 4


def is_asked_for() -> bool:
    return settings.INQUIRY_PROOF_OF_WORK > 0


def is_proof(stamp: str, proof: str) -> bool:
    """Return whether the work has been done, for a stamp that is the site's own. Takes a few milliseconds."""
    if not proof.isascii() or not 0 < len(proof) <= _LONGEST:
        return False
    key = hashlib.pbkdf2_hmac("sha256", stamp.encode(), proof.encode(), ITERATIONS, _COMPARED_BYTES)
    return int.from_bytes(key, "big") >> (8 * _COMPARED_BYTES - settings.INQUIRY_PROOF_OF_WORK) == 0


def digest_of(stamp: str, proof: str) -> str:
    """Return the digest by which a proof that was used is recognised."""
    return hashlib.sha256(f"{stamp} {proof}".encode()).hexdigest()
