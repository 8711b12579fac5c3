import { onTestFinished } from "vitest";
import { createRecorder, type Recorder } from "../../engine/recorder.ts";
import { type DriverKit, openDriverKit } from "../driver-kit.ts";
import type { DeploymentMode } from "../service-api.ts";
import type { Settings } from "../settings.ts";
import type { World } from "../world.ts";

export interface OpenedKit {
  readonly kit: DriverKit;
  readonly settings: Settings;
  world(checkId?: string): { readonly world: World; readonly recorder: Recorder };
}

/** Settings for a target at `url`, everything on free loopback ports. */
export function testSettings(url: string, changes: Partial<Settings> = {}): Settings {
  return {
    target: { url, headers: {}, features: {} },
    agents: { host: "127.0.0.1", ports: [0], idTemplate: "{base}/agents/{agent}/.well-known/agent.json" },
    providers: [
      {
        id: "mail",
        scopes: ["mail:read", "mail:send"],
        operations: { "mail:read": ["GET /v1/messages"] },
        unmapped: [],
      },
    ],
    consent: {
      driver: "provider",
      host: "127.0.0.1",
      port: 0,
      clientId: "gateproof",
      clientSecret: "s3cret-of-provider",
    },
    hooks: {},
    timeoutMs: 60_000,
    ...changes,
  };
}

/** A driver kit for the length of a test. */
export async function openTestKit(
  url: string,
  changes: Partial<Settings> = {},
  now?: () => number,
  mode: DeploymentMode = "gateway",
): Promise<OpenedKit> {
  const settings = testSettings(url, changes);
  const kit = await openDriverKit(settings, { seed: 1, mode, ...(now && { now }) });
  onTestFinished(() => kit.close());
  return {
    kit,
    settings,
    world(checkId = "TEST-1.check") {
      const recorder = createRecorder(kit);
      const generation = { seed: 1, runs: 3 };
      return { recorder, world: kit.world({ checkId, recorder, generation, refusalsOfRun: () => [] }) };
    },
  };
}
