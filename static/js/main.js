import "./elements/chat-composer.js";
import "./elements/chat-log.js";
import "./elements/copy-text.js";
import "./elements/local-time.js";
import "./elements/local-zone.js";
import "./elements/show-password.js";
import "./elements/task-board.js";
import { followColumns } from "./board/jump.js";
import { noteOwnChanges } from "./elements/own-changes.js";
import { divideProject } from "./elements/pane-divider.js";
import { showPresence } from "./elements/presence.js";
import { addQuickly } from "./elements/quick-add.js";
import { postQuickly } from "./elements/quick-forms.js";
import { keepRail } from "./elements/rail.js";
import { bindShortcuts } from "./elements/shortcuts.js";
import { keepRefs } from "./elements/task-ref.js";
import { keepTaskPage } from "./elements/task-page.js";
import { sayOnTask } from "./elements/task-say.js";
import { outlineTwins } from "./elements/twin.js";
import { showTyping } from "./elements/typing-line.js";
import { switchViews } from "./elements/views.js";
import { followKeyboard } from "./lib/keyboard.js";
import { pageData } from "./lib/page.js";
import { Connection } from "./live/connection.js";
import { live } from "./live/live.js";
import { renewWhenAsked } from "./live/renewal.js";

followKeyboard();
keepRail();

const page = pageData();
if (page) {
  bindShortcuts();
  switchViews();
  divideProject();
  followColumns();
  addQuickly();
  postQuickly();
  outlineTwins();
  keepRefs();
  keepTaskPage();
  sayOnTask();
  showTyping();
  showPresence();
  noteOwnChanges();
  renewWhenAsked();
  new Connection();
  live.start(page);
}
