import { announce } from "../lib/announce.js";
import { closest, plural } from "../lib/dom.js";
import { keepFocus } from "../lib/focus.js";
import { getHtml, getJson } from "../lib/http.js";
import { projectUrl } from "../lib/page.js";
import { paced } from "../lib/paced.js";
import { live, when } from "../live/live.js";
import { parse } from "../live/patch.js";

/** @import { AnswerFrame, PatchDetail } from "../types.d.ts" */

const ASK_EVERY = 400; // ms: cards that change one after another are asked about together
const AT_ONCE = 200; // cards; the server answers no more
const PARTS = [".column__head", ".cards", ".column__more"];

/**
 * A board that shows only what this person asks for. The server says which cards these are: when the page is loaded, when
 * another question is asked, and for each card that changes, which waits for the answer.
 */
class Filter {
  /** @type {PatchDetail[]} */
  #waiting = [];
  /** @type {WeakSet<PatchDetail>} */
  #known = new WeakSet();
  #isStale = false;
  #isAsking = false;
  /** Counts the boards that were shown: an answer about an earlier one says nothing about this one. */
  #generation = 0;
  #askSoon = paced(() => this.#ask(), ASK_EVERY);

  /** @param {HTMLElement} pane */
  constructor(pane) {
    this.pane = pane;
    pane.addEventListener("live:patch", (event) => this.#hold(/** @type {CustomEvent<PatchDetail>} */ (event)), true);
    when("applied", () => this.#isStale && this.#askSoon());
    when("answer", (/** @type {AnswerFrame} */ { html }) => {
      const answer = parse(html).querySelector("[data-board-filter]");
      if (answer) this.show(answer.getAttribute("data-board-filter") ?? "");
    });
    document.addEventListener("board:view", (event) => this.show(/** @type {CustomEvent<string>} */ (event).detail));
    document.addEventListener("click", (event) => {
      const link = closest(event.target, "a[data-board-query]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      this.show(link.getAttribute("data-board-query") ?? "");
    });
  }

  get query() {
    return document.getElementById("board-filter")?.dataset.query ?? "";
  }

  /**
   * Show what is asked for.
   * @param {string} query
   * @param {number} [again] how often it may be asked for again
   */
  async show(query, again = 3) {
    const address = new URL(location.href);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    const seq = live.seq;
    try {
      const asked = new URLSearchParams({ q: query });
      this.#replace(parse(await getHtml(`${projectUrl()}/board?${asked}`)));
    } catch {
      location.assign(address);
      return;
    }
    history.replaceState(history.state, "", address);
    announce(query ? `The board shows ${document.querySelector("#board-filter .filter__what")?.textContent?.trim()}.` : "The board shows all tasks.");
    // What happened while the board was on its way may be missing on it.
    if (live.seq !== seq && again) await this.show(query, again - 1);
  }

  /** @param {DocumentFragment} page */
  #replace(page) {
    this.#generation += 1;
    this.#waiting = [];
    this.#isStale = false;
    const filter = page.querySelector("#board-filter");
    const old = document.getElementById("board-filter");
    const hadFocus = old?.contains(document.activeElement);
    if (filter) old?.replaceWith(filter);
    // The link or the form that was pressed is gone; the view that is shown now, or the board, is what comes next.
    const heir = filter?.querySelector("[aria-current]") ?? document.getElementById("board");
    if (hadFocus && heir instanceof HTMLElement) heir.focus({ preventScroll: true });
    for (const column of this.pane.querySelectorAll(".column")) {
      const fresh = page.querySelector(`#${column.id}`);
      for (const part of PARTS) {
        const old = column.querySelector(part);
        const found = fresh?.querySelector(part);
        if (old && found) keepFocus(old, found, () => old.replaceWith(found));
        else if (found) column.querySelector(".column__empty")?.after(found);
        else old?.remove();
      }
    }
    this.pane.querySelector("task-board")?.dispatchEvent(new CustomEvent("board:filtered"));
  }

  /** @param {CustomEvent<PatchDetail>} event */
  #hold(event) {
    const { detail } = event;
    if (!this.query || this.#known.has(detail)) return;
    this.#isStale = true;
    if (!detail.element?.matches(".card")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#waiting.push(detail);
  }

  async #ask() {
    if (this.#isAsking || !this.#isStale || !this.query) return;
    this.#isAsking = true;
    const { query } = this;
    const generation = this.#generation;
    const asked = this.#waiting.splice(0, AT_ONCE);
    this.#isStale = this.#waiting.length > 0;
    const tasks = asked.map(({ element }) => element?.getAttribute("data-task")).join(",");
    try {
      const { tasks: found, count, total } = await getJson(`${projectUrl()}/board/matching?${new URLSearchParams({ q: query, tasks })}`);
      const isFound = (/** @type {PatchDetail} */ { element }) => found.includes(Number(element?.getAttribute("data-task")));
      if (generation === this.#generation) {
        for (const detail of asked) this.#settle(detail, isFound(detail));
        this.#count(count, total);
      }
    } catch {
      // Better a card too many than one too few.
      if (generation === this.#generation) for (const detail of asked) this.#settle(detail, true);
    }
    this.#isAsking = false;
    if (this.#isStale) this.#askSoon();
  }

  /**
   * The board goes on with the change, or takes the card away.
   * @param {PatchDetail} detail
   * @param {boolean} isFound
   */
  #settle(detail, isFound) {
    const standing = document.getElementById(detail.element?.id ?? "");
    /** @type {PatchDetail} */
    const next = isFound ? detail : {
      verb: "drop", element: null, existing: standing, container: standing?.parentElement ?? null,
      apply: () => standing && keepFocus(standing, null, () => standing.remove()),
    };
    if (!isFound && !standing) return;
    this.#known.add(next);
    const target = isFound ? detail.container : standing;
    if (target?.dispatchEvent(new CustomEvent("live:patch", { bubbles: true, cancelable: true, detail: next }))) next.apply();
    detail.element?.dispatchEvent(new CustomEvent("live:patched", { bubbles: true }));
  }

  /**
   * @param {number} count
   * @param {number} total
   */
  #count(count, total) {
    const [shown, all] = ["filter-count", "filter-total"].map((id) => document.getElementById(id));
    if (shown && shown.textContent !== String(count)) {
      shown.textContent = String(count);
      announce(`${plural(count, "task", "tasks")} on the filtered board.`);
    }
    if (all) all.textContent = String(total);
  }
}

/** The board follows `/board` and the links that filter it. */
export function filterBoard() {
  const pane = document.querySelector(".board-pane");
  if (pane instanceof HTMLElement) new Filter(pane);
}
