/** The frames of the wire (docs/protocol.md) and the JSON that the page carries, as the modules see them. */

/** What commands are typed into: the message box, or the palette. */
export type Field = HTMLTextAreaElement | HTMLInputElement;

export interface Person { handle: string; name: string; hue?: string; initials?: string; id?: number }
export interface Named { id?: number; name: string; kind?: string; hue?: string }
export interface CommandSpec {
  name: string;
  aliases: string[];
  summary: string;
  /** The summary up to its first pause. */
  gist: string;
  /** "/move <tasks> <column> [top|bottom]": what is required stands in <>. */
  signature: string;
  /** The kinds of its arguments, in order. */
  arguments: string[];
  /** What each can be chosen from: "task", "date", words as "top|bottom", "title" where signs may stand, or "". */
  choices: string[];
  examples: string[];
  group: string;
}
export interface TaskHint { number: number; title: string; ref?: string; column?: string | { name: string }; kind?: string }

export interface PageData {
  project: { id: number; slug: string; key: string; name: string };
  you: { id: number; handle: string; name: string; role: string };
  seq: number;
  /** The task whose page this is. */
  task?: number;
  ws: string;
  commands: CommandSpec[];
  people: Person[];
  columns: Named[];
  labels: Named[];
  /** What the signs of tokens are chosen from: "@" → "person". */
  signs: Record<string, string>;
  /** The words for what is chosen from words. */
  words: Record<string, string[]>;
  /** Words for dates, with what they mean on the day the page was made. */
  dates: { day: string; words: Array<[string, string]> };
}

export interface EventFrame {
  type: "event";
  seq: number;
  kind: string;
  at: string;
  actor: { id: number; handle: string; name: string };
  nonce?: string | null;
  html: string;
}
export interface ReadyFrame { type: "ready"; seq: number; you?: { id: number; handle: string; role: string } }
export interface AckFrame { type: "ack"; nonce: string; seq: number; notes?: string[] }
export interface AnswerFrame { type: "answer"; nonce: string; html: string }
export interface RefusedFrame {
  type: "refused";
  nonce: string;
  code: string;
  message: string;
  line?: number;
  start?: number;
  end?: number;
  suggestions?: string[];
  can_send_as_text?: boolean;
  draft?: string;
}
export interface PreviewFrame { type: "preview"; id: number; result: Reading }
export interface TypingFrame { type: "typing"; user: { id: number; handle: string; name: string } }
export interface PresenceFrame { type: "presence"; online: number[] }
export interface PongFrame { type: "pong"; id: number }
export interface ReloadFrame { type: "reload" }
export interface ErrorFrame { type: "error"; code: string; message: string; nonce?: string; retry_after?: number }

export type SayReply = AckFrame | AnswerFrame | RefusedFrame;
export type Frame =
  | EventFrame | ReadyFrame | SayReply | PreviewFrame | TypingFrame
  | PresenceFrame | PongFrame | ReloadFrame | ErrorFrame;

/** A part of one line of a text; the offsets count characters. */
export interface Place { line: number; start: number; end: number }

/** How the server reads a text: `as_dict()` of the language. */
export interface Reading {
  talk?: string;
  script?: Array<Record<string, unknown> & { command: string }>;
  refused?: string;
  message?: string;
  suggestions?: string[];
  fixes?: string[];
  notes?: string[];
  chips?: Array<Place & { words: string }>;
  offer?: (Place & { value: string; words: string }) | null;
  can_send_as_text?: boolean;
  start?: number;
  end?: number;
  line?: number;
}

export interface SayFrame { type: "say"; nonce: string; text: string; reply_to?: number; task?: number; in_chat?: boolean }
export type ClientFrame =
  | SayFrame
  | { type: "hello"; after: number | null }
  | { type: "preview"; id: number; text: string; task?: number }
  | { type: "typing" }
  | { type: "read"; seq: number }
  | { type: "ping"; id: number };

export type SayState = "queued" | "sending" | "failed";

/** One thing somebody wants to say, as the outbox keeps it. */
export interface Say {
  nonce: string;
  owner: number;
  project: number;
  text: string;
  task?: number;
  reply_to?: number;
  /** False: it is read on the task's page alone. */
  in_chat?: boolean;
  at: number;
  order: number;
  state: SayState;
  tries: number;
  reason?: string;
}

export interface SayStore {
  all(owner: number, project: number): Promise<Say[]>;
  put(say: Say): Promise<void>;
  remove(nonce: string): Promise<void>;
}

/** Something that carries frames: the socket, or polling where sockets are blocked. */
export interface Transport {
  open(): void;
  close(): void;
  send(frame: ClientFrame): boolean;
}
export interface TransportEvents {
  opened(): void;
  frame(frame: Frame): void;
  lost(loss: { code: number; opened: boolean }): void;
}

export interface PatchDetail {
  verb: "put" | "copy" | "drop";
  element: Element | null;
  existing: Element | null;
  container: Element | null;
  /** Do it; a list may have itself put the element somewhere else than the server could know. */
  apply(into?: Element): void;
}
