import type { Settings } from "../drivers/settings.ts";
import type { Stop } from "./evidence.ts";

interface NeedRow {
  readonly met: (settings: Settings) => boolean;
  readonly stop: Omit<Stop, "cause">;
}

/**
 * What a check may need of the configuration. One row each: when it is met, and what to tell the user when it is not.
 */
const rows = {
  clock: {
    met: ({ hooks }) => hooks.clock !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "hook-missing",
      message: "the check waits for minutes to pass at the target, and no hook moves the target's clock",
      mend: "configure hooks.clock",
    },
  },
  audit: {
    met: ({ hooks }) => hooks.audit !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "hook-missing",
      message: "the audit log cannot be read from outside",
      mend: "configure hooks.audit",
    },
  },
  "pending-agent": {
    met: ({ hooks }) => hooks.pendingAgent !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "hook-missing",
      message: "no registration is known that the target's policy leaves pending",
      mend: "configure hooks.pending_agent",
    },
  },
  "denied-agent": {
    met: ({ hooks }) => hooks.deniedAgent !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "hook-missing",
      message: "no registration is known that the target's policy denies",
      mend: "configure hooks.denied_agent",
    },
  },
  "kit-provider": {
    met: ({ consent }) => consent.driver === "provider",
    stop: {
      kind: "not-tested",
      reasonCode: "provider-not-ours",
      message: "only an OAuth provider of the kit behind the target shows what the bridge really sends",
      mend: "put the kit's provider behind the target: consent.driver: provider",
    },
  },
  "two-providers": {
    met: ({ providers }) => providers.length >= 2,
    stop: {
      kind: "not-tested",
      reasonCode: "one-provider",
      message: "the check needs a second provider at the target",
      mend: "add a second entry to providers",
    },
  },
  "two-scopes": {
    met: ({ providers }) => (providers[0]?.scopes.length ?? 0) >= 2,
    stop: {
      kind: "not-tested",
      reasonCode: "one-scope",
      message: "the check needs two scopes of one provider",
      mend: "list at least two scopes in providers[0].scopes",
    },
  },
  operations: {
    met: ({ providers }) => Object.values(providers[0]?.operations ?? {}).some((list) => list.length > 0),
    stop: {
      kind: "not-tested",
      reasonCode: "operations-unknown",
      message: "the kit does not know which calls the provider's scopes allow",
      mend: "list them in providers[0].operations",
    },
  },
  "write-operation": {
    met: ({ providers }) =>
      Object.values(providers[0]?.operations ?? {}).some((list) =>
        list.some((line) => /^(POST|PUT|PATCH) /.test(line)),
      ),
    stop: {
      kind: "not-tested",
      reasonCode: "operations-unknown",
      message: "the check sends a body, and no operation of the provider takes one",
      mend: "list a POST, PUT or PATCH operation in providers[0].operations",
    },
  },
  "unmapped-operation": {
    met: ({ providers }) => (providers[0]?.unmapped.length ?? 0) > 0,
    stop: {
      kind: "not-tested",
      reasonCode: "operations-unknown",
      message: "the check calls something that no scope allows, and none is listed",
      mend: "list one in providers[0].unmapped",
    },
  },
} satisfies Record<string, NeedRow>;

export type Need = keyof typeof rows;

/** The first need that the settings do not meet, as the reason to stop; undefined when all are met. */
export function unmetNeed(needs: readonly Need[], settings: Settings): Stop | undefined {
  const missing = needs.find((need) => !rows[need].met(settings));
  return missing === undefined ? undefined : { ...rows[missing].stop, cause: "configuration" };
}
