/** The parameters of a form as members; one that is repeated becomes a list. */
export function formMembers(text: string): Readonly<Record<string, unknown>> {
  const form = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length > 1 ? values : values[0]];
    }),
  );
}

/** How deep a JSON value nests; by recursion, so that the stack ends before a deep one does. */
export function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
