import { closest } from "../lib/dom.js";
import { toggleMenu, walkMenu } from "../lib/menu.js";
import { copyLink } from "../elements/copy-link.js";

/** What can be done with a message: from its menu, and by the keys that the menu teaches. @type {Record<string, (row: HTMLElement) => void>} */
export const MESSAGE_WAYS = {
  reply: (row) => answer(row, ""),
  task: (row) => answer(row, `/task ${gist(row)}`),
  link: (row) => void copyLink(linkOf(row)?.href ?? ""),
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
    toggleMenu(menu, more, "end");
  });
  menu.addEventListener("click", (event) => {
    const way = closest(event.target, "[data-do]")?.getAttribute("data-do");
    menu.hidePopover();
    if (way && row) MESSAGE_WAYS[way]?.(row);
  });
  walkMenu(menu);
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
