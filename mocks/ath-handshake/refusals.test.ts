import { createECDH, createHmac, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Answer, jwt, type Lab, type Opened, pair, signed, startLab } from "./testing/lab.ts";

const code = ({ status, body }: Answer) => `${status} ${String(body["code"] ?? "")}`.trim();
const pemOf = (der: Buffer) => `-----BEGIN PUBLIC KEY-----\n${der.toString("base64")}\n-----END PUBLIC KEY-----\n`;

function p256(point: Buffer): string {
  return pemOf(Buffer.concat([Buffer.from("3059301306072a8648ce3d020106082a8648ce3d030107034200", "hex"), point]));
}

function offCurve(): string {
  const point = createECDH("prime256v1").generateKeys();
  point.writeUInt8(point.readUInt8(64) ^ 1, 64);
  return p256(point);
}

const spki = { format: "pem", type: "spki" } as const;
const wrongKeys: Readonly<Record<string, string>> = {
  garbage: "garbage",
  "a truncated PEM": pair().pem.slice(0, 90),
  "a point off the curve": offCurve(),
  "the point at infinity": pemOf(Buffer.from("3019301306072a8648ce3d020106082a8648ce3d03010703020000", "hex")),
  "a key on P-384": generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey.export(spki).toString(),
  "a key on secp256k1": generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey.export(spki).toString(),
  "an X25519 key": generateKeyPairSync("x25519").publicKey.export(spki).toString(),
  "an RSA key": generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export(spki).toString(),
  "a private key": pair().privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
  "an Ed25519 point of small order": pemOf(
    Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(`01${"00".repeat(31)}`, "hex")]),
  ),
};

describe("a handshake_request", () => {
  it.each(Object.keys(wrongKeys))("with %s for a key is refused", async (name) => {
    const { first } = await startLab().hello(pair(), { client_pubkey: wrongKeys[name] });
    expect(code(first)).toBe("400 INVALID_KEY");
  });

  const wrong: Readonly<Record<string, readonly [change: Readonly<Record<string, unknown>>, expected: string]>> = {
    "no common version": [{ versions: ["99.0"] }, "400 VERSION_NOT_SUPPORTED"],
    "no versions": [{ versions: [] }, "400 VERSION_NOT_SUPPORTED"],
    "no common algorithm": [{ capabilities: ["RSA-1024"] }, "400 ALGORITHM_NOT_SUPPORTED"],
    "no nonce": [{ nonce: undefined }, "400 INVALID_MESSAGE"],
    "a nonce of a wrong type": [{ nonce: 7 }, "400 INVALID_MESSAGE"],
    "an unknown type": [{ type: "handshake_hello" }, "400 INVALID_MESSAGE"],
    "an inherited name for a DID": [{ client_did: "__proto__" }, "400 INVALID_MESSAGE"],
    "an inherited name for a handshake": [{ handshake_id: "__proto__" }, "409 MESSAGE_OUT_OF_ORDER"],
  };
  it.each(Object.keys(wrong))("with %s is refused", async (name) => {
    const lab = startLab();
    const [change = {}, expected] = wrong[name] ?? [];
    const { first } = await lab.hello(pair(), change);
    expect(code(first)).toBe(expected);
    expect(first.body).not.toHaveProperty("handshake_id");
    expect(lab.gateway.sizes()["handshakes"]).toBe(0);
  });

  it.each(["null", "[]", '"x"', "7", "{", "", "\u0000", "[".repeat(20_000), '{"a":'.repeat(20_000)])(
    "that is %.12s is refused",
    async (raw) => {
      expect(code(await startLab().post(raw))).toBe("400 INVALID_MESSAGE");
    },
  );

  it("of six MiB is refused", async () => {
    expect(code(await startLab().post(`{"a":"${"x".repeat(6 * 1024 * 1024)}"}`))).toBe("413 MESSAGE_TOO_LARGE");
  });

  it("by a DID that has proved another key is refused", async () => {
    const lab = startLab();
    const { did, key } = await lab.connected();
    expect(code((await lab.hello(pair(), { client_did: did })).first)).toBe("403 AGENT_IDENTITY_MISMATCH");
    expect((await lab.hello(key, { client_did: did })).first.status).toBe(200);
  });

  it.each([
    [-360, "400 TIMESTAMP_OUT_OF_RANGE"],
    [-240, "200"],
    [240, "200"],
    [360, "400 TIMESTAMP_OUT_OF_RANGE"],
  ])("%d s off is answered %s", async (offset, expected) => {
    const lab = startLab();
    expect(code((await lab.hello(pair(), { timestamp: lab.seconds() + offset })).first)).toBe(expected);
  });
});

