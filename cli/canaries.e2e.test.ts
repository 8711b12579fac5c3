import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { ownCertificates } from "../mocks/core/tls.ts";
import { type Answer, type Disguise, disguised } from "./testing/disguise.ts";
import { gateproof } from "./testing/spawn.ts";
import { canaries, type Staged, type StageOptions, stageAunGateway, stageGateway } from "./testing/stage.ts";

const kinds = ["json", "junit", "sarif", "markdown", "html", "har", "badge", "console", "bundle"] as const;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-canaries-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Stage = (options: StageOptions) => Promise<Staged>;

/** A disguised gateway that is up, and how to judge it. */
async function stagedBehind(stage: Stage, disguise: Disguise, edit: (config: string) => string = (config) => config) {
  const target = await disguised(disguise);
  onTestFinished(() => target.close());
  const name = new URL(target.url).port;
  const { mock, url, config, env } = await stage({ folder, name, publicUrl: target.url, requestsPerMinute: 1e6 });
  onTestFinished(async () => void (await mock.stop()));
  target.before(url);
  await writeFile(config, edit(await readFile(config, "utf8")));
  return { config, env, path: (kind: string) => join(folder, `${name}.${kind}`) };
}

/** Everything that a run writes, by name: both streams, each report, each part of the bundle. */
async function written(
  stage: Stage,
  disguise: Disguise,
  only: readonly string[],
  edit?: (config: string) => string,
): Promise<ReadonlyMap<string, string>> {
  const { config, env, path } = await stagedBehind(stage, disguise, edit);
  const reports = kinds.flatMap((kind) => ["--report", `${kind}=${path(kind)}`]);
  const { stdout, stderr } = await gateproof(["run", ...only, "--config", config, "-v", ...reports], { env });
  const texts = new Map([
    ["stdout", stdout],
    ["stderr", stderr],
  ]);
  for (const kind of kinds) {
    const bytes = await readFile(path(kind));
    if (kind !== "bundle") texts.set(kind, bytes.toString());
    else
      for (const [part, content] of Object.entries(unzipSync(bytes))) texts.set(part, Buffer.from(content).toString());
  }
  return texts;
}

/** A gateway that tells the newest token of anybody in each answer: in a header, in JSON, in words, encoded and cut out of JSON. */
function blabbing(): { readonly answer: (answer: Answer) => Answer; readonly tokens: ReadonlySet<string> } {
  const tokens = new Set<string>();
  let last = "none-was-given-yet";
  const answer = (honest: Answer): Answer => {
    const text = honest.body.toString();
    const isJson = text.startsWith("{");
    const { access_token: token, client_secret: secret }: { access_token?: string; client_secret?: string } = isJson
      ? JSON.parse(text)
      : {};
    for (const one of [token, secret]) if (one !== undefined) tokens.add(one);
    last = token ?? last;
    const debug = {
      last_token: last,
      note: `newest: ${last}`,
      base64: Buffer.from(last).toString("base64"),
      nested: JSON.stringify({ access_token: last }),
      known: `${canaries.login} ${encodeURIComponent(canaries.provider)}`,
    };
    return {
      ...honest,
      headers: [...honest.headers, ["X-Debug", `token=${last}`], ["X-Echo", canaries.login]],
      body: isJson ? Buffer.from(JSON.stringify({ ...JSON.parse(text), debug })) : honest.body,
    };
  };
  return { answer, tokens };
}

/** A secret may hide in base64 and in percent-encoding as well. */
function formsOf(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64").replace(/=+$/, "")];
}

/** Where a text stands first, and what is beside it: it tells which part of which answer was shown. */
function aroundFirst(text: string, form: string): string {
  const at = text.indexOf(form);
  return text.slice(Math.max(0, at - 80), at + form.length + 80);
}

function expectNone(texts: ReadonlyMap<string, string>, secrets: Iterable<string>): void {
  const forms = [...secrets].flatMap(formsOf);
  expect(forms.length).toBeGreaterThan(0);
  const found = [...texts].flatMap(([name, text]) =>
    forms.filter((form) => text.includes(form)).map((form) => ({ in: name, form, around: aroundFirst(text, form) })),
  );
  expect(found.slice(0, 5)).toEqual([]);
}

