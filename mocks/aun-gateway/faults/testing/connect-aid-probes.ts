import type { JsonObject } from "../../../ath/json.ts";
import { type AuthBench, signature, type TestAgent, textIn } from "../../testing/auth-client.ts";
import type { Probe } from "./probe.ts";

/** Whether `auth.connect` with this `auth` member is accepted. */
const connects =
  (make: (agent: TestAgent, bench: AuthBench) => Promise<JsonObject>): Probe =>
  async (bench) => {
    const auth = await make(await bench.enrol(), bench);
    return bench.refusalOf(() => bench.service.verifyAidLogin(auth)) === undefined;
  };

async function without(name: string, agent: TestAgent, bench: AuthBench): Promise<JsonObject> {
  const { [name]: _, ...rest } = await bench.connectAid(agent);
  return rest;
}

export const connectAidProbes: Readonly<Record<string, Probe>> = {
  "A25.aid-fields-optional": connects((agent, bench) => without("signature", agent, bench)),
  "A25.missing-crashes": async (bench) => {
    const auth = await without("nonce", await bench.enrol(), bench);
    return bench.refusalOf(() => bench.service.verifyAidLogin(auth)) === 4500;
  },
  "A26.local-name-ok": connects(async (agent, bench) => {
    const [aid] = agent.aid.split(".");
    return { ...(await bench.connectAid(agent)), aid };
  }),
  "A27.aid-method-broken": async (bench) => !(await connects((agent) => bench.connectAid(agent))(bench)),
  "A28.signature-unchecked": connects(async (agent, bench) => ({
    ...(await bench.connectAid(agent)),
    signature: signature("x", agent.privateKey),
  })),
  "A28.any-known-key": connects(async (agent, bench) => {
    const [auth, other] = [await bench.connectAid(agent), await bench.enrol()];
    return { ...auth, signature: signature(textIn(auth, "nonce"), other.privateKey) };
  }),
  "A29.nonce-reusable": connects(async (agent, bench) => {
    const auth = await bench.connectAid(agent);
    bench.service.verifyAidLogin(auth);
    return auth;
  }),
  "A29.nonce-unbound": connects(async (agent, bench) => {
    const [auth, other] = [await bench.connectAid(agent), await bench.enrol()];
    return { ...auth, aid: other.aid, signature: signature(textIn(auth, "nonce"), other.privateKey) };
  }),
  "A29.request-unbound": connects(async (agent, bench) => {
    const [first, second] = [await bench.connectAid(agent), await bench.connectAid(agent)];
    return { ...first, request_id: second["request_id"] };
  }),
  "A30.login-nonce-never-expires": connects(async (agent, bench) => {
    const auth = await bench.connectAid(agent);
    bench.clock.advance(61);
    return auth;
  }),
};
