import { generateKeyPairSync, verify, X509Certificate } from "node:crypto";
import { type AuthBench, agentKeys, textIn } from "../../testing/auth-client.ts";
import { accepted, chainOf, lacks, type Probe, refused } from "./probe.ts";

const named =
  (name: string): Probe =>
  (bench) =>
    accepted(bench.call("create_aid", { aid: `${name}.a.test`, public_key: agentKeys().publicKey }));

const withKey =
  (key: string, code?: number): Probe =>
  async (bench) =>
    (await bench.call("create_aid", { aid: "alice.a.test", public_key: key })).code === code;

const spkiText = ({ publicKey }: ReturnType<typeof generateKeyPairSync>) =>
  publicKey.export({ type: "spki", format: "der" }).toString("base64");

const certificateOf = async (bench: AuthBench) => new X509Certificate((await bench.enrol()).cert);

/** Where a DER element's content begins, and where it ends. */
function extentOf(bytes: Buffer, start: number): { readonly begin: number; readonly end: number } {
  const first = bytes[start + 1] ?? 0;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const begin = start + 2 + lengthBytes;
  return { begin, end: begin + (lengthBytes === 0 ? first : bytes.readUIntBE(start + 2, lengthBytes)) };
}

/** The members of a DER sequence, each with its tag and length. */
function membersOf(bytes: Buffer): readonly Buffer[] {
  const { begin, end } = extentOf(bytes, 0);
  const members: Buffer[] = [];
  for (let at = begin; at < end; ) {
    const next = extentOf(bytes, at).end;
    members.push(bytes.subarray(at, next));
    at = next;
  }
  return members;
}

const created = async (bench: AuthBench) => {
  const { publicKey } = agentKeys();
  return (await bench.call("create_aid", { aid: "alice.a.test", public_key: publicKey })).result;
};

export const certificateProbes: Readonly<Record<string, Probe>> = {
  "A80.anyone": async (bench) => {
    const { aid } = await bench.enrol();
    return accepted(bench.call("request_cert", { aid, public_key: agentKeys().publicKey }));
  },
  "A80.any-aid": async (bench) => {
    const [{ aid }, other] = [await bench.enrol(), await bench.enrol()];
    return accepted(bench.call("request_cert", { aid, public_key: agentKeys().publicKey }, other.aid));
  },
  "A81.no-ca-cert": lacks(created, "ca_cert"),
  "A81.no-curve": lacks(created, "curve"),
  "A82.wrong-cn": async (bench) => !(await certificateOf(bench)).subject.includes("."),
  "A82.own-key": async (bench) => {
    const { cert, publicKey } = await bench.enrol();
    const key = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
    return key.toString("base64") !== publicKey;
  },
  "A82.self-signed-leaf": async (bench) => {
    const [issuer] = await chainOf(bench);
    return issuer !== undefined && !(await certificateOf(bench)).verify(issuer.publicKey);
  },
  "A82.future": async (bench) => Date.parse((await certificateOf(bench)).validFrom) > Date.now(),
  "A82.leaf-is-ca": async (bench) => (await certificateOf(bench)).ca,
  "A82.chain-without-root": async (bench) => (await chainOf(bench)).length < 3,
  "A82.chain-shuffled": async (bench) => (await chainOf(bench))[0]?.subject !== "CN=a.test",
  "A82.no-aia": async (bench) => (await certificateOf(bench)).infoAccess === undefined,
  "A82.registry-empty": async (bench) => (await bench.get(`/pki/cert/${(await bench.enrol()).aid}`)).status === 404,
  "A82.registry-always-200": async (bench) => (await bench.get("/pki/cert/nobody.a.test")).status === 200,
  "A82.crl-unsigned": async (bench) => {
    const text = textIn(await bench.getJson("/pki/crl.json"), "crl_pem");
    const [content, , signed] = membersOf(Buffer.from(text.replace(/-----[^-]+-----/g, ""), "base64"));
    if (content === undefined || signed === undefined) throw new Error("this is no revocation list");
    const [issuer] = await chainOf(bench);
    // A bit string: its tag, its length, the number of unused bits, and then the signature.
    const signatureBytes = signed.subarray(signed.indexOf(0x30));
    return issuer !== undefined && !verify("sha384", content, issuer.publicKey, signatureBytes);
  },
  "A82.crl-stale": async (bench) => {
    const text = textIn(await bench.getJson("/pki/crl.json"), "crl_pem");
    const body = Buffer.from(text.replace(/-----[^-]+-----/g, ""), "base64").toString("latin1");
    const [, nextUpdate = ""] = body.match(/\d{12}Z/g) ?? [];
    return nextUpdate < new Date().toISOString().slice(2, 19).replace(/[-:T]/g, "");
  },
  "A82.no-crl": async (bench) => (await bench.getJson("/pki/crl.json"))["crl_pem"] === undefined,
  "A82.no-ocsp": async (bench) => {
    const serial = (await certificateOf(bench)).serialNumber;
    return (await bench.get(`/pki/ocsp/${serial}`)).status === 404;
  },
  "A83.names-unchecked": named("-Alice.b"),
  "A83.guest-ok": named("guest1"),
  "A83.no-upper-limit": named("a".repeat(65)),
  "A83.any-issuer": (bench) =>
    accepted(bench.call("create_aid", { aid: "alice.b.test", public_key: agentKeys().publicKey })),
  "A84.any-curve": withKey(spkiText(generateKeyPairSync("rsa", { modulusLength: 2048 }))),
  "A84.garbage-crashes": withKey("garbage", -32603),
  "A84.key-unchecked": withKey("garbage"),
  "A85.overwrites": async (bench) => {
    const { aid } = await bench.enrol();
    return accepted(bench.call("create_aid", { aid, public_key: agentKeys().publicKey }));
  },
  "A104.always-p256": async (bench) => {
    const { aid } = await bench.enrol();
    const params = { aid, public_key: agentKeys("P-384").publicKey, curve: "P-384" };
    return (await bench.call("request_cert", params, aid)).result["curve"] === "P-256";
  },
  "A105.wrong-cert": async (bench) => {
    const { cert } = await bench.enrol();
    const { serialNumber } = new X509Certificate(cert);
    return (await bench.call("download_cert", { cert_sn: serialNumber })).result["cert"] !== cert;
  },
  "A105.no-root": (bench) => refused(bench.call("download_cert", { cert_sn: "root" })),
  "A105.unknown-ok": (bench) => accepted(bench.call("download_cert", { cert_sn: "77aa" })),
};
