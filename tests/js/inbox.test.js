import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Inbox, PATIENCE } from "../../static/js/live/inbox.js";

/** @import { EventFrame } from "../../static/js/types.d.ts" */

/** @param {number} seq @returns {EventFrame} */
function event(seq) {
  return { type: "event", seq, kind: "message.posted", at: "", actor: { id: 1, handle: "ana", name: "Ana" }, html: "" };
}

function inboxAt(seq = 0) {
  /** @type {number[]} */
  const applied = [];
  /** @type {number[]} */
  const asked = [];
  const inbox = new Inbox(seq, (frame) => applied.push(frame.seq), (after) => asked.push(after));
  return { inbox, applied, asked };
}

test("events are applied in order, whatever order they come in", () => {
  const { inbox, applied } = inboxAt();
  for (const seq of [2, 1, 4, 3]) inbox.receive(event(seq));
  assert.deepEqual(applied, [1, 2, 3, 4]);
  assert.equal(inbox.seq, 4);
});

test("an event that comes again is dropped", () => {
  const { inbox, applied } = inboxAt(5);
  for (const seq of [5, 6, 6, 4, 7, 7]) inbox.receive(event(seq));
  assert.deepEqual(applied, [6, 7]);
});

test("any order of many events, each sent twice, gives the same page", () => {
  const seqs = Array.from({ length: 200 }, (_, index) => index + 1);
  const shuffled = [...seqs, ...seqs].sort((a, b) => ((a * 7919) % 211) - ((b * 7919) % 211));
  const { inbox, applied } = inboxAt();
  for (const seq of shuffled) inbox.receive(event(seq));
  assert.deepEqual(applied, seqs);
});

test("a gap is waited for, then asked for, until it is filled", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { inbox, applied, asked } = inboxAt(10);
  inbox.receive(event(12));
  assert.deepEqual(asked, []);
  mock.timers.tick(PATIENCE);
  assert.deepEqual(asked, [10]);
  mock.timers.tick(PATIENCE);
  assert.deepEqual(asked, [10, 10]);
  inbox.receive(event(11));
  mock.timers.tick(PATIENCE * 3);
  assert.deepEqual(applied, [11, 12]);
  assert.deepEqual(asked, [10, 10]);
  mock.timers.reset();
});

test("a gap that closes by itself is not asked for", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { inbox, asked } = inboxAt();
  inbox.receive(event(2));
  inbox.receive(event(1));
  mock.timers.tick(PATIENCE * 2);
  assert.deepEqual(asked, []);
  mock.timers.reset();
});

test("a server that has more than we saw is asked again", () => {
  const { inbox, asked } = inboxAt(3);
  inbox.ready(3);
  assert.deepEqual(asked, []);
  inbox.ready(5);
  assert.deepEqual(asked, [3]);
});

test("one event that cannot be shown does not stop the rest", () => {
  const errors = mock.method(console, "error", () => {});
  /** @type {number[]} */
  const applied = [];
  const inbox = new Inbox(0, ({ seq }) => {
    if (seq === 1) throw new Error("broken");
    applied.push(seq);
  }, () => {});
  inbox.receive(event(1));
  inbox.receive(event(2));
  assert.deepEqual(applied, [2]);
  assert.equal(errors.mock.callCount(), 1);
  errors.mock.restore();
});
