import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseXml } from "@rgrove/parse-xml";
import { unzipSync } from "fflate";
import { type DefaultTreeAdapterMap, defaultTreeAdapter, parse } from "parse5";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { everyAttack } from "../reports/testing/hostile.ts";
import { isMessage } from "../schemas/index.ts";
import { type Answer, type Disguise, disguised } from "./testing/disguise.ts";
import { answering, flood, type HostileTarget, speaking } from "./testing/hostile.ts";
import { type Finished, gateproof } from "./testing/spawn.ts";
import { canaries, type Staged, type StageOptions, stageAunGateway, stageGateway } from "./testing/stage.ts";

/** What no terminal, no eye and no parser of XML is to get from a target: controls, C1, bidi marks, invisible ones. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const kinds = ["json", "junit", "sarif", "markdown", "html", "har", "bundle"] as const;
/** Promised of every run, whatever the target answers. */
const mostMb = 300;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-hostile-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Stage = (options: StageOptions) => Promise<Staged>;

interface Outputs extends Finished {
  /** Every file of the run by its kind, and every part of the bundle. */
  readonly files: ReadonlyMap<string, string>;
  readonly again: Finished;
}

/** Judges a gateway behind a disguise, writes every kind of report, and judges the bundle again. */
async function judged(name: string, stage: Stage, disguise: Disguise, only: readonly string[]) {
  const target = await disguised(disguise);
  onTestFinished(() => target.close());
  const { url, config, env, mock } = await stage({ folder, name, publicUrl: target.url, requestsPerMinute: 1e6 });
  onTestFinished(async () => void (await mock.stop()));
  target.before(url);
  const path = (kind: string) => join(folder, `${name}.${kind}`);
  const reports = kinds.flatMap((kind) => ["--report", `${kind}=${path(kind)}`]);
  const run = await gateproof(["run", ...only, "--config", config, "--seed", "7", "--safe", "-v", ...reports], { env });
  const files = new Map<string, string>();
  for (const kind of kinds) {
    const bytes = await readFile(path(kind));
    if (kind !== "bundle") files.set(kind, bytes.toString());
    else
      for (const [part, content] of Object.entries(unzipSync(bytes))) files.set(part, Buffer.from(content).toString());
  }
  const again = await gateproof(["judge", path("bundle")]);
  return { ...run, files, again } satisfies Outputs;
}

/** Changes the JSON object of an answer; everything else goes through as it is. */
function inJson(change: (json: Record<string, unknown>, answer: Answer) => string) {
  return (answer: Answer): Answer => {
    const type = answer.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
    const text = answer.body.toString();
    if (!type.includes("json") || !text.startsWith("{")) return answer;
    return { ...answer, body: Buffer.from(change(JSON.parse(text), answer)) };
  };
}

/** A JSON object with members that a careless reader trips over. */
function spiked(json: Record<string, unknown>): string {
  const members = [
    '"__proto__":{"polluted":"yes"}',
    '"constructor":{"prototype":{"polluted":"yes"}}',
    '"lone":"\\ud800"',
    '"huge":1e400',
    `"deep":${"[".repeat(2000)}${"]".repeat(2000)}`,
    '"placeholder":"‹ath-token:012345678901:40›"',
  ];
  return JSON.stringify(json).replace(/\}$/, `,${members.join(",")}}`);
}

const hostileHeaders = [
  // Node's parser lets C1 controls through: to a terminal 0x9b is CSI and 0x9d is OSC.
  ["X-Attack", "\x9b2J\x9d52;c;aGk=\x9c<script>window.owned=1</script>"],
  ["X-Placeholder", "\xabath-token:012345678901:40\xbb eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."],
] as const;

/** Every refusal and every answer carries every attack, in words and in names. */
const attacks: Disguise = {
  answer: (answer) => {
    const spoiled = inJson((json, { status }) => {
      const words = status >= 400 ? { message: everyAttack, error_description: everyAttack, details: everyAttack } : {};
      return spiked({ ...json, ...words, "x\u001b]52;c;aGk=\u0007": everyAttack });
    })(answer);
    return { ...spoiled, headers: [...spoiled.headers, ...hostileHeaders] };
  },
  frames: (message) => {
    const json: Record<string, unknown> = JSON.parse(message);
    const error = "error" in json ? { error: { code: -32_000, message: everyAttack } } : {};
    return [spiked({ ...json, ...error, "\u001b[2J": everyAttack })];
  },
};

function elements(node: DefaultTreeAdapterMap["node"]): readonly DefaultTreeAdapterMap["element"][] {
  const own = defaultTreeAdapter.isElementNode(node) ? [node] : [];
  const children = "childNodes" in node ? node.childNodes : [];
  return [...own, ...children.flatMap(elements)];
}

