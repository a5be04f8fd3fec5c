"""All operations: the service sees what the SDK's caller said, and the caller sees what the service said."""

import pytest

from values import CASES, check


def given(request, *path):
    """The arguments of a call: the body, and the parameters that are not in the path."""
    rest = {name: value for name, value in request.items() if name not in (*path, "body")}
    return {**rest, **(request.get("body") or {})}


ASSISTANT, THREAD = ("assistant_id",), ("thread_id",)
MESSAGE, RUN = ("thread_id", "message_id"), ("thread_id", "run_id")

# How the SDK is asked for each operation, given the request that the service is to see.
CALLS = {
    "listAssistants": lambda beta, q: beta.assistants.list(**given(q)),
    "createAssistant": lambda beta, q: beta.assistants.create(**given(q)),
    "getAssistant": lambda beta, q: beta.assistants.retrieve(q["assistant_id"]),
    "modifyAssistant": lambda beta, q: beta.assistants.update(q["assistant_id"], **given(q, *ASSISTANT)),
    "deleteAssistant": lambda beta, q: beta.assistants.delete(q["assistant_id"]),
    "createThread": lambda beta, q: beta.threads.create(**given(q)),
    "createThreadAndRun": lambda beta, q: beta.threads.create_and_run(**given(q)),
    "getThread": lambda beta, q: beta.threads.retrieve(q["thread_id"]),
    "modifyThread": lambda beta, q: beta.threads.update(q["thread_id"], **given(q, *THREAD)),
    "deleteThread": lambda beta, q: beta.threads.delete(q["thread_id"]),
    "listMessages": lambda beta, q: beta.threads.messages.list(**given(q)),
    "createMessage": lambda beta, q: beta.threads.messages.create(**given(q)),
    "getMessage": lambda beta, q: beta.threads.messages.retrieve(q["message_id"], thread_id=q["thread_id"]),
    "modifyMessage": lambda beta, q: beta.threads.messages.update(
        q["message_id"], thread_id=q["thread_id"], **given(q, *MESSAGE)
    ),
    "deleteMessage": lambda beta, q: beta.threads.messages.delete(q["message_id"], thread_id=q["thread_id"]),
    "listRuns": lambda beta, q: beta.threads.runs.list(**given(q)),
    "createRun": lambda beta, q: beta.threads.runs.create(**given(q)),
    "getRun": lambda beta, q: beta.threads.runs.retrieve(q["run_id"], thread_id=q["thread_id"]),
    "modifyRun": lambda beta, q: beta.threads.runs.update(
        q["run_id"], thread_id=q["thread_id"], **given(q, *RUN)
    ),
    "cancelRun": lambda beta, q: beta.threads.runs.cancel(q["run_id"], thread_id=q["thread_id"]),
    "listRunSteps": lambda beta, q: beta.threads.runs.steps.list(**given(q)),
    "getRunStep": lambda beta, q: beta.threads.runs.steps.retrieve(**given(q)),
    "submitToolOuputsToRun": lambda beta, q: beta.threads.runs.submit_tool_outputs(**given(q)),
}


def test_the_table_has_all_operations():
    assert len(CALLS) == 23
    assert CALLS.keys() == CASES.keys()


def check_exchange(service, operation, value):
    case = CASES[operation]
    [asked] = service.asked()
    assert asked["operation"] == operation
    assert asked["request"] == case["request"]
    assert asked["headers"]["authorization"] == "Bearer sk-peers"
    assert asked["headers"]["openai-beta"] == "assistants=v2"
    check(value, case["answer"])
    if operation.startswith("list"):
        assert [item.to_dict() for item in value.data] == case["answer"]["data"]
    else:
        assert value._request_id == asked["request_id"]


@pytest.mark.parametrize("operation", CALLS)
def test_sync(service, client, operation):
    case = CASES[operation]
    service.will({"json": case["answer"]})
    value = CALLS[operation](client.beta, case["request"])
    check_exchange(service, operation, value)


@pytest.mark.parametrize("operation", CALLS)
def test_async(service, run_async, operation):
    case = CASES[operation]
    service.will({"json": case["answer"]})

    async def call(client):
        return await CALLS[operation](client.beta, case["request"])

    check_exchange(service, operation, run_async(call))


@pytest.mark.parametrize("operation", CALLS)
def test_raw(service, client, operation):
    """The response as it is: the status, the media type, and a body that is the value."""
    case = CASES[operation]
    service.will({"json": case["answer"]})

    beta = Raw(client.beta)
    response = CALLS[operation](beta, case["request"])
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.http_response.json() == case["answer"]
    [asked] = service.asked()
    assert response.request_id == asked["request_id"]


class Raw:
    """A resource of the SDK whose methods return raw responses."""

    def __init__(self, resource):
        self.resource = resource

    def __getattr__(self, name):
        if name in ("assistants", "threads", "messages", "runs", "steps"):
            return Raw(getattr(self.resource, name))
        return getattr(self.resource.with_raw_response, name)


def test_a_thread_of_nothing(service, client):
    """The one body that may be left out: the SDK then sends an empty object."""
    service.will({"json": CASES["getThread"]["answer"]})
    client.beta.threads.create()
    [asked] = service.asked()
    assert asked["request"] == {"body": {}}
