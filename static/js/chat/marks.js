const STAY = 2_000;

/** A row that was asked for is outlined for a moment. @param {Element} row */
export function highlight(row) {
  mark(row, "is-target");
}

/** A card that has changed says so once. @param {Element} card */
export function pulse(card) {
  mark(card, "is-pulsing");
}

/**
 * @param {Element} element
 * @param {string} name
 */
function mark(element, name) {
  element.classList.add(name);
  setTimeout(() => element.classList.remove(name), STAY);
}
