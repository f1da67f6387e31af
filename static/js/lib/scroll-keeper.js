const NEAR = 100;

/**
 * Holds the reading position of a scroller: at the bottom when it was there, else on the first row that is fully in
 * view. Safari has no scroll anchoring of its own, and the others give up when rows are replaced.
 */
export class ScrollKeeper {
  #scroller;
  #rows;
  /** @type {HTMLElement | null} */
  #row = null;
  #offset = 0;
  #touched = false;
  isAtBottom = true;

  /**
   * @param {HTMLElement} scroller
   * @param {() => HTMLElement[]} rows
   */
  constructor(scroller, rows) {
    this.#scroller = scroller;
    this.#rows = rows;
  }

  /** @returns {() => void} stops watching */
  watch() {
    const resized = new ResizeObserver(() => this.restore());
    for (const child of this.#scroller.querySelectorAll("ol")) resized.observe(child);
    resized.observe(this.#scroller);
    const controller = new AbortController();
    const options = { passive: true, signal: controller.signal };
    this.#scroller.addEventListener("scroll", () => this.remember(), options);
    this.#scroller.addEventListener("touchstart", () => (this.#touched = true), options);
    for (const end of ["touchend", "touchcancel"]) this.#scroller.addEventListener(end, () => this.#release(), options);
    return () => {
      resized.disconnect();
      controller.abort();
    };
  }

  /** Note where the reader is. */
  remember() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    this.isAtBottom = scrollHeight - scrollTop - clientHeight <= NEAR;
    this.#row = this.#firstInView();
    this.#offset = this.#row ? this.#distance(this.#row) : 0;
  }

  /**
   * Change the rows without moving what is being read.
   * @param {() => void} change
   */
  hold(change) {
    if (!this.isAtBottom) this.remember();
    change();
    this.restore();
  }

  restore() {
    if (this.#touched) return;
    if (this.isAtBottom) return this.toBottom();
    const row = this.#current();
    if (!row) return this.remember();
    const drift = this.#distance(row) - this.#offset;
    if (Math.abs(drift) >= 0.5) this.#scroller.scrollTop += drift;
  }

  toBottom() {
    this.isAtBottom = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /**
   * Show a row with some of what came before it.
   * @param {HTMLElement} row
   * @param {number} [share] how much of the pane is above it
   */
  show(row, share = 1 / 3) {
    this.#scroller.scrollTop += this.#distance(row) - this.#scroller.clientHeight * share;
    this.remember();
  }

  /** Whether a row that is shown begins above what is in view. @param {HTMLElement} row */
  isAbove(row) {
    return row.checkVisibility() && this.#distance(row) < 0;
  }

  #release() {
    this.#touched = false;
    this.restore();
  }

  /** The row itself, or the one that has taken its place. */
  #current() {
    if (this.#row?.isConnected) return this.#row;
    const heir = this.#row?.id ? document.getElementById(this.#row.id) : null;
    this.#row = heir;
    return heir;
  }

  /** @param {HTMLElement} row */
  #distance(row) {
    return row.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
  }

  /** Rows are sorted from top to bottom, so half of them can be skipped at each step. */
  #firstInView() {
    const rows = this.#rows();
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#distance(rows[middle]) >= 0) high = middle;
      else low = middle + 1;
    }
    return rows[low] ?? null;
  }
}
