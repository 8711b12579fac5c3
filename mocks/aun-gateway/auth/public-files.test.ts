import { spawnSync } from "node:child_process";
import { createHash, generateKeyPairSync, type KeyObject, verify, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { agentKeys, authBench, textIn } from "../testing/auth-client.ts";

const certificatesIn = (text: string) =>
  text.split(/(?<=-----END CERTIFICATE-----\n)/).map((pem) => new X509Certificate(pem));

async function chainOf(bench: ReturnType<typeof authBench>) {
  const [issuer, registry, root] = certificatesIn((await bench.get("/pki/chain")).text);
  if (issuer === undefined || registry === undefined || root === undefined) throw new Error("the chain is too short");
  return { issuer, registry, root };
}

describe("the chain", () => {
  it("leads from agents to a root of its own, with names and signatures at every level", async () => {
    const bench = authBench();
    const agent = await bench.enrol();
    const { issuer, registry, root } = await chainOf(bench);
    const leaf = new X509Certificate(agent.cert);
    const above = [leaf, issuer, registry, root, root];
    for (const [index, certificate] of [leaf, issuer, registry, root].entries()) {
      const signer = above[index + 1];
      expect(signer !== undefined && certificate.verify(signer.publicKey)).toBe(true);
      expect(certificate.issuer).toBe(signer?.subject);
      expect(signer !== undefined && certificate.checkIssued(signer)).toBe(true);
    }
    expect([leaf.ca, issuer.ca, registry.ca, root.ca]).toEqual([false, true, true, true]);
    expect(issuer.subject).toBe("CN=a.test");
    expect(root.toString()).toBe(bench.service.rootCertificate);
    expect(root.publicKey.asymmetricKeyDetails?.namedCurve).toBe("secp384r1");
    expect(Date.parse(root.validTo) - Date.now()).toBeGreaterThan(29.9 * 365 * 86_400_000);
  });

  it("gives agents their AID as common name, their own key, and the way to the issuer", async () => {
    const bench = authBench();
    const agent = await bench.enrol("alice");
    const leaf = new X509Certificate(agent.cert);
    expect(leaf.subject).toBe("CN=alice.a.test");
    expect(leaf.publicKey.export({ type: "spki", format: "der" }).toString("base64")).toBe(agent.publicKey);
    expect(leaf.infoAccess).toContain("CA Issuers - URI:http://a.test/ca/cert");
    expect(leaf.serialNumber).toMatch(/^[1-7][0-9A-F]{31}$/);
    const now = Date.now();
    expect(Date.parse(leaf.validFrom)).toBeLessThan(now);
    expect(Date.parse(leaf.validTo)).toBeGreaterThan(now);
  });

  it("stands up to OpenSSL: path, purpose, revocation list, OCSP", async ({ skip }) => {
    const program = "openssl";
    const tool = (...options: readonly string[]) => spawnSync(program, options, { encoding: "utf8" });
    if (tool("version").status !== 0) skip("there is no openssl on this machine");
    const bench = authBench();
    const [agent, revoked] = [await bench.enrol(), await bench.enrol()];
    await bench.call("rekey", await bench.rekeyParams(revoked, agentKeys().publicKey));
    const { issuer, registry, root } = await chainOf(bench);
    const folder = mkdtempSync(join(tmpdir(), "chain-"));
    try {
      const file = (name: string, content: string | Uint8Array) => {
        writeFileSync(join(folder, name), content);
        return join(folder, name);
      };
      const rootFile = file("root.pem", root.toString());
      const above = file("above.pem", issuer.toString() + registry.toString());
      const leaf = file("leaf.pem", agent.cert);
      const dead = file("dead.pem", revoked.cert);
      const crl = file("list.crl", textIn(await bench.getJson("/pki/crl.json"), "crl_pem"));
      const path = ["verify", "-x509_strict", "-CAfile", rootFile, "-untrusted", above];
      expect(tool(...path, leaf)).toMatchObject({ status: 0 });
      expect(tool(...path, "-crl_check", "-CRLfile", crl, leaf)).toMatchObject({ status: 0 });
      expect(tool(...path, "-crl_check", "-CRLfile", crl, dead).stderr).toContain("certificate revoked");

      const issuerFile = file("issuer.pem", issuer.toString());
      for (const [certificate, pemFile, status] of [
        [agent.cert, leaf, "good"],
        [revoked.cert, dead, "revoked"],
      ] as const) {
        const serial = new X509Certificate(certificate).serialNumber.toLowerCase();
        const answer = await bench.getJson(`/pki/ocsp/${serial}`);
        expect(answer["status"]).toBe(status);
        const der = file("answer.der", Buffer.from(textIn(answer, "ocsp_response"), "base64"));
        const about = ["-sha256", "-issuer", issuerFile, "-cert", pemFile];
        const checked = tool("ocsp", "-respin", der, ...about, "-CAfile", rootFile, "-verify_other", above);
        expect(checked.stderr).toContain("Response verify OK");
        expect(checked.stdout).toContain(`: ${status}`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the public files", () => {
  it("find a certificate by AID, by key and by fingerprint, with GET and HEAD", async () => {
    const bench = authBench();
    const agent = await bench.enrol();
    const found = await bench.get(`/pki/cert/${agent.aid}`);
    expect(found).toEqual({ status: 200, type: "application/x-pem-file", text: agent.cert });
    const head = await bench.get(`/pki/cert/${agent.aid}`, { method: "HEAD" });
    expect(head).toMatchObject({ status: 200, text: "" });
    const prefix = createHash("sha256").update(Buffer.from(agent.publicKey, "base64")).digest("hex").slice(0, 16);
    expect((await bench.get(`/pki/cert/${prefix}`)).text).toBe(agent.cert);
    const fingerprint = createHash("sha256").update(new X509Certificate(agent.cert).raw).digest("hex");
    for (const mark of [prefix, `sha256:${fingerprint}`]) {
      expect((await bench.get(`/pki/cert/${agent.aid}?cert_fingerprint=${mark}`)).text).toBe(agent.cert);
    }
    for (const unknown of ["/pki/cert/nobody.a.test", `/pki/cert/${agent.aid}?cert_fingerprint=00`, "/pki/cert/%ff"]) {
      expect((await bench.get(unknown)).status).toBe(404);
      expect((await bench.get(unknown, { method: "HEAD" })).status).toBe(404);
    }
    expect((await bench.get(`/pki/cert/${agent.aid}`, { method: "POST" })).status).toBe(405);
  });

  it("show the service's own certificate, whose key signs for the domain", async () => {
    const bench = authBench();
    const service = new X509Certificate((await bench.get("/pki/cert/auth.a.test")).text);
    expect(service.subject).toBe("CN=auth.a.test");
    const signed = Buffer.from(bench.service.signAsIssuer("hello"), "base64");
    expect(verify("sha256", Buffer.from("hello"), service.publicKey, signed)).toBe(true);
    bench.clock.advance(6 * 365 * 24 * 60 * 60);
    const later = new X509Certificate((await bench.get("/pki/cert/auth.a.test")).text);
    expect(later.publicKey.equals(service.publicKey)).toBe(true);
    expect(Date.parse(later.validTo)).toBeGreaterThan(bench.clock.now());
    expect(later.verify((await chainOf(bench)).issuer.publicKey)).toBe(true);
  });

  it("still find the old certificate by its fingerprint after a rekey", async () => {
    const bench = authBench();
    const agent = await bench.enrol();
    const { result } = await bench.call("rekey", await bench.rekeyParams(agent, agentKeys().publicKey));
    expect((await bench.get(`/pki/cert/${agent.aid}`)).text).toBe(textIn(result, "cert"));
    const fingerprint = createHash("sha256").update(new X509Certificate(agent.cert).raw).digest("hex");
    expect((await bench.get(`/pki/cert/${agent.aid}?cert_fingerprint=${fingerprint}`)).text).toBe(agent.cert);
  });

  it("answer for a revoked, an unknown and the service's own serial number", async () => {
    const bench = authBench();
    const { result } = await bench.login1(await bench.enrol());
    const own = new X509Certificate(textIn(result, "auth_cert")).serialNumber.toLowerCase();
    expect(await bench.getJson(`/pki/ocsp/${own}`)).toMatchObject({ status: "good" });
    expect(await bench.getJson("/pki/ocsp/77aa")).toMatchObject({ status: "unknown" });
    expect((await bench.get("/pki/ocsp/xyz")).status).toBe(404);
    expect((await bench.get("/pki/other")).status).toBe(404);
    expect((await bench.get("/other")).status).toBeUndefined();
  });

  it("list the gateway under every host, and the root that clients have to trust", async () => {
    const bench = authBench();
    for (const host of ["alice.a.test", "gateway.a.test", "a.test", "127.0.0.1:8080"]) {
      const document = await bench.getJson("/.well-known/aun-gateway", { headers: { host } });
      expect(document).toEqual({ gateways: [{ url: "ws://127.0.0.1:9/aun", priority: 1 }] });
    }
    expect((await bench.get("/health")).status).toBe(200);
    expect((await bench.get("/.well-known/aun-nothing")).status).toBeUndefined();
    const fingerprint = createHash("sha256")
      .update(new X509Certificate(bench.service.rootCertificate).raw)
      .digest("hex");
    expect(bench.service.trustRoots()).toMatchObject({ version: 1, root_cas: [{ fingerprint_sha256: fingerprint }] });
    const issuer = (await chainOf(bench)).issuer;
    const served = bench.service.http(new Request("http://a.test/ca/cert"));
    expect(Buffer.from((await served?.arrayBuffer()) ?? new ArrayBuffer(0)).equals(issuer.raw)).toBe(true);
  });
});

describe("auth.create_aid", () => {
  it("gives the certificate of the same key again, and refuses another key", async () => {
    const bench = authBench();
    const agent = await bench.enrol("alice");
    const again = await bench.call("create_aid", { aid: agent.aid, public_key: agent.publicKey });
    expect(again.result["cert"]).toBe(agent.cert);
    const other = await bench.call("create_aid", { aid: agent.aid, public_key: agentKeys().publicKey });
    expect(other.code).toBe(4090);
    expect(bench.service.issued()).toMatchObject([{ aid: "alice.a.test", revoked: [] }]);
    bench.service.reset();
    expect(bench.service.known("alice.a.test")).toBe(false);
  });

  it.each([
    "abc",
    "a".repeat(65),
    "-abcd",
    "Alice",
    "ali.ce",
    "guest1",
    "älice",
    "",
    "a b c d",
    "abcd\n",
    "auth",
    "gateway",
  ])("refuses the name %j", async (name) => {
    const bench = authBench();
    const params = { aid: `${name}.a.test`, public_key: agentKeys().publicKey };
    expect((await bench.call("create_aid", params)).code).toBe(-32602);
  });

  it.each(["abcd", "a".repeat(64), "_abc", "0-_9"])("takes the name %j", async (name) => {
    await expect(authBench().enrol(name)).resolves.toHaveProperty("aid", `${name}.a.test`);
  });

  it.each(["alice.b.test", "alice", "", ".a.test", "a.test", "alice.a.test."])("refuses the AID %j", async (aid) => {
    const { code } = await authBench().call("create_aid", { aid, public_key: agentKeys().publicKey });
    expect(code).toBe(-32602);
  });

  const spki = (key: KeyObject) => key.export({ type: "spki", format: "der" }).toString("base64");
  const good = Buffer.from(agentKeys().publicKey, "base64");
  const offCurve = Buffer.from(good);
  offCurve[90] = (offCurve[90] ?? 0) ^ 1;

  it.each([
    ["P-384", agentKeys("P-384").publicKey],
    ["secp256k1", agentKeys("secp256k1").publicKey],
    ["RSA", spki(generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey)],
    ["Ed25519", spki(generateKeyPairSync("ed25519").publicKey)],
    ["a point off the curve", offCurve.toString("base64")],
    ["a raw point", good.subarray(26).toString("base64")],
    ["base64url", good.toString("base64url").replace(/=/g, "-")],
    ["garbage", "garbage"],
    ["a number", 7],
    ["nothing", undefined],
  ])("refuses the key that is %s", async (_, key) => {
    const { code } = await authBench().call("create_aid", { aid: "alice.a.test", public_key: key });
    expect(code).toBe(-32602);
  });
});