describe("an identity_proof", () => {
  const wrong: Readonly<Record<string, (handshake: Opened, lab: Lab) => Promise<string> | string>> = {
    "by another key": ({ nonceB }) => signed(nonceB, pair()),
    "over the agent's own nonce": ({ nonceA, key }) => signed(nonceA, key),
    "of another handshake": async ({ did, key }, lab) =>
      signed((await lab.hello(key, { client_did: did })).nonceB, key),
    "that is empty": () => "",
    "that is no base64url": () => "*** nothing ***",
  };
  it.each(Object.keys(wrong))("%s ends the handshake", async (name) => {
    const lab = startLab();
    const handshake = await lab.hello();
    const signature = await wrong[name]?.(handshake, lab);
    expect(await lab.prove(handshake, { signature })).toMatchObject({
      status: 401,
      body: { success: false, error: expect.any(String) },
    });
    expect(code(await lab.prove(handshake))).toBe("409 MESSAGE_OUT_OF_ORDER");
    expect(code(await lab.ask(handshake))).toBe("409 MESSAGE_OUT_OF_ORDER");
  });
});

describe("a credential", () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const right = (handshake: Opened, lab: Lab): string => lab.credential(handshake);
  const wrong: Readonly<Record<string, (handshake: Opened, lab: Lab) => string>> = {
    "by another key": (handshake, lab) => lab.credential(handshake, {}, pair()),
    "with changed scopes": (handshake, lab) => {
      const [header, , signature] = right(handshake, lab).split(".");
      const [, payload = ""] = lab.credential(handshake, { scopes: ["finance:write"] }).split(".");
      return `${header}.${payload}.${signature}`;
    },
    "that nobody signed": (handshake, lab) => `${part({ alg: "none" })}.${right(handshake, lab).split(".")[1]}.`,
    "by HMAC with the public key": (handshake, lab) => {
      const input = `${part({ alg: "HS256" })}.${right(handshake, lab).split(".")[1]}`;
      return `${input}.${createHmac("sha256", lab.users.alice.pem).update(input).digest("base64url")}`;
    },
    "with a key of its own": (handshake, lab) => {
      const key = pair();
      const [, payload = ""] = right(handshake, lab).split(".");
      const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
      const jwk = key.publicKey.export({ format: "jwk" });
      return jwt(Object.fromEntries(Object.entries(Object(claims))), key, { alg: "ES256", jwk });
    },
    "that has expired": (handshake, lab) => lab.credential(handshake, { exp: lab.seconds() - 1 }),
    "without an end": (handshake, lab) => lab.credential(handshake, { exp: undefined }),
    "for another agent": (_, lab) => lab.credential({ did: "did:ath:agent:other" }),
    "of a user nobody knows": (handshake, lab) =>
      lab.credential(handshake, { iss: "did:ath:user:eve", sub: "did:ath:user:eve" }, pair()),
    "that is no JWT": () => "not-a-jwt",
    "that is not there": () => "",
  };
  it.each(Object.keys(wrong))("%s is refused, and nobody is asked", async (name) => {
    const lab = startLab();
    const handshake = await lab.hello();
    await lab.prove(handshake);
    const given = wrong[name]?.(handshake, lab) ?? "";
    const user_authorization = { credential: given, signature: signed(given, handshake.key) };
    expect(code(await lab.ask(handshake, ["oa:read"], { user_authorization }))).toBe("403 INVALID_CREDENTIAL");
    expect(lab.asked).toEqual([]);
    expect(code(await lab.complete(handshake))).toBe("409 MESSAGE_OUT_OF_ORDER");
    expect(JSON.stringify(lab.gateway.audit())).not.toContain(given === "" ? "no secret" : given);
  });

  it.each([
    ["no signature of the agent", () => undefined],
    ["another key's signature", (given: string) => signed(given, pair())],
    ["a signature over something else", (_: string, key: ReturnType<typeof pair>) => signed("else", key)],
  ])("with %s is refused", async (_, signature) => {
    const lab = startLab();
    const handshake = await lab.hello();
    await lab.prove(handshake);
    const given = lab.credential(handshake);
    const user_authorization = { credential: given, signature: signature(given, handshake.key) };
    expect(code(await lab.ask(handshake, ["oa:read"], { user_authorization }))).toBe("403 INVALID_CREDENTIAL");
  });
});

