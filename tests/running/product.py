"""The product and the Graph simulator as running programs, for the crash test and the benchmarks.

Everything goes through the front door: the command line, HTTP, and the database file only to look.
"""
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
APP_ID = "555000000000001"
APP_SECRET = "app-secret-of-the-running-tests"
VERIFY_TOKEN = "verify-token-of-the-running-tests"


# Ports below 32768: from there on an outgoing connection may be given the port before the program
# listens, or while it is being started again. One after the other, so that none is given twice.
PORTS = range(20_000, 32_000)
next_port = random.randrange(len(PORTS))


def free_port():
    global next_port
    while True:
        port = PORTS[next_port % len(PORTS)]
        next_port += 1
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue  # somebody listens there


def wait_until(condition, what, seconds=30.0, pause=0.005):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(pause)
    raise TimeoutError(f"waited {seconds:.0f} s in vain: {what}")


class Program:
    """A started binary whose output goes to a file."""

    def __init__(self, binary, words, log_path):
        self.log_path = pathlib.Path(log_path)
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [str(ROOT / "build/release" / binary), *words], stdout=log, stderr=log, cwd=ROOT
            )

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def is_running(self):
        return self.process.poll() is None

    def resident_mb(self):
        return self.memory_mb("VmRSS:")

    def peak_mb(self):
        """The most since the start, or since forget_peak()."""
        return self.memory_mb("VmHWM:")

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def memory_mb(self, figure):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(figure):
                return int(line.split()[1]) / 1024
        return 0.0


class Product:
    """`leadcrm serve` on a folder of its own. Starting again after a kill keeps folder and port."""

    def __init__(self, graph_url="http://127.0.0.1:9", database_url="", folder=None):
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="leadcrm-running-"))
        self.port = free_port()
        self.metrics_port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.cookie = ""
        self.organization = ""
        self.settings = [
            "--data", str(self.folder / "data"), "--listen", f"127.0.0.1:{self.port}",
            "--metrics-listen", f"127.0.0.1:{self.metrics_port}", "--meta-graph-url", graph_url,
            "--meta-app-id", APP_ID, "--meta-app-secret", APP_SECRET,
            "--meta-verify-token", VERIFY_TOKEN, "--log-level", "warn",
        ]
        if database_url:
            self.settings += ["--database-url", database_url]
        self.program = None

    def start(self):
        """Returns the seconds from exec to ready."""
        begin = time.monotonic()
        self.program = Program("leadcrm", ["serve", *self.settings], self.folder / "leadcrm.log")
        wait_until(self.is_ready, "the product to be ready", pause=0.001)
        return time.monotonic() - begin

    def is_ready(self):
        if not self.program.is_running():
            raise RuntimeError("the product stopped:\n" + self.program.log_path.read_text()[-2000:])
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, http.client.HTTPException, TimeoutError):
            return False

    def call(self, method, path, body=None):
        """Returns (status, parsed answer)."""
        request = urllib.request.Request(
            self.url + path, method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Origin": self.url, "Cookie": self.cookie},
        )
        if body is not None:
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                if answer.headers.get("Set-Cookie"):
                    self.cookie = answer.headers["Set-Cookie"].split(";")[0]
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def register(self, name="Fernhall Homes", email="dana@fernhall.example"):
        status, me = self.call("POST", "/api/v1/auth/register", {
            "organization_name": name, "name": "Dana Whitlock", "email": email,
            "password": "a long enough password", "country": "GB", "time_zone": "Europe/London",
        })
        assert status == 201, me
        self.organization = me["organization"]["id"]

    def admin(self, *words):
        return subprocess.run(
            [str(ROOT / "build/release/leadcrm"), "admin", *words, *self.settings],
            check=True, capture_output=True, text=True, cwd=ROOT,
        ).stdout

    def import_page(self, page_id, name, token):
        file = self.folder / "token"
        file.write_text(token)
        self.admin("import-page", "--organization", self.organization, "--page-id", page_id,
                   "--name", name, "--access-token-file", str(file))

    def stop(self):
        if self.program and self.program.is_running():
            self.program.stop()

    def remove(self):
        if self.program and self.program.is_running():
            self.program.kill()
        if not os.environ.get("WORKSPACE_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)


class Simulator:
    """`meta-simulator`, steered through its control API."""

    def __init__(self, pages=1, retry_speed=1000):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.words = [
            "--listen", f"127.0.0.1:{self.port}", "--app-id", APP_ID, "--app-secret", APP_SECRET,
            "--verify-token", VERIFY_TOKEN, "--pages", str(pages), "--retry-speed", str(retry_speed),
        ]
        self.program = None

    def start(self, webhook_url):
        log = tempfile.NamedTemporaryFile(prefix="meta-simulator-", suffix=".log", delete=False)
        self.program = Program("meta-simulator", [*self.words, "--webhook-url", webhook_url], log.name)
        wait_until(self.is_ready, "the simulator to be ready")

    def is_ready(self):
        if not self.program.is_running():
            raise RuntimeError("the simulator stopped:\n" + self.program.log_path.read_text()[-2000:])
        try:
            return bool(self.control("GET", "state"))
        except (urllib.error.URLError, ConnectionError):
            return False

    def control(self, method, path, body=None):
        request = urllib.request.Request(
            f"{self.url}/_control/{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def state(self):
        return self.control("GET", "state")

    def first_page(self):
        return self.state()["pages"][0]

    def make_leads(self, page_id, count=1, **wishes):
        """The ids of the new leads, each announced by a signed webhook."""
        return self.control("POST", "leads", {"page_id": page_id, "count": count, **wishes})["ids"]

    def stop(self):
        if self.program and self.program.is_running():
            self.program.kill()
        if self.program:
            self.program.log_path.unlink(missing_ok=True)
