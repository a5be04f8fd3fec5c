"""Lists: the SDK goes from page to page by itself, and asks for the right ones."""

import pytest

from values import OBJECTS

LISTS = {
    "assistant": lambda beta, **query: beta.assistants.list(**query),
    "message": lambda beta, **query: beta.threads.messages.list("thread_1", **query),
    "run_completed": lambda beta, **query: beta.threads.runs.list("thread_1", **query),
    "step_of_tools": lambda beta, **query: beta.threads.runs.steps.list("run_1", thread_id="thread_1", **query),
}


def page(name, numbers, more):
    data = [{**OBJECTS[name], "id": f"id_{number}"} for number in numbers]
    ids = [item["id"] for item in data] or [None]
    return {"json": {"object": "list", "data": data, "first_id": ids[0], "last_id": ids[-1], "has_more": more}}


def pages(name):
    return [page(name, [1, 2], True), page(name, [3, 4], True), page(name, [5], False)]


def check_requests(service):
    asked = [asked["request"] for asked in service.asked()]
    assert [request["after"] for request in asked] == [None, "id_2", "id_4"]
    assert {(request["limit"], request["order"]) for request in asked} == {(2, "asc")}


@pytest.mark.parametrize("name", LISTS)
def test_sync(service, client, name):
    service.will(*pages(name))
    items = list(LISTS[name](client.beta, limit=2, order="asc"))
    assert [item.to_dict() for item in items] == [{**OBJECTS[name], "id": f"id_{number}"} for number in range(1, 6)]
    check_requests(service)


@pytest.mark.parametrize("name", LISTS)
def test_async(service, run_async, name):
    service.will(*pages(name))

    async def walk(client):
        return [item.id async for item in LISTS[name](client.beta, limit=2, order="asc")]

    assert run_async(walk) == ["id_1", "id_2", "id_3", "id_4", "id_5"]
    check_requests(service)


def test_page_by_page(service, client):
    service.will(*pages("assistant"))
    sizes = [len(page.data) for page in client.beta.assistants.list(limit=2, order="asc").iter_pages()]
    assert sizes == [2, 2, 1]
    check_requests(service)


def test_nothing(service, client):
    """An empty list has neither a first nor a last id."""
    service.will(page("assistant", [], False))
    listed = client.beta.assistants.list()
    assert not listed.has_next_page()
    assert listed.to_dict() == {"object": "list", "data": [], "first_id": None, "last_id": None, "has_more": False}
    [asked] = service.asked()
    # What the caller leaves out is as the document says.
    assert asked["request"] == {"limit": 20, "order": "desc", "after": None, "before": None}
