import { clone, el } from "../lib/dom.js";
import { pageData } from "../lib/page.js";
import { live } from "../live/live.js";

/** @import { Say } from "../types.d.ts" */

const SLOW = 400;

/** My own words on their way: shown at once, made real by the server's line, or offered again when they failed. */
export class Pending {
  #list = el("ol", { class: "lines", id: "pending", "aria-label": "Not yet sent", hidden: true });

  /** @param {Element} lines what was said: the list goes below */
  constructor(lines) {
    lines.after(this.#list);
  }

  /**
   * Show a say as it stands now.
   * @param {Say} say
   * @param {(row: HTMLElement) => boolean} readsOn
   */
  show(say, readsOn) {
    const row = this.#find(say.nonce) ?? this.#add(say, readsOn);
    if (!row) return;
    row.dataset.state = say.state;
    row.querySelector(".msg__failed")?.remove();
    tellState(row);
    if (say.state === "failed") row.querySelector(".msg__state")?.after(...failure(say));
  }

  /** The connection has changed, and with it what my words are waiting for. */
  tell() {
    for (const row of this.#list.children) tellState(/** @type {HTMLElement} */ (row));
  }

  /** Whether these words are shown. @param {string} nonce */
  has(nonce) {
    return Boolean(this.#find(nonce));
  }

  /** @param {string} nonce */
  remove(nonce) {
    this.#find(nonce)?.remove();
    this.#list.hidden = this.#list.childElementCount === 0;
  }

  /** @param {string} nonce */
  #find(nonce) {
    return document.getElementById(`pending-${nonce}`);
  }

  /**
   * @param {Say} say
   * @param {(row: HTMLElement) => boolean} readsOn
   */
  #add({ nonce, at, text }, readsOn) {
    const row = clone("pending-message");
    if (!row) return null;
    row.id = `pending-${nonce}`;
    row.dataset.at = new Date(at).toISOString();
    row.classList.toggle("msg--tight", !this.#list.hidden || readsOn(row));
    const words = row.querySelector(".msg__text");
    if (words) words.textContent = text;
    setTimeout(() => row.classList.add("msg--slow"), SLOW);
    this.#list.hidden = false;
    this.#list.append(row);
    return row;
  }
}

/** @param {HTMLElement} row */
function tellState(row) {
  const state = row.querySelector(".msg__state");
  if (state) state.textContent = row.dataset.state === "queued" && !isConnected() ? "Waiting to send" : "";
}

function isConnected() {
  return live.state === "live" || live.state === "polling";
}

/** @param {Say} say */
function failure(say) {
  const words = clone("failed-template");
  if (!words) return [];
  const why = words.querySelector(".msg__why");
  // What was said about a task is mended on its page, which shows it too.
  if (say.task !== pageData()?.task) words.querySelector("[data-do=edit]")?.remove();
  if (why && say.reason) why.textContent = `Not sent. ${say.reason}`;
  words.addEventListener("click", ({ target }) => {
    const what = target instanceof HTMLElement ? target.dataset.do : "";
    if (what === "retry") live.retry(say.nonce);
    if (what === "edit" || what === "discard") live.takeBack(say.nonce);
    const detail = { text: say.text, isBetween: true, say };
    if (what === "edit") document.dispatchEvent(new CustomEvent("composer:fill", { detail }));
  });
  return [words];
}
