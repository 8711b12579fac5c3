import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type Disguise, disguised } from "./testing/disguise.ts";
import { freePort } from "./testing/free-port.ts";
import { answering, type HostileTarget, speaking } from "./testing/hostile.ts";
import { gateproof, gateproofUntil } from "./testing/spawn.ts";
import { type Staged, type StageOptions, stageAunGateway, stageGateway } from "./testing/stage.ts";

const json = { "content-type": "application/json" };
/** A run on a target that cannot be judged says so within this time. */
const longestMs = 10_000;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-doctor-"));
  await writeFile(join(folder, "plain.yaml"), "providers: [{ id: mail, scopes: [mail:read] }]\n");
  await writeFile(join(folder, "aun.yaml"), "aun: { issuer: agentid.test }\n");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the command line looks at. */
interface Subject {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A target that is only a URL. */
async function bare(open: Promise<HostileTarget>, profile: string, url = (given: string) => given): Promise<Subject> {
  const target = await open;
  onTestFinished(() => target.close());
  const config = join(folder, profile === "aun-gateway" ? "aun.yaml" : "plain.yaml");
  return { args: [profile, "--target", url(target.url), "--config", config, "--timeout", "2000"] };
}

interface Setting {
  readonly more?: string;
  readonly disguise?: Disguise;
  /** What becomes of the kit's configuration. */
  readonly edit?: (config: string) => string;
}

/** A whole gateway with something wrong in its surroundings. */
async function staged(
  stage: (options: StageOptions) => Promise<Staged>,
  { more = "", disguise = {}, edit = (config) => config }: Setting,
): Promise<Subject> {
  const target = await disguised(disguise);
  onTestFinished(() => target.close());
  const name = new URL(target.url).port;
  const { mock, url, config, env } = await stage({ folder, name, more, publicUrl: target.url });
  onTestFinished(async () => void (await mock.stop()));
  target.before(url);
  await writeFile(config, edit(await readFile(config, "utf8")));
  return { args: ["--config", config, "--timeout", "2000"], env };
}

async function overTls(url: (given: string) => string): Promise<Subject> {
  const mock = await gateproofUntil(["mock", "ath-gateway", "--tls", "--json"], /\n/);
  onTestFinished(async () => void (await mock.stop()));
  const ready: { readonly url: string } = JSON.parse(mock.output);
  return { args: ["ath-gateway", "--target", url(ready.url), "--config", join(folder, "plain.yaml")] };
}

interface Diagnosis {
  readonly step: string;
  readonly state: string;
  readonly what: string;
  readonly whose: string | null;
  readonly mend: string;
}

async function examined({ args, env = {} }: Subject) {
  const { code, stdout, stderr } = await gateproof(["doctor", ...args, "--json"], { env });
  expect(stderr).toBe("");
  const profiles: readonly { readonly diagnoses: readonly Diagnosis[] }[] = JSON.parse(stdout);
  return { code, diagnoses: profiles.flatMap(({ diagnoses }) => diagnoses) };
}

type Row = readonly [
  name: string,
  subject: () => Promise<Subject>,
  step: string,
  whose: string,
  what: RegExp,
  mend: RegExp,
];

const hidden = { status: 404, headers: Object.entries(json), body: Buffer.from("{}") };
const failing = { ...hidden, status: 500 };

const blocking: readonly Row[] = [
  [
    "nobody listens",
    async () => ({ args: ["ath-gateway", "--target", `http://127.0.0.1:${await freePort()}`] }),
    "tcp",
    "environment",
    /ECONNREFUSED/,
    /start the target.*target\.url/,
  ],
  [
    "it hangs",
    () =>
      bare(
        speaking(() => {}),
        "ath-gateway",
      ),
    "http",
    "environment",
    /TIMEOUT/,
    /--timeout/,
  ],
  [
    "an authority that nobody here knows",
    () => overTls((url) => url),
    "tls",
    "configuration",
    /issued by "Gateproof mock authority"/,
    /--ca FILE/,
  ],
  [
    "https where plain http is spoken",
    () =>
      bare(
        answering((_, response) => response.end("{}")),
        "ath-gateway",
        (url) => url.replace("http", "https"),
      ),
    "tls",
    "configuration",
    /does not speak TLS/,
    /scheme in target\.url/,
  ],
  [
    "http where TLS is spoken",
    () => overTls((url) => url.replace("https", "http")),
    "http",
    "environment",
    /CONNECTION_RESET|PROTOCOL/,
    /https:\/\/|scheme/,
  ],
  [
    "a login before the API",
    () =>
      bare(
        answering((_, response) => response.writeHead(302, { location: "/login" }).end()),
        "ath-gateway",
      ),
    "registration",
    "configuration",
    /a page or a login, not the API/,
    /target\.headers/,
  ],
  [
    "identity documents that the target cannot fetch",
    () => staged(stageGateway, { more: "agents: { base_url: http://127.0.0.1:1 }\n" }),
    "registration",
    "environment",
    /never fetched the agent's identity document at http:\/\/127\.0\.0\.1:1\//,
    /agents\.base_url/,
  ],
  [
    "a provider that is not the kit's",
    async () => {
      const port = await freePort();
      return staged(stageGateway, {
        edit: (config) => config.replace(/(provider: \{ listen: 127\.0\.0\.1:)\d+/, `$1${port}`),
      });
    },
    "provider",
    "configuration",
    /sends users to http:\/\/127\.0\.0\.1:\d+, and the kit's provider is at/,
    /authorization endpoint http.*\/authorize.*consent\.provider\.listen/,
  ],
  [
    "AUN: no WebSocket behind the URL",
    () =>
      bare(
        answering((_, response) => response.writeHead(200, json).end("{}")),
        "aun-gateway",
        (url) => `${url.replace("http", "ws")}/aun`,
      ),
    "upgrade",
    "environment",
    /answered with HTTP 200/,
    /target\.url/,
  ],
  [
    "AUN: no challenge",
    () => staged(stageAunGateway, { disguise: { frames: () => [] } }),
    "challenge",
    "target",
    /did not begin with a challenge/,
    /challenge/,
  ],
  [
    "AUN: registration is closed, and no identities are listed",
    () =>
      staged(stageAunGateway, {
        disguise: {
          frames(message) {
            const { id, result }: { readonly id?: string; readonly result?: { readonly cert?: string } } =
              JSON.parse(message);
            if (result?.cert === undefined) return [message];
            return [
              JSON.stringify({ jsonrpc: "2.0", id, error: { code: -32_040, message: "registration is closed" } }),
            ];
          },
        },
      }),
    "identities",
    "target",
    /create_aid.*registration is closed/,
    /aun\.identities/,
  ],
];

describe("a target that cannot be judged yet", () => {
  it.each(blocking)("%s", async (_name, open, step, whose, what, mend) => {
    const subject = await open();
    const { code, diagnoses } = await examined(subject);
    const [first, ...others] = diagnoses.filter(({ state }) => state === "error");
    expect(first).toMatchObject({ step, whose, what: expect.stringMatching(what), mend: expect.stringMatching(mend) });
    expect(others).toEqual([]);
    expect(code).toBe(3);
    const run = await gateproof(["run", ...subject.args, "-q"], subject.env === undefined ? {} : { env: subject.env });
    expect(run.stdout).toMatch(/^Not testable: /);
    expect(run.stdout).toMatch(what);
    expect(run.code).toBe(3);
    expect(run.ms).toBeLessThan(longestMs);
  });

  it("says whose it is in Chinese where that is wanted, and the same to machines", async () => {
    const args = ["doctor", "ath-gateway", "--target", `http://127.0.0.1:${await freePort()}`, "--lang", "zh"];
    const { code, stdout } = await gateproof(args);
    expect(stdout).toMatch(
      /错误 +tcp +无法连接[^\n]*ECONNREFUSED[\s\S]*责任方：你的环境\n +→ 启动目标[\s\S]*还不能判断：有 1 项/,
    );
    expect(code).toBe(3);
    expect((await gateproof([...args, "--json"])).stdout).toMatch(/"what": "no connection to/);
  });

  it("a consent that never completes", async () => {
    const answer: Disguise["answer"] = (given, path) => (path.startsWith("/ath/callback") ? failing : given);
    const { code, diagnoses } = await examined(await staged(stageGateway, { disguise: { answer } }));
    const errors = diagnoses.filter(({ state }) => state === "error");
    expect(errors).toMatchObject([
      { step: "consent", whose: "target", what: expect.stringMatching(/callback.*HTTP 500/) },
    ]);
    expect(code).toBe(3);
  });
});

describe("what spoils single checks only", () => {
  it("a clock that is wrong, and hooks that lead nowhere", async () => {
    const hourAgo = () => ["Date", new Date(Date.now() - 3_600_000).toUTCString()] as const;
    const answer: Disguise["answer"] = (given) => ({
      ...given,
      headers: [...given.headers.filter(([name]) => name.toLowerCase() !== "date"), hourAgo()],
    });
    const edit = (config: string) =>
      config.replace("/clock", "/clokc").replace('/audit"', '/adit"').replace("dev-pending", "dev-unknown");
    const { code, diagnoses } = await examined(await staged(stageGateway, { disguise: { answer }, edit }));
    const warnings = diagnoses.filter(({ state }) => state === "warning");
    expect(warnings).toMatchObject([
      { step: "clock", whose: "environment", what: expect.stringMatching(/clock is 3[56]\d\d s behind/) },
      { step: "clock-hook", whose: "configuration", mend: expect.stringContaining("hooks.clock") },
      { step: "audit-hook", whose: "configuration", mend: expect.stringContaining("hooks.audit") },
      { step: "pending-agent", whose: "configuration", mend: expect.stringContaining("hooks.pending_agent") },
    ]);
    expect(code).toBe(0);
  });

  it("AUN: no discovery", async () => {
    const answer: Disguise["answer"] = (given, path) => (path.includes("well-known") ? hidden : given);
    const { code, diagnoses } = await examined(await staged(stageAunGateway, { disguise: { answer } }));
    const warnings = diagnoses.filter(({ state }) => state === "warning");
    expect(warnings).toMatchObject([
      {
        step: "discovery",
        whose: "target",
        what: expect.stringMatching(/gives no gateway: HTTP 404/),
        mend: expect.stringContaining("aun.http"),
      },
    ]);
    expect(code).toBe(0);
  });
});
