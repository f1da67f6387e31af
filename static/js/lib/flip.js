const MOVE = { duration: 140, easing: "cubic-bezier(.2,.8,.2,1)" };

function isCalm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * Let an element glide from where something stood to where it is now.
 * @param {Element} element
 * @param {DOMRect} from
 */
export function glide(element, from) {
  if (isCalm()) return;
  const to = element.getBoundingClientRect();
  const [x, y] = [from.left - to.left, from.top - to.top];
  if (Math.hypot(x, y) < 1 || to.width === 0) return;
  element.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], MOVE);
}

/** Let an element that was not there before come in. @param {Element} element */
export function arrive(element) {
  if (isCalm()) return;
  element.animate([{ opacity: 0, transform: "translateY(4px)" }, { opacity: 1, transform: "none" }], MOVE);
}
