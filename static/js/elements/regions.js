const REGIONS = ["#rail", ".log", "#message", "#board", "#task", ".toast"];
const FOCUSABLE = "[tabindex='0'], a[href], button, textarea, input:not([type=hidden])";

/**
 * Go round the parts of the page: Ctrl+F6 on, Ctrl+Shift+F6 back.
 * @param {number} step
 */
export function nextRegion(step) {
  const regions = REGIONS.map((selector) => document.querySelector(selector)).filter((each) => each?.checkVisibility());
  const index = regions.findIndex((region) => region?.contains(document.activeElement));
  const region = regions.at((index + step + regions.length) % regions.length);
  const target = region?.matches(FOCUSABLE) ? region : (region?.querySelector(FOCUSABLE) ?? region);
  if (target instanceof HTMLElement) target.focus();
}

/**
 * Go to the project above or below this one in the rail.
 * @param {number} step
 * @param {boolean} isUnread whether to pass by those where nothing is new
 */
export function nextProject(step, isUnread = false) {
  const links = [...document.querySelectorAll(".rail__link[data-project]")]
    .filter((link) => !isUnread || link.matches("[aria-current], .rail__link--unread"));
  const index = links.findIndex((link) => link.hasAttribute("aria-current"));
  const link = links[index + step];
  if (link instanceof HTMLAnchorElement) link.click();
}
