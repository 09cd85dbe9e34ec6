"""A model as one file: a zip of plain arrays, of what was measured, and of a card for readers. Loading it runs nothing.

Weights are kept in half precision, rows that training never met are left out.
"""

from __future__ import annotations

import io
import json
import math
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ressenti.corpora.packed import ENTRY, PARTS, part
from ressenti.corpora.writing import Output
from ressenti.errors import DataError
from ressenti.fallback.model.bags import Floats
from ressenti.fallback.model.features import bag
from ressenti.fallback.model.linear import Linear, halved
from ressenti.fallback.passages import Context
from ressenti.regular import content

FORMAT = 4
_DATE = (1980, 1, 1, 0, 0, 0)
"""The same model is the same bytes."""
_LARGEST = 1 << 30
_NAMES = ("rows", "weights", "bias", "scale", "curves", "thresholds")


@dataclass(frozen=True, slots=True)
class Model:
    """What is kept of a model.

    Attributes:
        linear: The trained weights.
        curves: float32 [labels, 2], what makes probabilities of its logits.
        thresholds: float32 [labels], from which probability on a label is said.
        name: What mentions that it finds are signed with.
        about: What it was trained on, how, and what was measured: JSON.
        card: The same for readers, as Markdown.
    """

    linear: Linear
    curves: Floats
    thresholds: Floats
    name: str
    about: Mapping[str, Any] = field(default_factory=dict)
    card: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """What the columns say."""
        return self.linear.labels

    @property
    def together(self) -> int:
        """Characters that are judged best at once: half of the time of one narrative after the other, and more gains nothing."""
        return 20_000

    def logits(self, found: Sequence[Context], masked: bool = False) -> Floats:
        """What the curves make probabilities of: float32 [passages, labels]; ``masked`` hides the cues and what the rules found."""
        return self.linear.logits(bag(context, masked) for context in found)


def save(model: Model, path: Path | str, *, private: bool = True) -> None:
    """Write a model.

    Args:
        model: What to write.
        path: A file, which is replaced as a whole.
        private: Whether only its owner may read it: a model may give back words of the accounts that it was trained on.

    Raises:
        OutputError: It cannot be written.
    """
    linear = model.linear
    rows = np.flatnonzero(linear.scale)
    arrays = {
        "rows": rows.astype(np.uint32), "weights": halved(linear.weights[rows]), "bias": linear.bias,
        "scale": linear.scale[rows].astype(np.float16), "curves": model.curves, "thresholds": model.thresholds,
    }  # fmt: skip
    about = {"format": FORMAT, "name": model.name, "labels": linear.labels, "rows": len(linear.scale), **model.about}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (
            ("card.md", model.card.encode()), ("model.json", json.dumps(about, ensure_ascii=False, indent=1).encode()),
            *((f"{name}.npy", _bytes(array)) for name, array in arrays.items()),
        ):  # fmt: skip
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
    with Output(str(path)) as out:
        out.write_bytes(buffer.getvalue())
        out.keep()
    if not private:
        Path(path).chmod(0o644)


def load(path: Path | str) -> Model:
    """Read a model.

    Raises:
        DataError: It cannot be read, or is none.
    """
    path = Path(path)
    try:
        data = content(path)
        if data.count(ENTRY) > PARTS:
            raise ValueError(f"it has more than {PARTS:,} parts")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise ValueError("it unpacks to more than a model holds")
            about = json.loads(part(archive, "model.json"))
            if about.get("format") != FORMAT:
                raise ValueError(f"its format is {about.get('format')!r}, this version of Ressenti reads {FORMAT}; train it anew")
            found = {name: _array(part(archive, f"{name}.npy"), name) for name in _NAMES}
            card = part(archive, "card.md").decode()
        return _model(about, found, card)
    except FileNotFoundError:
        raise DataError(path, None, "there is no such file") from None
    except OSError as error:
        raise DataError(path, None, f"cannot be read ({error.strerror or error})") from None
    except Exception as error:
        raise DataError(path, None, f"is no model of `ressenti fallback train` ({_reason(error)})") from error


def _reason(error: Exception) -> str:
    """What is wrong, in our words: those of libraries are about archives and keys."""
    if type(error) is ValueError:
        return str(error).splitlines()[0]
    return "a part of it is missing" if isinstance(error, KeyError) else "it is something else, or damaged"


def _model(about: dict[str, Any], found: dict[str, Any], card: str) -> Model:
    labels, size, rows = tuple(map(str, about.pop("labels"))), int(about.pop("rows")), found["rows"]
    columns = len(labels)
    if not 0 < size * columns * 4 <= _LARGEST:
        raise ValueError(f"its table of {size} rows and {columns} columns is none")
    expected = {
        "rows": (len(rows),), "weights": (len(rows), columns), "bias": (columns,), "scale": (len(rows),), "curves": (columns, 2),
        "thresholds": (columns,),
    }  # fmt: skip
    for name, shape in expected.items():
        if found[name].shape != shape:
            raise ValueError(f"its {name} have the shape {found[name].shape}, not {shape}")
    if size & (size - 1) or not 0 < size <= 1 << 24 or (len(rows) and int(rows.max()) >= size):
        raise ValueError(f"its table of {size} rows is none")
    weights, scale = np.zeros((size, columns), np.float32), np.zeros(size, np.float32)
    weights[rows], scale[rows] = found["weights"], found["scale"]
    about.pop("format")
    name = str(about.pop("name"))
    return Model(Linear(labels, weights, found["bias"], scale), found["curves"], found["thresholds"], name, about, card)


def _array(data: bytes, name: str) -> Any:
    """An array of numbers; `numpy.load` would make room for whatever size the header names."""
    stream = io.BytesIO(data)
    if np.lib.format.read_magic(stream) != (1, 0):
        raise ValueError(f"its {name} are not as Ressenti writes them")
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(stream)
    rest = data[stream.tell() :]
    if dtype.kind not in "fu" or math.prod(shape) * dtype.itemsize != len(rest):
        raise ValueError(f"its {name} are not the numbers that their head names")
    return np.frombuffer(rest, dtype).reshape(shape, order="F" if fortran else "C").copy()


def _bytes(array: Any) -> bytes:
    out = io.BytesIO()
    np.save(out, array, allow_pickle=False)
    return out.getvalue()
