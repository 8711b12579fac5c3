import { verify, X509Certificate } from "node:crypto";
import type { JsonObject } from "../../../ath/json.ts";
import { type AuthBench, agentKeys, authBench, signature, type TestAgent, textIn } from "../../testing/auth-client.ts";
import { accepted, chainOf, DAY, lacks, type Probe, refused, YEAR } from "./probe.ts";

/** A probe of what a login with one bent parameter gives. */
const bentLogin =
  (bend: (agent: TestAgent, bench: AuthBench) => JsonObject | Promise<JsonObject>): Probe =>
  async (bench) => {
    const agent = await bench.enrol();
    return accepted(bench.login(agent, await bend(agent, bench)));
  };

const timed =
  (clientTime: string | number): Probe =>
  async (bench) => {
    const agent = await bench.enrol();
    const { result } = await bench.login1(agent);
    const params = { ...bench.login2Params(agent, result, String(clientTime)), client_time: clientTime };
    return refused(bench.call("aid_login2", params));
  };

const proofOf = async (bench: AuthBench) => {
  const { result } = await bench.login1(await bench.enrol());
  const proof = Buffer.from(textIn(result, "client_nonce_signature"), "base64");
  const certificate = new X509Certificate(textIn(result, "auth_cert"));
  const isValid = verify("sha256", Buffer.from("MTIzNDU2Nzg5MDEy"), certificate.publicKey, proof);
  return { result, certificate, isValid };
};

const unproved: Probe = async (bench) => !(await proofOf(bench)).isValid;

const opened = async (bench: AuthBench) => (await bench.login1(await bench.enrol())).result;

const loggedIn = async (bench: AuthBench) => (await bench.login(await bench.enrol())).result;

export const loginProbes: Readonly<Record<string, Probe>> = {
  "A86.no-auth-cert": lacks(opened, "auth_cert"),
  "A86.no-curve": lacks(opened, "auth_curve"),
  "A86.says-p384": async (bench) => (await opened(bench))["auth_curve"] === "P-384",
  "A86.signs-own-nonce": unproved,
  "A86.signs-with-other-key": unproved,
  "A86.raw-signature": unproved,
  "A86.foreign-auth-cert": async (bench) => {
    const [[issuer], { certificate, isValid }] = [await chainOf(bench), await proofOf(bench)];
    return issuer !== undefined && isValid && !certificate.verify(issuer.publicKey);
  },
  "A87.same-request-id": async (bench) =>
    textIn(await opened(bench), "request_id") === (await opened(bench))["request_id"],
  "A87.client-request-id": async (bench) =>
    (await bench.login1(await bench.enrol(), { request_id: "mine" })).result["request_id"] === "mine",
  "A87.nonce-repeats": async (bench) => {
    const agent = await bench.enrol();
    const nonces = new Set<unknown>();
    for (let count = 0; count < 20; count += 1) nonces.add((await bench.login1(agent)).result["nonce"]);
    return nonces.size < 20;
  },
  "A88.expiry-ignored": async (bench) => {
    const agent = await bench.enrol();
    bench.clock.advance(2 * YEAR + DAY);
    return accepted(bench.login(agent));
  },
  "A88.chain-unchecked": async (bench) => {
    await bench.enrol("alice");
    return accepted(bench.login(await authBench().enrol("alice")));
  },
  "A88.cn-unchecked": async (bench) => {
    const [alice, bob] = [await bench.enrol(), await bench.enrol()];
    return accepted(bench.login({ ...alice, aid: bob.aid }));
  },
  "A88.revocation-ignored": async (bench) => {
    const agent = await bench.enrol();
    await bench.call("rekey", await bench.rekeyParams(agent, agentKeys().publicKey));
    return accepted(bench.login(agent));
  },
  "A89.no-expires-in": lacks(loggedIn, "expires_in"),
  "A89.no-status": lacks(loggedIn, "status"),
  "A89.no-refresh-token": lacks(loggedIn, "refresh_token"),
  "A90.signature-ignored": bentLogin(({ privateKey }) => ({ signature: signature("x", privateKey) })),
  "A90.any-known-key": async (bench) => {
    const [alice, bob] = [await bench.enrol(), await bench.enrol()];
    return accepted(bench.login({ ...alice, privateKey: bob.privateKey }));
  },
  "A90.empty-ok": bentLogin(() => ({ signature: "" })),
  "A91.nonce-unchecked": bentLogin(({ privateKey }) => ({
    nonce: "other",
    client_time: "1",
    signature: signature("other:1", privateKey),
  })),
  "A91.nonce-reusable": async (bench) => {
    const agent = await bench.enrol();
    const params = bench.login2Params(agent, (await bench.login1(agent)).result);
    await bench.call("aid_login2", params);
    return accepted(bench.call("aid_login2", params));
  },
  "A91.request-unchecked": bentLogin(() => ({ request_id: "other" })),
  "A91.aid-unbound": async (bench) => {
    const [alice, bob] = [await bench.enrol(), await bench.enrol()];
    return accepted(bench.call("aid_login2", bench.login2Params(bob, (await bench.login1(alice)).result)));
  },
  "A92.bound-to-connection": async (bench) => {
    const agent = await bench.enrol();
    const { result } = await bench.login1(agent);
    return refused(bench.call("aid_login2", bench.login2Params(agent, result), undefined, "c2"));
  },
  "A93.skew-checked": timed("1"),
  "A93.integer-only": timed(`${Math.floor(Date.now() / 1000)}.25`),
  "A93.numbers-only": timed(String(Math.floor(Date.now() / 1000))),
  "A93.strings-only": timed(Math.floor(Date.now() / 1000)),
  "A95.always-new-cert": async (bench) => (await loggedIn(bench))["new_cert"] !== undefined,
  "A95.never-renews": async (bench) => {
    const agent = await bench.enrol();
    bench.clock.advance(YEAR + DAY);
    return (await bench.login(agent)).result["new_cert"] === undefined;
  },
  "A95.new-key": async (bench) => {
    const agent = await bench.enrol();
    bench.clock.advance(YEAR + DAY);
    const fresh = new X509Certificate(textIn((await bench.login(agent)).result, "new_cert"));
    return !fresh.publicKey.equals(new X509Certificate(agent.cert).publicKey);
  },
};
