import { announce } from "../lib/announce.js";
import { isTyping } from "../lib/dom.js";
import { arrive, glide } from "../lib/flip.js";
import { Cards, linkOf } from "./cards.js";
import { Carry } from "./carry.js";
import { Drag } from "./drag.js";
import { CardMenu, FIELDS, openField } from "./menu.js";
import { mayEdit, Moves } from "./moves.js";
import { Roving } from "./roving.js";

/** @import { PatchDetail } from "../types.d.ts" */

const FROZEN = 3_000;

/** The board: cards by mouse, finger and keyboard, and live changes that wait while their column is aimed at. */
export class Board {
  /** @type {Array<() => void>} */
  #held = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #thaw;

  /** @param {HTMLElement} board */
  constructor(board) {
    this.cards = new Cards(board);
    this.moves = new Moves(this.cards, () => this.drag.column || this.#release());
    this.roving = new Roving(this.cards);
    this.carry = new Carry(this.cards, this.moves, this.roving);
    this.menu = new CardMenu(this.cards, this.moves);
    this.drag = new Drag(this.cards, this.moves, () => this.#release());
    board.addEventListener("keydown", (event) => this.#key(event));
    board.addEventListener("board:filtered", () => this.roving.refresh());
    board.addEventListener("live:patch", (event) => this.#patch(/** @type {CustomEvent<PatchDetail>} */ (event)));
  }

  /** @param {CustomEvent<PatchDetail>} event */
  #patch(event) {
    event.preventDefault();
    const { detail } = event;
    const aimed = this.drag.column;
    const isAimed = aimed && (aimed.contains(detail.container) || aimed.contains(detail.existing));
    // News of my earlier move must not take a card back from where I have moved it since.
    if (!isAimed && !this.moves.isOpen(detail.existing?.id)) return this.#apply(detail);
    // The target must not run away from under the pointer, but not for ever either.
    this.#held.push(() => this.#apply(detail));
    this.#thaw ??= setTimeout(() => this.#release(), FROZEN);
  }

  #release() {
    clearTimeout(this.#thaw);
    this.#thaw = undefined;
    for (const apply of this.#held.splice(0)) apply();
  }

  /** @param {PatchDetail} detail */
  #apply({ element, existing, apply }) {
    const standing = element?.id ? document.getElementById(element.id) : existing;
    const from = standing?.getBoundingClientRect();
    const isCarried = standing?.classList.contains("is-lifted");
    apply();
    if (!element?.isConnected) return this.roving.refresh();
    if (element.matches(".column__head")) return this.#arrange();
    if (isCarried) element.classList.add("is-lifted");
    if (!element.matches(".card")) return;
    if (from) glide(element, from);
    else arrive(element);
    this.roving.refresh();
  }

  /** Columns stand in the order that their heads say. */
  #arrange() {
    const columns = this.cards.lists.map((list) => /** @type {HTMLElement} */ (list.closest(".column")));
    const place = (/** @type {Element} */ column) => Number(column.querySelector("[data-place]")?.getAttribute("data-place"));
    const ordered = [...columns].sort((one, other) => place(one) - place(other));
    if (ordered.some((column, index) => column !== columns[index])) this.cards.board.append(...ordered);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (isTyping(event.target) || event.altKey) return;
    const card = this.roving.card;
    if (this.carry.isLoaded ? this.carry.take(event) : card && this.#cardKey(card, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /**
   * @param {HTMLElement} card
   * @param {KeyboardEvent} event
   */
  #cardKey(card, event) {
    const { key, shiftKey, ctrlKey, metaKey } = event;
    if (shiftKey && key.startsWith("Arrow")) return this.#change(() => this.carry.nudge(card, key));
    if (this.roving.walk(card, event)) return true;
    if (ctrlKey || metaKey) return false;
    if (key === " ") return this.#change(() => this.carry.pickUp(card));
    if (key === "D") return this.#change(() => this.menu.does.finish(card));
    if (shiftKey) return false;
    if (key === "v" || key === "s") return this.#change(() => this.menu.does.move(card));
    if (key === "i") return this.#change(() => this.menu.does.me(card));
    if (key === ".") return this.#change(() => card.querySelector(".card__more")?.dispatchEvent(click()));
    const field = FIELDS.get(key);
    if (field) return this.#change(() => openField(card, field));
    if (key === "Enter" && event.target !== linkOf(card)) linkOf(card)?.click();
    return false;
  }

  /** @param {() => void} change */
  #change(change) {
    if (mayEdit()) change();
    else announce("Guests can look at the board but not change it.", "alert");
    return true;
  }
}

function click() {
  return new MouseEvent("click", { bubbles: true, cancelable: true });
}
