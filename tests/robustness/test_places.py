"""What can be named and is no file: devices, pipes, sockets, links in a circle; and files that change while they are read."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ressenti.corpora import Account, read
from ressenti.errors import InputError
from robustness.bounded import bounded

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no such places")


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/urandom"])
@pytest.mark.parametrize("reader", ["accounts", "decisions", "model"])
def test_a_device_is_no_file(device: str, reader: str) -> None:
    assert "it is a device" in bounded(device, reader).errors[0]


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("a.txt", "accounts"),
        ("a.jsonl", "accounts"),
        ("a.ann", "import"),
        ("a.tsv", "import"),
        ("a.xmi", "import"),
        ("a.json", "decisions"),
    ],
)
def test_nobody_waits_for_a_pipe_into_which_nobody_writes(name: str, reader: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Oui.")
    (tmp_path / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / name)
    outcome = bounded(tmp_path / name, reader)
    assert "named pipe" in outcome.errors[0] and outcome.seconds < 5


def test_what_the_shell_hands_over_as_a_file_is_read() -> None:
    code = "import sys; from ressenti.corpora import read; print([item.text for item in read(sys.argv[1:])])"
    command = f"{sys.executable} -c '{code}' <(sleep 0.2; printf Oui.)"
    assert subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False).stdout == "['Oui.']\n"


def test_a_socket_is_no_file(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "s.txt"))
        [item] = read([tmp_path / "s.txt"])
    assert isinstance(item, InputError)


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("Oui.")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "y.txt").symlink_to("y.txt")
    outcome = bounded(tmp_path)
    assert outcome.texts == ["Oui."]
    assert len(outcome.errors) == 1


def test_pipes_and_devices_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "b.txt").write_text("Oui.")
    assert bounded(tmp_path).texts == ["Oui."]


@pytest.mark.parametrize("after", [b"", b'{"text": "Trois."}\n' * 3, b"\xff\xfe\x00", b'{"text": "\xe9"}\n', b"{"])
def test_a_file_that_changes_while_it_is_read_gives_accounts_or_errors(after: bytes, tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "%d %s"}\n' % (n, b"Oui. " * 400) for n in range(200))
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines)
    found = []
    for number, item in enumerate(read([path])):
        found.append(item)
        if number == 50:
            with path.open("r+b") as file:
                file.truncate(150_000)
                file.seek(0, 2)
                file.write(after)
    assert len(found) > 50
    assert all(isinstance(item, (Account, InputError)) for item in found)
    assert all(isinstance(item, Account) for item in found[:50])


def test_a_file_that_goes_while_others_are_read_is_an_error(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("Oui.")
    found = []
    for item in read([tmp_path]):
        found.append(item)
        (tmp_path / "b.txt").unlink(missing_ok=True)
    assert [isinstance(item, Account) for item in found] == [True, False, True]
    assert "no such file" in found[1].reason
