"""Where a training stands, kept on disk: an interrupted one goes on from there and comes to the same model.

The numbers are in a safetensors file; what they are, and which file it is, in ``checkpoint.json``, which is replaced as a whole once the
file is complete. So there is always one whole checkpoint or none. Both are readable by their owner alone.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ressenti.corpora.writing import Output
from ressenti.errors import DataError, OutputError, RessentiError
from ressenti.ontology.files import temporary

NAME = "checkpoint.json"
FORMAT = 1


@dataclass(slots=True)
class State:
    """Where a training stands.

    Attributes:
        stage: Which of the trainings, from 0.
        step: How many steps of it are done.
        tensors: Weights and moments by name; none before the first step.
        numbers: What else there is, fit for JSON.
    """

    stage: int = 0
    step: int = 0
    tensors: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, Any] = field(default_factory=dict)


class Checkpoints:
    """The checkpoint of a folder.

    Args:
        folder: Where it is kept.
        of: What the training depends on, as a digest: another one cannot go on from it.
    """

    def __init__(self, folder: Path, of: str) -> None:
        self.folder, self.of = folder, of

    def read(self) -> State | None:
        """The last one, None where there is none.

        Raises:
            DataError: It cannot be read.
            RessentiError: It is of another training.
        """
        from safetensors.torch import load_file

        path = self.folder / NAME
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            if said["format"] != FORMAT or said["of"] != self.of:
                raise RessentiError(
                    f"{self.folder}: the training in it was begun with other sentences or settings, another encoder or another version of "
                    "Ressenti; name a new folder"
                )
            tensors = load_file(self.folder / Path(said["file"]).name) if said["file"] else {}
            return State(int(said["stage"]), int(said["step"]), tensors, said["numbers"])
        except FileNotFoundError as error:
            if not path.exists():
                return None
            raise DataError(path, None, f"{Path(str(error.filename or 'a file')).name} beside it is gone; name a new folder") from None
        except OSError as error:
            raise DataError(path, None, f"cannot be read ({error.strerror or error})") from None
        except RessentiError:
            raise
        except Exception as error:  # noqa: BLE001 -- JSON, keys, types, and the errors of safetensors
            raise DataError(path, None, f"is damaged ({type(error).__name__}); remove the folder and begin again") from None

    def write(self, state: State) -> None:
        """Replace it.

        Raises:
            OutputError: There is no room, or the folder cannot be written to.
        """
        file = f"checkpoint-{state.stage}-{state.step}.safetensors" if state.tensors else ""
        if file:
            write_tensors(self.folder / file, state.tensors)
        said = {
            "format": FORMAT, "of": self.of, "stage": state.stage, "step": state.step, "file": file, "numbers": state.numbers,
        }  # fmt: skip
        write_text(self.folder / NAME, json.dumps(said))
        self._remove(file)

    def clear(self) -> None:
        """Remove it."""
        with contextlib.suppress(OSError):
            (self.folder / NAME).unlink(missing_ok=True)
        self._remove("")

    def _remove(self, but: str) -> None:
        for path in self.folder.glob("checkpoint-*.safetensors"):
            if path.name != but:
                with contextlib.suppress(OSError):
                    path.unlink()


def write_text(path: Path, text: str) -> None:
    """A file of text, whole or not at all, readable by its owner alone.

    Raises:
        OutputError: It cannot be written.
    """
    with Output(str(path)) as out:
        out.write(text)
        out.keep()


def write_tensors(path: Path, tensors: Mapping[str, Any]) -> None:
    """A safetensors file, whole or not at all, readable by its owner alone.

    Raises:
        OutputError: It cannot be written.
    """
    from safetensors.torch import save_file

    def write(made: Path) -> None:
        save_file({name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}, made, {"format": "pt"})

    placed(path, write)


def placed(path: Path, write: Callable[[Path], None]) -> None:
    """Put what ``write`` writes to a temporary file in its place.

    Raises:
        OutputError: It cannot be written.
    """
    from safetensors import SafetensorError

    made: Path | None = None
    try:
        number, made = temporary(path.parent)
        try:
            write(made)
            made.chmod(0o600)
            with contextlib.suppress(OSError), made.open("rb+") as stream:  # some network drives cannot
                os.fsync(stream.fileno())
        finally:
            os.close(number)
        made.replace(path)
    except (OSError, SafetensorError) as error:
        raise OutputError(f"{path}: cannot be written ({getattr(error, 'strerror', None) or error})") from None
    finally:
        if made is not None:
            made.unlink(missing_ok=True)
