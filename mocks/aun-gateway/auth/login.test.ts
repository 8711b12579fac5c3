import { sign, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { agentKeys, authBench, signature, textIn } from "../testing/auth-client.ts";

const DAY = 24 * 60 * 60;
const YEAR = 365 * DAY;

describe("a login", () => {
  it("proves the service and gives tokens", async () => {
    const bench = authBench();
    const agent = await bench.enrol();
    const { result } = await bench.login1(agent);
    const auth = new X509Certificate(textIn(result, "auth_cert"));
    expect(auth.subject).toBe("CN=auth.a.test");
    expect(result["auth_curve"]).toBe("P-256");
    const { verify } = await import("node:crypto");
    const proof = Buffer.from(textIn(result, "client_nonce_signature"), "base64");
    expect(verify("sha256", Buffer.from("MTIzNDU2Nzg5MDEy"), auth.publicKey, proof)).toBe(true);

    const done = await bench.call("aid_login2", bench.login2Params(agent, result), undefined, "another connection");
    expect(done.result).toMatchObject({ status: "ok", aid: agent.aid, expires_in: 3600 });
    expect(done.result).not.toHaveProperty("new_cert");
    expect(bench.service.verifyToken(textIn(done.result, "token")).aid).toBe(agent.aid);
  });

  it.each([
    ["whole seconds as text", "1795241640", "1795241640"],
    ["a fraction as text", "1795241876.521301", "1795241876.521301"],
    ["whole seconds", 1795241640, "1795241640"],
    ["whole seconds that were written with a fraction", 1795241640, "1795241640.0"],
    ["a fraction", 1795241876.5213, "1795241876.5213"],
    ["a day ahead", "99999999999", "99999999999"],
  ])("takes a client_time of %s", async (_, sent, signed) => {
    const bench = authBench();
    const agent = await bench.enrol();
    const { result } = await bench.login1(agent);
    const params = { ...bench.login2Params(agent, result, signed), client_time: sent };
    expect((await bench.call("aid_login2", params)).code).toBeUndefined();
  });

  it.each([
    ["an empty client_time", { client_time: "" }, -32602],
    ["a client_time that is an object", { client_time: {} }, -32602],
    ["another client_time than was signed", { client_time: "1" }, -32003],
    ["an empty signature", { signature: "" }, -32003],
    ["a signature that is no base64", { signature: "%%%" }, -32003],
    ["no signature", { signature: undefined }, -32602],
    ["another nonce", { nonce: "other" }, -32002],
    ["another request_id", { request_id: "other" }, -32002],
    ["a request_id like a member that every object has", { request_id: "__proto__" }, -32002],
  ])("is refused with %s", async (_, more, code) => {
    const bench = authBench();
    expect((await bench.login(await bench.enrol(), more)).code).toBe(code);
  });

  it("is refused for the same nonce twice, for one that is 61 s old, and for the nonce alone", async () => {
    const bench = authBench();
    const agent = await bench.enrol();
    const first = await bench.login1(agent);
    const params = bench.login2Params(agent, first.result);
    expect((await bench.call("aid_login2", params)).code).toBeUndefined();
    expect((await bench.call("aid_login2", params)).code).toBe(-32002);

    const second = await bench.login1(agent);
    const nonce = textIn(second.result, "nonce");
    const nonceOnly = { ...bench.login2Params(agent, second.result), signature: signature(nonce, agent.privateKey) };
    expect((await bench.call("aid_login2", nonceOnly)).code).toBe(-32003);

    const third = await bench.login1(agent);
    bench.clock.advance(59);
    expect((await bench.call("aid_login2", bench.login2Params(agent, third.result))).code).toBeUndefined();
    const fourth = await bench.login1(agent);
    bench.clock.advance(61);
    expect((await bench.call("aid_login2", bench.login2Params(agent, fourth.result))).code).toBe(-32002);
  });

  it("is refused to another AID and with another's key", async () => {
    const bench = authBench();
    const [alice, bob] = [await bench.enrol(), await bench.enrol()];
    const opened = await bench.login1(alice);
    const asBob = { ...bench.login2Params(bob, opened.result) };
    expect((await bench.call("aid_login2", asBob)).code).toBe(-32002);
    const bobsKey = bench.login2Params({ ...alice, privateKey: bob.privateKey }, opened.result);
    expect((await bench.call("aid_login2", bobsKey)).code).toBe(-32003);
    expect((await bench.login1({ ...bob, cert: alice.cert })).code).toBe(-32002);
  });

  it("is refused with a certificate of another issuer, the issuer's own, or none", async () => {
    const bench = authBench();
    const agent = await bench.enrol("alice");
    const foreign = await authBench().enrol("alice");
    expect((await bench.login1(foreign)).code).toBe(-32002);
    const authority = (await bench.get("/pki/chain")).text;
    expect((await bench.login1({ ...agent, cert: authority })).code).toBe(-32002);
    expect((await bench.login1({ ...agent, cert: "alice" })).code).toBe(-32002);
    expect((await bench.login1({ ...agent, cert: agent.cert.replace("\nM", "\nA") })).code).toBe(-32002);
  });

  it("ends with the certificate; renewal does 90 days later", async () => {
    const bench = authBench();
    const agent = await bench.enrol();
    bench.clock.advance(2 * YEAR + DAY);
    expect((await bench.login(agent)).code).toBe(-32002);
    const renewed = await bench.call("renew_cert", await bench.renewalParams(agent));
    const cert = textIn(renewed.result, "cert");
    expect((await bench.login({ ...agent, cert })).code).toBeUndefined();

    const late = await bench.enrol();
    bench.clock.advance(2 * YEAR + 91 * DAY);
    expect((await bench.login1(late)).code).toBe(-32002);
  });

  it("brings a new certificate once half the life is over", async () => {
    const bench = authBench();
    const agent = await bench.enrol();
    bench.clock.advance(YEAR + DAY);
    const { result } = await bench.login(agent);
    const fresh = new X509Certificate(textIn(result, "new_cert"));
    const old = new X509Certificate(agent.cert);
    expect(fresh.subject).toBe(old.subject);
    expect(fresh.publicKey.equals(old.publicKey)).toBe(true);
    expect(fresh.serialNumber).not.toBe(old.serialNumber);
    expect((await bench.login({ ...agent, cert: textIn(result, "new_cert") })).result).not.toHaveProperty("new_cert");
  });
});

describe("auth.connect with method aid", () => {
  it("takes a signature over the nonce, and over nonce:client_time, once", async () => {
    const bench = authBench();
    const agent = await bench.enrol();
    const auth = await bench.connectAid(agent);
    expect(bench.service.verifyAidLogin(auth)).toEqual({ aid: agent.aid });
    expect(bench.refusalOf(() => bench.service.verifyAidLogin(auth))).toBe(4001);
    const withTime = await bench.connectAid(agent);
    const text = `${textIn(withTime, "nonce")}:${String(withTime["client_time"])}`;
    const second = { ...withTime, signature: signature(text, agent.privateKey) };
    expect(bench.service.verifyAidLogin(second)).toEqual({ aid: agent.aid });
  });

  it.each(["aid", "request_id", "nonce", "client_time", "signature"])("needs %s", async (name) => {
    const bench = authBench();
    const auth = await bench.connectAid(await bench.enrol());
    const { [name]: _, ...rest } = auth;
    expect(bench.refusalOf(() => bench.service.verifyAidLogin(rest))).toBe(4000);
    expect(bench.refusalOf(() => bench.service.verifyAidLogin({ ...auth, [name]: "" }))).toBe(4000);
    expect(bench.refusalOf(() => bench.service.verifyAidLogin({ ...auth, [name]: null }))).toBe(4000);
  });

  it("needs a full AID, the right key, and a nonce of this request and of this minute", async () => {
    const bench = authBench();
    const [alice, bob] = [await bench.enrol(), await bench.enrol()];
    const refusal = (auth: Parameters<typeof bench.service.verifyAidLogin>[0]) =>
      bench.refusalOf(() => bench.service.verifyAidLogin(auth));
    expect(refusal({ ...(await bench.connectAid(alice)), aid: "alice" })).toBe(4000);
    const auth = await bench.connectAid(alice);
    expect(refusal({ ...auth, signature: signature(textIn(auth, "nonce"), bob.privateKey) })).toBe(4001);
    const other = await bench.connectAid(alice);
    const nonceOfOther = { ...(await bench.connectAid(alice)), nonce: other["nonce"], signature: other["signature"] };
    expect(refusal(nonceOfOther)).toBe(4001);
    expect(refusal({ ...other, aid: bob.aid })).toBe(4001);
    bench.clock.advance(61);
    expect(refusal(other)).toBe(4001);
  });
});

describe("a certificate", () => {
  it("is renewed for the same key, and the old one stays good", async () => {
    const bench = authBench();
    const agent = await bench.enrol();
    const params = await bench.renewalParams(agent);
    const { result } = await bench.call("renew_cert", params);
    expect(result["status"]).toBe("renewed");
    const cert = new X509Certificate(textIn(result, "cert"));
    expect(cert.publicKey.equals(new X509Certificate(agent.cert).publicKey)).toBe(true);
    expect((await bench.call("renew_cert", params)).code).toBe(-32002);
    expect((await bench.login(agent)).code).toBeUndefined();
    expect(bench.service.certificateOf(agent.aid)).toBe(textIn(result, "cert"));
    const wrong = {
      ...(await bench.renewalParams(agent)),
      signature: sign("sha256", Buffer.from("x"), agent.privateKey),
    };
    expect((await bench.call("renew_cert", { ...wrong, signature: signature("x", agent.privateKey) })).code).toBe(
      -32003,
    );
  });

  it("is revoked with the key that a rekey replaces", async () => {
    const bench = authBench();
    const agent = await bench.enrol();
    const fresh = agentKeys();
    const late = await bench.renewalParams(agent);
    const params = await bench.rekeyParams(agent, fresh.publicKey);
    const unsigned = { ...params, signature: signature(textIn(params, "nonce"), agent.privateKey) };
    expect((await bench.call("rekey", unsigned)).code).toBe(-32003);
    const { result } = await bench.call("rekey", await bench.rekeyParams(agent, fresh.publicKey));
    expect(result["status"]).toBe("rekeyed");
    expect((await bench.login1(agent)).code).toBe(-32002);
    expect((await bench.call("renew_cert", late)).code).toBe(-32002);
    const cert = textIn(result, "cert");
    expect((await bench.login({ ...agent, ...fresh, cert })).code).toBeUndefined();
    expect(bench.service.keyOf(agent.aid)?.equals(new X509Certificate(cert).publicKey)).toBe(true);
    const crl = await bench.getJson("/pki/crl.json");
    const serial = new X509Certificate(agent.cert).serialNumber.toLowerCase();
    expect(crl["revoked_serials"]).toEqual([serial]);
    expect(await bench.getJson(`/pki/ocsp/${serial}`)).toMatchObject({ status: "revoked" });
  });

  it("is made for one's own AID only, also on P-384", async () => {
    const bench = authBench();
    const [alice, bob] = [await bench.enrol(), await bench.enrol()];
    const params = { aid: alice.aid, public_key: agentKeys("P-384").publicKey, curve: "P-384" };
    expect((await bench.call("request_cert", params)).code).toBe(-32013);
    expect((await bench.call("request_cert", params, bob.aid)).code).toBe(-32004);
    expect((await bench.call("request_cert", { ...params, curve: "P-256" }, alice.aid)).code).toBe(-32602);
    const { result } = await bench.call("request_cert", params, alice.aid);
    expect(result).toMatchObject({ status: "issued", aid: alice.aid, curve: "P-384" });
    const cert = new X509Certificate(textIn(result, "cert"));
    expect(cert.publicKey.asymmetricKeyDetails?.namedCurve).toBe("secp384r1");
    const serial = cert.serialNumber;
    expect((await bench.call("download_cert", { cert_sn: serial })).result["cert"]).toBe(textIn(result, "cert"));
    expect((await bench.call("download_cert", { cert_sn: "root" })).result["cert"]).toBe(bench.service.rootCertificate);
    expect((await bench.call("download_cert", { cert_sn: "00ff" })).code).toBe(-32008);
  });
});
