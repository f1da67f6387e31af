import { el, isTyping } from "../lib/dom.js";
import { openDialog } from "../lib/dialog.js";
import { ShortcutMap } from "../lib/shortcut-map.js";
import { chooseDay } from "../chat/days.js";
import { dayKey } from "../lib/grouping.js";
import { projectUrl } from "../lib/page.js";
import { nextWidth } from "./pane-divider.js";
import { nextProject, nextRegion } from "./regions.js";
import { redo, undo } from "./toasts.js";
import { showView } from "./views.js";

/** Keys that elements handle themselves, listed for the sheet. @type {Array<[string, string, string]>} */
const ELSEWHERE = [
  ["Anywhere", "Mod+K", "Go anywhere, do anything"],
  ["Anywhere", "Ctrl+F6", "Next part of the page"],
  ["Anywhere", "Alt+Up, Alt+Down", "Previous, next project"],
  ["Anywhere", "Alt+Shift+Up", "The same, where something is new"],
  ["Anywhere", "Mod+\\", "Chat narrow, even, wide"],
  ["Message box", "Enter", "Send"],
  ["Message box", "Shift+Enter", "New line"],
  ["Message box", "Up", "Edit my last message, in an empty box"],
  ["Message box", "Mod+B, Mod+I, Mod+E", "Bold, italic, code"],
  ["Message box", "Mod+Up", "Recall earlier input"],
  ["Message box", "Alt+Enter", "Read out how a command will be understood"],
  ["Messages", "Up, Down, k, j", "Walk through the messages"],
  ["Messages", "Home, End", "First, newest"],
  ["Messages", "Enter", "Open the card"],
  ["Messages", "r, t, e, y", "Reply, make a task of it, edit it, copy its link"],
  ["Messages", "Delete", "Remove a message, after asking"],
  ["Board", "Arrows", "Walk from card to card"],
  ["Board", "Enter", "Open"],
  ["Board", "Space", "Pick up, drop"],
  ["Board", "Shift+Arrows", "Move at once"],
  ["Board", "v, s", "Move to a column"],
  ["Board", ".", "The menu of the card"],
  ["Board", "i", "Assign me"],
  ["Board", "a, d, e, l, p, o", "People, date, title, labels, priority, estimate"],
  ["Board", "Shift+D", "Done, or open again"],
];

/** The single keys of the whole page: they rest while somebody is typing. Gives what they do. */
export function bindShortcuts() {
  const map = new ShortcutMap();
  map.add("m", "Anywhere", "Go to the message box", () => focusComposer());
  map.add("c", "Anywhere", "New task", () => fillComposer("/task "));
  map.add("/", "Anywhere", "Search", () => location.assign("/search"));
  map.add("z", "Anywhere", "Undo my last change", undo);
  map.add("Z", "Anywhere", "Redo what I took back", redo);
  map.add("?", "Anywhere", "This sheet", () => showSheet(map));
  map.add("g c", "Go", "Chat", () => goTo("chat", "chat-log .log", "#main"));
  map.add("g b", "Go", "Board", () => goTo("board", ".card__title[tabindex='0']", "#board"));
  map.add("g s", "Go", "Search", () => location.assign("/search"));
  map.add("g p", "Go", "All projects", () => location.assign("/projects"));
  map.add("g ,", "Go", "Your settings", () => location.assign("/settings"));
  map.add("g d", "Go", "A day", () => chooseDay(dayKey(new Date()), () => location.assign(projectUrl())));
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const combined = combination(event);
    if (combined) return take(event, combined);
    if ((event.ctrlKey || event.metaKey) && event.key === "/") return take(event, () => showSheet(map));
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === " " || event.key === "Enter") return;
    const action = map.press(event.key, event.timeStamp);
    if (action) take(event, action);
  });
  return map.list;
}

/** Keys that also work while somebody is typing. @param {KeyboardEvent} event */
function combination({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  if (key === "F6" && (ctrlKey || metaKey)) return () => nextRegion(shiftKey ? -1 : 1);
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (key === "\\" && (ctrlKey || metaKey)) return nextWidth;
  return step && altKey && !ctrlKey ? () => nextProject(step, shiftKey) : null;
}

/**
 * @param {KeyboardEvent} event
 * @param {() => void} action
 */
function take(event, action) {
  event.preventDefault();
  action();
}

function focusComposer() {
  if (document.querySelector(".project[data-view=board]")) showView("both");
  document.getElementById("message")?.focus();
}

/** @param {string} text */
function fillComposer(text) {
  const field = document.getElementById("message");
  if (!(field instanceof HTMLTextAreaElement)) return;
  focusComposer();
  const fits = field.value === "" || field.value.startsWith("/");
  document.dispatchEvent(new CustomEvent("composer:fill", { detail: { text: fits ? text : `${text}${field.value}` } }));
}

/**
 * @param {"chat" | "board"} view
 * @param {string} selector
 * @param {string} refuge where focus goes while there is nothing else
 */
function goTo(view, selector, refuge) {
  const target = document.querySelector(selector) ?? document.querySelector(refuge);
  if (!(target instanceof HTMLElement)) return;
  if (!target.checkVisibility()) showView(view);
  target.focus();
}

/** @param {ShortcutMap} map */
function showSheet(map) {
  const rows = [...map.list, ...ELSEWHERE.map(([group, keys, does]) => ({ group, keys, does }))];
  const groups = [...new Set(rows.map(({ group }) => group))];
  const body = groups.map((group) => el("section", { class: "shortcuts__group" },
    el("h3", { class: "shortcuts__head" }, group),
    el("dl", { class: "shortcuts" }, ...rows.filter((row) => row.group === group).map(({ keys, does }) =>
      el("div", { class: "shortcuts__row" }, el("dt", {}, ...keyCaps(keys)), el("dd", {}, does)))),
  ));
  openDialog({ title: "Shortcuts", body: [el("div", { class: "shortcuts__groups" }, ...body)], action: "Close", onconfirm: () => {}, isNote: true });
}

/** "Mod+B, Mod+I" as caps, each key its own, with the name that this machine has for it. @param {string} keys */
function keyCaps(keys) {
  const mod = /Mac|iP(?:hone|ad)/.test(navigator.platform) ? "⌘" : "Ctrl";
  return keys.split(", ").flatMap((keys, index) => [
    index > 0 ? " " : "",
    el("span", { class: "shortcuts__keys" }, ...keys.split(/[+ ]/).map((key) => el("kbd", {}, key === "Mod" ? mod : key))),
  ]);
}
