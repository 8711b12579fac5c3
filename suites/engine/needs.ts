import type { Settings } from "../drivers/settings.ts";
import type { Stop } from "./evidence.ts";

interface NeedRow {
  readonly met: (settings: Settings) => boolean;
  readonly stop: Omit<Stop, "cause">;
}

const clockLine = `hooks: { clock: { request: POST https://…/clock, body: '{"seconds": {seconds}}' } }`;

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
      mend: `configure hooks.clock, for example ${clockLine}`,
    },
  },
  time: {
    met: ({ hooks, slow }) => hooks.clock !== undefined || slow === true,
    stop: {
      kind: "not-tested",
      reasonCode: "hook-missing",
      message: "the check needs up to a minute to pass at the target, and no hook moves the target's clock",
      mend: `run with --slow, or configure hooks.clock, for example ${clockLine}`,
    },
  },
  "pairing-code": {
    met: ({ hooks }) => hooks.pairingCode !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "hook-missing",
      message: "no hook makes pairing codes",
      mend: `configure hooks.pairing_code, for example hooks: { pairing_code: { request: POST https://…/pairing, body: '{"aid": "{aid}"}', result: code } }`,
    },
  },
  "open-registration": {
    met: ({ aun }) => aun?.identities === "open",
    stop: {
      kind: "not-tested",
      reasonCode: "registration-closed",
      message: "the check registers AIDs, and the target registers nobody",
      mend: "let a test instance of the target register AIDs, and set aun.identities to open",
    },
  },
  peer: {
    met: ({ aun }) => aun?.peer !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "no-peer",
      message: "the check needs a second domain that the target is connected with",
      mend: "configure aun.peer, for example aun: { peer: { issuer: other.test, target: wss://…/aun } }",
    },
  },
  audit: {
    met: ({ hooks }) => hooks.audit !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "hook-missing",
      message: "the audit log cannot be read from outside",
      mend: "configure hooks.audit, for example hooks: { audit: { request: GET https://…/audit, format: jsonl } }",
    },
  },
  "pending-agent": {
    met: ({ hooks }) => hooks.pendingAgent !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "hook-missing",
      message: "no registration is known that the target's policy leaves pending",
      mend: "configure hooks.pending_agent, for example hooks: { pending_agent: { developer_id: dev-pending } }",
    },
  },
  "denied-agent": {
    met: ({ hooks }) => hooks.deniedAgent !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "hook-missing",
      message: "no registration is known that the target's policy denies",
      mend: "configure hooks.denied_agent, for example hooks: { denied_agent: { developer_id: dev-denied } }",
    },
  },
  "kit-provider": {
    met: ({ consent }) => consent.driver === "provider",
    stop: {
      kind: "not-tested",
      reasonCode: "provider-not-ours",
      message: "only an OAuth provider of the kit behind the target shows what the bridge really sends",
      mend: "put the kit's provider behind the target: consent: { driver: provider, provider: { listen: 127.0.0.1:4820, client_id: gateproof } }",
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
      mend: "list them in providers[0].operations, for example operations: { mail:read: [GET /v1/messages] }",
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
      mend: "list one in providers[0].unmapped, for example unmapped: [DELETE /v1/everything]",
    },
  },
  "backend-log": {
    met: ({ handshake }) => handshake?.hooks.backendLog !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "hook-missing",
      message: "what the backends received cannot be seen from outside",
      mend: "configure handshake.hooks.backend_log, for example handshake: { hooks: { backend_log: { request: GET https://…/backends } } }",
    },
  },
  "backend-fault": {
    met: ({ handshake }) => handshake?.hooks.backendFault !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "hook-missing",
      message: "the kit cannot make a backend fail",
      mend: `configure handshake.hooks.backend_fault, for example handshake: { hooks: { backend_fault: { request: POST https://…/fault, body: '{"system": "{system}", "on": {on}}' } } }`,
    },
  },
  "revoke-token": {
    met: ({ handshake }) => handshake?.hooks.revokeToken !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "hook-missing",
      message: "the kit cannot have a token taken back",
      mend: `configure handshake.hooks.revoke_token, for example handshake: { hooks: { revoke_token: { request: POST https://…/revoke, body: '{"token": "{token}"}' } } }`,
    },
  },
  "revoke-user": {
    met: ({ handshake }) => handshake?.hooks.revokeUser !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "hook-missing",
      message: "the kit cannot have a user take back what was allowed",
      mend: `configure handshake.hooks.revoke_user, for example handshake: { hooks: { revoke_user: { request: POST https://…/revoke-user, body: '{"user": "{user}", "agent": "{agent}"}' } } }`,
    },
  },
  "second-user": {
    met: ({ handshake }) => handshake?.secondUser !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "one-user",
      message: "the check needs a second user whom the target knows",
      mend: "configure handshake.second_user, for example handshake: { second_user: { did: did:ath:user:bob, key: bob.pem } }",
    },
  },
  "answer-by-post": {
    met: ({ handshake }) => handshake?.confirmation.answer === "post",
    stop: {
      kind: "not-tested",
      reasonCode: "one-answer-only",
      message:
        "the user answers in the response to the gateway's own call, so there is one answer and no other way to give it",
      mend: "set handshake.confirmation.answer: post if the target takes answers by calls",
    },
  },
  "two-systems": {
    met: ({ handshake }) => (handshake?.systems.length ?? 0) >= 2,
    stop: {
      kind: "not-tested",
      reasonCode: "one-system",
      message: "the check needs a second system behind the target",
      mend: "add a second entry to handshake.systems",
    },
  },
  "two-handshake-scopes": {
    met: ({ handshake }) => (handshake?.systems.flatMap(({ scopes }) => Object.keys(scopes)).length ?? 0) >= 2,
    stop: {
      kind: "not-tested",
      reasonCode: "one-scope",
      message: "the check needs two scopes",
      mend: "list at least two scopes in handshake.systems",
    },
  },
  "system-operations": {
    met: ({ handshake }) =>
      handshake?.systems.some(({ scopes }) => Object.values(scopes).some((list) => list.length > 0)) ?? false,
    stop: {
      kind: "not-tested",
      reasonCode: "operations-unknown",
      message: "the kit does not know which calls the scopes allow",
      mend: "list them in handshake.systems, for example handshake: { systems: [{ prefix: /oa, scopes: { oa:read: [GET /oa/api/documents] } }] }",
    },
  },
  "unmapped-system-operation": {
    met: ({ handshake }) => handshake?.systems.some(({ unmapped }) => unmapped.length > 0) ?? false,
    stop: {
      kind: "not-tested",
      reasonCode: "operations-unknown",
      message: "the check calls something that no scope allows, and none is listed",
      mend: "list one under unmapped of a system in handshake.systems",
    },
  },
  "ip-whitelist-agent": {
    met: ({ handshake }) => handshake?.restrictions.ipWhitelist !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "restriction-unknown",
      message: "no agent is known that the target grants an ip_whitelist",
      mend: "configure handshake.restrictions.ip_whitelist, for example handshake: { restrictions: { ip_whitelist: 'did:ath:agent:office-{agent}' } }",
    },
  },
  "access-time-agent": {
    met: ({ handshake }) => handshake?.restrictions.accessTime !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "restriction-unknown",
      message: "no agent is known that the target grants an access_time",
      mend: "configure handshake.restrictions.access_time, for example handshake: { restrictions: { access_time: 'did:ath:agent:daytime-{agent}' } }",
    },
  },
  "rate-limit-agent": {
    met: ({ handshake }) => handshake?.restrictions.rateLimit !== undefined,
    stop: {
      kind: "not-tested",
      reasonCode: "restriction-unknown",
      message: "no agent is known that the target grants a rate_limit",
      mend: "configure handshake.restrictions.rate_limit, for example handshake: { restrictions: { rate_limit: 'did:ath:agent:slow-{agent}' } }",
    },
  },
} satisfies Record<string, NeedRow>;

export type Need = keyof typeof rows;

/** The first need that the settings do not meet, as the reason to stop; undefined when all are met. */
export function unmetNeed(needs: readonly Need[], settings: Settings): Stop | undefined {
  const missing = needs.find((need) => !rows[need].met(settings));
  return missing === undefined ? undefined : { ...rows[missing].stop, cause: "configuration" };
}
