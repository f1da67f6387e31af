"""What people type where a command takes an argument: right, nearly right, and hostile."""

from chat.language import VOCABULARY

NAMES = [name for spec in VOCABULARY for name in (spec.name, *spec.aliases)]
DATES = [
    "fri", "next friday", "this mon", "tomorrow", "tmr 5pm", "27 nov", "27.11.", "27-nov", "nov 27 2027", "2026-11-27",
    "2026-11-27@17:00", "17:00", "noon", "in 3 days", "+2w", "in 2 hours", "15th", "eow", "end of month", "none", "12/01",
    "31 feb", "fryday", "9999-12-31", "25:00", "in 99999999999 weeks",
]  # fmt: skip
TASKS = [
    "12", "#12", "WEB-12", "web-13", "1..3", "3…1", "9..40", "^", "last", "12,13", "12, 13",
    "12 and 13", "#12 & #14", "12.2",
    "#12.3,", "ABC-1", "99", "#0012", "١٢", "fix login page", "1..39",
]  # fmt: skip
PEOPLE = [
    "@bob",
    "bob",
    "me",
    "@me",
    "@Li.Wei,",
    "@zoë",
    "@O-BRIEN",
    "to @john",
    "@bobb",
    "@ana and @bob",
    "@nobody",
]
LABELS = [
    "#bug",
    "bug",
    "#BUG",
    "#new",
    "#q3-plan",
    "bug,design",
    "#desing",
    "#12",
    "#ünïcode",
    "#" + "x" * 33,
]
COLUMNS = [
    "done",
    "in review",
    "In-Progress",
    "review",
    '"To do"',
    "to do",
    "to done",
    "in",
    "nowhere",
    "backlog top",
]
PRIORITIES = ["high", "!1", "!urgent", "none", "!hihg", "4", "!5"]
ESTIMATES = ["3pt", "~2h", "1h30m", "2w 3d", "0.5p", "none", "9999w", "3", "1.25h", "0h"]
TITLES = [
    "Fix", "login", '"quoted @bob #bug"', "“curly >done”", "`code !high`", "\\@bob", "\\#12",
    "\\\\", "C#", "a->b", "#12", "~",
    ">3", "!word", '"', "“", "`", "ana@example.com", "https://x/#a", "naïve", "🎉", ">=",
    "due:", "every:", "-", "/etc/hosts",
]  # fmt: skip
TOKENS = [
    "@bob", "@me,", "@nobody", "#bug", "#new.", "!high", "!2", "!hgih", "~2h", "~3pt)", ">done", ">in", '>"In review"',
    "due:fri", 'due:"next friday 5pm"', "due:27.11.", "due:12/01", "every:week", "every:2w", "every:mon,thu", "every:0d",
]  # fmt: skip
TEXTS = [
    "Say", "it", "with", "/done 12", "\n/done 12", "\n//done 12", "\n /done 12", "\n```", "\n~~~~", "\n", "\n\n", "\n- a",
    "\n  indented", "``` ", "\n\uff0fdone 12", "\n> quoted", "#12", "@bob",
]  # fmt: skip
POLLS = [
    '"Lunch?"',
    '"Pizza"',
    "“Sushi”",
    "Where to?",
    "\n- Here",
    "\n1. There",
    '\n- "Quoted"',
    "\n",
    '""',
    '"a',
    "\n- /x",
]
ITEMS = [
    "Book",
    "\n- One",
    "\n* [ ] Two",
    "\n3) Three",
    "\n[x] Four",
    "\n- [ ] [ ] Five",
    "\n",
    "\n//done 12",
    "\n```",
]
REMINDERS = [
    "me", "@bob", "here", "to", "about", "list", "cancel 3", "12", "#12, 13", "call Ana", '"buy milk"', "tomorrow at 9am",
    "fri", "in 2 hours", "17:00", "on 27 nov", "yesterday", "\n- more", "\n```", "09:00",
]  # fmt: skip
QUERIES = [
    "@me", "-@bob", "#bug", "-#design", "#12", "!high", ">review", '>"To do"', "due:fri", "due:<=27-nov", "due:none",
    "due:>2026-11-27@17:00", "is:open", "-is:done", "is:opne", "login", "-login", '"in a row"',
    "\\#bug", "--", "due:", "is:",
]  # fmt: skip
HINDRANCES = [
    "by 9",
    "by #9, 10",
    "9 and 10",
    "by the vendor",
    "waiting for the vendor",
    "9 lives",
    "by",
    "by 12",
]

PIECES: dict[str, list[str]] = {
    "tasks": TASKS,
    "task": TASKS,
    "tasks or items": TASKS,
    "people": PEOPLE,
    "column": COLUMNS,
    "top|bottom": ["top", "bottom", "TOP", "middle"],
    "date|none": DATES,
    "title": TITLES + TOKENS + TEXTS,
    "new title": TITLES + TOKENS,
    "text": TEXTS + TITLES,
    "question and options": POLLS + TEXTS,
    "labels": LABELS,
    "its labels": LABELS,
    "priority": PRIORITIES,
    "estimate": ESTIMATES,
    "query": QUERIES + TITLES + DATES,
    "when and what": REMINDERS + DATES,
    "by tasks|reason": HINDRANCES,
    "by tasks": HINDRANCES,
    "items": ITEMS + TITLES,
    "command": ["done", "/task", "todo", "doen", "x"],
}
SEVERAL = {
    "title",
    "new title",
    "text",
    "question and options",
    "query",
    "when and what",
    "items",
    "labels",
    "people",
}
