"""Products of bags and tables by torch, for the linear model beside an encoder: a tenth of NumPy's time on a processor, less on a GPU."""

from __future__ import annotations

from typing import Any

from ressenti.fallback.model.bags import Bags, Floats
from ressenti.fallback.model.linear import Times


def times_on(device: Any) -> Times:
    """What multiplies bags with a table, for `ressenti.fallback.model.linear.train`.

    Args:
        device: Where, as torch names it; products are reckoned on the processor unless it is CUDA's, which alone has all that is needed.
    """
    import torch

    there = device if device.type == "cuda" else torch.device("cpu")

    def times(bags: Bags, table: Floats) -> Floats:
        rows, starts, values, weights = (torch.from_numpy(array).to(there) for array in (bags.rows, bags.starts, bags.values, table))
        with torch.inference_mode():
            found: Floats = torch.nn.functional.embedding_bag(rows, weights, starts, mode="sum", per_sample_weights=values).cpu().numpy()
        return found

    return times
