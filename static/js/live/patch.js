import { keepFocus } from "../lib/focus.js";
import { placeFor } from "../lib/order.js";

/** @import { PatchDetail } from "../types.d.ts" */

/** The server has cleaned what it sends; the policy names the one place where its HTML becomes elements. */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("loggia", {
  createHTML: (/** @type {string} */ html) => html,
});

/** What an element looked like when the server last sent it, to leave alone what has not changed. */
/** @type {WeakMap<Element, string>} */
const sources = new WeakMap();

/**
 * Turn the server's HTML into elements. Nothing else in the client parses HTML.
 * @param {string} html
 * @returns {DocumentFragment}
 */
export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return /** @type {DocumentFragment} */ (document.importNode(template.content, true));
}

/**
 * Make the page say what the server says: every <live-patch> states where an element belongs now, or that it is gone.
 * @param {string} html
 */
export function patch(html) {
  for (const order of parse(html).querySelectorAll("live-patch")) {
    if (order.hasAttribute("put")) put(order);
    else if (order.hasAttribute("put-copies")) putCopies(order);
    else if (order.hasAttribute("drop")) drop(order);
  }
}

/**
 * Make a part that is not on the page yet say what the server has said since: its copies of things that have changed.
 * @param {DocumentFragment} part
 * @param {string} html
 */
export function renew(part, html) {
  for (const order of parse(html).querySelectorAll("live-patch[put-copies]")) putCopies(order, part);
}

/** @param {Element} order */
function put(order) {
  const container = document.getElementById(order.getAttribute("put") ?? "");
  const element = order.firstElementChild;
  if (!container || !element) return;
  const existing = standing(element);
  const by = order.getAttribute("order");
  announce(container, {
    verb: "put", element, existing, container,
    // Whoever let it wait may have applied another one meanwhile.
    apply: (into = container) => place(into, element, standing(element), by),
  });
}

/** What the page shows of it now. @param {Element} element */
function standing({ id }) {
  return id ? document.getElementById(id) : null;
}

/**
 * @param {Element} order
 * @param {ParentNode} part
 */
function putCopies(order, part = document) {
  const name = order.getAttribute("put-copies") ?? "";
  const model = order.firstElementChild;
  if (!model) return;
  for (const existing of part.querySelectorAll(`[data-copy="${CSS.escape(name)}"]`)) {
    const element = /** @type {Element} */ (model.cloneNode(true));
    announce(existing, {
      verb: "copy", element, existing, container: existing.parentElement,
      apply: () => replace(existing, element),
    });
  }
}

/** @param {Element} order */
function drop(order) {
  const existing = document.getElementById(order.getAttribute("drop") ?? "");
  if (!existing) return;
  announce(existing, {
    verb: "drop", element: null, existing, container: existing.parentElement,
    apply: () => keepFocus(existing, null, () => existing.remove()),
  });
}

/**
 * The elements around a change may take it over: to hold the reading position, or to wait for a drag to end.
 * @param {Element} target
 * @param {PatchDetail} detail
 */
function announce(target, detail) {
  if (target.dispatchEvent(new CustomEvent("live:patch", { bubbles: true, cancelable: true, detail }))) detail.apply();
  const row = (detail.element ?? detail.container)?.closest("li, article") ?? detail.container;
  row?.dispatchEvent(new CustomEvent("live:patched", { bubbles: true }));
}

/**
 * @param {Element} container
 * @param {Element} element
 * @param {Element | null} existing
 * @param {string | null} by
 */
function place(container, element, existing, by) {
  if (existing && existing.parentElement === container && isInPlace(existing, element, by)) {
    replace(existing, element);
    return;
  }
  const move = () => {
    existing?.remove();
    container.insertBefore(element, by ? placeFor(container, element, by) : null);
  };
  sources.set(element, element.outerHTML);
  if (existing) keepFocus(existing, element, move);
  else move();
}

/**
 * @param {Element} existing
 * @param {Element} element
 * @param {string | null} by
 */
function isInPlace(existing, element, by) {
  if (!by || !existing.parentElement) return true;
  return placeFor(existing.parentElement, element, by, existing) === existing.nextElementSibling;
}

/**
 * @param {Element} existing
 * @param {Element} element
 */
function replace(existing, element) {
  const source = element.outerHTML;
  if (sources.get(existing) === source) return;
  sources.set(element, source);
  keepFocus(existing, element, () => existing.replaceWith(element));
}
