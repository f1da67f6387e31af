/** What each kind of choice is called: one, many, and the list of them. @type {Record<string, [string, string, string]>} */
export const NOUNS = {
  command: ["command", "commands", "Commands"], person: ["person", "people", "People"], task: ["task", "tasks", "Tasks"],
  label: ["label", "labels", "Labels"], column: ["column", "columns", "Columns"], date: ["date", "dates", "Dates"],
  place: ["choice", "choices", "Places, people and actions"],
  priority: ["priority", "priorities", "Priorities"], estimate: ["estimate", "estimates", "Estimates"],
};
