import { closest } from "../lib/dom.js";
import { toast } from "../elements/toasts.js";

const SPACE = 8;

/** What can be done with a message: from its menu, and by the keys that the menu teaches. @type {Record<string, (row: HTMLElement) => void>} */
export const MESSAGE_WAYS = {
  reply: (row) => answer(row, ""),
  task: (row) => answer(row, `/task ${gist(row)}`),
  link: (row) => void copy(linkOf(row)?.href ?? ""),
};

/** The menu behind the button of each row: one for all of them. @param {HTMLElement} log */
export function openMessageMenu(log) {
  const menu = document.getElementById("message-menu");
  if (!menu) return;
  /** @type {HTMLElement | null} */
  let row = null;
  log.addEventListener("click", (event) => {
    const more = closest(event.target, ".msg__more");
    if (!(more instanceof HTMLElement) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    row = more.closest("li.msg");
    menu.togglePopover(true);
    put(menu, more.getBoundingClientRect());
    itemsOf(menu)[0]?.focus();
  });
  menu.addEventListener("click", (event) => {
    const way = closest(event.target, "[data-do]")?.getAttribute("data-do");
    menu.hidePopover();
    if (way && row) MESSAGE_WAYS[way]?.(row);
  });
  menu.addEventListener("keydown", (event) => walk(event, menu));
}

/** @param {HTMLElement} menu */
function itemsOf(menu) {
  return [...menu.querySelectorAll("[role=menuitem]")]
    .map((item) => /** @type {HTMLElement} */ (item))
    .filter((item) => item.checkVisibility());
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} menu
 */
function walk(event, menu) {
  const items = itemsOf(menu);
  const index = items.findIndex((item) => item === document.activeElement);
  const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: -1 }[event.key];
  if (event.key === "Tab") menu.hidePopover();
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}

/**
 * Beside the button, and inside the window.
 * @param {HTMLElement} menu
 * @param {DOMRect} at
 */
function put(menu, { right, top, bottom }) {
  const y = innerHeight - menu.offsetHeight - SPACE;
  menu.style.setProperty("--menu-x", `${Math.max(SPACE, right - menu.offsetWidth)}px`);
  menu.style.setProperty("--menu-y", `${bottom + 4 > y ? Math.max(SPACE, top - menu.offsetHeight - 4) : bottom + 4}px`);
}

/**
 * @param {HTMLElement} row
 * @param {string} text
 */
function answer(row, text) {
  const author = row.querySelector(".msg__author")?.textContent?.trim() ?? "";
  const words = wordsOf(row);
  const detail = { id: Number(row.id.replace("message-", "")), author, words, text };
  document.dispatchEvent(new CustomEvent("composer:reply", { detail }));
}

/** @param {HTMLElement} row */
function wordsOf(row) {
  return row.querySelector(".msg__text")?.textContent?.trim() ?? "";
}

/** The first line, without the command that it may start with. @param {HTMLElement} row */
function gist(row) {
  return wordsOf(row).split("\n")[0].replace(/^\/\p{L}[\p{L}\d_-]*\s+/u, "").slice(0, 200);
}

/** @param {HTMLElement} row */
function linkOf(row) {
  return /** @type {HTMLAnchorElement | null} */ (row.querySelector("a.msg__time"));
}

/** @param {string} href */
async function copy(href) {
  await navigator.clipboard?.writeText(href).then(() => toast("Link copied."), () => toast(href));
}
