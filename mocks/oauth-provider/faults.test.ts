import { describe, expect, it, vi } from "vitest";
import { oauthFaults } from "./faults.ts";
import { type Change, type Flow, issuer, startFlow, tokenAnswer } from "./testing/provider-flow.ts";

/** Observations of one behaviour; `honest` and `faulty` are what an onlooker sees. */
interface Probe {
  readonly look: (flow: Flow) => Promise<unknown>;
  readonly honest: unknown;
  readonly faulty: unknown;
}

const code = async (flow: Flow, change?: Change) => (await flow.returned(change)).get("code") ?? "";
const exchanged = async (flow: Flow, change?: Change) => (await flow.exchange(await code(flow), change)).status;
const field = async (response: Response, name: string) => {
  const body: unknown = await response.json();
  return typeof body === "object" && body !== null
    ? Object.entries(body).find(([key]) => key === name)?.[1]
    : undefined;
};
const tokenField = (name: string) => async (flow: Flow) => field(await flow.exchange(await code(flow)), name);

const probes: Readonly<Record<string, Probe>> = {
  "OAUTH-REDIRECT.any-accepted": {
    look: async (flow) => (await flow.authorize({ redirect_uri: "https://evil.test/" })).status,
    honest: 400,
    faulty: 303,
  },
  "OAUTH-PKCE.not-demanded": {
    look: async (flow) => (await flow.returned({ code_challenge: undefined })).has("code"),
    honest: false,
    faulty: true,
  },
  "OAUTH-PKCE.not-checked": {
    look: (flow) => exchanged(flow, { code_verifier: "w".repeat(43) }),
    honest: 400,
    faulty: 200,
  },
  "OAUTH-STATE.dropped": { look: async (flow) => (await flow.returned()).has("state"), honest: true, faulty: false },
  "OAUTH-STATE.changed": {
    look: async (flow) => (await flow.returned({ state: "abc" })).get("state"),
    honest: "abc",
    faulty: "abcx",
  },
  "OAUTH-ISS.missing": { look: async (flow) => (await flow.returned()).has("iss"), honest: true, faulty: false },
  "OAUTH-ISS.other": {
    look: async (flow) => (await flow.returned()).get("iss"),
    honest: issuer,
    faulty: "https://another-provider.example",
  },
  "OAUTH-CONSENT.more-than-asked": {
    look: async (flow) => {
      flow.provider.consent.set({ user: "alice", grant: ["mail:read"] });
      return (await flow.tokens()).scope;
    },
    honest: "mail:read",
    faulty: "mail:read mail:send mail:delete",
  },
  "OAUTH-CODE.never-expires": {
    look: async (flow) => {
      const old = await code(flow);
      flow.clock.advance(3600);
      return (await flow.exchange(old)).status;
    },
    honest: 400,
    faulty: 200,
  },
  "OAUTH-CODE.reusable": {
    look: async (flow) => {
      const once = await code(flow);
      await flow.exchange(once);
      return (await flow.exchange(once)).status;
    },
    honest: 400,
    faulty: 200,
  },
  "OAUTH-CODE.refused": { look: exchanged, honest: 200, faulty: 400 },
  "OAUTH-TOKEN.short-lived": {
    look: async (flow) => {
      const { access_token, expires_in } = await flow.tokens();
      flow.clock.advance(1);
      return [expires_in, await flow.isActive(access_token)];
    },
    honest: [3600, true],
    faulty: [1, false],
  },
  "OAUTH-TOKEN.dead-on-arrival": {
    look: async (flow) => {
      const { access_token, expires_in } = await flow.tokens();
      return [expires_in, flow.provider.introspect(access_token) !== undefined];
    },
    honest: [3600, true],
    faulty: [3600, false],
  },
  "OAUTH-TOKEN.lifetime-not-reported": { look: tokenField("expires_in"), honest: 3600, faulty: undefined },
  "OAUTH-TOKEN.scope-not-reported": { look: tokenField("scope"), honest: "mail:read mail:send", faulty: undefined },
  "OAUTH-TOKEN.wrong-type": { look: tokenField("token_type"), honest: "Bearer", faulty: "mac" },
  "OAUTH-TOKEN.no-refresh-token": {
    look: async (flow) => typeof (await tokenField("refresh_token")(flow)),
    honest: "string",
    faulty: "undefined",
  },
  "OAUTH-TOKEN.server-error": { look: exchanged, honest: 200, faulty: 500 },
  "OAUTH-TOKEN.slow": {
    look: async (flow) => {
      const once = await code(flow);
      // Nobody waits for it here: time goes on as soon as somebody does.
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
      const began = Date.now();
      let isOver = false;
      const answered = flow.exchange(once).finally(() => {
        isOver = true;
      });
      while (!isOver) {
        vi.advanceTimersToNextTimer();
        await new Promise(setImmediate);
      }
      const took = Date.now() - began;
      vi.useRealTimers();
      return [(await answered).status, took];
    },
    honest: [200, 0],
    faulty: [200, 30_000],
  },
  "OAUTH-REFRESH.refused": {
    look: async (flow) => (await flow.refresh((await flow.tokens()).refresh_token)).status,
    honest: 200,
    faulty: 400,
  },
  "OAUTH-REFRESH.not-rotated": {
    look: async (flow) => {
      const { refresh_token } = await flow.tokens();
      const second = await tokenAnswer(await flow.refresh(refresh_token));
      return [second.refresh_token === undefined, (await flow.refresh(refresh_token)).status];
    },
    honest: [false, 400],
    faulty: [true, 200],
  },
  "OAUTH-REFRESH.reuse-unnoticed": {
    look: async (flow) => {
      const { refresh_token } = await flow.tokens();
      await flow.refresh(refresh_token);
      return (await flow.refresh(refresh_token)).status;
    },
    honest: 400,
    faulty: 200,
  },
  "OAUTH-REVOKE.without-effect": {
    look: async (flow) => {
      const { access_token } = await flow.tokens();
      await flow.post("/revoke", { token: access_token });
      return flow.isActive(access_token);
    },
    honest: false,
    faulty: true,
  },
};

describe("faults of the provider", () => {
  it("each have a probe, and an id of their own", () => {
    expect(Object.keys(probes)).toEqual(oauthFaults.map(({ id }) => id));
    expect(new Set(oauthFaults.map(({ id }) => id)).size).toBe(oauthFaults.length);
    for (const { id, requirement } of oauthFaults) expect(id.startsWith(`${requirement}.`)).toBe(true);
  });

  it.each(Object.entries(probes))("%s shows", async (id, { look, honest, faulty }) => {
    expect(await look(startFlow())).toEqual(honest);
    expect(await look(startFlow({ faults: [{ id }] }))).toEqual(faulty);
  });

  it("can be switched on and off while it runs", async () => {
    const flow = startFlow();
    flow.provider.book.activate({ id: "OAUTH-TOKEN.server-error", at: 2 });
    const statuses = [await exchanged(flow), await exchanged(flow), await exchanged(flow)];
    expect(statuses).toEqual([200, 500, 200]);
    flow.provider.book.activate({ id: "OAUTH-TOKEN.server-error" });
    expect(await exchanged(flow)).toBe(500);
    flow.provider.book.clear();
    expect(await exchanged(flow)).toBe(200);
  });
});