/** Nothing of an attack has become something other than text. */
function expectHarmless({ stdout, stderr, files, again }: Outputs): void {
  const texts = [...files, ["stdout", stdout], ["stderr", stderr], ["judge", again.stdout + again.stderr]] as const;
  for (const [name, text] of texts) {
    const found = text.split("\n").find((line) => unprintable.test(line.replaceAll("\t", "")));
    expect(found === undefined ? "" : JSON.stringify(found.slice(0, 200)), name).toBe("");
    for (const canary of Object.values(canaries)) expect(text.includes(canary), `${canary} in ${name}`).toBe(false);
  }
  expect(() => parseXml(files.get("junit") ?? "")).not.toThrow();
  const page = elements(parse(files.get("html") ?? ""));
  expect(page.length).toBeGreaterThan(50);
  for (const { tagName, attrs } of page) {
    expect(tagName).not.toMatch(/^(script|iframe|object|embed|base|link|img|form)$/);
    for (const { name, value } of attrs) {
      expect(name).not.toMatch(/^on/);
      expect(value).not.toMatch(/^\s*(javascript|data):/i);
    }
  }
  expect(files.get("markdown")).not.toMatch(/<(script|img|svg|iframe)\b/);
}

/** The run ended as its report says, within its memory, and its evidence gives the same verdicts. */
function expectSound({ code, files, again, peakMb }: Outputs): void {
  const report: unknown = JSON.parse(files.get("json") ?? "");
  if (!isMessage("Report", report)) throw new Error("no report");
  expect(code).toBe(report.verdict.exitCode);
  expect(report.totals.kitError).toBe(0);
  expect(again.stderr).toMatch(/judged again: (\d+) of \1 verdicts the same/);
  expect(again.code).toBe(code);
  expect(peakMb).toBeLessThan(mostMb);
  expect(again.peakMb).toBeLessThan(mostMb);
}

describe("a gateway whose every answer is an attack", () => {
  it("ath-gateway: reaches no terminal and no report as anything but text", async () => {
    const outputs = await judged("attacks", stageGateway, attacks, ["registration", "ERR-1.error-shape"]);
    expectHarmless(outputs);
    expectSound(outputs);
    // The attack is in the evidence: what was looked for would have been found.
    expect(outputs.files.get("json")).toContain("window.owned");
    expect(outputs.code).toBe(1);
  });

  it("aun-gateway: the same over a WebSocket", async () => {
    const outputs = await judged("frames", stageAunGateway, attacks, ["discovery", "challenge", "meta"]);
    expectHarmless(outputs);
    expectSound(outputs);
    expect([...outputs.files.values()].some((text) => text.includes("window.owned"))).toBe(true);
  });
});

const tokens = (count: number) =>
  Array.from({ length: count }, (_, index) => `{"access_token":"look-alike-${index.toString(36)}-secret"}`).join(",");

const lookAlikes = (count: number) =>
  Array.from({ length: count }, (_, index) => `{"access_token":"look_alike_secret_${index}_1"}`).join(",");

let made = 0;
const newSecrets = (count: number) =>
  Array.from({ length: count }, () => {
    made += 1;
    return `{"access_token":"secret_${made.toString(36)}_never_again_1"}`;
  }).join(",");

describe("a gateway that calls everything a secret", () => {
  it.each<readonly [string, Stage, Disguise, readonly string[]]>([
    [
      "39 new ones in each answer",
      stageGateway,
      { answer: inJson((json) => JSON.stringify(json).replace(/\}$/, `,"pad":[${newSecrets(39)}]}`)) },
      ["registration", "TOK-2.intersection"],
    ],
    [
      "500 new ones in each message",
      stageAunGateway,
      { frames: (message) => [message.replace(/\}$/, `,"pad":[${newSecrets(500)}]}`)] },
      ["challenge", "meta"],
    ],
  ])("%s", async (name, stage, disguise, only) => {
    const outputs = await judged(name.replaceAll(/\W+/g, "-"), stage, disguise, only);
    expectSound(outputs);
    expect(outputs.stdout).toMatch(/passed/);
    for (const [file, text] of outputs.files) expect(text.includes("never_again"), file).toBe(false);
  });
});

