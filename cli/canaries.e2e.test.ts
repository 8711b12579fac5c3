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

/** Everything that a run writes, by name: both streams, each report, each part of the bundle. */
async function written(
  stage: (options: StageOptions) => Promise<Staged>,
  disguise: Disguise,
  only: readonly string[],
  edit: (config: string) => string = (config) => config,
): Promise<ReadonlyMap<string, string>> {
  const target = await disguised(disguise);
  onTestFinished(() => target.close());
  const name = new URL(target.url).port;
  const { mock, url, config, env } = await stage({ folder, name, publicUrl: target.url, requestsPerMinute: 1e6 });
  onTestFinished(async () => void (await mock.stop()));
  target.before(url);
  await writeFile(config, edit(await readFile(config, "utf8")));
  const path = (kind: string) => join(folder, `${name}.${kind}`);
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

/** A secret may hide in base64 and in percent-encoding as well. */
function formsOf(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64").replace(/=+$/, "")];
}

function expectNone(texts: ReadonlyMap<string, string>, secrets: Iterable<string>): void {
  const forms = [...secrets].flatMap(formsOf);
  expect(forms.length).toBeGreaterThan(0);
  const found = [...texts].flatMap(([name, text]) =>
    forms.filter((form) => text.includes(form)).map((form) => [name, form]),
  );
  expect(found.slice(0, 5)).toEqual([]);
}

describe("no output shows a secret", () => {
  it("of the configuration, nor a token that the target tells to everybody", async () => {
    const tokens = new Set<string>();
    let last = "none-was-given-yet";
    /** Each answer tells the newest token of anybody: in a header, in JSON, in words, encoded and cut out of JSON. */
    const blab = (answer: Answer): Answer => {
      const text = answer.body.toString();
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
      };
      return {
        ...answer,
        headers: [...answer.headers, ["X-Debug", `token=${last}`], ["X-Echo", canaries.login]],
        body: isJson ? Buffer.from(JSON.stringify({ ...JSON.parse(text), debug })) : answer.body,
      };
    };
    const texts = await written(stageGateway, { answer: blab }, [
      "registration",
      "TOK-1.shape",
      "PRX-2.missing-agent-id",
      "AUD-1",
    ]);
    expect(tokens.size).toBeGreaterThan(3);
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
