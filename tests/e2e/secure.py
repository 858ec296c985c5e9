"""secure.py - a broker with TLS, SASL and ACLs: the chain runs with the rights of deploy/kafka/rights.tsv, and with no others"""

import atexit
import contextlib
import glob
import os
import re
import socket
import ssl
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import confluent_kafka
from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AclBinding, AclOperation, AclPermissionType, AdminClient, ResourcePatternType, ResourceType
from jwt import Issuer
from stack import Stack, free_port
from world import FAST, ROOT, Mllp, ack_code, hl7_messages, sample

PREFIX = "hospital."
WORKERS = ["intake", "coder", "validator", "submitter-build", "submitter-deliver", "submitter-follow"]
PEOPLE = ["operator", "repair", "setup"]
BY_TOKEN, BY_PASSWORD = {"submitter-build", "submitter-deliver"}, {"coder", "submitter-follow", "admin"}  # the others: by certificate
SCRAM_SINCE = (2, 6, 1)  # librdkafka before it cannot log in by SCRAM to Kafka 4
RESOURCES = {"topic": ResourceType.TOPIC, "group": ResourceType.GROUP, "transactional-id": ResourceType.TRANSACTIONAL_ID}
OPERATIONS = {"read": AclOperation.READ, "write": AclOperation.WRITE, "create": AclOperation.CREATE, "describe": AclOperation.DESCRIBE,
              "describe-configs": AclOperation.DESCRIBE_CONFIGS}
DENIED = {KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.GROUP_AUTHORIZATION_FAILED, KafkaError.TRANSACTIONAL_ID_AUTHORIZATION_FAILED}


def rights():
    """Rows of rights.tsv: principal, resource, pattern, name, operations."""
    with open(os.path.join(ROOT, "deploy", "kafka", "rights.tsv"), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f][1:]
    return [(who, kind, pattern, name, operations.split(",")) for who, kind, pattern, name, operations in rows]


def may(who, operation):
    """Names of the topics."""
    return {PREFIX + name for p, kind, _, name, ops in rights() if p == who and kind == "topic" and operation in ops and name != "*"}


