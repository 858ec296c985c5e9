"""sshd.py - a payer's SFTP: OpenSSH's server on a free port of loopback, killed and started again at will"""

import glob
import os
import shutil
import signal
import socket
import subprocess
import time


class Sshd:
    """OpenSSH's server on loopback: FOLDER holds its keys, and user_key, the key of who logs in."""

    def __init__(self, folder):
        self.folder = folder
        self.process = None
        os.makedirs(folder, exist_ok=True)
        for key in ("host_key", "user_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", os.path.join(folder, key)], check=True)
        shutil.copy(os.path.join(folder, "user_key.pub"), os.path.join(folder, "allowed"))
        shown = subprocess.run(["ssh-keygen", "-lf", os.path.join(folder, "host_key.pub")], check=True, capture_output=True, text=True)
        self.print = shown.stdout.split()[1]
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        with open(os.path.join(folder, "conf"), "w", encoding="utf-8") as f:
            f.write(f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host_key\nAuthorizedKeysFile {folder}/allowed\n"
                    "StrictModes no\nUsePAM no\nPermitRootLogin yes\nPidFile none\nPasswordAuthentication no\n"
                    "KbdInteractiveAuthentication no\nMaxStartups 100\nSubsystem sftp internal-sftp\n")
        if os.getuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)  # sshd wants it when root runs it
        self.user = subprocess.run(["id", "-un"], check=True, capture_output=True, text=True).stdout.strip()
        self.start()

    def start(self):
        """The server, until it says its name."""
        for _ in range(50):
            self.process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", os.path.join(self.folder, "conf")],
                                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.1)
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=2) as s:
                    if s.recv(4) == b"SSH-":
                        return
            except OSError:
                pass
            self.kill()
        raise RuntimeError("sshd does not start")

    def family(self, pid):
        """The server's processes, its sessions too."""
        found = [pid]
        for path in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(path, encoding="utf-8", errors="replace") as f:
                    fields = f.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found += self.family(int(path.split("/")[2]))
        return found

    def kill(self):
        """kill -9, in the middle of whatever it does; stopped first, so that no child is born meanwhile that keeps the port."""
        self.process.send_signal(signal.SIGSTOP)
        for pid in self.family(self.process.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
