import { when } from "../live/live.js";
import { pageData } from "../lib/page.js";

/** What is on the screen is not unread. */
export function keepRail() {
  const id = pageData()?.project.id;
  when("ready", () => {
    document.querySelector(`.rail__link[data-project="${id}"]`)?.classList.remove("rail__link--unread");
  });
}
