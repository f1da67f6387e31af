const TEXT = "input, textarea";

/**
 * Make a change that replaces `before` by `after` and put focus, selection and unsaved words back where they were.
 * @param {Element} before
 * @param {Element | null} after
 * @param {() => void} change
 */
export function keepFocus(before, after, change) {
  const active = document.activeElement;
  if (!active || !before.contains(active)) return change();
  const path = pathTo(before, active);
  const words = active.matches(TEXT) ? wordsOf(/** @type {HTMLInputElement} */ (active)) : null;
  const refuge = neighbour(before);
  change();
  const heir = after ? follow(after, active, path) : refuge;
  if (!(heir instanceof HTMLElement)) return;
  if (words && heir.matches(TEXT)) restore(/** @type {HTMLInputElement} */ (heir), words);
  heir.focus({ preventScroll: true });
}

/**
 * @param {Element} root
 * @param {Element} element
 */
function pathTo(root, element) {
  const path = [];
  for (let node = element; node !== root && node.parentElement; node = node.parentElement) {
    path.unshift([...node.parentElement.children].indexOf(node));
  }
  return path;
}

/**
 * @param {Element} root
 * @param {Element} old
 * @param {number[]} path
 */
function follow(root, old, path) {
  const same = old.id ? root.querySelector(`#${CSS.escape(old.id)}`) : null;
  if (same) return same;
  let node = root;
  for (const index of path) node = node.children[index] ?? node;
  return node;
}

/**
 * Where focus goes when its element disappears: never to the body.
 * @param {Element} element
 */
function neighbour(element) {
  const beside = element.nextElementSibling ?? element.previousElementSibling;
  return beside?.matches("[tabindex], a, button") ? beside : element.parentElement?.closest("[tabindex]");
}

/** @param {HTMLInputElement} field */
function wordsOf({ value, selectionStart, selectionEnd }) {
  return { value, selectionStart, selectionEnd };
}

/**
 * @param {HTMLInputElement} field
 * @param {ReturnType<typeof wordsOf>} words
 */
function restore(field, { value, selectionStart, selectionEnd }) {
  field.value = value;
  if (selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd);
}
