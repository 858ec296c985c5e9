"""jwt.py - an issuer of JSON Web Tokens for tests: keys and signatures by openssl, nothing of ours that is tested."""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
import time


def b64(data):
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def openssl(*args, data=None):
    """Its standard output."""
    return subprocess.run(["openssl", *args], input=data, capture_output=True, check=True).stdout


class Issuer:
    """An RSA and an EC key in a folder."""

    def __init__(self, folder, name="issuer"):
        self.rsa, self.ec = (os.path.join(folder, f"{name}-{k}.key") for k in ("rsa", "ec"))
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self.rsa)
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", self.ec)
        self.name = name

    def jwks(self):
        """The public keys."""
        modulus = openssl("rsa", "-in", self.rsa, "-noout", "-modulus").decode().strip().split("=")[1]
        point = openssl("pkey", "-in", self.ec, "-pubout", "-outform", "DER")[-64:]
        return {"keys": [
            {"kty": "RSA", "kid": f"{self.name}-rsa", "use": "sig", "alg": "RS256", "n": b64(bytes.fromhex(modulus)), "e": "AQAB"},
            {"kty": "EC", "kid": f"{self.name}-ec", "use": "sig", "alg": "ES256", "crv": "P-256", "x": b64(point[:32]), "y": b64(point[32:])},
        ]}

    def sign(self, alg, data):
        """The signature's bytes; HS256 with the public key as its secret is the classic forgery."""
        if alg == "RS256":
            return openssl("dgst", "-sha256", "-sign", self.rsa, data=data)
        if alg == "ES256":
            return raw(openssl("dgst", "-sha256", "-sign", self.ec, data=data))
        return hmac.new(openssl("pkey", "-in", self.rsa, "-pubout"), data, hashlib.sha256).digest() if alg == "HS256" else b""

    def token(self, alg="RS256", header=None, **claims):
        """Valid for five minutes unless the claims say otherwise; a claim of None is left out."""
        now = int(time.time())
        body = {"iss": "https://issuer.test", "sub": "ehr", "aud": "cleanclaim", "iat": now, "exp": now + 300, **claims}
        kid = f"{self.name}-{'ec' if alg == 'ES256' else 'rsa'}"
        head = {"alg": alg, "typ": "JWT", "kid": kid, **(header or {})}
        parts = [b64(json.dumps({k: v for k, v in p.items() if v is not None}).encode()) for p in (head, body)]
        text = ".".join(parts)
        return f"{text}.{b64(self.sign(alg, text.encode()))}"


def raw(der):
    """An ECDSA signature's two numbers as 64 bytes, out of DER."""
    out, at = b"", 2
    for _ in range(2):
        n = der[at + 1]
        out += der[at + 2:at + 2 + n].lstrip(b"\0").rjust(32, b"\0")
        at += 2 + n
    return out


def cases(folder):
    """Token files NAME.jwt of jwt_test, and jwks.json."""
    issuer, other, now = Issuer(folder), Issuer(folder, "other"), int(time.time())
    keys = issuer.jwks()
    with open(os.path.join(folder, "jwks.json"), "w", encoding="utf-8") as f:
        json.dump(keys, f)
    with open(os.path.join(folder, "other.json"), "w", encoding="utf-8") as f:
        json.dump(other.jwks(), f)
    good = issuer.token()
    head, body, signature = good.split(".")
    tokens = {
        "rs256": good,
        "es256": issuer.token("ES256"),
        "list": issuer.token(aud=["else", "cleanclaim"]),
        "no-kid": issuer.token(header={"kid": None}),
        "skew": issuer.token(exp=now - 30, nbf=now + 30),
        "none": issuer.token("none"),
        "unsigned": f"{head}.{body}.",
        "hs256": issuer.token("HS256"),
        "rs512": issuer.token("RS256", header={"alg": "RS512"}),
        "swapped": issuer.token("ES256", header={"kid": "issuer-rsa"}),
        "unknown-key": other.token(),
        "stolen-kid": other.token(header={"kid": "issuer-rsa"}),
        "altered": f"{head}.{b64(json.dumps({'sub': 'admin', 'exp': now + 300}).encode())}.{signature}",
        "expired": issuer.token(exp=now - 61),
        "no-exp": issuer.token(exp=None),
        "text-exp": issuer.token(exp=str(now + 300)),
        "early": issuer.token(nbf=now + 90),
        "issuer": issuer.token(iss="https://else.test"),
        "no-issuer": issuer.token(iss=None),
        "audience": issuer.token(aud="else"),
        "no-audience": issuer.token(aud=None),
        "critical": issuer.token(header={"crit": ["b64"], "b64": True}),
        "other": other.token(sub="rotated"),
    }
    for name, text in tokens.items():
        with open(os.path.join(folder, f"{name}.jwt"), "w", encoding="utf-8") as f:
            f.write(text)


if __name__ == "__main__":
    cases(sys.argv[1])
