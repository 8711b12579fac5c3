import { createHmac, sign, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../ath/json.ts";
import { newKeyPair } from "../../core/key-pair.ts";
import { parsedToken } from "../rules/tokens.ts";
import { authBench, textIn } from "../testing/auth-client.ts";

const DAY = 24 * 60 * 60;

async function loggedIn() {
  const bench = authBench();
  const agent = await bench.enrol("alice");
  const opened = await bench.login1(agent);
  const { result } = await bench.call("aid_login2", bench.login2Params(agent, opened.result));
  return { bench, agent, result, token: textIn(result, "token"), authCert: textIn(opened.result, "auth_cert") };
}

const encoded = (part: JsonObject) => Buffer.from(JSON.stringify(part)).toString("base64url");

describe("an access token", () => {
  it("says whose it is, by whom, and until when, under the service's certificate", async () => {
    const { result, token, authCert } = await loggedIn();
    const parsed = parsedToken(token);
    const certificate = new X509Certificate(authCert);
    expect(parsed?.header).toEqual({ alg: "ES256", typ: "JWT", kid: certificate.serialNumber.toLowerCase() });
    expect(parsed?.claims).toMatchObject({ aid: "alice.a.test", sub: "alice.a.test", iss: "auth.a.test", aud: "aun" });
    const { exp, iat } = parsed?.claims ?? {};
    expect(Number(exp) - Number(iat)).toBe(result["expires_in"]);
    const { importX509, jwtVerify } = await import("jose");
    const verified = await jwtVerify(token, await importX509(authCert, "ES256"), {
      audience: "aun",
      issuer: "auth.a.test",
    });
    expect(verified.payload.sub).toBe("alice.a.test");
  });

  it("dies with its hour", async () => {
    const { bench, token } = await loggedIn();
    bench.clock.advance(3590);
    expect(bench.service.verifyToken(token).aid).toBe("alice.a.test");
    bench.clock.advance(11);
    expect(bench.refusalOf(() => bench.service.verifyToken(token))).toBe(4001);
  });

  it("is believed from this service only", async () => {
    const { bench, token, authCert, result } = await loggedIn();
    const parsed = parsedToken(token);
    const header = parsed?.header ?? {};
    const claims = parsed?.claims ?? {};
    const stranger = newKeyPair("P-256");
    const signedBy = (head: JsonObject, body: JsonObject) => {
      const input = `${encoded(head)}.${encoded(body)}`;
      const key = { key: stranger.privateKey, dsaEncoding: "ieee-p1363" } as const;
      return `${input}.${sign("sha256", Buffer.from(input), key).toString("base64url")}`;
    };
    const spki = new X509Certificate(authCert).publicKey.export({ type: "spki", format: "pem" });
    const hs256 = `${encoded({ ...header, alg: "HS256" })}.${encoded(claims)}`;
    const [first, , third] = token.split(".");
    const elsewhere = (await loggedIn()).token;
    const jwk = stranger.publicKey.export({ format: "jwk" });
    for (const forged of [
      "",
      "garbage",
      "a.b.c",
      "x".repeat(9000),
      elsewhere,
      signedBy(header, claims),
      signedBy({ ...header, jwk }, claims),
      `${encoded({ ...header, alg: "none" })}.${encoded(claims)}.`,
      `${first}.${encoded({ ...claims, exp: 9_999_999_999 })}.${third}`,
      `${hs256}.${createHmac("sha256", spki).update(hs256).digest("base64url")}`,
      `${token}.`,
      textIn(result, "refresh_token"),
    ]) {
      expect(bench.refusalOf(() => bench.service.verifyToken(forged))).toBe(4001);
    }
  });

  it("can be had for a session, for a known AID", async () => {
    const { bench, agent } = await loggedIn();
    expect(bench.service.verifyToken(bench.service.issueToken(agent.aid)).aid).toBe(agent.aid);
    const nobody = bench.service.issueToken("nobody.a.test");
    expect(bench.refusalOf(() => bench.service.verifyToken(nobody))).toBe(4001);
  });
});

describe("auth.refresh_token", () => {
  it("gives new tokens once, and the old access token lives on", async () => {
    const { bench, token, result } = await loggedIn();
    const params = { refresh_token: textIn(result, "refresh_token") };
    const first = await bench.call("refresh_token", params);
    expect(first.result).toMatchObject({ success: true, refresh_count: 1, relogin_required: false, retryable: false });
    expect(bench.service.verifyToken(textIn(first.result, "access_token")).aid).toBe("alice.a.test");
    expect(bench.service.verifyToken(token).aid).toBe("alice.a.test");
    const again = await bench.call("refresh_token", params);
    expect(again.result).toMatchObject({
      success: false,
      error: "invalid_or_expired_refresh_token",
      relogin_required: true,
      retryable: false,
    });
    const next = { refresh_token: textIn(first.result, "refresh_token") };
    expect((await bench.call("refresh_token", { ...next, aid: "bob.a.test" })).result["success"]).toBe(false);
    expect((await bench.call("refresh_token", next, "alice.a.test")).result["refresh_count"]).toBe(2);
  });

  it.each([[undefined], [""], [7], ["garbage"]])("says no to %j as a result", async (token) => {
    const { bench } = await loggedIn();
    const { result } = await bench.call("refresh_token", { refresh_token: token });
    expect(result).toMatchObject({ success: false, relogin_required: true });
    expect(JSON.stringify(result)).not.toContain("garbage");
  });

  it("ends after 720 times and after 30 days", async () => {
    const { bench, result, agent } = await loggedIn();
    let refresh_token = textIn(result, "refresh_token");
    for (let count = 1; count <= 720; count += 1) {
      const next = await bench.call("refresh_token", { refresh_token });
      expect(next.result["refresh_count"]).toBe(count);
      refresh_token = textIn(next.result, "refresh_token");
    }
    expect((await bench.call("refresh_token", { refresh_token })).result["relogin_required"]).toBe(true);

    const second = textIn((await bench.login(agent)).result, "refresh_token");
    bench.clock.advance(20 * DAY);
    const third = await bench.call("refresh_token", { refresh_token: second });
    expect(third.result["success"]).toBe(true);
    bench.clock.advance(11 * DAY);
    const late = await bench.call("refresh_token", { refresh_token: textIn(third.result, "refresh_token") });
    expect(late.result["relogin_required"]).toBe(true);
  });
});
