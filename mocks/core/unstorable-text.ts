/** NUL, and half a surrogate pair: JSON can carry both, and no UTF-8 text column can. */
const unstorable = /\0|[\ud800-\udfff]/u;

/** Whether a JSON value holds a text, as a value or as a name, that many databases do not take. */
export function hasUnstorableText(value: unknown): boolean {
  if (typeof value === "string") return unstorable.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, member]) => unstorable.test(name) || hasUnstorableText(member));
}
