import assert from "node:assert/strict";
import { test } from "node:test";
import { ShortcutMap } from "../../static/js/lib/shortcut-map.js";

function mapWith() {
  /** @type {string[]} */
  const done = [];
  const map = new ShortcutMap();
  for (const keys of ["m", "b", "g b", "g c"]) map.add(keys, "Anywhere", `does ${keys}`, () => done.push(keys));
  return { map, done };
}

test("a single key acts at once", () => {
  const { map, done } = mapWith();
  map.press("m", 0)?.();
  assert.deepEqual(done, ["m"]);
});

test("two keys in a row act together, the second not on its own", () => {
  const { map, done } = mapWith();
  map.press("g", 0)?.();
  map.press("b", 400)?.();
  assert.deepEqual(done, ["g b"]);
});

test("too late is too late", () => {
  const { map, done } = mapWith();
  map.press("g", 0)?.();
  map.press("b", 1_501)?.();
  assert.deepEqual(done, ["b"]);
});

test("a key that means nothing is left to the browser", () => {
  const { map } = mapWith();
  assert.equal(map.press("q", 0), null);
  map.press("g", 0);
  assert.equal(map.press("q", 10), null);
});

test("no key has two meanings", () => {
  const { map } = mapWith();
  assert.throws(() => map.add("m", "Anywhere", "something else", () => {}), /taken/);
});

test("the sheet lists what the keyboard knows", () => {
  const { map } = mapWith();
  assert.deepEqual(map.list.map(({ keys }) => keys), ["m", "b", "g b", "g c"]);
});
