import { post } from "../lib/http.js";
import { closest } from "../lib/dom.js";
import { toggleMenu, walkMenu } from "../lib/menu.js";
import { live } from "../live/live.js";
import { copyLink } from "../elements/copy-link.js";
import { toast } from "../elements/toasts.js";
import { columnId, linkOf, refOf } from "./cards.js";

/** @import { Cards } from "./cards.js" */
/** @import { Moves } from "./moves.js" */

/** Fields of the task's page that a key on a card leads to. */
export const FIELDS = new Map([
  ["a", "assignees"], ["d", "due_on"], ["e", "title"], ["l", "labels"], ["p", "priority"], ["o", "estimate"],
]);

/** What can be done with a card without dragging it: its menu, the move dialog, and the keys for both. */
export class CardMenu {
  #cards;
  #moves;
  #menu = document.getElementById("card-menu");
  #dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("move-dialog"));
  /** @type {HTMLElement | null} */
  #card = null;

  /**
   * @param {Cards} cards
   * @param {Moves} moves
   */
  constructor(cards, moves) {
    this.#cards = cards;
    this.#moves = moves;
    // Inside the pane it belongs to a landmark.
    if (this.#menu) {
      cards.board.after(this.#menu);
      walkMenu(this.#menu);
    }
    cards.board.addEventListener("click", (event) => this.#open(event));
    this.#menu?.addEventListener("click", (event) => this.#choose(event));
    this.#dialog?.addEventListener("close", () => this.#closed());
  }

  /** @type {Record<string, (card: HTMLElement) => void>} */
  does = {
    move: (card) => this.#askWhere(card),
    assign: (card) => openField(card, "assignees"),
    due: (card) => openField(card, "due_on"),
    done: (card) => void change(card, "done", "is done"),
    reopen: (card) => void change(card, "reopen", "is open again"),
    finish: (card) => this.does[isDone(card) ? "reopen" : "done"](card),
    link: (card) => void copyLink(linkOf(card)?.href ?? ""),
    me: (card) => live.say(`/assign #${card.dataset.task} me`),
  };

  /** @param {MouseEvent} event */
  #open(event) {
    const more = closest(event.target, ".card__more");
    const card = more?.closest(".card");
    if (!(more instanceof HTMLElement) || !(card instanceof HTMLElement) || !this.#menu || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#card = card;
    this.#offer(isDone(card) ? "reopen" : "done");
    toggleMenu(this.#menu, more, "start");
  }

  /** What is done can be opened again, and nothing else finished. @param {string} way */
  #offer(way) {
    for (const item of this.#menu?.querySelectorAll("[data-do=done], [data-do=reopen]") ?? []) {
      /** @type {HTMLElement} */ (item).hidden = item.getAttribute("data-do") !== way;
    }
  }

  /** @param {Event} event */
  #choose(event) {
    const item = /** @type {HTMLElement | null} */ (closest(event.target, "[data-do]"));
    const card = this.#card && document.getElementById(this.#card.id);
    this.#menu?.hidePopover();
    if (!item || !card) return;
    linkOf(card)?.focus({ preventScroll: true });
    this.does[item.dataset.do ?? ""]?.(card);
  }

  /** @param {HTMLElement} card */
  #askWhere(card) {
    const dialog = this.#dialog;
    const form = dialog?.querySelector("form");
    const subject = dialog?.querySelector(".dialog__subject");
    if (!dialog || !form || !subject) return;
    this.#card = card;
    dialog.returnValue = "";
    subject.textContent = refOf(card);
    const column = form.elements.namedItem("column");
    if (column instanceof HTMLSelectElement) column.value = columnId(card);
    dialog.showModal();
  }

  #closed() {
    const card = this.#card && document.getElementById(this.#card.id);
    const form = this.#dialog?.querySelector("form");
    if (!card || !form) return;
    linkOf(card)?.focus();
    if (this.#dialog?.returnValue !== "move") return;
    const answer = new FormData(form);
    const list = document.getElementById(`column-${answer.get("column")}-cards`);
    if (!list) return;
    const others = this.#cards.in(list).filter((each) => each !== card);
    void this.#moves.move(card, { list, next: answer.get("place") === "top" ? (others[0] ?? null) : null });
  }
}

/**
 * @param {HTMLElement} card
 * @param {string} field
 */
export function openField(card, field) {
  const link = linkOf(card);
  if (link) location.assign(`${link.href}#edit-${field}`);
}

/** @param {HTMLElement} card */
function isDone(card) {
  return card.closest(".column")?.getAttribute("data-kind") === "done";
}

/**
 * @param {HTMLElement} card
 * @param {"done" | "reopen"} way
 * @param {string} outcome
 */
async function change(card, way, outcome) {
  const ref = refOf(card);
  try {
    await post(`${linkOf(card)?.pathname}/edit`, { do: way });
    toast(`${ref} ${outcome}.`, { canUndo: true });
  } catch (error) {
    toast(error instanceof Error ? error.message : `${ref} could not be changed.`);
  }
}
