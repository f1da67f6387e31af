import assert from "node:assert/strict";
import { test } from "node:test";
import { meaningOf } from "../../static/js/chat/editing.js";

/** @param {string} key @param {Partial<KeyboardEvent>} [more] */
const press = (key, more = {}) => meaningOf({ key, shiftKey: false, isComposing: false, keyCode: 0, ...more });

test("Enter saves, with Shift it is a new line, and Escape leaves", () => {
  assert.deepEqual([press("Enter"), press("Enter", { shiftKey: true }), press("Escape"), press("a")], ["save", null, "cancel", null]);
});

test("what an input method is composing with belongs to it", () => {
  assert.equal(press("Enter", { isComposing: true }), null);
  assert.equal(press("Enter", { keyCode: 229 }), null, "Safari ends composing before the key is heard");
  assert.equal(press("Escape", { isComposing: true }), null);
});
