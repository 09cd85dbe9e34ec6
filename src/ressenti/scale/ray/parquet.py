"""Parquet: rows that hold accounts in, narratives out and back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from ressenti.corpora.table import ID_NAMES, TEXT_NAMES
from ressenti.errors import InputError
from ressenti.scale.ray.places import missing
from ressenti.schema import WRITTEN, Narrative

PARTS = ("components", "mentions", "roles", "entities", "provenance")
COLUMNS = ("id", "text", *PARTS, "extra")
"""The columns that are written. ``id`` and ``text`` are as they are, the others the JSON that stands under that key of the format;
``extra`` holds the further keys, as one object."""
ROWS = 64
"""So many rows are read at a time."""
MARK = b"ressenti"
"""Key of a file's metadata by which our own is known."""


def groups(stream: BinaryIO) -> list[int]:
    """The size of each row group, in bytes as they are uncompressed.

    Raises:
        OSError: The file is no Parquet, or broken.
    """
    _, pq = _arrow()
    try:
        meta = pq.read_metadata(stream)
    except Exception as error:  # noqa: BLE001 - whatever a broken file brings up
        raise _broken(error) from None
    return [meta.row_group(number).total_byte_size for number in range(meta.num_row_groups)]


def rows(stream: BinaryIO, span: tuple[int, int] | None, text_column: str | None, id_column: str | None) -> Iterator[dict[str, Any]]:
    """Rows as the objects that our JSON reader takes.

    Args:
        stream: The file.
        span: The first and the last row group, the last exclusive; None for all.
        text_column: The column with the text; by default the one of a usual name.
        id_column: The column with the id; by default the one of a usual name.

    Raises:
        InputError: There is no such column; the text says which there are.
        OSError: The file is no Parquet, or broken.
    """
    _, pq = _arrow()
    try:
        file = pq.ParquetFile(stream)
        ours = MARK in (file.schema_arrow.metadata or {})
        names = file.schema_arrow.names
        text, id_ = _column(names, text_column, TEXT_NAMES), _column(names, id_column, ID_NAMES)
        if text_column is not None and text is None:
            raise InputError("", None, f"no column {text_column!r} (--text-column); columns: {', '.join(names[:20])}")
        if id_column is not None and id_ is None:
            raise InputError("", None, f"no column {id_column!r} (--id-column); columns: {', '.join(names[:20])}")
        for batch in file.iter_batches(ROWS, row_groups=None if span is None else range(*span)):
            for row in batch.to_pylist():
                yield _object(row, text, id_) if not ours else to_dict(row)
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a broken file brings up
        raise _broken(error) from None


def table(lines: Iterable[bytes]) -> bytes:
    """A Parquet file of narratives.

    Args:
        lines: Each a narrative of the format, as JSON.
    """
    pa, pq = _arrow()
    columns: dict[str, list[str]] = {name: [] for name in COLUMNS}
    for line in lines:
        data = json.loads(line)
        columns["id"].append(data["id"])
        columns["text"].append(data["text"])
        for name in PARTS:
            columns[name].append(_json(data[name]))
        columns["extra"].append(_json({key: value for key, value in data.items() if key not in WRITTEN}))
    schema = pa.schema([(name, pa.large_string()) for name in COLUMNS], metadata={MARK: b"1"})
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns, schema=schema), buffer, compression="zstd", row_group_size=1024, store_schema=True)
    return buffer.getvalue()


def to_dict(row: Mapping[str, str]) -> dict[str, Any]:
    """The JSON object of the format from a row that :func:`table` wrote."""
    parts = {name: json.loads(row[name]) for name in (*PARTS, "extra")}
    return {"id": row["id"], "text": row["text"], **{name: parts[name] for name in PARTS}, **parts["extra"]}


def narratives(path: str) -> Iterator[Narrative]:
    """The narratives of a file that was written by ``ressenti annotate --engine ray --format parquet``.

    Args:
        path: A path or a URL.

    Raises:
        OSError: It cannot be read.
    """
    from ressenti.scale.ray.places import reading

    with reading(path) as stream:
        for row in rows(stream, None, None, None):
            yield Narrative.from_dict(row)


def _object(row: dict[str, Any], text: str | None, id_: str | None) -> dict[str, Any]:
    """A row with its text under ``text`` and its id under ``id``, and nothing that JSON has no word for."""
    data = {name: _plain(value) for name, value in row.items() if name not in (text, id_) and name not in WRITTEN}
    if id_ is not None:
        data["id"] = _plain(row[id_])
    if text is not None:
        data["text"] = row[text]
    return data


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None  # JSON has no word for infinite, nor for what is no number
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.hex() if isinstance(value, bytes) else str(value)


def _column(names: list[str], asked: str | None, usual: tuple[str, ...]) -> str | None:
    if asked is not None:
        return asked if asked in names else None
    folded = {name.strip().casefold(): name for name in reversed(names)}
    return next((folded[name] for name in usual if name in folded), None)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _broken(error: Exception) -> OSError:
    return error if isinstance(error, OSError) and error.strerror else OSError(0, "is no Parquet file, or a broken one")


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise missing("pyarrow") from None
    return pyarrow, pyarrow.parquet
