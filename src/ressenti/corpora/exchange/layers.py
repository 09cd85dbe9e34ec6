"""The annotation layers with which UIMA tools, INCEpTION above all, hold a narrative.

A mention is a span on the first piece of its cue, with a link to each further piece; each role is a link, which bears the role's name,
to a span of its own. What a layer shows can be edited; ``record`` keeps the rest and is hidden.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ressenti.errors import InputError
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import COMPONENTS, INTENSITIES, MODES, ROLES, STATUSES, TIMES

LAYER_FILE = "inception-layers"
"""Name of the file of layers, without ending."""
MENTION, PIECE, ARGUMENT = "ressenti.Mention", "ressenti.CuePiece", "ressenti.Argument"
ENTITY, COMPONENT, NARRATIVE = "ressenti.Entity", "ressenti.Component", "ressenti.Narrative"
STRING, BOOLEAN, DOUBLE = "uima.cas.String", "uima.cas.Boolean", "uima.cas.Double"


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of a layer.

    Attributes:
        name: Its name.
        label: As a person reads it.
        range: Its UIMA type; for a link the layer of what it leads to.
        values: Those that it can have, empty for any.
        link: The type of the links, empty for a plain feature.
        visible: Whether a person sees it.
    """

    name: str
    label: str
    range: str = STRING
    values: tuple[str, ...] = ()
    link: str = ""
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: name, label, features, and whether it belongs to spans or to the whole document."""

    name: str
    label: str
    features: tuple[Feature, ...]
    spans: bool = True


def left_out(path: str, layer: str, feature: str, count: int) -> InputError:
    """That people gave a layer of ours a feature, which nothing of the format can hold."""
    return InputError(path, None, f"{count} values of {feature[:40]!r} on the layer {layer} left out: the feature is none of ours")


_RECORD = Feature("record", "enregistrement", visible=False)


def layers() -> Sequence[Layer]:
    """All layers, those that others point to first."""
    entity = Feature("entity", "entité")
    return (
        Layer(PIECE, "Suite de l’indice", ()),
        Layer(ARGUMENT, "Rôle", (entity, _RECORD)),
        Layer(ENTITY, "Entité", (entity, Feature("label", "nom"))),
        Layer(COMPONENT, "Composante", (Feature("component", "composante", values=COMPONENTS), _RECORD)),
        Layer(
            MENTION,
            "Émotion",
            (
                Feature("emotion", "émotion", values=tuple(load_emotions())),
                Feature("mode", "mode", values=MODES),
                Feature("status", "statut", values=STATUSES),
                Feature("intensity", "intensité", values=INTENSITIES),
                Feature("time", "temps", values=TIMES),
                Feature("question", "question", BOOLEAN),
                Feature("wish", "souhait", BOOLEAN),
                Feature("reported", "rapporté de"),
                Feature("note", "remarque"),
                Feature("roles", "rôles", ARGUMENT, ROLES, "ressenti.MentionRolesLink"),
                Feature("pieces", "suite de l’indice", PIECE, ("piece",), "ressenti.MentionPiecesLink"),
                _RECORD,
            ),
        ),
        Layer(NARRATIVE, "Récit", (_RECORD,), spans=False),
    )


def layer_file() -> str:
    """All layers, as INCEpTION exports and imports them."""
    return json.dumps([_layer(layer) for layer in layers()], ensure_ascii=False, indent=1) + "\n"


def _layer(layer: Layer) -> Mapping[str, Any]:
    return {
        "name": layer.name,
        "uiName": layer.label,
        "type": "span" if layer.spans else "document-metadata",
        "description": None,
        "enabled": True,
        "built_in": False,
        "readonly": False,
        "attach_type": None,
        "attach_feature": None,
        "allow_stacking": True,
        "cross_sentence": True,
        "show_hover": True,
        "anchoring_mode": "CHARACTERS",
        "overlap_mode": "ANY_OVERLAP",
        "validation_mode": "ALWAYS",
        "lock_to_token_offset": False,
        "multiple_tokens": True,
        "linked_list_behavior": False,
        "on_click_javascript_action": None,
        "features": [_feature(layer, feature, rank) for rank, feature in enumerate(layer.features)],
    }


def _feature(layer: Layer, feature: Feature, rank: int) -> Mapping[str, Any]:
    tags = [{"tag_name": value, "tag_description": None} for value in feature.values]
    tagset = {"name": f"{layer.name} {feature.name}", "description": None, "language": "fr", "tags": tags, "create_tag": False}
    return {
        "name": feature.name,
        "uiName": feature.label,
        "tag_set": tagset if feature.values else None,
        "type": feature.range,
        "enabled": True,
        "visible": feature.visible,
        "include_in_hover": False,
        "required": feature.name in ("emotion", "component"),
        "remember": False,
        "hideUnconstraintFeature": False,
        "description": None,
        "multi_value_mode": "ARRAY" if feature.link else "NONE",
        "link_mode": "WITH_ROLE" if feature.link else "NONE",
        "link_type_name": feature.link or None,
        "link_type_role_feature_name": "role" if feature.link else None,
        "link_type_target_feature_name": "target" if feature.link else None,
        "traits": None,
        "curatable": feature.visible,
        "rank": rank,
    }