describe("a gateway whose answers are too much", () => {
  it.each<readonly [string, Stage, Disguise, readonly string[]]>([
    [
      "60 kB of headers and of JSON with each answer",
      stageGateway,
      {
        answer: (answer) => {
          const padding = Array.from({ length: 500 }, (_, index) => [`X-Pad-${index}`, "p".repeat(100)] as const);
          const padded = inJson((json) => JSON.stringify({ ...json, pad: "q".repeat(60_000) }))(answer);
          return { ...padded, headers: [...padded.headers, ...padding] };
        },
      },
      ["registration", "TOK-2.intersection"],
    ],
    [
      "3 MB of JSON with each answer",
      stageGateway,
      { answer: inJson((json) => JSON.stringify(json) + " ".repeat(3e6)) },
      ["registration", "TOK-2.intersection"],
    ],
    [
      "a thousand look-alike secrets and no end of JWTs",
      stageGateway,
      {
        answer: inJson((json) =>
          JSON.stringify({ ...json, jwt: "-eyJ".repeat(5000) }).replace(/\}$/, `,"pad":[${tokens(1000)}]}`),
        ),
      },
      ["registration", "REG-2.partition"],
    ],
    [
      "1,500 look-alike secrets in each message",
      stageAunGateway,
      { frames: (message) => [message.replace(/\}$/, `,"pad":[${lookAlikes(1500)}]}`)] },
      ["challenge", "meta"],
    ],
    [
      "200 messages for each one that was asked for",
      stageAunGateway,
      {
        frames: (message) => [
          message,
          ...Array.from({ length: 200 }, () => JSON.stringify({ method: "event/x", params: { x: "y".repeat(1000) } })),
        ],
      },
      ["challenge", "meta"],
    ],
  ])("%s", async (name, stage, disguise, only) => {
    const outputs = await judged(name.replaceAll(/\W+/g, "-"), stage, disguise, only);
    expectSound(outputs);
    expect([0, 3]).toContain(outputs.code);
    expect(outputs.stdout).toMatch(/larger than anything that the protocol needs/);
  });
});

const json = { "content-type": "application/json" };
const raw = (bytes: Buffer | string) => () => speaking((socket) => socket.once("data", () => socket.end(bytes)));
const head = (more: string, body: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${more}`, "latin1"),
    Buffer.from(body),
  ]);

describe("a target that no protocol allows", () => {
  let config = "";
  beforeAll(async () => {
    config = join(folder, "plain.yaml");
    await writeFile(config, "providers: [{ id: mail, scopes: [mail:read] }]\n");
  });

  it.each<readonly [string, () => Promise<HostileTarget>]>([
    [
      "100 MB of zeros, packed",
      () => {
        const bomb = gzipSync(Buffer.alloc(100e6));
        return answering((_, response) => response.writeHead(200, { ...json, "content-encoding": "gzip" }).end(bomb));
      },
    ],
    ["10,000 header lines", raw(head(`${"X-Line: 1\r\n".repeat(10_000)}Content-Length: 2\r\n\r\n`, "{}"))],
    ["a header of 60 kB", raw(head(`X-Long: ${"x".repeat(60_000)}\r\nContent-Length: 2\r\n\r\n`, "{}"))],
    ["escape codes in a header", raw(head("X-Title: \x1b]0;owned\x07\r\nContent-Length: 2\r\n\r\n", "{}"))],
    ["escape codes in the status line", raw("HTTP/1.1 200 \x1b[2J\u202e\r\nContent-Length: 2\r\n\r\n{}")],
    ["a length that is a lie", raw(head("Content-Length: 99999999999\r\n\r\n", "{}"))],
    ["two lengths", raw(head("Content-Length: 2\r\nContent-Length: 3\r\n\r\n", "{}"))],
    ["a chunk that never comes", raw(head("Transfer-Encoding: chunked\r\n\r\n", "FFFFFFF0\r\n{"))],
    [
      "no end of header lines",
      () => speaking((socket) => flood(socket, Buffer.from(`HTTP/1.1 200 OK\r\n${"X: 1\r\n".repeat(5000)}`))),
    ],
    [
      "no end of provisional answers",
      () => speaking((socket) => flood(socket, Buffer.from("HTTP/1.1 100 Continue\r\n\r\n".repeat(500)))),
    ],
    ["JSON of 200,000 brackets", () => answering((_, response) => response.writeHead(200, json).end("[".repeat(2e5)))],
    ["no UTF-8", () => answering((_, response) => response.writeHead(200, json).end(Buffer.alloc(5000, 0xff)))],
  ])("%s", async (_name, open) => {
    const target = await open();
    onTestFinished(() => target.close());
    const flags = ["--target", target.url, "--timeout", "2000", "--config", config];
    const { code, stdout, stderr, ms, peakMb } = await gateproof(["run", "ath-gateway", ...flags]);
    expect(stdout).toMatch(/Not testable/);
    expect(code).toBe(3);
    for (const line of `${stdout}${stderr}`.split("\n")) expect(line).not.toMatch(unprintable);
    expect(ms).toBeLessThan(10_000);
    expect(peakMb).toBeLessThan(mostMb);
  });
});
