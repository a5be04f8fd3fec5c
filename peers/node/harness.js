// The scripted service as a process, the SDK connected to it, and what `peers/values.json` holds.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import assert from 'node:assert/strict';

import OpenAI from 'openai';

export const VALUES = load();
export const { objects: OBJECTS, cases: CASES } = VALUES;

const process_ = spawn(process.env.PEERS_SERVICE, ['scripted', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
after(() => process_.kill());
const [line] = await new Promise((resolve) => createInterface(process_.stdout).once('line', (...all) => resolve(all)));
assert.match(line, /^Listening on /);
export const origin = line.replace('Listening on ', '').trim();

export const baseURL = `${origin}/v1`;
export const client = new OpenAI({ apiKey: 'sk-peers', baseURL, maxRetries: 0, timeout: 10_000 });

/** Writes the script: what the service is to answer. */
export async function will(...answers) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${origin}/script`, { method: 'PUT', headers, body: JSON.stringify(answers) });
  assert.equal(response.status, 200, await response.text());
}

/** What the service was asked since then, once for each answer of the script. */
export async function asked() {
  const response = await fetch(`${origin}/asked`);
  const seen = await response.json();
  assert.equal(seen.left, 0, 'answers of the script are left');
  return seen.asked;
}

/** The file with every `"@name"` replaced by the object of that name. */
function load() {
  const file = JSON.parse(readFileSync(new URL('../values.json', import.meta.url), 'utf8'));
  const resolved = (value) => {
    if (typeof value === 'string' && value.startsWith('@')) return resolved(file.objects[value.slice(1)]);
    if (Array.isArray(value)) return value.map(resolved);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item)]));
  };
  return resolved(file);
}

/** A value of the SDK as JSON: without the methods of its pages. */
export const plain = (value) => JSON.parse(JSON.stringify(value));
