import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { validate } from "../../schemas/index.ts";
import type { Settings } from "../drivers/settings.ts";
import { isObject } from "./json.ts";
import { type Need, unmetNeed } from "./needs.ts";

/** A target of which nothing but its address is known. */
const bare: Settings = {
  target: { url: "https://gateway.example", headers: {}, features: {} },
  agents: { host: "127.0.0.1", ports: [0], idTemplate: "{base}/{agent}" },
  providers: [],
  consent: { driver: "manual" },
  hooks: {},
  timeoutMs: 1000,
};

const told: readonly Need[] = [
  "clock",
  "time",
  "pairing-code",
  "peer",
  "audit",
  "pending-agent",
  "denied-agent",
  "backend-log",
  "backend-fault",
  "revoke-token",
  "revoke-user",
  "second-user",
  "system-operations",
  "ip-whitelist-agent",
  "access-time-agent",
  "rate-limit-agent",
];

describe("what a missing setting is told with", () => {
  it.each(told)("%s: a line that the configuration takes", (need) => {
    const stop = unmetNeed([need], bare);
    expect(stop).toMatchObject({ kind: "not-tested", cause: "configuration" });
    const line: unknown = parse(stop?.mend?.split("for example ")[1] ?? "");
    if (!isObject(line)) throw new Error(`no line in ${stop?.mend}`);
    const user = { did: "did:ath:user:alice", key: "alice.pem" };
    const config = isObject(line["handshake"]) ? { handshake: { user, ...line["handshake"] } } : line;
    const result = validate("Config", JSON.parse(JSON.stringify(config).replaceAll("…", "gateway.example")));
    expect(result).toMatchObject({ ok: true });
  });
});
