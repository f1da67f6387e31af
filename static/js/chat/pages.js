import { button, clone, el } from "../lib/dom.js";
import { getHtml } from "../lib/http.js";
import { projectUrl } from "../lib/page.js";
import { when } from "../live/live.js";
import { parse, renew } from "../live/patch.js";
import { seqOf } from "./rows.js";

/** @import { EventFrame } from "../types.d.ts" */
/** @import { Rows } from "./rows.js" */
/** @import { ScrollKeeper } from "../lib/scroll-keeper.js" */

const SCREENS = 1.5;
const SLOW = 300;
const NEWEST = Number.MAX_SAFE_INTEGER;

/** Loads the rest of the conversation as the reader comes near its edges, one request at a time. */
export class Pages {
  #rows;
  #keeper;
  #scroller;
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();
  #isBusy = false;
  #hasOlder;
  #missed = 0;
  /** Whether the newest line of the conversation is on the page. */
  isLive;

  /**
   * @param {Rows} rows
   * @param {ScrollKeeper} keeper
   * @param {HTMLElement} scroller
   * @param {boolean} isLive
   */
  constructor(rows, keeper, scroller, isLive) {
    this.#rows = rows;
    this.#keeper = keeper;
    this.#scroller = scroller;
    this.isLive = isLive;
    const older = /** @type {HTMLElement | null} */ (scroller.querySelector("#older"));
    this.#hasOlder = older !== null;
    // The link is for those without scripts: here, older lines come by themselves.
    if (older) older.hidden = true;
    scroller.addEventListener("scroll", () => this.look(), { passive: true });
  }

  /** Fetch what the reader is about to reach. */
  look() {
    if (this.#isBusy || this.#rows.all.length === 0) return;
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const edge = SCREENS * clientHeight;
    if (this.#hasOlder && scrollTop < edge) void this.#then(() => this.#older());
    else if (!this.isLive && scrollHeight - scrollTop - clientHeight < edge) void this.#then(() => this.#newer());
  }

  /** A live line came while the end of the conversation is not on the page. @param {number} seq */
  miss(seq) {
    this.#missed = Math.max(this.#missed, seq);
  }

  /** Too many rows: let go of those far above. */
  trimTop() {
    if (this.#rows.trim("top")) this.#hasOlder = true;
  }

  /** Show the first lines of all. */
  toStart() {
    return this.#then(async () => {
      if (this.#hasOlder) {
        const rows = await fetchRows(`after=0`);
        this.#rows.replaceWith(rows);
        this.#hasOlder = false;
        this.isLive = false;
      }
      this.#keeper.isAtBottom = false;
      this.#scroller.scrollTop = 0;
      this.#keeper.remember();
    });
  }

  /** Show the newest lines. */
  toEnd() {
    return this.#then(async () => {
      if (!this.isLive) {
        const rows = await fetchRows(`before=${NEWEST}`);
        this.#rows.replaceWith(rows);
        this.#hasOlder = rows.length > 0;
        this.isLive = this.#missed <= this.#rows.last;
      }
      this.#keeper.toBottom();
    });
  }

  async #older() {
    const rows = await this.#waiting(() => fetchRows(`before=${this.#rows.first}`));
    this.#hasOlder = rows.length > 0;
    this.#keeper.hold(() => {
      this.#rows.addPage(rows, "before");
      if (!this.#keeper.isAtBottom && this.#rows.trim("bottom")) this.isLive = false;
    });
  }

  async #newer() {
    const rows = await fetchRows(`after=${this.#rows.last}`);
    this.#keeper.isAtBottom = false;
    this.#keeper.hold(() => {
      this.#rows.addPage(rows, "after");
      this.trimTop();
    });
    // A line that came while this page was on its way is on the next one.
    this.isLive = rows.length === 0 && this.#missed <= this.#rows.last;
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   */
  #then(work) {
    this.#isBusy = true;
    const done = this.#queue.then(work).finally(() => {
      this.#isBusy = false;
    });
    this.#queue = done.then(() => this.look(), (error) => this.#fail(error));
    return this.#queue;
  }

  /**
   * Older lines that take a while announce themselves by empty rows; faster ones do not flicker.
   * @template T
   * @param {() => Promise<T>} work
   */
  async #waiting(work) {
    const bones = [1, 2, 3].map(() => clone("skeleton") ?? el("li", { class: "skeleton", "aria-hidden": "true" }));
    const timer = setTimeout(() => this.#keeper.hold(() => this.#rows.earlier.prepend(...bones)), SLOW);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      this.#keeper.hold(() => bones.forEach((bone) => bone.remove()));
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    console.error(error);
    this.#scroller.querySelector(".log__failed")?.remove();
    const again = button("Try again", "button button--quiet", () => {
      row.remove();
      this.look();
    });
    const row = el("li", { class: "log__failed" }, "Earlier messages did not load. ", again);
    this.#keeper.hold(() => this.#rows.earlier.prepend(row));
  }
}

/**
 * The rows as they are now: what was changed in them while they were on their way, they may show as it was before.
 * @param {string} query
 * @returns {Promise<HTMLElement[]>}
 */
async function fetchRows(query) {
  /** @type {string[]} */
  const changes = [];
  const end = when("applied", (/** @type {EventFrame} */ { html }) => changes.push(html));
  const page = await getHtml(`${projectUrl()}/lines?${query}`).finally(end).then(parse);
  for (const html of changes) renew(page, html);
  const rows = [...page.querySelectorAll("li[data-seq]")].filter((row) => !row.closest(".effects"));
  return rows.map((row) => /** @type {HTMLElement} */ (row)).sort((a, b) => seqOf(a) - seqOf(b));
}