describe("no output shows a secret", () => {
  it("of the configuration, nor a token that the target tells to everybody", async () => {
    const { answer, tokens } = blabbing();
    const texts = await written(stageGateway, { answer }, [
      "registration",
      "TOK-1.shape",
      "PRX-2.missing-agent-id",
      "AUD-1",
    ]);
    expect(tokens.size).toBeGreaterThan(3);
    expectNone(texts, [...tokens, ...Object.values(canaries)]);
  });

  it("when a finding is looked at again: replayed, judged again, rendered again, accepted, certified", async () => {
    const { answer, tokens } = blabbing();
    const broken = (honest: Answer): Answer => {
      const { body, ...rest } = answer(honest);
      return { ...rest, body: Buffer.from(body.toString().replace('"Bearer"', `"Bearer ${canaries.login}"`)) };
    };
    const { config, env, path } = await stagedBehind(stageGateway, { answer: broken });
    const bundle = path("zip");
    const json = path("json");
    const keyFile = path("pem");
    const baseline = path("baseline.yaml");
    const selftest = path("selftest.json");
    await writeFile(
      selftest,
      JSON.stringify({
        honest: { profile: "ath-gateway", checks: 1, notPass: [] },
        faults: [],
        nullTargets: [],
        unprovenChecks: [],
        ok: true,
      }),
    );
    const { privateKey } = generateKeyPairSync("ed25519");
    await writeFile(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }));
    const texts = new Map<string, string>();
    const saying = async (...args: readonly string[]) => {
      const { stdout, stderr, code } = await gateproof(args, { env });
      texts.set(args.join(" "), `${stdout}${stderr}`);
      return code;
    };
    const reports = ["--report", `bundle=${bundle}`, "--report", `json=${json}`];
    expect(await saying("run", "TOK-1.shape", "PRX-2.missing-agent-id", "--config", config, ...reports)).toBe(1);
    const case1 = ["replay", "ath-gateway/TOK-1.shape@7", "--config", config];
    expect(await saying(...case1, "--verbose")).toBe(1);
    expect(await saying(...case1, "--json")).toBe(1);
    expect(await saying("judge", bundle, "--verbose")).toBe(1);
    expect(await saying("report", bundle, "--format", "html")).toBe(1);
    expect(await saying("baseline", "update", json, "--file", baseline, "--owner", "gw", "--reason", "later")).toBe(0);
    texts.set("the baseline", await readFile(baseline, "utf8"));
    expect(await saying("certify", bundle, "--selftest", selftest, "--key", keyFile)).toBe(1);
    expect(tokens.size).toBeGreaterThan(3);
    const key = privateKey.export({ type: "pkcs8", format: "der" }).toString("base64");
    expectNone(texts, [...tokens, ...Object.values(canaries), key]);
  });

  it("when the set-up is examined: of a gateway that tells all, and of one that only complains", async () => {
    const { answer, tokens } = blabbing();
    const complaint = `${canaries.login}, ${canaries.provider} are no good`;
    const complaining = (): Answer => ({
      status: 500,
      headers: [
        ["Content-Type", "text/plain"],
        ["X-Why", complaint],
        ["Location", `/?why=${canaries.login}`],
      ],
      body: Buffer.from(`Error: ${complaint}`),
    });
    const texts = new Map<string, string>();
    for (const [name, disguise] of Object.entries({ telling: answer, complaining })) {
      const { config, env } = await stagedBehind(stageGateway, { answer: disguise });
      for (const flags of [[], ["--json"]]) {
        const { stdout, stderr } = await gateproof(["doctor", "--config", config, ...flags], { env });
        expect(stdout).not.toBe("");
        texts.set(`${name} ${flags.join(" ")}`, `${stdout}${stderr}`);
      }
    }
    expect(tokens.size).toBeGreaterThan(0);
    expectNone(texts, [...tokens, ...Object.values(canaries)]);
  });

  it("of an AUN login, nor the key of a listed identity", async () => {
    const { certificate, key } = ownCertificates();
    await writeFile(join(folder, "alice.pem"), certificate);
    await writeFile(join(folder, "alice.key.pem"), key);
    const listed = "identities: [{ aid: alice.agentid.test, cert: alice.pem, key: alice.key.pem }]";
    const tokens = new Set<string>();
    let last = "none-was-given-yet";
    const frames: Disguise["frames"] = (message) => {
      for (const [, token = ""] of message.matchAll(/"(?:access_token|refresh_token|token)":"([^"]+)"/g)) {
        tokens.add(token);
        last = token;
      }
      return [message.replace(/\}$/, `,"debug":${JSON.stringify({ last, nested: JSON.stringify({ token: last }) })}}`)];
    };
    const only = ["challenge", "meta"];
    const open = await written(stageAunGateway, { frames }, only);
    expect(tokens.size).toBeGreaterThan(3);
    expectNone(open, [...tokens, canaries.login]);
    const closed = await written(stageAunGateway, {}, only, (config) => config.replace("identities: open", listed));
    expectNone(
      closed,
      key.split("\n").filter((line) => /^[\w+/=]{20,}$/.test(line)),
    );
  });
});
