"""What `peers/values.json` holds, and how values of the SDK are held against it."""

import json
from pathlib import Path

from openai import BaseModel
from openai._base_client import BasePage

# What the SDK's pages keep without having a field for it.
OF_PAGES = {"object", "first_id", "last_id"}

FILE = Path(__file__).parent.parent / "values.json"


def _load():
    file = json.loads(FILE.read_text(encoding="utf-8"))
    objects = file["objects"]

    def resolved(value):
        """The value with every `"@name"` replaced by the object of that name."""
        if isinstance(value, str) and value.startswith("@"):
            return resolved(objects[value[1:]])
        if isinstance(value, list):
            return [resolved(item) for item in value]
        if isinstance(value, dict):
            return {key: resolved(item) for key, item in value.items()}
        return value

    return resolved(file)


VALUES = _load()
OBJECTS = VALUES["objects"]
CASES = VALUES["cases"]


def check(value, sent):
    """The SDK's value is what was sent, field by field, and all of it is what the SDK's types say."""
    assert value.to_dict() == sent
    type(value).model_validate_json(json.dumps(sent), strict=True)
    known(value)


def known(value):
    """No part of the value is unknown to the SDK: a union that it cannot tell apart has unknown fields, too."""
    if isinstance(value, BaseModel):
        extra = set(value.model_extra) - (OF_PAGES if isinstance(value, BasePage) else set())
        assert not extra, (type(value), extra)
        for name in type(value).model_fields:
            known(getattr(value, name))
    elif isinstance(value, (list, tuple)):
        for item in value:
            known(item)
