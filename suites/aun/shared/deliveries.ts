import type { Json } from "../../engine/json.ts";

/** The members `delivery_mode` that connections declare (AUN docs 03 § 3.5). */
export const deliveries = {
  fanout: { mode: "fanout" },
  roundRobin: { mode: "queue", routing: "round_robin" },
  affinity: { mode: "queue", routing: "sender_affinity", affinity_ttl_ms: 300_000 },
  /** An affinity that ends while a check looks on. */
  briefAffinity: { mode: "queue", routing: "sender_affinity", affinity_ttl_ms: 2000 },
} as const satisfies Readonly<Record<string, Json>>;
