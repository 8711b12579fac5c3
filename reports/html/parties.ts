import type { Words } from "../words/en.ts";

/** Whoever takes part in an exchange, from left to right: the side that asks, the target, what stands behind it. */
const order = ["operator", "user", "agent", "identity-host", "target", "peer", "provider", "upstream", "other"];

/** The parties among these, each once, in the order in which lifelines stand. */
export function partiesAmong(names: readonly string[]): readonly string[] {
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...new Set(names)].toSorted((a, b) => place(a) - place(b));
}

/** How a party is called; the target by the role it plays, for example `gateway`. */
export function partyWords(name: string, role: string, { parties }: Words): string {
  const played = name === "target" ? role : name;
  return parties[played] ?? played;
}
