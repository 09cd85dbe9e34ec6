"""A store of objects by fsspec: s3fs asks a server on loopback; what another process wrote there a moment ago is seen."""

import pytest

s3fs = pytest.importorskip("s3fs", reason="without s3fs")
moto = pytest.importorskip("moto.server", reason="without moto")
pytest.importorskip("pyarrow", reason="without the extra [ray]")

from ressenti.scale.ray.pieces import Options, cut, files, read  # noqa: E402
from ressenti.scale.ray.places import Folder  # noqa: E402


@pytest.fixture(scope="module")
def other():
    """The bucket, as another process sees it that keeps no listing."""
    server = moto.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "x", "DEFAULT_REGION": "us-east-1"}.items():
            patch.setenv(f"AWS_{name}", value)
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        s3fs.S3FileSystem.clear_instance_cache()
        store = s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
        store.mkdir("seau")
        yield store
    server.stop()
    s3fs.S3FileSystem.clear_instance_cache()


def test_what_another_process_wrote_is_seen(other):
    folder = Folder("s3://seau/annotés")
    folder.write("premier.json", b"1")
    assert folder.names() == {"premier.json"} and folder.read("part.trial") is None
    other.pipe_file("seau/annotés/part.trial", b"2")
    assert folder.read("part.trial") == b"2" and folder.names() == {"premier.json", "part.trial"}
    other.rm_file("seau/annotés/part.trial")
    assert folder.read("part.trial") is None
    folder.remove("premier.json")
    assert folder.names() == set()


def test_accounts_of_a_store_are_read(other):
    other.pipe_file("seau/récits/a.jsonl", '{"id": "un", "text": "J’ai peur."}\n{"id": "deux", "text": "Il pleut."}\n'.encode())
    other.pipe_file("seau/récits/b.doc", b"")
    said = []
    (piece,) = cut(files(["s3://seau/récits"], said.append), 1 << 20)
    assert said == ["note: s3://seau/récits: 1 file left out that is not read (.doc 1)"]
    assert [account.id for part in piece.parts for account in read(part, Options())] == ["un", "deux"]
