const SPACE = 8;

/**
 * Open a menu beside its button, inside the window, with the focus on its first item; or close it.
 * @param {HTMLElement} menu
 * @param {HTMLElement} button
 * @param {"start" | "end"} side the edge of the button that the menu begins or ends at
 */
export function toggleMenu(menu, button, side) {
  menu.togglePopover(true);
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const [x, y] = [innerWidth - menu.offsetWidth - SPACE, innerHeight - menu.offsetHeight - SPACE];
  const wanted = side === "start" ? left : right - menu.offsetWidth;
  menu.style.setProperty("--menu-x", `${Math.max(SPACE, Math.min(wanted, x))}px`);
  menu.style.setProperty("--menu-y", `${bottom + 4 > y ? Math.max(SPACE, top - menu.offsetHeight - 4) : bottom + 4}px`);
  itemsOf(menu)[0]?.focus();
}

/** The arrows, Home and End walk through an open menu, and Tab closes it. @param {HTMLElement} menu */
export function walkMenu(menu) {
  menu.addEventListener("keydown", (event) => {
    const items = itemsOf(menu);
    const index = items.findIndex((item) => item === document.activeElement);
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Tab") menu.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    items.at(next % items.length)?.focus();
  });
}

/** @param {HTMLElement} menu */
function itemsOf(menu) {
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("[role=menuitem]")]);
  return items.filter((item) => item.checkVisibility());
}
