/**
 * Make an element from attributes and children; strings become text, never HTML.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | boolean | undefined>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string") element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/**
 * A button that does something; it never submits the form around it.
 * @param {string} label
 * @param {string} className
 * @param {(event: MouseEvent) => void} onclick
 */
export function button(label, className, onclick) {
  const element = el("button", { type: "button", class: className }, label);
  element.addEventListener("click", onclick);
  return element;
}

/**
 * The first element of a <template>, ready to be filled and inserted.
 * @param {string} id
 * @returns {HTMLElement | null}
 */
export function clone(id) {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) return null;
  const copy = /** @type {DocumentFragment} */ (document.importNode(template.content, true));
  return /** @type {HTMLElement | null} */ (copy.firstElementChild);
}

/** Whether keys typed now go into a field. @param {EventTarget | null} target */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input") && !target.matches("[type=checkbox], [type=radio], [type=button], [type=submit]");
}

/**
 * @template {Element} T
 * @param {EventTarget | null} target
 * @param {string} selector
 * @returns {T | null}
 */
export function closest(target, selector) {
  return target instanceof Element ? target.closest(selector) : null;
}

/** @param {number} count @param {string} one @param {string} many */
export function plural(count, one, many) {
  return `${count} ${count === 1 ? one : many}`;
}
