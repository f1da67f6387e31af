/**
 * Whether `a` comes before `b`: by code units, as the server's database compares positions.
 * @param {string} a
 * @param {string} b
 */
export function isBefore(a, b) {
  return a < b;
}

/**
 * The index at which `position` belongs among sorted `positions`; behind its equals.
 * @param {string} position
 * @param {string[]} positions
 */
export function indexFor(position, positions) {
  const index = positions.findIndex((other) => isBefore(position, other));
  return index === -1 ? positions.length : index;
}

/**
 * The child before which `element` belongs in a container sorted by an attribute; null for the end.
 * @param {Element} container
 * @param {Element} element
 * @param {string} by the attribute's name
 * @param {Element | null} [except] a child that does not count, because it is about to go
 */
export function placeFor(container, element, by, except = null) {
  const others = [...container.children].filter((child) => child !== except && child.hasAttribute(by));
  const positions = others.map((child) => child.getAttribute(by) ?? "");
  const index = indexFor(element.getAttribute(by) ?? "", positions);
  if (index < others.length) return others[index];
  return nextOf(others.at(-1) ?? null, except);
}

/**
 * @param {Element | null} last
 * @param {Element | null} except
 */
function nextOf(last, except) {
  const next = last?.nextElementSibling ?? null;
  return next && next === except ? next.nextElementSibling : next;
}
