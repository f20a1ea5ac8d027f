"""SCRAM-SHA-256 verifiers, as PostgreSQL stores them in place of passwords (RFC 5802, RFC 7677)."""

import base64
import hmac
import re
from hashlib import pbkdf2_hmac, sha256

_VERIFIER = re.compile(r"SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):.+")


def is_password_of(password: str, verifier: str) -> bool:
    """False also where the verifier is of another method, such as md5. The password is of ASCII characters, since
    others would have to be normalised (SASLprep)."""
    parts = _VERIFIER.fullmatch(verifier)
    if parts is None:
        return False
    iterations, salt, stored_key = int(parts[1]), base64.b64decode(parts[2]), base64.b64decode(parts[3])
    salted = pbkdf2_hmac("sha256", password.encode(), salt, iterations)
    client_key = hmac.digest(salted, b"Client Key", "sha256")
    return hmac.compare_digest(sha256(client_key).digest(), stored_key)
