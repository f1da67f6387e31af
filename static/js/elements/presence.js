import { when } from "../live/live.js";

/** @import { PresenceFrame } from "../types.d.ts" */

/** Marks the faces in the bar of those who have the project open. */
export function showPresence() {
  /** @type {Set<string>} */
  let online = new Set();
  const show = () => {
    for (const face of document.querySelectorAll("[data-person]")) {
      face.classList.toggle("is-here", online.has(face.getAttribute("data-person") ?? ""));
    }
  };
  when("presence", (/** @type {PresenceFrame} */ frame) => {
    online = new Set(frame.online.map(String));
    show();
  });
  // Without a connection nobody knows who is here.
  when("state", ({ state }) => {
    if (state === "live") return;
    online = new Set();
    show();
  });
}
