// Pages that the SDK walks by itself, and the helpers that ask until a run has come to rest.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { asked, client, OBJECTS, plain, will } from './harness.js';

const { assistants, threads } = client.beta;
const { messages, runs } = threads;

const LISTS = {
  assistant: (query) => assistants.list(query),
  message: (query) => messages.list('thread_1', query),
  run_completed: (query) => runs.list('thread_1', query),
  step_of_tools: (query) => runs.steps.list('run_1', { thread_id: 'thread_1', ...query }),
};

const numbered = (name, ...numbers) => numbers.map((number) => ({ ...OBJECTS[name], id: `id_${number}` }));

const page = (data, has_more) => ({
  json: { object: 'list', data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more },
});

for (const [name, list] of Object.entries(LISTS)) {
  test(`pages: ${name}`, async () => {
    const first = [page(numbered(name, 1, 2), true), page(numbered(name, 3, 4), true)];
    await will(...first, page(numbered(name, 5), false));

    const items = [];
    for await (const item of list({ limit: 2, order: 'asc' })) items.push(plain(item));
    assert.deepEqual(items, numbered(name, 1, 2, 3, 4, 5));

    const requests = (await asked()).map(({ request }) => request);
    assert.deepEqual(requests.map(({ after }) => after), [null, 'id_2', 'id_4']);
    for (const { limit, order } of requests) assert.deepEqual([limit, order], [2, 'asc']);
  });
}

test('page by page', async () => {
  await will(page(numbered('assistant', 1, 2), true), page([], false));
  const first = await assistants.list();
  assert.ok(first.hasNextPage());
  const next = await first.getNextPage();
  assert.deepEqual(next.data, []);
  assert.ok(!next.hasNextPage());
  const [, seen] = await asked();
  assert.deepEqual(seen.request, { limit: 20, order: 'desc', after: 'id_2', before: null });
});

const RUN = { assistant_id: 'asst_1' };
const OUTPUTS = { thread_id: 'thread_1', tool_outputs: [{ tool_call_id: 'call_1', output: '2' }] };
const pause = { pollIntervalMs: 1 };
const POLLED = {
  createRun: () => runs.createAndPoll('thread_1', RUN, pause),
  createThreadAndRun: () => threads.createAndRunPoll(RUN, pause),
  submitToolOuputsToRun: () => runs.submitToolOutputsAndPoll('run_1', OUTPUTS, pause),
  getRun: () => runs.poll('run_1', { thread_id: 'thread_1' }, pause),
};

for (const [operation, poll] of Object.entries(POLLED)) {
  for (const end of ['completed', 'requires_action', 'failed', 'cancelled', 'incomplete']) {
    test(`polling: ${operation} until ${end}`, async () => {
      const states = ['queued', 'in_progress', 'cancelling', end];
      await will(...states.map((state) => ({ json: OBJECTS[`run_${state}`] })));
      assert.deepEqual(plain(await poll()), OBJECTS[`run_${end}`]);

      const seen = await asked();
      assert.deepEqual(seen.map((request) => request.operation), [operation, 'getRun', 'getRun', 'getRun']);
      for (const { request, headers } of seen.slice(1)) {
        assert.deepEqual(request, { thread_id: 'thread_1', run_id: 'run_1' });
        assert.equal(headers['x-stainless-poll-helper'], 'true');
      }
    });
  }
}
