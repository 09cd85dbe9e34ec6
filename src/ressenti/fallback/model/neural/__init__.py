"""The neural model (extra ``[neural]``): an encoder of others, fine-tuned to say what a sentence shows; kept as a folder."""

from ressenti.fallback.model.neural.folder import NeuralModel, load_neural, save_neural
from ressenti.fallback.model.neural.settings import NeuralSettings
from ressenti.fallback.model.neural.teaching import teach_neural

__all__ = ["NeuralModel", "NeuralSettings", "load_neural", "save_neural", "teach_neural"]
