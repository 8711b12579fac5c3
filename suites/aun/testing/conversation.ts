import type { Section } from "../../engine/check.ts";
import type { Evidence, Frame } from "../../engine/evidence.ts";
import type { Finding } from "../../engine/finding.ts";
import type { Json } from "../../engine/json.ts";

/** What a target sent: a message as JSON, a text that is none, or the end of the connection. */
export type Sent = { readonly json: unknown } | { readonly raw: string } | { readonly close: number };

/** A step under a role: what the kit sent, and what came after it. */
export interface Step {
  readonly role: string;
  readonly asks?: unknown;
  readonly gets?: readonly Sent[];
}

/** An answer with a result. */
export const result = (value: unknown): Sent => ({ json: { jsonrpc: "2.0", id: "x", result: value } });
/** An answer with an error. */
export const failure = (code: number, more: object = {}): Sent => ({
  json: { jsonrpc: "2.0", id: "x", error: { code, message: "no" }, ...more },
});

/** Evidence of a conversation over one connection, for judges. */
export function conversation(steps: readonly Step[], facts: Readonly<Record<string, Json>> = {}): Evidence {
  const frames: Frame[] = [];
  const marks: Record<string, readonly number[]> = {};
  const add = (role: string, frame: Pick<Frame, "from" | "to" | "kind"> & Partial<Frame>) => {
    const id = frames.length + 1;
    frames.push({ id, connection: 1, at: "", atMs: id, bytes: frame.text?.length ?? 0, ...frame });
    marks[role] = [...(marks[role] ?? []), id];
  };
  for (const { role, asks, gets = [] } of steps) {
    if (asks !== undefined) add(role, { from: "agent", to: "target", kind: "text", text: JSON.stringify(asks) });
    for (const sent of gets) {
      const way = { from: "target", to: "agent" } as const;
      if ("close" in sent) add(role, { ...way, kind: "close", code: sent.close });
      else add(role, { ...way, kind: "text", text: "raw" in sent ? sent.raw : JSON.stringify(sent.json) });
    }
  }
  return { exchanges: [], frames, marks, facts };
}

/** What a check of the section says of the evidence. */
export function judged<World>(section: Section<World>, id: string, evidence: Evidence): Finding {
  const check = section.checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`the section has no check ${id}`);
  return check.judge(evidence);
}
