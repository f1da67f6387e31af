import { closest } from "../lib/dom.js";
import { toggleMenu, walkMenu } from "../lib/menu.js";
import { pageData } from "../lib/page.js";
import { copyLink, copyWords } from "../elements/copy-link.js";
import { editMessage } from "./editing.js";
import { removeMessage } from "./removing.js";

/** What can be done with a message: from its menu, and by the keys that the menu teaches. @type {Record<string, (row: HTMLElement) => void>} */
export const MESSAGE_WAYS = {
  reply: (row) => answer(row, ""),
  task: (row) => answer(row, `/task ${gist(row)}`),
  edit: (row) => void editMessage(row),
  copy: (row) => void copyWords(/** @type {HTMLElement | null} */ (row.querySelector(".msg__text"))?.innerText.trim() ?? ""),
  remove: (row) => removeMessage(row),
  link: (row) => void copyLink(linkOf(row)?.href ?? ""),
};

/**
 * Whether this can be done with a message: what its menu offers.
 * @param {string} way
 * @param {HTMLElement} row
 */
export function canDo(way, row) {
  const item = document.querySelector(`#message-menu [data-do="${way}"]`);
  const isOwn = Number(row.dataset.author) === pageData()?.you.id;
  const isGone = row.querySelector(".msg__gone") !== null;
  return item !== null && (isOwn || !item.hasAttribute("data-own")) && (!isGone || item.hasAttribute("data-gone"));
}

/** The menu behind the button of each row: one for all of them. @param {HTMLElement} log where the rows are */
export function openMessageMenu(log) {
  const menu = document.getElementById("message-menu");
  if (!menu) return;
  log.after(menu); // so it belongs to a landmark
  /** @type {HTMLElement | null} */
  let row = null;
  log.addEventListener("click", (event) => {
    const more = closest(event.target, ".msg__more");
    if (!(more instanceof HTMLElement) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    row = /** @type {HTMLElement} */ (more.closest("li.msg"));
    for (const item of menu.querySelectorAll("[data-do]")) showWhere(item, row);
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
 * @param {Element} item
 * @param {HTMLElement} row
 */
function showWhere(item, row) {
  /** @type {HTMLElement} */ (item).hidden = !canDo(item.getAttribute("data-do") ?? "", row);
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
