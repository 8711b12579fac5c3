import { describe, expect, it } from "vitest";
import { createRecorder, type RawExchange } from "./recorder.ts";
import { createRedactor, placeholdersIn } from "./redact.ts";
import { workMs } from "./testing/work-ms.ts";

const raw = (over: Partial<RawExchange> = {}): RawExchange => ({
  from: "agent",
  to: "target",
  purpose: "token",
  startedAt: 0,
  durationMs: 1,
  request: { method: "POST", url: "http://127.0.0.1/ath/token", headers: [], body: Buffer.alloc(0) },
  response: { status: 200, headers: [], body: Buffer.from("{}") },
  error: null,
  ...over,
});

describe("the redactor", () => {
  it("keeps equality and length, and hides the value", () => {
    const redactor = createRedactor();
    redactor.secret("canary-secret", "client-secret");
    const first = redactor.scrub("a=canary-secret&b=canary-secret");
    expect(first).not.toContain("canary");
    const [one, two] = placeholdersIn(first);
    expect(one).toEqual(two);
    expect(one?.kind).toBe("client-secret");
    expect(one?.placeholder).toMatch(/:13›$/);
  });

  it("finds the URL-encoded and the JSON-escaped form", () => {
    const redactor = createRedactor();
    redactor.secret('can"ary/+=', "configured");
    const scrubbed = redactor.scrub(`${encodeURIComponent('can"ary/+=')} ${JSON.stringify({ x: 'can"ary/+=' })}`);
    expect(scrubbed).not.toMatch(/ary/);
    expect(JSON.parse(scrubbed.slice(scrubbed.indexOf("{")))).toHaveProperty("x");
  });

  it("hides a secret with half a surrogate pair in it", () => {
    const redactor = createRedactor();
    redactor.secret("canary\ud800secret", "ath-token");
    expect(redactor.scrub(JSON.stringify({ access_token: "canary\ud800secret" }))).not.toContain("canary");
  });

  it("finds the base64 forms", () => {
    const redactor = createRedactor();
    redactor.secret("canary~secret??", "configured");
    const bytes = Buffer.from("canary~secret??");
    const scrubbed = redactor.scrub(`${bytes.toString("base64")} ${bytes.toString("base64url")}`);
    expect(placeholdersIn(scrubbed)).toHaveLength(2);
  });

  const secret = "ath_t4ieMJaQp6-wHKZw.EQRhr";
  const htmlOf = (text: string) => [...text].map((character) => `&#${character.codePointAt(0)};`).join("");
  const percentOf = (text: string) => Buffer.from(text).toString("hex").replaceAll(/../g, "%$&");

  it.each([
    ["URL-encoded to the last letter", percentOf(secret)],
    ["URL-encoded twice", encodeURIComponent(percentOf(secret))],
    ["URL-encoded three times", encodeURIComponent(encodeURIComponent(percentOf(secret)))],
    ["as character references", htmlOf(secret)],
    ["as references that are escaped", htmlOf(secret).replaceAll("&", "&amp;")],
    ["as hexadecimal references", secret.replace("t4", "&#x74;&#X34;")],
    ["split by what nobody sees", secret.replace("ath_", "ath_\u200b&shy;&#8203;")],
    ["with JSON's escapes", secret.replace("ath", "\\u0061\\u0074h")],
    ["in JSON in JSON", JSON.stringify(JSON.stringify({ t: secret.replace("a", "\\u0061") }))],
    ["as the name of a member", JSON.stringify({ [secret]: 1 })],
    ["in the base64 of more", Buffer.from(`{"access":"${secret}"}`).toString("base64")],
    ["in the base64url of more", Buffer.from(`??>${secret}??>`).toString("base64url")],
    ["in base64 that is URL-encoded", encodeURIComponent(Buffer.from(`a:${secret}`).toString("base64"))],
    ["in hexadecimal", Buffer.from(secret).toString("hex")],
    ["in hexadecimal of more, in capitals", Buffer.from(`a:${secret}:b`).toString("hex").toUpperCase()],
    ["in the middle of a word", `x${secret}x`],
  ])("finds a secret %s", (_way, shown) => {
    const redactor = createRedactor().scope();
    redactor.secret(secret, "ath-token");
    const scrubbed = redactor.scrub(`before ${shown} after`);
    expect(scrubbed).toMatch(/^before .*‹ath-token:[0-9a-f]{12}:26›.* after$/);
    // What is left of it beside the placeholder says nothing of the secret.
    const left = scrubbed.replaceAll(/‹[^›]*›/g, "");
    expect(left.length).toBeLessThan(60);
    for (const piece of ["ath_", "t4ie", "MJaQ", "wHKZ", "EQRhr"]) expect(left).not.toContain(piece);
  });

  it("leaves escapes as they are where there is no secret", () => {
    const redactor = createRedactor();
    redactor.secret(secret, "ath-token");
    const text = "%41 &amp; \\u0041 \u200b YXRoX3Q0 &#65;";
    expect(redactor.scrub(text)).toBe(text);
  });

  it("leaves nothing of two secrets that overlap", () => {
    const redactor = createRedactor();
    redactor.secret("abcdefgh", "code");
    redactor.secret("efghijkl", "cookie");
    expect(redactor.scrub("-abcdefghijkl-")).toMatch(/^-‹code:[0-9a-f]{12}:8›‹cookie:[0-9a-f]{12}:8›-$/);
  });

  it("hides a secret of the kit's however many a target calls secrets", () => {
    const redactor = createRedactor().scope();
    const overheard = Array.from({ length: 20_000 }, (_, index) =>
      redactor.overheard(`called_a_secret_${index}_1`, "ath-token"),
    );
    expect(overheard[0]).toBe(true);
    expect(overheard.at(-1)).toBe(false);
    redactor.secret("held-by-the-kit", "client-secret");
    expect(redactor.scrub("called_a_secret_0_1 held-by-the-kit")).toMatch(/^‹ath-token:[^›]+› ‹client-secret:[^›]+›$/);
  });

  it("looks no longer for thousands of secrets than for one", () => {
    const run = createRedactor();
    const names = Array.from({ length: 200 }, (_, check) => {
      const scope = run.scope();
      return Array.from({ length: 40 }, (_one, index) => {
        const name = `secret_${check}_${index}_never_again_1`;
        scope.overheard(name, "ath-token");
        return name;
      });
    });
    const text = names.flat().join(" ");
    const ms = workMs(() => {
      for (let times = 0; times < 20; times += 1) run.scrub(text);
    });
    // Some 10 ms for each; one after the other it would be seconds.
    expect(ms).toBeLessThan(5000);
  });

  it("gives other digests in another run", () => {
    const [a, b] = [createRedactor(), createRedactor()].map((redactor) => redactor.placeholder("canary", "code"));
    expect(a).not.toBe(b);
  });

  it("knows in a scope what the run knows, and keeps from the run what the scope learned", () => {
    const run = createRedactor();
    run.secret("of-the-run", "configured");
    const scope = run.scope();
    scope.secret("of-the-check", "code");
    expect(scope.scrub("of-the-run of-the-check")).not.toMatch(/of-the/);
    expect(run.scrub("of-the-check")).toBe("of-the-check");
  });

  it.each([
    ["letters and digits", "ath_t4ieMJaQp6wHKZwEQRhr"],
    ["letters in which no digit happens to be", "qXvTzBnLkPwRsYdFgHjMcVbNxZaQeWrTyUiOpAsDfGh"],
    ["a JWT", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln"],
  ])("hides in the whole run what looks like nothing but a secret: %s", (_name, token) => {
    const run = createRedactor();
    run.scope().secret(token, "ath-token");
    const other = run.scope();
    const base64 = Buffer.from(token).toString("base64");
    const nested = JSON.stringify({ nested: JSON.stringify({ token }) });
    const scrubbed = other.scrub(`token=${token}; {"t":"${base64}"} ${nested} invalid_attestation`);
    expect(placeholdersIn(scrubbed)).toHaveLength(3);
    expect(placeholdersIn(scrubbed).every(({ kind }) => kind === "ath-token")).toBe(true);
    // A word of the protocol stays a word, whatever a target calls a token.
    run.scope().secret("invalid_attestation", "ath-token");
    expect(other.scrub("invalid_attestation")).toBe("invalid_attestation");
  });

  it.each([
    ["x eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln y", /^x ‹jwt:[0-9a-f]{12}:\d+› y$/],
    ["x eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0. y", /^x ‹jwt:[0-9a-f]{12}:\d+› y$/],
    ["www.a-eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln.b", /^www\.a-‹jwt:[0-9a-f]{12}:\d+›\.b$/],
    ["eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0", /^eyJhbGciOiJub25lIn0\.eyJzdWIiOiJhIn0$/],
    ["eyJ.a.b monkeyJhbGciOiJub25l.a.b", /^eyJ\.a\.b monkeyJhbGciOiJub25l\.a\.b$/],
  ])("hides a JWT that nobody announced, and nothing else: %s", (text, shown) => {
    expect(createRedactor().scrub(text)).toMatch(shown);
  });

  it.each([
    ["-eyJ", 100_000],
    ["eyJabcdefgh.", 50_000],
    [".", 300_000],
    ["\\\\", 100_000],
    ['"access_token"   ', 20_000],
    ["?code=", 50_000],
  ])("takes no longer than the text is long: %s", (piece, times) => {
    const recorder = createRecorder({ redactor: createRedactor() });
    const ms = workMs(() => {
      createRedactor().scrub(piece.repeat(times));
      recorder.record(raw({ response: { status: 200, headers: [], body: Buffer.from(piece.repeat(times)) } }));
      recorder.finish();
    });
    // Linear work takes some 20 ms here, and what looks at everything twice minutes.
    expect(ms).toBeLessThan(5000);
  });
});

describe("the recorder", () => {
  const everything = (value: unknown) => JSON.stringify(value);

  it("redacts what it learns from any body, header or URL, also in exchanges recorded before", () => {
    const recorder = createRecorder({ redactor: createRedactor(), configuredHeaders: new Set(["x-login"]) });
    recorder.record(
      raw({ request: { ...raw().request, url: "http://127.0.0.1/cb?code=canary-code-1&x=canary-token-1" } }),
    );
    recorder.record(
      raw({
        request: {
          method: "POST",
          url: "http://127.0.0.1/ath/token",
          headers: [
            ["Authorization", "Basic Y2FuYXJ5OmNhbmFyeQ=="],
            ["X-Login", "canary-login"],
            ["Cookie", "sid=canary-cookie"],
          ],
          body: Buffer.from(
            JSON.stringify({ client_secret: "canary-secret-1", nested: { code_verifier: "canary-verifier" } }),
          ),
        },
        response: {
          status: 200,
          headers: [
            ["Set-Cookie", "sid=canary-cookie; HttpOnly; Path=/"],
            ["Location", "http://127.0.0.1/landing?code=canary-code-2"],
          ],
          body: Buffer.from(JSON.stringify({ access_token: "canary-token-1" })),
        },
      }),
    );
    const evidence = recorder.finish(new Error("it broke at canary-token-1"));
    expect(everything(evidence)).not.toMatch(/canary|Y2FuYXJ5/);
    expect(everything(evidence)).toContain("HttpOnly");
    expect(evidence.stopped).toMatchObject({ kind: "kit-error", cause: "kit" });
  });

  it("hides the value of a cookie, and lets a known secret inside it be recognised", () => {
    const redactor = createRedactor();
    const recorder = createRecorder({ redactor });
    recorder.secret("canary-token-1", "provider-token");
    const cookies = [
      "sid=canary-session; HttpOnly",
      "up=canary-token-1",
      "all=u:canary-token-1:canary-session; Path=/",
    ];
    const headers = cookies.map((cookie): [string, string] => ["Set-Cookie", cookie]);
    recorder.record(raw({ response: { status: 200, headers, body: Buffer.from("{}") } }));
    const { exchanges } = recorder.finish();
    const shown = exchanges[0]?.response?.headers.map(([, value]) => value) ?? [];
    expect(everything(shown)).not.toContain("canary");
    const token = redactor.placeholder("canary-token-1", "provider-token");
    expect(shown.map((value) => value.includes(token))).toEqual([false, true, true]);
  });

  it("hides secrets in the names of headers and cookies, in paths, in reasons and in messages of errors", () => {
    const recorder = createRecorder({ redactor: createRedactor() });
    recorder.secret("canary-token-1", "ath-token");
    recorder.record(
      raw({
        response: {
          status: 200,
          headers: [
            ["X-canary-token-1", "1"],
            ["Set-Cookie", "canary-token-1=x; Path=/canary-token-1"],
          ],
          body: Buffer.from("{}"),
        },
        error: { code: "PROTOCOL", message: "unexpected canary%2Dtoken%2D1" },
      }),
    );
    const data = Buffer.alloc(0);
    recorder.frame({
      connection: 1,
      from: "target",
      to: "agent",
      kind: "close",
      at: 0,
      data,
      reason: "canary-token-1",
    });
    expect(everything(recorder.finish())).not.toMatch(/canary/);
  });

  it("hides where they stand the codes of a page that is too full of them", () => {
    const recorder = createRecorder({ redactor: createRedactor() });
    const page = Array.from({ length: 500 }, (_, index) => `<a href="/cb?code=canary-${index}">x</a>`).join("");
    recorder.record(raw({ response: { status: 200, headers: [], body: Buffer.from(page) } }));
    expect(everything(recorder.finish())).not.toMatch(/canary/);
  });

  it("leaves the code of an ATHError alone, which is no authorization code", () => {
    const recorder = createRecorder({ redactor: createRedactor() });
    const body = Buffer.from(JSON.stringify({ code: "OAUTH_ERROR", message: "m" }));
    recorder.record(raw({ response: { status: 502, headers: [], body } }));
    expect(recorder.finish().exchanges[0]?.response?.body).toContain("OAUTH_ERROR");
  });

  it("survives JSON, keeps bodies that are JSON parseable, and digests what is no text", () => {
    const recorder = createRecorder({ redactor: createRedactor() });
    const body = Buffer.from(JSON.stringify({ access_token: "canary-token", other: 1 }));
    recorder.record(raw({ response: { status: 200, headers: [], body } }));
    recorder.record(raw({ response: { status: 200, headers: [], body: Buffer.from([0xff, 0xfe, 0]) } }));
    const evidence = recorder.finish();
    expect(JSON.parse(everything(evidence))).toEqual(evidence);
    const [first, second] = evidence.exchanges;
    expect(JSON.parse(first?.response?.body ?? "")).toHaveProperty("other", 1);
    expect(second?.response).toMatchObject({ bodyBytes: 3, bodySha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(second?.response?.body).toBeUndefined();
  });

  it("says what a redacted attestation said, without its signature", () => {
    const recorder = createRecorder({ redactor: createRedactor() });
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const attestation = `${part({ alg: "ES256" })}.${part({ sub: "https://agent.test" })}.c2lnbmF0dXJl`;
    recorder.secret(attestation, "attestation");
    const { facts } = recorder.finish();
    expect(Object.values(facts["attestations"] ?? {})).toEqual([
      'header {"alg":"ES256"}, claims {"sub":"https://agent.test"}',
    ]);
    expect(everything(facts)).not.toContain("c2lnbmF0dXJl");
  });

  it("keeps facts whole when the target's secrets look like JSON", () => {
    const recorder = createRecorder({ redactor: createRedactor() });
    const body = Buffer.from(JSON.stringify({ access_token: '":"header {', password: "attestations" }));
    recorder.record(raw({ response: { status: 200, headers: [], body } }));
    recorder.fact("attestations", { one: "header {}", two: ["canary-token", 7, null] });
    recorder.secret("canary-token", "ath-token");
    expect(recorder.finish().facts["attestations"]).toEqual({
      one: "header {}",
      two: [expect.stringMatching(/^‹ath-token:/), 7, null],
    });
  });

  it("cuts long texts without leaving half a secret at the border", () => {
    const recorder = createRecorder({ redactor: createRedactor() });
    recorder.secret("canary-at-the-border", "ath-token");
    const border = 20 * 1024 - 8;
    const jwt = `eyJhbGciOiJub25lIn0.${"e".repeat(6000)}. `;
    for (const before of ["x".repeat(border), jwt + "x".repeat(border - jwt.length)]) {
      const body = Buffer.from(`${before}canary-at-the-border${"y".repeat(9000)}`);
      recorder.record(raw({ response: { status: 200, headers: [], body } }));
    }
    const { exchanges } = recorder.finish();
    expect(exchanges.map(({ response }) => response?.truncated)).toEqual([true, true]);
    for (const { response } of exchanges) {
      expect(response?.body?.length).toBeLessThanOrEqual(16 * 1024);
      expect(response?.body).not.toContain("canary");
    }
  });

  it("hides the secrets of a body that is too large, too deep or too full to learn from", () => {
    const recorder = createRecorder({ redactor: createRedactor() });
    const leaks = [
      `{"access_token":"canary-large","pad":"${"x".repeat(70_000)}"}`,
      '{"a":{"b":{"c":{"d":{"client_secret": "canary-deep"}}}}}',
      JSON.stringify(Array.from({ length: 100 }, (_, index) => ({ access_token: `canary-${index}` }))),
      JSON.stringify({ debug: JSON.stringify({ access_token: "canary-nested" }) }),
    ];
    for (const leak of leaks) recorder.record(raw({ response: { status: 200, headers: [], body: Buffer.from(leak) } }));
    const evidence = recorder.finish();
    expect(everything(evidence)).not.toContain("canary");
    const whole = evidence.exchanges.slice(1).map(({ response }) => JSON.parse(response?.body ?? ""));
    expect(whole[1]).toHaveLength(100);
  });

  it("has enough of a target that gives too much, and says so instead of a verdict", () => {
    const recorder = createRecorder({ redactor: createRedactor() });
    const answer = (size: number) => raw({ response: { status: 200, headers: [], body: Buffer.alloc(size, 0x20) } });
    for (let asked = 0; asked < 500; asked += 1) recorder.record(answer(8000));
    expect(recorder.appetite).toMatchObject({ isSated: false, surplus: 0 });
    recorder.record(answer(4_000_000));
    expect(recorder.appetite.isSated).toBe(false);
    recorder.fork().record(answer(5_000_000));
    for (let asked = 0; asked < 500; asked += 1) recorder.record(answer(10));
    expect(recorder.appetite.isSated).toBe(true);
    expect(recorder.finish().stopped).toMatchObject({ reasonCode: "answers-too-large", cause: "target" });
    expect(recorder.finish().exchanges).toEqual([]);
  });

  it("numbers the exchanges of cases in the series of their check", () => {
    const recorder = createRecorder({ redactor: createRedactor() });
    recorder.record(raw());
    const fork = recorder.fork();
    expect(fork.record(raw()).id).toBe(2);
    expect(recorder.record(raw()).id).toBe(3);
    expect(fork.finish().exchanges).toHaveLength(1);
  });
});
