#!/usr/bin/env python3
"""payer_https.py DIR PORT - a payer's HTTPS server for tests: plain files, and CAQH CORE envelopes at /core.

DIR holds cert.pem (with its key) and, if clients must have a certificate, clients.pem; in/ and out/ are its files, ready/ what CORE
hands out, calls is a line a request.
DIR/mode says what goes wrong, read once a request, before it is logged:
  500       the request is answered with 500, nothing is kept         422 401  the same with these
  keep-500  the file is kept, the answer is 500                       hang     the file is kept, and no answer comes
  drop      the connection is closed before anything is kept          error    CORE: an ErrorCode
"""
import base64
import email
import hashlib
import http.server
import os
import re
import ssl
import sys
import time
import urllib.parse

ROOT, PORT = sys.argv[1], int(sys.argv[2])
NS = "http://www.caqh.org/SOAP/WSDL/CORERule2.2.0.xsd"


def path(*names):
    return os.path.join(ROOT, *names)


def read(name):
    with open(name, "rb") as f:
        return f.read()


def mode():
    try:
        return read(path("mode")).decode().strip()
    except FileNotFoundError:
        return ""


def field(xml, name):
    m = re.search(rf"<(?:\w+:)?{name}[^>]*>([^<]*)<", xml)
    return m.group(1) if m else ""


class Payer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", kind="text/plain"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def begin(self):
        """The body; None where the mode has answered already."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.mode = mode()
        with open(path("calls"), "a", encoding="utf-8") as f:
            f.write(f"{self.command} {self.path} {self.headers.get('Authorization', '-')}\n")
        if self.mode in ("500", "422", "401"):
            self.answer(int(self.mode))
            return None
        if self.mode == "drop":
            self.close_connection = True
            return None
        return body

    def kept(self, status=201, body=b"", kind="text/plain"):
        if self.mode == "hang":
            time.sleep(8)
            self.close_connection = True
        else:
            self.answer(500 if self.mode == "keep-500" else status, body, kind)

    def file(self):
        folder, _, name = urllib.parse.unquote(self.path).lstrip("/").partition("/")
        return path(folder, name) if folder in ("in", "out") and "/" not in name else None

    def do_PUT(self):
        body = self.begin()
        if body is None:
            return
        if os.path.exists(self.file()):
            self.answer(412)
            return
        with open(self.file(), "wb") as f:
            f.write(body)
        self.kept()

    def do_GET(self):
        if self.begin() is None:
            return
        name = self.file()
        if name and name.endswith("/"):
            self.answer(200, "".join(n + "\n" for n in sorted(os.listdir(name))).encode())
        elif name and os.path.isfile(name):
            self.answer(200, read(name))
        else:
            self.answer(404)

    def do_DELETE(self):
        if self.begin() is None:
            return
        os.unlink(self.file())
        self.answer(204)

    def envelope(self, message, kind, payload_id, error="Success", payload=None, inline=False):
        shown = f"<Payload>{base64.b64encode(payload).decode()}</Payload>" if payload and inline else ""
        xml = (f'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><c:{message} xmlns:c="{NS}">'
               f"<PayloadType>{kind}</PayloadType><PayloadID>{payload_id}</PayloadID>{shown}<ErrorCode>{error}</ErrorCode>"
               f"</c:{message}></s:Body></s:Envelope>").encode()
        if not payload or inline:
            return xml, "application/soap+xml"
        parts = b"".join(b"--b1\r\nContent-ID: <%s>\r\n\r\n%s\r\n" % (i, p) for i, p in ((b"x", xml), (b"p", payload)))
        return parts + b"--b1--\r\n", 'multipart/related; boundary="b1"'

    def do_POST(self):
        body = self.begin()
        if body is None:
            return
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = email.message_from_bytes(head + body).get_payload()
        xml = parts[0].get_payload()
        kind, ident = field(xml, "PayloadType"), field(xml, "PayloadID")
        with open(path("envelopes"), "a", encoding="utf-8") as f:
            f.write(xml + "\n")
        if "COREEnvelopeBatchSubmission " in xml:
            self.submitted(xml, kind, ident, body)
        elif "AckRetrieval" in xml:
            got = os.path.exists(path("in", ident)) and self.mode != "no-ack"
            self.answer(200, *self.envelope("R", "X12_999_005010X231A1" if got else "X12_NoBatchAckFile", ident, payload=b"ISA*999~" if got else None))
        elif "ResultsRetrieval" in xml:
            names = sorted(n for n in os.listdir(path("ready")) if n.startswith(kind[-4:]))
            self.answer(200, *self.envelope("R", "X12_Results" if names else "X12_NoBatchResultsFile", names[0] if names else ident,
                                            payload=read(path("ready", names[0])) if names else None, inline=kind.endswith("Acks")))
        else:
            os.unlink(path("ready", ident))
            self.answer(200, *self.envelope("R", "X12_Response", ident))

    def submitted(self, xml, kind, ident, body):
        boundary = b"\r\n--" + re.search(r'boundary="([^"]+)"', self.headers["Content-Type"]).group(1).encode()
        payload = body.split(boundary)[1].split(b"\r\n\r\n", 1)[1]
        error = "Success"
        if hashlib.sha1(payload).hexdigest() != field(xml, "CheckSum") or str(len(payload)) != field(xml, "PayloadLength"):
            error = "CheckSumMismatched"
        elif self.mode == "error":
            error = "PayloadTypeIllegal"
        elif os.path.exists(path("in", ident)):
            error = "DuplicatePayloadID"
        if error == "Success":
            with open(path("in", ident), "wb") as f:
                f.write(payload)
        self.kept(200, *self.envelope("COREEnvelopeBatchSubmissionResponse", "X12_BatchReceiptConfirmation", ident, error))


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Payer)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path("cert.pem"))
    if os.path.exists(path("clients.pem")):
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(path("clients.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


main()
