import { createECDH, createHmac, createPublicKey, hkdfSync, type KeyObject, sign, verify } from "node:crypto";
import { pair, startLab } from "../mocks/ath-handshake/testing/lab.ts";
import { serve } from "../mocks/core/node-server.ts";
import { perSecond, ratioOf } from "./figures.ts";
import { bareProxy, bareUpstream, rate } from "./proxy.ts";

const roundMs = 1500;
const rounds = 5;
const noLimits = { calls_per_minute: 1_000_000_000 };

/**
 * Nine-step handshakes per second, in process and against the bare cost of the cryptographic operations that agent, user and
 * gateway need for one; and forwarded calls per second against a bare reverse proxy.
 */
export async function benchNineSteps(): Promise<void> {
  const lab = startLab({ config: { limits: noLimits } });
  const key = pair();
  await ratioOf(
    "nine steps: handshakes",
    rounds,
    () => perSecond(roundMs, bareHandshake()),
    () =>
      perSecond(roundMs, async () => {
        const handshake = await lab.hello(key);
        await lab.prove(handshake);
        await lab.ask(handshake);
        const own = createECDH("prime256v1").generateKeys();
        const completed = await lab.complete(handshake, { key_exchange_params: pemOf(own) }, key);
        if (completed.status !== 200) throw new Error(`a handshake was refused: ${completed.status}`);
        lab.clock.advance(5);
      }),
  );
  lab.gateway.close();
  await benchForwarding();
}

/**
 * Every reading of a key, signature, verification and key exchange of one handshake, and nothing else. The agent's key and
 * that of its exchange come as PEM in each handshake and are read, by their numbers as in the mock: otherwise the ratio
 * would show that node reads DER slowly. The user's key is known to the gateway beforehand.
 */
function bareHandshake(): () => void {
  const [agent, user, gateway] = [pair(), pair(), pair()];
  const text = Buffer.from(
    "a nonce, a credential or a token: about as long as one of them is in the handshake".repeat(4),
  );
  const signed = ({ privateKey }: typeof agent) => sign("sha256", text, { key: privateKey, dsaEncoding: "ieee-p1363" });
  const verified = (key: KeyObject, signature: Buffer) => {
    if (!verify("sha256", text, { key, dsaEncoding: "ieee-p1363" }, signature)) throw new Error("no signature");
  };
  return () => {
    const agentKey = keyOf(pointIn(agent.pem)); // step 1
    signed(gateway); // step 2: over nonce A
    verified(agentKey, signed(agent)); // step 3: over nonce B
    verified(user.publicKey, signed(user)); // the credential
    verified(agentKey, signed(agent)); // step 5: over the credential
    verified(user.publicKey, signed(user)); // step 7
    const [ours, theirs] = [createECDH("prime256v1"), createECDH("prime256v1")];
    ours.generateKeys();
    const point = pointIn(pemOf(theirs.generateKeys()));
    hkdfSync("sha256", ours.computeSecret(point), text, "ath-session", 32); // looks whether the point is on the curve
    createHmac("sha256", "key").update(text).digest();
    signed(gateway); // the access token
  };
}

/** The point of P-256 in an SPKI PEM: its last 65 bytes, uncompressed. */
function pointIn(pem: string): Buffer {
  const base64 = pem.replaceAll(/-----[A-Z ]+-----|\s/g, "");
  return Buffer.from(base64, "base64").subarray(-65);
}

/** The key of an uncompressed point of P-256. */
function keyOf(point: Buffer): KeyObject {
  const number = (from: number, to: number) => point.subarray(from, to).toString("base64url");
  return createPublicKey({ key: { kty: "EC", crv: "P-256", x: number(1, 33), y: number(33, 65) }, format: "jwk" });
}

/** A point of P-256 as SPKI PEM (RFC 5480 § 2.1.1). */
function pemOf(point: Buffer): string {
  const head = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d030107034200", "hex");
  return `-----BEGIN PUBLIC KEY-----
${Buffer.concat([head, point]).toString("base64")}
-----END PUBLIC KEY-----
`;
}

/** The finance system is called, whose format is JSON on both sides, so that both proxies carry the same bytes. */
async function benchForwarding(): Promise<void> {
  const upstream = await bareUpstream();
  const lab = startLab({ config: { limits: noLimits }, origins: { finance: upstream.origin } });
  const { token } = await lab.connected(["finance:read"]);
  const front = await serve(lab.gateway.handler);
  const bare = await bareProxy(upstream.origin);
  await ratioOf(
    "nine steps: forwarded calls",
    rounds,
    () => rate(`${bare.url}/invoices`, {}),
    () => rate(`${front.url}/finance/api/invoices`, { authorization: `Bearer ${token}` }),
  );
  lab.gateway.close();
  await Promise.all([bare.close(), front.close(), upstream.close()]);
}
