import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { authBench, textIn } from "../../../mocks/aun-gateway/testing/auth-client.ts";
import { accessTokenIn, isSignedBy } from "./access-token.ts";
import { certificateIn } from "./certificates.ts";
import { foreignIdentity } from "./foreign-certificate.ts";
import {
  byEmbeddedKey,
  byOtherKey,
  byPublicSecret,
  type Forgery,
  genuineToken,
  padded,
  tampered,
  twiceSigned,
  unsigned,
} from "./forged-token.ts";

/** A service with some faults, and a forger with a token of its own and a victim. */
async function scene(...faults: readonly string[]) {
  const bench = authBench(...faults.map((id) => ({ id })));
  const [agent, victim] = [await bench.enrol(), await bench.enrol()];
  const token = textIn((await bench.login(agent)).result, "token");
  const now = Math.floor(bench.clock.now() / 1000);
  const authCertificate = new X509Certificate((await bench.get("/pki/cert/auth.a.test")).text);
  const forgery: Forgery = {
    genuine: genuineToken(token, agent.aid, "a.test", now),
    authCertificate,
    own: foreignIdentity("auth.a.test", "a.test", bench.clock.now()),
    victim: victim.aid,
    now,
  };
  const believed = (forged: string) => bench.refusalOf(() => bench.service.verifyToken(forged)) === undefined;
  return { token, forgery, believed, victim };
}

const forgeries = [
  ["byOtherKey", byOtherKey, "A24.signature-ignored"],
  ["unsigned", unsigned, "A24.none-accepted"],
  ["tampered", tampered, "A24.signature-ignored"],
  ["byPublicSecret", byPublicSecret, "A24.hs256-accepted"],
  ["byEmbeddedKey", byEmbeddedKey, "A24.embedded-jwk-trusted"],
] as const;

describe("forged tokens", () => {
  it.each(forgeries)(
    "%s: refused by an honest service, believed by one with the weakness",
    async (_name, forge, weakness) => {
      const honest = await scene();
      expect(honest.believed(honest.token)).toBe(true);
      expect(forge(honest.forgery).length).toBeGreaterThan(0);
      expect(forge(honest.forgery).filter(honest.believed)).toEqual([]);
      const weak = await scene(weakness);
      expect(forge(weak.forgery).filter(weak.believed)).not.toEqual([]);
    },
  );

  it.each([
    ["twiceSigned", twiceSigned],
    ["padded", padded],
  ] as const)("%s: the genuine one with something more", async (_name, forge) => {
    const { token, forgery } = await scene();
    for (const odd of forge(forgery)) expect(odd.startsWith(token) && odd !== token).toBe(true);
  });

  it("are made from the documented claims where the target's token is opaque", () => {
    const { header, claims } = genuineToken("opaque", "alice.a.test", "a.test", 1000);
    expect(header).toMatchObject({ alg: "ES256", typ: "JWT" });
    expect(claims).toMatchObject({ sub: "alice.a.test", iss: "auth.a.test", aud: "aun", exp: 4600 });
  });

  it("need a certificate for HMAC", async () => {
    const { forgery } = await scene();
    expect(byPublicSecret({ ...forgery, authCertificate: undefined })).toEqual([]);
  });
});

describe("an access token", () => {
  it("verifies with the auth service's certificate only, and only as it stands", async () => {
    const { token, forgery } = await scene();
    const { authCertificate, own } = forgery;
    const read = accessTokenIn(token);
    const other = certificateIn(own.certificate);
    if (read === undefined || authCertificate === undefined || other === undefined)
      throw new Error("nothing to verify");
    expect(isSignedBy(read, authCertificate)).toBe(true);
    expect(isSignedBy(read, other)).toBe(false);
    expect(isSignedBy({ ...read, header: { ...read.header, alg: "none" } }, authCertificate)).toBe(false);
    expect(isSignedBy({ ...read, signingInput: `${read.signingInput}x` }, authCertificate)).toBe(false);
  });

  it.each(["", "opaque", "a.b.c", "e30.e30", "e30.e30.x.y", "W10.e30.x"])("is not read from %j", (text) => {
    expect(accessTokenIn(text)).toBeUndefined();
  });
});
