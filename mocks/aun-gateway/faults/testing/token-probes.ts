import { createHmac, sign, verify, X509Certificate } from "node:crypto";
import type { JsonObject } from "../../../ath/json.ts";
import { newKeyPair } from "../../../core/key-pair.ts";
import { type AuthBench, textIn } from "../../testing/auth-client.ts";
import { DAY, type Probe, refreshed, tokenOf } from "./probe.ts";

const encoded = (part: JsonObject) => Buffer.from(JSON.stringify(part)).toString("base64url");

type ForgedParts = Awaited<ReturnType<typeof tokenOf>>;

const stranger = newKeyPair("P-256");

function signedByStranger(header: JsonObject, claims: JsonObject): string {
  const input = `${encoded(header)}.${encoded(claims)}`;
  const bytes = sign("sha256", Buffer.from(input), { key: stranger.privateKey, dsaEncoding: "ieee-p1363" });
  return `${input}.${bytes.toString("base64url")}`;
}

const forged =
  (make: (parts: ForgedParts, bench: AuthBench) => string | Promise<string>): Probe =>
  async (bench) => {
    const parts = await tokenOf(bench);
    const token = await make(parts, bench);
    return bench.refusalOf(() => bench.service.verifyToken(token)) === undefined;
  };

const claim =
  (isWrong: (claims: JsonObject, result: JsonObject) => boolean): Probe =>
  async (bench) => {
    const { claims, result, token } = await tokenOf(bench);
    const isBelieved = bench.refusalOf(() => bench.service.verifyToken(token)) === undefined;
    return isBelieved && isWrong(claims, result);
  };

export const tokenProbes: Readonly<Record<string, Probe>> = {
  "A22.token-unchecked": forged(() => "garbage"),
  "A22.garbage-crashes": async (bench) => bench.refusalOf(() => bench.service.verifyToken("garbage")) === 4500,
  "A22.refresh-token-accepted": forged(({ result }) => textIn(result, "refresh_token")),
  "A23.exp-ignored": forged(({ token }, bench) => {
    bench.clock.advance(2 * DAY);
    return token;
  }),
  "A24.signature-ignored": forged(({ header, claims }) => signedByStranger(header, claims)),
  "A24.none-accepted": forged(({ header, claims }) => `${encoded({ ...header, alg: "NoNe" })}.${encoded(claims)}.`),
  "A24.hs256-accepted": forged(async ({ header, claims }, bench) => {
    const input = `${encoded({ ...header, alg: "HS256" })}.${encoded(claims)}`;
    const certificate = new X509Certificate((await bench.get("/pki/cert/auth.a.test")).text);
    const secret = certificate.publicKey.export({ type: "spki", format: "pem" });
    return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
  }),
  "A24.embedded-jwk-trusted": forged(({ header, claims }) =>
    signedByStranger({ ...header, jwk: stranger.publicKey.export({ format: "jwk" }) }, claims),
  ),
  "A24.issuer-unchecked": forged(({ header, claims }) =>
    signedByStranger(header, { ...claims, iss: "auth.b.test", sub: "alice.b.test", aid: "alice.b.test" }),
  ),
  "A32.only-kite-tokens": async (bench) => !(await forged(({ token }) => token)(bench)),
  "A32.result-token-dead": async (bench) => !(await forged(({ agent }) => bench.service.issueToken(agent.aid))(bench)),
  "A112.refreshed-token-dead": async (bench) => {
    const { result } = await refreshed(bench);
    return bench.refusalOf(() => bench.service.verifyToken(textIn(result, "access_token"))) !== undefined;
  },
  "A94.sub-missing": claim((claims) => claims["sub"] === undefined),
  "A94.wrong-issuer": claim((claims) => claims["iss"] !== "auth.a.test"),
  "A94.wrong-audience": claim((claims) => claims["aud"] !== "aun"),
  "A94.longer-than-said": claim(
    (claims, result) => Number(claims["exp"]) - Number(claims["iat"]) !== result["expires_in"],
  ),
  "A94.one-year": claim((_, result) => Number(result["expires_in"]) > DAY),
  "A94.no-kid": async (bench) => (await tokenOf(bench)).header["kid"] === undefined,
  "A94.random-kid": async (bench) => {
    const { serialNumber } = new X509Certificate((await bench.get("/pki/cert/auth.a.test")).text);
    return (await tokenOf(bench)).header["kid"] !== serialNumber.toLowerCase();
  },
  "A94.signed-by-other-key": async (bench) => {
    const { token, parsed } = await tokenOf(bench);
    const { publicKey } = new X509Certificate((await bench.get("/pki/cert/auth.a.test")).text);
    const key = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
    const bytes = Buffer.from(parsed?.signingInput ?? "");
    const isValid = verify("sha256", bytes, key, parsed?.signature ?? bytes);
    return bench.refusalOf(() => bench.service.verifyToken(token)) === undefined && !isValid;
  },
  "A94.same-token": async (bench) => {
    const agent = await bench.enrol();
    return textIn((await bench.login(agent)).result, "token") === (await bench.login(agent)).result["token"];
  },
};
