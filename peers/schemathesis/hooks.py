"""What the peer does not know of our document, and where it is mistaken. Each with the reason."""

import json

import schemathesis
from schemathesis.core.deserialization import _parse_sse_events


@schemathesis.hook
def before_load_schema(_context, raw_schema):
    """Whole numbers have 64 bits in Rust, and the document does not say how large they get.

    Without a limit the peer takes ever larger ones, and then says that a valid request is refused.
    """
    limit(raw_schema)


def limit(schema):
    if isinstance(schema, list):
        for item in schema:
            limit(item)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "integer":
        unsigned = schema.get("minimum", -1) >= 0
        schema.setdefault("minimum", -(2**63))
        schema.setdefault("maximum", 2**64 - 1 if unsigned else 2**63 - 1)
    for part in schema.values():
        limit(part)


@schemathesis.deserializer("text/event-stream")
def events(_context, response):
    """Events as our document describes them: a name and a value. To the peer the value is a text of JSON."""
    raw = _parse_sse_events(response.content, "utf-8")
    return [{"event": event["event"], "data": data(event["data"])} for event in raw]


def data(text):
    # The one that is no JSON: the document has it as a string.
    return text if text == "[DONE]" else json.loads(text)


@schemathesis.hook
def filter_failure(_context, failure, case, response):
    """Requests that are none of the operation that the peer takes them for.

    An id that is empty is left out with its slash, `/threads/x/runs//steps` becoming `/threads/x/runs/steps`: that is
    the run called `steps`. And `GET /threads/runs` is not the thread called `runs`: by the Paths Object of OpenAPI
    3.0.3 a concrete path is matched before a templated one, so it is `createThreadAndRun`, which has no GET.
    """
    if "" in case.path_parameters.values():
        return False
    path = response.request.url.partition("?")[0]
    is_other_path = path.endswith("/v1/threads/runs") and case.path == "/threads/{thread_id}"
    return not (response.status_code == 405 and is_other_path)
