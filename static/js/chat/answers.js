import { announce } from "../lib/announce.js";
import { clone } from "../lib/dom.js";
import { parse } from "../live/patch.js";

/**
 * Show a private answer below the newest line, until it is dismissed or the page is left.
 * @param {string} html
 * @param {Element} list
 * @returns {HTMLElement | null}
 */
export function showAnswer(html, list) {
  const row = clone("answer-template");
  if (!row) return null;
  row.querySelector(".answer__body")?.append(parse(html));
  row.querySelector(".answer__close")?.addEventListener("click", () => {
    row.remove();
    document.getElementById("message")?.focus();
  });
  list.append(row);
  announce("The answer is below the messages. Only you see it.");
  return row;
}
