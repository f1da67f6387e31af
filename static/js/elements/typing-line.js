import { pageData } from "../lib/page.js";
import { when } from "../live/live.js";

/** @import { EventFrame, TypingFrame } from "../types.d.ts" */

const EXPIRES = 6_000;

/**
 * "Mona and Ivo are typing"
 * @param {string[]} names
 */
export function typingWords(names) {
  if (names.length === 0) return "";
  if (names.length > 2) return "Several people are typing";
  return names.length === 1 ? `${names[0]} is typing` : `${names[0]} and ${names[1]} are typing`;
}

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