class Secured(Stack):
    """A stack of which each program logs in as itself."""

    def __init__(self, world):
        super().__init__(os.path.join(world.folder, "secured"), world.build, real=True, settings={**FAST, "TOPIC_PREFIX": PREFIX})
        self.certs = os.path.join(self.folder, "certs")
        self.redis_url = world.base.redis_url
        self.ssl = ""

    def start_broker(self):
        """Certificates, tokens, users, broker, ACLs."""
        os.makedirs(self.certs)
        by_certificate = [who for who in [*WORKERS, *PEOPLE] if who not in BY_TOKEN | BY_PASSWORD]
        subprocess.run([os.path.join(ROOT, "tests", "support", "authority.sh"), self.certs, *by_certificate], check=True)
        self.issuer = Issuer(self.certs)
        self.write("server.both.pem", self.read("ip.key") + self.read("ip.pem"))
        self.write("jwks.json", str(self.issuer.jwks()).replace("'", '"'))
        self.write("users", "".join(f"{who} {who}-opensesame\n" for who in sorted(BY_PASSWORD)))
        self.broker = self._script("kafka.sh", "secure", os.path.join(self.folder, "kafka"), self.certs)
        with open(os.path.join(self.folder, "kafka", "ssl"), encoding="utf-8") as f:
            self.ssl = f.read().strip()
        self.allow()

    def start_redis(self):
        """The base's, with a user of few rights."""
        port = self.redis_url.rsplit(":", 1)[1].split("/")[0]
        with open(os.path.join(ROOT, "deploy", "redis", "users.acl"), encoding="utf-8") as f:
            for words in (line.split() for line in f if not line.startswith("user default")):
                subprocess.run(["redis-cli", "-p", port, "acl", "setuser", *words[1:], ">opensesame"], check=True, capture_output=True)

    def read(self, name):
        with open(os.path.join(self.certs, name), encoding="utf-8") as f:
            return f.read()

    def write(self, name, text):
        with open(os.path.join(self.certs, name), "w", encoding="utf-8") as f:
            f.write(text)

    def path(self, name):
        return os.path.join(self.certs, name)

    def password(self, who):
        return self.secret(f"password-{who}", f"{who}-opensesame")

    def login(self, who):
        """Settings by which a program logs in."""
        ca = {"KAFKA_SSL_CA_LOCATION": self.path("ca.pem"), "KAFKA_BOOTSTRAP_SERVERS": self.broker}
        if who in BY_TOKEN:
            return {**ca, "KAFKA_SECURITY_PROTOCOL": "SASL_SSL", "KAFKA_SASL_MECHANISM": "OAUTHBEARER",
                    "KAFKA_SASL_OAUTHBEARER_TOKEN_FILE": self.secret(f"token-{who}", self.issuer.token(sub=who, aud="kafka"))}
        if who in BY_PASSWORD:
            return {**ca, "KAFKA_SECURITY_PROTOCOL": "SASL_SSL", "KAFKA_SASL_MECHANISM": "SCRAM-SHA-512", "KAFKA_SASL_USERNAME": who,
                    "KAFKA_SASL_PASSWORD_FILE": self.password(who), **self.newer()}
        return {**ca, "KAFKA_BOOTSTRAP_SERVERS": self.ssl, "KAFKA_SECURITY_PROTOCOL": "SSL",
                "KAFKA_SSL_CERTIFICATE_LOCATION": self.path(f"{who}.pem"), "KAFKA_SSL_KEY_LOCATION": self.path(f"{who}.key")}

    def newer(self):
        """SCRAM: where the system's librdkafka is too old, the programs run with the one that the Python client brings."""
        text = subprocess.run([os.path.join(self.bin, "coder"), "--version"], capture_output=True, text=True, check=True).stdout
        have = tuple(int(n) for n in re.search(r"librdkafka (\d+)\.(\d+)\.(\d+)", text).groups())
        folder = os.path.join(os.path.dirname(os.path.dirname(confluent_kafka.__file__)), "confluent_kafka.libs")
        return {} if have >= SCRAM_SINCE else {"LD_PRELOAD": glob.glob(os.path.join(folder, "librdkafka-*.so*"))[0]}

    def env(self, stage="", number=0):
        """As the stage; the command as the operator."""
        who = f"submitter-{stage}" if stage in ("build", "deliver", "follow") else stage or "operator"
        user = self.secret("redis-worker", "cleanclaim-worker:opensesame")
        return {**super().env(stage, number), "REDIS_PASSWORD_FILE": user, **(self.login(who) if stage != "sandbox" else {})}

    def prepare(self, tables):
        """Topics, by whoever may make them."""
        self.cli("topics", "create", "--partitions", str(self.partitions), "--replication", "1", env=self.login("setup"))

    def client(self, who):
        """The same login for a client that is not ours."""
        conf = {k[6:].lower().replace("_", "."): v for k, v in self.login(who).items() if k.startswith("KAFKA_") and not k.endswith("_FILE")}
        conf = {"bootstrap.servers": self.broker, "log_level": 2, **conf}
        if who in BY_TOKEN:
            token = self.issuer.token(sub=who, aud="kafka")
            conf["oauth_cb"] = lambda _: (token, time.time() + 300)
        elif who in BY_PASSWORD:
            conf["sasl.password"] = f"{who}-opensesame"
        return conf

    def allow(self):
        """Every row of rights.tsv becomes ACLs."""
        bindings = []
        for who, kind, pattern, name, operations in rights():
            how = ResourcePatternType.PREFIXED if pattern == "prefixed" else ResourcePatternType.LITERAL
            bindings += [AclBinding(RESOURCES[kind], PREFIX + name.replace("*", ""), how, f"User:{who}", "*", OPERATIONS[o], AclPermissionType.ALLOW)
                         for o in operations]
        admin = AdminClient(self.client("admin"))  # must outlive its answers
        for done in admin.create_acls(bindings, request_timeout=60).values():
            done.result(90)


SHARED = []


def end(s, world):
    """At the end of the run; the folder goes when the run's has gone, since then nobody wants the logs."""
    s.stop()
    if not os.path.exists(world.base.folder):
        s.remove()
        os.rmdir(world.folder)


