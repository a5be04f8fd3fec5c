"""The polling helpers: they ask until the run has come to rest."""

import pytest

from values import OBJECTS, check

RUN = {"thread_id": "thread_1", "assistant_id": "asst_1"}
OUTPUTS = {"thread_id": "thread_1", "tool_outputs": [{"tool_call_id": "call_1", "output": "2"}]}

HELPERS = {
    "createRun": lambda threads, **pause: threads.runs.create_and_poll(**RUN, **pause),
    "createThreadAndRun": lambda threads, **pause: threads.create_and_run_poll(assistant_id="asst_1", **pause),
    "submitToolOuputsToRun": lambda threads, **pause: threads.runs.submit_tool_outputs_and_poll(
        run_id="run_1", **OUTPUTS, **pause
    ),
    "getRun": lambda threads, **pause: threads.runs.poll("run_1", thread_id="thread_1", **pause),
}


def answers(*states):
    return [{"json": OBJECTS[f"run_{state}"]} for state in states]


def check_requests(service, operation):
    asked = service.asked()
    assert [request["operation"] for request in asked] == [operation, "getRun", "getRun", "getRun"]
    for request in asked[1:]:
        assert request["request"] == {"thread_id": "thread_1", "run_id": "run_1"}
        assert request["headers"]["x-stainless-poll-helper"] == "true"


@pytest.mark.parametrize("operation", HELPERS)
def test_sync(service, client, operation):
    service.will(*answers("queued", "queued", "in_progress", "completed"))
    run = HELPERS[operation](client.beta.threads, poll_interval_ms=1)
    check(run, OBJECTS["run_completed"])
    check_requests(service, operation)


@pytest.mark.parametrize("operation", HELPERS)
def test_async(service, run_async, operation):
    service.will(*answers("queued", "in_progress", "cancelling", "cancelled"))
    run = run_async(lambda client: HELPERS[operation](client.beta.threads, poll_interval_ms=1))
    check(run, OBJECTS["run_cancelled"])
    check_requests(service, operation)


@pytest.mark.parametrize("state", ["requires_action", "failed", "incomplete"])
def test_states_that_end_it(service, client, state):
    service.will(*answers("queued", state))
    run = client.beta.threads.runs.create_and_poll(**RUN, poll_interval_ms=1)
    check(run, OBJECTS[f"run_{state}"])
    service.asked()
