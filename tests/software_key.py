"""An authenticator in Python that answers as one of the trade does, or as none should."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
ORIGIN = "http://testserver"


class SoftwareKey:
    """A key pair for `host`. `flags`: whether the person was there and was verified; `count`: how often it signed."""

    def __init__(self, host: str = "testserver", origin: str = ORIGIN) -> None:
        self.host, self.origin = host, origin
        self.flags, self.count = PRESENT | VERIFIED, 0
        self.id = secrets.token_bytes(32)
        self._private = ec.generate_private_key(ec.SECP256R1())

    def made(self, asked: Any) -> str:
        """Return the answer to the options of a new passkey, as the page's script sends it."""
        kind: Any = ES256  # its way in has no types
        public = cbor.encode(kind.from_cryptography_key(self._private.public_key()))
        credential = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(self.flags | ATTESTED) + credential
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(asked, "webauthn.create", lambda _: {"attestationObject": websafe_encode(attestation)})

    def used(self, asked: Any) -> str:
        """Return the answer to the options of a sign-in."""
        data = self._data(self.flags)

        def parts(client_data: bytes) -> dict[str, str]:
            signed = data + hashlib.sha256(client_data).digest()
            signature = self._private.sign(signed, ec.ECDSA(SHA256()))
            return {"authenticatorData": websafe_encode(data), "signature": websafe_encode(signature)}

        return self._answer(asked, "webauthn.get", parts)

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _answer(self, asked: Any, kind: str, parts: Any) -> str:
        said = {"type": kind, "challenge": asked["publicKey"]["challenge"], "origin": self.origin}
        client_data = json.dumps(said).encode()
        response = {"clientDataJSON": websafe_encode(client_data), **parts(client_data)}
        name = websafe_encode(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