def secured(world):
    """One for all tests of this file."""
    if not SHARED:
        s = Secured(world)
        atexit.register(end, s, world)
        SHARED.append(s)
        s.start_broker()
        s.start_redis()
        s.prepare([])
    return SHARED[0]


def test_the_chain_runs_with_least_rights(world):
    """SCRAM, a client certificate and a token: an encounter in, a claim paid, read by the operator; Redis as a user that only reads."""
    s = secured(world)
    s.start_stages()
    s.wait_ready()
    mllp = Mllp(s.ports["MLLP_PORT"])
    for message in hl7_messages(sample("office_visit.hl7")):
        assert ack_code(mllp.send(message)) == "AA"
    assert ack_code(mllp.send(b"MSH|^~\\&|A|B|C|D|20270101||ADT^A99|1|P|2.5.1\r")) != "AA"  # kept as a dead letter
    mllp.close()
    s.wait(lambda: [c["state"] for c in s.statuses().values()] == ["PAID"], 90, "the claim is paid")
    claim = next(iter(s.statuses()))
    assert s.rows("show", claim) and s.rows("routes") and s.cli("report")
    assert len(s.rows("dead", "list")) == 1
    for name in list(s.processes):
        assert s.stop_stage(name) == 0, name


def written(s, who, topics):
    """topic -> error code of one record, or 0."""
    done = {}
    p = Producer({**s.client(who), "message.timeout.ms": 8000, "acks": "all"})
    for t in topics:
        p.produce(t, b"x", b"key", partition=0, on_delivery=lambda e, m: done.__setitem__(m.topic(), e.code() if e else 0))
    p.flush(20)
    return done


def been_read(s, who, topics):
    """topic -> error code of a fetch, or 0 when records or the end came."""
    c = Consumer({**s.client(who), "group.id": "nobody", "enable.partition.eof": True, "enable.auto.commit": False})
    c.assign([TopicPartition(t, 0, 0) for t in topics])
    done, end = {}, time.time() + 20
    while len(done) < len(topics) and time.time() < end:
        m = c.poll(0.2)
        if m is not None and m.topic():
            code = m.error().code() if m.error() else 0
            done.setdefault(m.topic(), 0 if code == KafkaError._PARTITION_EOF else code)
    c.close()
    return done


def joined(s, who, group):
    """Error code of another's group, or 0."""
    c = Consumer({**s.client(who), "group.id": PREFIX + group})
    c.subscribe([PREFIX + "encounters"])
    end, code = time.time() + 20, 0
    while not code and time.time() < end:
        m = c.poll(0.5)
        code = m.error().code() if m is not None and m.error() else 0
    c.close()
    return code


def refused(call):
    """Is it an authorization that fails?"""
    try:
        call()
    except KafkaException as e:
        return e.args[0].code() in DENIED
    return False


def test_nobody_has_other_rights(world):
    """Each principal on every topic: what its rows allow works, everything else is refused; so are others' groups and transactions."""
    s = secured(world)
    topics = sorted(AdminClient(s.client("admin")).list_topics(timeout=20).topics.keys())
    topics = [t for t in topics if t.startswith(PREFIX)]
    assert len(topics) > 20
    everybody = [*WORKERS, "operator", "repair"]
    with ThreadPoolExecutor(len(everybody)) as at_once:
        results = list(at_once.map(lambda who: (who, written(s, who, topics), been_read(s, who, topics)), everybody))
    for who, wrote, got in results:
        assert {t for t in topics if wrote.get(t) == 0} == may(who, "write"), (who, wrote)
        assert {t for t in topics if got.get(t) == 0} == may(who, "read"), (who, got)
        assert {c for c in [*wrote.values(), *got.values()] if c} <= DENIED, (who, wrote, got)
    assert PREFIX + "interchanges" not in may("coder", "read") and PREFIX + "claims.clean" not in may("submitter-deliver", "write")
    assert joined(s, "coder", "cleanclaim-validator") == KafkaError.GROUP_AUTHORIZATION_FAILED
    stolen = Producer({**s.client("coder"), "transactional.id": PREFIX + "cleanclaim-validator-0-0"})
    assert refused(lambda: stolen.init_transactions(20))


