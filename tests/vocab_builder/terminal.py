"""A pseudo-terminal in which the command runs as if somebody sat there."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time


class Sitting:
    """A running command and what it has shown."""

    def __init__(self, *arguments: str, cwd, columns: int = 80, lines: int = 24, **environment: str) -> None:
        self._fd, slave = pty.openpty()
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")} | {"TERM": "xterm-256color", **environment}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ressenti", *arguments], cwd=cwd, stdin=slave, stdout=slave, stderr=slave, env=env,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(slave)
        self.raw, self._seen = "", 0

    def see(self, text: str, seconds: float = 30) -> str:
        """Wait until a text is on the screen; what was shown up to its end is given and forgotten."""
        end = time.monotonic() + seconds
        while text not in self.shown:
            if time.monotonic() > end or not self._read(end):
                raise AssertionError(f"{text!r} is not in:\n{self.shown}")
        shown = self.shown
        size = shown.index(text) + len(text)
        self._seen += size
        return shown[:size]

    def press(self, keys: str) -> None:
        time.sleep(0.05)  # nobody presses a key in the instant in which the page appears
        os.write(self._fd, keys.encode())

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size; after a moment, so that the page is there and a key is waited for."""
        time.sleep(0.3)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def end(self) -> int:
        """Wait for the end; the exit status."""
        end = time.monotonic() + 30
        while self._read(end):
            pass
        return self.hang_up()

    def hang_up(self) -> int:
        """Close the window."""
        os.close(self._fd)
        return self.process.wait(10)

    def kill(self) -> int:
        self.process.send_signal(signal.SIGKILL)
        return self.hang_up()

    @property
    def shown(self) -> str:
        """What was shown since, without codes for colours and the like."""
        return re.sub(r"\x1b(\[[0-9;?]*[a-zA-Z]|[=>])", "", self.raw).replace("\r", "").replace("\xa0", " ")[self._seen :]

    def _read(self, end: float) -> bool:
        if not select.select([self._fd], [], [], max(0, end - time.monotonic()))[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # the other side has closed
            return False
        self.raw += data.decode(errors="replace")
        return bool(data)
