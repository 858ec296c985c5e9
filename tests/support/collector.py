"""collector.py - receives spans as an OpenTelemetry collector does (OTLP over HTTP, JSON), and keeps them"""

import http.server
import json
import threading


class Collector(http.server.ThreadingHTTPServer):
    """On a free port of loopback, from the start on."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.spans = []
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Answer(http.server.BaseHTTPRequestHandler):
    """Keeps every span with the name of its service."""

    def do_POST(self):
        """One lot."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        for resource in body["resourceSpans"]:
            names = {a["key"]: a["value"]["stringValue"] for a in resource["resource"]["attributes"]}
            for scope in resource["scopeSpans"]:
                self.server.spans += [{**s, "service": names["service.name"]} for s in scope["spans"]]
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args):
        """Says nothing."""
