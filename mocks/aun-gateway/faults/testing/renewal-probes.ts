import { X509Certificate } from "node:crypto";
import { type AuthBench, agentKeys, signature, textIn } from "../../testing/auth-client.ts";
import { accepted, DAY, lacks, type Probe, refused, YEAR } from "./probe.ts";

const renewed = async (bench: AuthBench) =>
  (await bench.call("renew_cert", await bench.renewalParams(await bench.enrol()))).result;

const rekeyed = async (bench: AuthBench) =>
  (await bench.call("rekey", await bench.rekeyParams(await bench.enrol(), agentKeys().publicKey))).result;

export const renewalProbes: Readonly<Record<string, Probe>> = {
  "A102.no-status": lacks(renewed, "status"),
  "A102.new-key": async (bench) => {
    const agent = await bench.enrol();
    const { result } = await bench.call("renew_cert", await bench.renewalParams(agent));
    return !new X509Certificate(textIn(result, "cert")).publicKey.equals(new X509Certificate(agent.cert).publicKey);
  },
  "A102.same-serial": async (bench) => {
    const agent = await bench.enrol();
    const { result } = await bench.call("renew_cert", await bench.renewalParams(agent));
    return new X509Certificate(textIn(result, "cert")).serialNumber === new X509Certificate(agent.cert).serialNumber;
  },
  "A102.signature-ignored": async (bench) => {
    const agent = await bench.enrol();
    const params = { ...(await bench.renewalParams(agent)), signature: signature("x", agent.privateKey) };
    return accepted(bench.call("renew_cert", params));
  },
  "A102.nonce-reusable": async (bench) => {
    const params = await bench.renewalParams(await bench.enrol());
    await bench.call("renew_cert", params);
    return accepted(bench.call("renew_cert", params));
  },
  "A102.revoked-ok": async (bench) => {
    const agent = await bench.enrol();
    await bench.call("rekey", await bench.rekeyParams(agent, agentKeys().publicKey));
    const { result, code } = await bench.login1(agent);
    if (code !== undefined) return false;
    const nonce = textIn(result, "nonce");
    const params = { aid: agent.aid, nonce, request_id: result["request_id"] };
    return accepted(bench.call("renew_cert", { ...params, signature: signature(nonce, agent.privateKey) }));
  },
  "A102.no-grace-limit": async (bench) => {
    const agent = await bench.enrol();
    bench.clock.advance(2 * YEAR + 91 * DAY);
    const { code } = await bench.login1(agent);
    return code === undefined && accepted(bench.call("renew_cert", await bench.renewalParams(agent)));
  },
  "A103.no-status": lacks(rekeyed, "status"),
  "A103.keeps-key": async (bench) => {
    const { publicKey } = agentKeys();
    const { result } = await bench.call("rekey", await bench.rekeyParams(await bench.enrol(), publicKey));
    const key = new X509Certificate(textIn(result, "cert")).publicKey.export({ type: "spki", format: "der" });
    return key.toString("base64") !== publicKey;
  },
  "A103.old-key-lives": async (bench) => {
    const agent = await bench.enrol();
    await bench.call("rekey", await bench.rekeyParams(agent, agentKeys().publicKey));
    return accepted(bench.login(agent));
  },
  "A103.not-in-crl": async (bench) => {
    const agent = await bench.enrol();
    await bench.call("rekey", await bench.rekeyParams(agent, agentKeys().publicKey));
    const { revoked_serials } = await bench.getJson("/pki/crl.json");
    return (await refused(bench.login(agent))) && Array.isArray(revoked_serials) && revoked_serials.length === 0;
  },
  "A103.new-key-unsigned": async (bench) => {
    const agent = await bench.enrol();
    const params = await bench.renewalParams(agent);
    return accepted(bench.call("rekey", { ...params, new_public_key: agentKeys().publicKey }));
  },
};
