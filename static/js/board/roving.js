import { linkOf } from "./cards.js";

/** @import { Cards } from "./cards.js" */

/** One tab stop for the whole board; the arrow keys walk from card to card. */
export class Roving {
  #cards;
  #current = "";

  /** @param {Cards} cards */
  constructor(cards) {
    this.#cards = cards;
    cards.board.addEventListener("focusin", ({ target }) => {
      const card = target instanceof Element ? target.closest(".card") : null;
      if (card) this.#become(card.id);
    });
    new ResizeObserver(() => this.refresh()).observe(cards.board);
    this.refresh();
  }

  /** @returns {HTMLElement | null} */
  get card() {
    return /** @type {HTMLElement | null} */ (document.activeElement?.closest("task-board .card") ?? null);
  }

  /** Cards came or went: one of them can be reached by Tab, and one in each column that scrolls. */
  refresh() {
    const cards = this.#cards.all;
    const current = cards.find(({ id }) => id === this.#current) ?? cards[0];
    const stops = new Set(this.#cards.lists.filter(scrolls).map((list) => this.#cards.in(list)[0]));
    if (current) stops.delete(this.#cards.in(this.#cards.listOf(current))[0]);
    for (const card of cards) {
      const isStop = card === current || stops.has(card);
      linkOf(card)?.setAttribute("tabindex", isStop ? "0" : "-1");
    }
    this.#current = current?.id ?? "";
  }

  /** @param {HTMLElement | null | undefined} card */
  focus(card) {
    if (!card) return;
    linkOf(card)?.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /**
   * @param {HTMLElement} card
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key meant a way to go
   */
  walk(card, { key, ctrlKey, metaKey }) {
    const isFar = ctrlKey || metaKey;
    const column = this.#cards.in(this.#cards.listOf(card));
    const index = column.indexOf(card);
    if (key === "ArrowDown" && !isFar) this.focus(column[index + 1]);
    else if (key === "ArrowUp" && !isFar) this.focus(column[index - 1]);
    else if (key === "ArrowLeft" && !isFar) this.focus(this.#beside(card, index, -1));
    else if (key === "ArrowRight" && !isFar) this.focus(this.#beside(card, index, 1));
    else if (key === "Home") this.focus(isFar ? this.#cards.all[0] : column[0]);
    else if (key === "End") this.focus(isFar ? this.#filled.at(-1)?.[0] : column.at(-1));
    else return false;
    return true;
  }

  get #filled() {
    return this.#cards.lists.map((list) => this.#cards.in(list)).filter((cards) => cards.length > 0);
  }

  /**
   * @param {HTMLElement} card
   * @param {number} index
   * @param {number} step
   */
  #beside(card, index, step) {
    const columns = this.#filled;
    const next = columns[columns.findIndex((cards) => cards.includes(card)) + inReadingOrder(step)];
    return next?.[Math.min(index, next.length - 1)];
  }

  /** @param {string} id */
  #become(id) {
    if (id === this.#current) return;
    this.#current = id;
    this.refresh();
  }
}

/** A box that scrolls must be within reach of the keyboard. @param {Element} list */
function scrolls(list) {
  return list.scrollHeight > list.clientHeight + 1;
}

/** Where the page reads from right to left, so do the columns. @param {number} step */
export function inReadingOrder(step) {
  return getComputedStyle(document.documentElement).direction === "rtl" ? -step : step;
}
