const KINDS = new Set(["backlog", "next", "doing", "done"]);
const SVG = "http://www.w3.org/2000/svg";

/** Gives every reference to a task its glyph and title, which the row carries as hidden state that stays true. */
export function keepRefs() {
  dress(document);
  document.addEventListener("live:patched", ({ target }) => target instanceof Element && dress(target));
}

/** @param {ParentNode} root */
export function dress(root) {
  for (const ref of root.querySelectorAll("a.task-ref[data-task]")) {
    const state = ref.closest("li, article")?.querySelector(`[data-copy="task-${ref.getAttribute("data-task")}-state"]`);
    if (state) show(/** @type {HTMLElement} */ (ref), /** @type {HTMLElement} */ (state).dataset);
  }
}

/**
 * @param {HTMLElement} ref
 * @param {DOMStringMap} state
 */
function show(ref, { kind = "", title = "" }) {
  ref.title = title;
  if (!KINDS.has(kind) || ref.dataset.kind === kind) return;
  ref.dataset.kind = kind;
  ref.querySelector("svg")?.remove();
  ref.prepend(glyph(kind));
}

/** @param {string} kind */
function glyph(kind) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "glyph");
  svg.setAttribute("aria-hidden", "true");
  svg.dataset.kind = kind;
  use.setAttribute("href", `#g-${kind}`);
  svg.append(use);
  return svg;
}