describe("a confirmation", () => {
  const wrong: Readonly<Record<string, (lab: Lab) => Readonly<Record<string, unknown>>>> = {
    "without a signature": () => ({ signature: "" }),
    "by another key": () => ({ signature: signed("[]", pair()) }),
    "of another request": () => ({ request_id: "other" }),
    "that has expired": (lab) => ({ expires_at: lab.seconds() - 10 }),
  };
  it.each(Object.keys(wrong))("%s ends the handshake without a token", async (name) => {
    const lab = startLab();
    lab.userAnswers(() => wrong[name]?.(lab));
    const handshake = await lab.hello();
    await lab.prove(handshake);
    expect(code(await lab.ask(handshake))).toBe("403 INVALID_CONFIRMATION");
    expect(code(await lab.complete(handshake))).toBe("409 MESSAGE_OUT_OF_ORDER");
  });

  it("that refuses ends the handshake", async () => {
    const lab = startLab();
    lab.userAnswers(() => ({ approved: false, approved_scopes: [] }));
    const handshake = await lab.hello();
    await lab.prove(handshake);
    expect(code(await lab.ask(handshake))).toBe("403 USER_DENIED");
    expect(code(await lab.ask(handshake))).toBe("409 MESSAGE_OUT_OF_ORDER");
  });

  it("that approves nothing leads to no token", async () => {
    const lab = startLab();
    lab.userAnswers(() => ({ approved_scopes: ["finance:write"] }));
    const handshake = await lab.hello();
    await lab.prove(handshake);
    expect((await lab.ask(handshake)).body).toMatchObject({
      scopes_granted: [],
      scopes_denied: [{ scope: "oa:read" }],
    });
    expect(code(await lab.complete(handshake))).toBe("409 MESSAGE_OUT_OF_ORDER");
  });
});

describe("a handshake_complete", () => {
  it.each(Object.keys(wrongKeys))("with %s for a key is refused", async (name) => {
    const lab = startLab();
    const handshake = await lab.hello();
    await lab.prove(handshake);
    await lab.ask(handshake);
    const change = { key_exchange_params: wrongKeys[name] };
    expect(code(await lab.complete(handshake, change))).toBe("400 INVALID_KEY_EXCHANGE");
    expect((await lab.complete(handshake)).status).toBe(200);
  });

  it.each([{ key_exchange_alg: "DH-1024" }, { cipher_suite: "RC4" }])("with %j is refused", async (change) => {
    const lab = startLab();
    const handshake = await lab.hello();
    await lab.prove(handshake);
    await lab.ask(handshake);
    expect(code(await lab.complete(handshake, change))).toBe("400 INVALID_KEY_EXCHANGE");
  });
});

describe("every message at every stage", () => {
  const stages = ["opened", "proved", "granted", "completed"] as const;
  const due = { prove: "opened", ask: "proved", complete: "granted" } as const;
  const cases = stages.flatMap((stage) =>
    (["prove", "ask", "complete"] as const).map((message) => ({ stage, message, isDue: due[message] === stage })),
  );
  it.each(cases)("$message in a handshake that is $stage: due $isDue", async ({ stage, message, isDue }) => {
    const lab = startLab();
    const handshake = await lab.hello();
    const steps = [lab.prove, lab.ask, lab.complete];
    for (const step of steps.slice(0, stages.indexOf(stage))) expect((await step(handshake)).status).toBe(200);
    expect(code(await lab[message](handshake))).toBe(isDue ? "200" : "409 MESSAGE_OUT_OF_ORDER");
    if (isDue) return;
    // Nothing was disturbed.
    for (const step of steps.slice(stages.indexOf(stage))) expect((await step(handshake)).status).toBe(200);
  });

  it("of an unknown handshake, or one that waited too long, is refused", async () => {
    const lab = startLab();
    const handshake = await lab.hello();
    expect(code(await lab.prove({ ...handshake, id: "constructor" }))).toBe("404 HANDSHAKE_NOT_FOUND");
    lab.clock.advance(301);
    expect(code(await lab.prove(handshake))).toBe("408 HANDSHAKE_TIMEOUT");
  });
});
