import { el } from "../lib/dom.js";
import { pageData, recall, remember } from "../lib/page.js";

const STEP = 2;
const LEAST = 30;
const MOST = 70;
const STOPS = [40, 50, 60];

/** Chat narrow, even, wide: what a key anywhere does. */
export let nextWidth = () => {};

/** The line between chat and board: dragged, or moved by arrow keys; Enter goes through 40, 50 and 60 percent. */
export function divideProject() {
  const project = document.querySelector(".project:has(.chat):has(.board-pane)");
  if (!(project instanceof HTMLElement)) return;
  const key = `divider:${pageData()?.you.id}:${pageData()?.project.id}`;
  const line = el("div", {
    class: "pane-divider", role: "separator", tabindex: "0", "aria-orientation": "vertical",
    "aria-label": "Width of the chat", "aria-valuemin": String(LEAST), "aria-valuemax": String(MOST),
  });
  let share = 0;
  const set = (/** @type {number} */ value, isKept = true) => {
    share = Math.round(Math.max(LEAST, Math.min(MOST, value)));
    line.setAttribute("aria-valuenow", String(share));
    project.style.setProperty("--chat-share", `${share}fr`);
    project.style.setProperty("--board-share", `${100 - share}fr`);
    if (isKept) remember(key, String(share));
  };
  const kept = Number(recall(key));
  if (kept) set(kept, false);
  else line.setAttribute("aria-valuenow", String((share = 46)));
  nextWidth = () => set(STOPS.find((stop) => stop > share) ?? STOPS[0]);
  line.addEventListener("keydown", (event) => move(event, share, set));
  line.addEventListener("pointerdown", (event) => drag(event, line, project, set));
  project.querySelector(".chat")?.after(line);
}

/**
 * @param {KeyboardEvent} event
 * @param {number} share
 * @param {(share: number) => void} set
 */
function move(event, share, set) {
  const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
  if (step) set(share + step);
  else if (event.key === "Home") set(LEAST);
  else if (event.key === "End") set(MOST);
  else if (event.key === "Enter") nextWidth();
  else return;
  event.preventDefault();
}

/**
 * @param {PointerEvent} event
 * @param {HTMLElement} line
 * @param {HTMLElement} project
 * @param {(share: number) => void} set
 */
function drag(event, line, project, set) {
  const { left, width } = project.getBoundingClientRect();
  const isRtl = getComputedStyle(project).direction === "rtl";
  line.setPointerCapture(event.pointerId);
  const controller = new AbortController();
  const follow = (/** @type {PointerEvent} */ { clientX }) => {
    const share = ((clientX - left) / width) * 100;
    set(isRtl ? 100 - share : share);
  };
  line.addEventListener("pointermove", follow, { signal: controller.signal });
  for (const end of ["pointerup", "pointercancel"]) {
    line.addEventListener(end, () => controller.abort(), { signal: controller.signal });
  }
}
