import { pageData } from "../lib/page.js";
import { when } from "../live/live.js";
import { typingWords } from "./typing-words.js";

/** @import { EventFrame, TypingFrame } from "../types.d.ts" */

const EXPIRES = 6_000;

/** Shows in one fixed place who is writing; a signal holds for six seconds or until their words are here. */
export function showTyping() {
  const line = document.getElementById("typing");
  if (!line) return;
  /** @type {Map<number, {name: string, timer: ReturnType<typeof setTimeout>}>} */
  const typing = new Map();
  const show = () => {
    line.textContent = typingWords([...typing.values()].map(({ name }) => name));
  };
  const stop = (/** @type {number} */ id) => {
    clearTimeout(typing.get(id)?.timer);
    if (typing.delete(id)) show();
  };
  when("typing", (/** @type {TypingFrame} */ { user }) => {
    if (user.id === pageData()?.you.id) return;
    clearTimeout(typing.get(user.id)?.timer);
    typing.set(user.id, { name: user.name.split(" ")[0], timer: setTimeout(() => stop(user.id), EXPIRES) });
    show();
  });
  when("applied", (/** @type {EventFrame} */ { actor }) => stop(actor?.id));
}
