import { isTyping } from "../lib/dom.js";
import { canDo, MESSAGE_WAYS } from "./message-menu.js";

const STEPS = new Map([["ArrowUp", -1], ["k", -1], ["ArrowDown", 1], ["j", 1]]);
const WAYS = new Map([["r", "reply"], ["t", "task"], ["e", "edit"], ["y", "link"], ["Delete", "remove"]]);

/** @typedef {{rows(): HTMLElement[], toStart(): void, toEnd(): void, leave(): void}} Places */

/**
 * Walking through the lines by keyboard. The list has one tab stop; the line that was left last keeps it.
 * @param {HTMLElement} log
 * @param {Places} places
 */
export function walkByKeys(log, places) {
  actByKeys(log);
  log.addEventListener("keydown", (event) => {
    if (!isSingle(event)) return;
    const step = STEPS.get(event.key);
    if (step) walk(event, places.rows(), step);
    else if (event.key === "Home") act(event, () => places.toStart());
    else if (event.key === "End") act(event, () => places.toEnd());
    else if (event.key === "Escape") act(event, () => places.leave());
    else if (event.key === "Enter") openCard(event);
  });
}

/** r answers a message, t makes a task of it, e edits it, y copies its link, Delete removes it. @param {HTMLElement} place where the rows are */
export function actByKeys(place) {
  place.addEventListener("keydown", (event) => {
    const row = event.target;
    const way = WAYS.get(event.key);
    if (!way || !isSingle(event) || !(row instanceof HTMLElement) || !row.matches(".msg[data-seq]")) return;
    if (canDo(way, row)) act(event, () => MESSAGE_WAYS[way](row));
  });
}

/**
 * @param {string} key
 * @param {HTMLElement} row
 */
export function canDoByKey(key, row) {
  return canDo(WAYS.get(key) ?? "", row);
}

/** Whether a key is pressed by itself, and not for a text. @param {KeyboardEvent} event */
function isSingle(event) {
  return !(isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
}

/**
 * @param {KeyboardEvent} event
 * @param {() => void} what
 */
function act(event, what) {
  event.preventDefault();
  what();
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} rows
 * @param {number} step
 */
function walk(event, rows, step) {
  const focused = document.activeElement?.closest("li[data-seq]:not(.effect)");
  const index = rows.findIndex((row) => row === focused);
  const next = index === -1 ? rows.at(-1) : rows[index + step];
  if (!next) return;
  event.preventDefault();
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** @param {KeyboardEvent} event */
function openCard(event) {
  const row = event.target;
  if (!(row instanceof HTMLElement) || !row.matches("li[data-seq]")) return;
  const link = row.querySelector(".task-card a[href]");
  if (link instanceof HTMLElement) act(event, () => link.click());
}
