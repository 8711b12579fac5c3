import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HandshakeEmbedding, openAthHandshake } from "../../../cli/embedded/ath-handshake.ts";
import { openConnected } from "../../../cli/embedded/index.ts";
import { createRecorder } from "../../engine/recorder.ts";
import { SetupError } from "../setup-error.ts";
import { claimsOf } from "./jwt.ts";
import { openHandshakeKit } from "./kit.ts";

/** The reference gateway with the kit's users, and worlds to drive it with. */
async function openTarget(options: Partial<HandshakeEmbedding> = {}) {
  const target = await openConnected((given, keep) => openAthHandshake({ ...given, ...options }, keep), { seed: 1 });
  const { kit, settings } = target;
  return {
    settings,
    world() {
      const recorder = createRecorder(kit);
      const generation = { seed: 1, runs: 1 };
      const world = kit.world({ checkId: "test", recorder, generation, refusalsOfRun: () => [] });
      return { world, finish: recorder.finish };
    },
    close: () => target.close(),
  };
}

const bindings = [
  { name: "body, raw, answers by call", options: {} },
  {
    name: "header, DER, answers in the response",
    options: { binding: { correlation: "header", signature: "der" }, answer: "response" },
  },
  { name: "cookie, raw, answers by call", options: { binding: { correlation: "cookie" } } },
] as const;

describe.each(bindings)("the drivers with $name", ({ options }) => {
  let opened: Awaited<ReturnType<typeof openTarget>>;
  beforeAll(async () => {
    opened = await openTarget(options);
  });
  afterAll(() => opened.close());

  it.each(["ES256", "EdDSA"] as const)("take an %s agent from hello to a call", async (algorithm) => {
    const { world } = opened.world();
    const agent = world.newAgent({ algorithm });
    const connection = await agent.connected();
    expect(connection.handshake.serverSigned).toBe(true);
    expect(connection.scopes).toEqual(world.scopes);
    expect(claimsOf(connection.token)).toMatchObject({ sub: agent.did, user_did: world.user.did });
    expect((await agent.call(connection)).granted).toBe(true);
  });

  it("let the user approve a part, deny, and answer for the right agent only", async () => {
    const { world } = opened.world();
    const [one = ""] = world.scopes;
    const parts = world.newAgent();
    const granted = await parts.granted({ answer: (asked) => [asked.user.answer(asked, { grant: [one] })] });
    expect(granted.scopes).toEqual([one]);
    expect(parts.confirmations()).toMatchObject([{ stray: false, clientDid: parts.did, scopes: world.scopes }]);

    const denied = await world.newAgent().proven();
    const answer = await denied.request({ answer: (asked) => [asked.user.answer(asked, { grant: "deny" })] });
    expect(answer.granted).toBe(false);
  });

  it("keep what is secret out of the evidence", async () => {
    const { world, finish } = opened.world();
    const { token, handshake } = await world.agent.connected();
    await world.agent.call(await world.agent.connected());
    const credential = world.user.credential(world.agent.did);
    const written = JSON.stringify(finish());
    for (const secret of [token, token.split(".")[2] ?? token, handshake.offer?.signature ?? "", credential]) {
      expect(secret.length).toBeGreaterThan(20);
      expect(written).not.toContain(secret);
    }
  });
});

describe("bending", () => {
  let opened: Awaited<ReturnType<typeof openTarget>>;
  beforeAll(async () => {
    opened = await openTarget();
  });
  afterAll(() => opened.close());

  it("reaches every message: members, bytes, time and id", async () => {
    const { world, finish } = opened.world();
    const handshake = await world.agent.opened();
    await world.agent.hello({ body: { nonce: undefined, extra: 1 }, timeShiftS: -60 });
    await world.agent.hello({ rawBody: "{" });
    await handshake.prove({ handshakeId: null });
    await handshake.complete({ handshakeId: "other", cipher: "RC4" });
    const sent = finish().exchanges.map(({ request }) => request.body ?? "");
    expect(JSON.parse(sent[1] ?? "")).toMatchObject({ extra: 1 });
    expect(JSON.parse(sent[1] ?? "")).not.toHaveProperty("nonce");
    expect(sent[2]).toBe("{");
    expect(JSON.parse(sent[3] ?? "")).not.toHaveProperty("handshake_id");
    expect(JSON.parse(sent[4] ?? "")).toMatchObject({ handshake_id: "other", cipher_suite: "RC4" });
  });

  it("gives what a check's own answering threw back to the check", async () => {
    const { world } = opened.world();
    const handshake = await world.agent.proven();
    const failing = handshake.request({
      answer: async () => {
        // The gateway would wait for the answer that now never comes: the request for it expires.
        await world.advanceClock(600);
        throw new Error("the check is broken");
      },
    });
    await expect(failing).rejects.toThrow("the check is broken");
  });
});

it("names a configuration without handshake as what it is", async () => {
  const { settings, close } = await openTarget();
  await close();
  const { handshake: _, ...without } = settings;
  await expect(openHandshakeKit(without, { seed: 1 })).rejects.toThrow(SetupError);
});
