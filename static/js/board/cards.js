import { glide } from "../lib/flip.js";

/** @typedef {{list: HTMLElement, next: Element | null}} Spot */

/** The columns of a board and the cards in them, as the page shows them. */
export class Cards {
  /** @param {HTMLElement} board */
  constructor(board) {
    this.board = board;
  }

  /** @returns {HTMLElement[]} */
  get lists() {
    return [...this.board.querySelectorAll(".cards")].map((list) => /** @type {HTMLElement} */ (list));
  }

  /** @returns {HTMLElement[]} */
  get all() {
    return [...this.board.querySelectorAll(".card")].map((card) => /** @type {HTMLElement} */ (card));
  }

  /**
   * @param {Element} list
   * @returns {HTMLElement[]}
   */
  in(list) {
    return [...list.children].flatMap((child) => (child.matches(".card") ? [/** @type {HTMLElement} */ (child)] : []));
  }

  /** @param {Element} card @returns {HTMLElement} */
  listOf(card) {
    return /** @type {HTMLElement} */ (card.closest(".cards"));
  }

  /** Where a card stands, to put it back. @param {Element} card @returns {Spot} */
  spotOf(card) {
    return { list: this.listOf(card), next: card.nextElementSibling };
  }

  /**
   * @param {HTMLElement} card
   * @param {Spot} spot
   */
  place(card, { list, next }) {
    const from = card.getBoundingClientRect();
    const focused = document.activeElement;
    list.insertBefore(card, next?.parentElement === list ? next : null);
    // Moving an element takes the focus away from it.
    if (focused instanceof HTMLElement && card.contains(focused)) focused.focus({ preventScroll: true });
    glide(card, from);
  }

  /** "Doing, 2 of 4" @param {Element} card */
  placeName(card) {
    const list = this.listOf(card);
    const cards = this.in(list);
    return `${columnName(list)}, ${cards.findIndex((each) => each === card) + 1} of ${cards.length}`;
  }
}

/** @param {Element} inside something in a column */
export function columnName(inside) {
  return inside.closest(".column")?.querySelector(".column__name")?.textContent?.trim() ?? "";
}

/** @param {Element} inside something in a column */
export function columnId(inside) {
  return inside.closest(".column")?.getAttribute("data-column") ?? "";
}

/** @param {Element} card */
export function refOf(card) {
  return card.querySelector(".ref")?.textContent?.trim() ?? `#${card.getAttribute("data-task")}`;
}

/** @param {Element} card */
export function linkOf(card) {
  return /** @type {HTMLAnchorElement | null} */ (card.querySelector(".card__title"));
}
