import type { Settings } from "../../drivers/settings.ts";

/** Settings that name a target and nothing else. */
export const plainSettings: Settings = {
  target: { url: "http://127.0.0.1:9", headers: {}, features: {} },
  agents: { host: "127.0.0.1", ports: [0], idTemplate: "{base}/agents/{agent}/.well-known/agent.json" },
  providers: [],
  consent: { driver: "manual" },
  hooks: {},
  timeoutMs: 60_000,
};