@contextlib.contextmanager
def expired_server(s):
    """A listener whose certificate is over."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(s.path("expired.pem"), s.path("expired.key"))
    listener = socket.create_server(("127.0.0.1", free_port()))

    def serve():
        while True:
            try:
                raw, _ = listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), context.wrap_socket(raw, server_side=True) as c:
                c.recv(1)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


def faults(s, expired):
    """name -> (settings that are wrong, what the log must hold)."""
    wrong = s.secret("wrong", "sesame")
    port = s.broker.rsplit(":", 1)[1]
    return {
        "password": ({"KAFKA_SASL_PASSWORD_FILE": wrong}, ["broker_refused", "KAFKA_SASL_PASSWORD_FILE"]),
        "authority": ({"KAFKA_SSL_CA_LOCATION": s.path("other.pem")}, ["broker_refused", "KAFKA_SSL_CA_LOCATION"]),
        "expired": ({"KAFKA_BOOTSTRAP_SERVERS": expired}, ["broker_refused", "certificate has expired", "KAFKA_SSL_CA_LOCATION"]),
        "host": ({"KAFKA_BOOTSTRAP_SERVERS": f"localhost:{port}"}, ["broker_refused", "ostname mismatch", "KAFKA_BOOTSTRAP_SERVERS"]),
        "clear": ({"KAFKA_SECURITY_PROTOCOL": "PLAINTEXT"}, ["broker_refused", "KAFKA_SECURITY_PROTOCOL"]),
        "certificate": ({"KAFKA_BOOTSTRAP_SERVERS": s.ssl, "KAFKA_SECURITY_PROTOCOL": "SSL"}, ["broker_refused", "KAFKA_SSL_CERTIFICATE_LOCATION"]),
        "token": ({"KAFKA_SASL_MECHANISM": "OAUTHBEARER", "KAFKA_SASL_OAUTHBEARER_TOKEN_FILE": wrong},
                  ["broker_refused", "KAFKA_SASL_OAUTHBEARER_TOKEN_FILE"]),
        "rights": ({"KAFKA_SASL_USERNAME": "submitter-follow", "KAFKA_SASL_PASSWORD_FILE": s.password("submitter-follow")}, ["event=fatal", "authorization failed", "docs/security.md"]),
        "environment": ({"KAFKA_SASL_PASSWORD": "opensesame"}, ["KAFKA_SASL_PASSWORD", "comes from a file"]),
        **({"old": ({"LD_PRELOAD": ""}, ["broker_refused", "before 2.6.1 and cannot log in by SCRAM"])} if s.newer() else {}),
    }


def test_who_is_not_let_in_is_told_why(world):
    """A wrong password, authority, host, protocol, certificate or token: one clear line that names the setting; the secret is in none."""
    s = secured(world)
    with expired_server(s) as expired:
        cases = faults(s, expired)
        for name, (settings, _) in cases.items():
            s.spawn(f"wrong-{name}", s.argv("coder"), {**s.env("coder"), "STATE_DIR": "", **settings})
        end = time.time() + 40
        missing = dict(cases)
        while missing and time.time() < end:
            missing = {n: c for n, c in missing.items() if not all(s.log_has(f"wrong-{n}", (w,)) for w in c[1])}
            time.sleep(0.2)
    ended = [s.processes.pop(f"wrong-{name}") for name in cases]
    for p in ended:
        p.terminate()
    for p in ended:
        p.wait(20)
    for name in cases:
        with open(os.path.join(s.folder, "log", f"wrong-{name}.log"), encoding="utf-8") as f:
            text = f.read()
        assert "sesame" not in text, name
        assert name not in missing, (name, text)
        assert text.count("broker_refused") <= 4, (name, text)  # at most one a cause in half a minute
    env = {**s.env(), **s.login("coder"), "KAFKA_SASL_PASSWORD_FILE": s.secret("wrong", "sesame"), "BROKER_TIMEOUT_MS": "4000"}
    run = subprocess.run([os.path.join(s.bin, "cleanclaim"), "claims"], env=env, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode != 0 and "KAFKA_SASL_PASSWORD_FILE" in run.stderr, run.stderr
    s.stop()
