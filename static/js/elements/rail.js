import { getJson } from "../lib/http.js";
import { when } from "../live/live.js";

const EVERY = 45_000;
const UNREAD = "rail__link--unread";

/** Which projects have something new. The socket tells of this one alone, so the others are asked for now and then. */
export function keepRail() {
  const rail = document.getElementById("rail");
  if (!rail) return;
  // What is on the screen is not unread.
  when("ready", () => rail.querySelector("[data-project][aria-current]")?.classList.remove(UNREAD));
  const look = () => void (document.hidden || refresh(rail).catch(() => {})); // the next look may be luckier
  document.addEventListener("visibilitychange", look);
  setInterval(look, EVERY * (0.75 + Math.random() / 2));
}

/** @param {HTMLElement} rail */
async function refresh(rail) {
  const { unread } = await getJson("/projects/unread");
  for (const link of rail.querySelectorAll("[data-project]:not([aria-current])")) {
    link.classList.toggle(UNREAD, unread.includes(Number(link.getAttribute("data-project"))));
  }
}
