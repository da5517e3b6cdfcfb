# python3 verify.py SECRET HEADER <body
import hashlib
import hmac
import sys


def is_genuine(body: bytes, header: str, secret: str) -> bool:
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), header.encode())


secret, header = sys.argv[1:]
sys.exit(0 if is_genuine(sys.stdin.buffer.read(), header, secret) else 1)
