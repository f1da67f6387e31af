import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff, STEPS } from "../../static/js/live/backoff.js";

test("waits grow step by step and stay at the longest", () => {
  const backoff = new Backoff(() => 0.5);
  const waits = Array.from({ length: 8 }, () => Math.round(backoff.next()));
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
});

test("every wait is within a fifth of its step", () => {
  for (const random of [0, 0.25, 0.999]) {
    const backoff = new Backoff(() => random);
    for (const step of STEPS) {
      const wait = backoff.next();
      assert.ok(wait >= step * 800 && wait <= step * 1200, `${wait} for ${step} s`);
    }
  }
});

test("a connection that held begins again with the shortest wait", () => {
  const backoff = new Backoff(() => 0.5);
  backoff.next();
  backoff.next();
  backoff.reset();
  assert.equal(Math.round(backoff.next()), 500);
});
