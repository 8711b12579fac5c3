import { generateKeyPairSync } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { ownCertificates } from "../../mocks/core/tls.ts";
import { profileIds } from "../../suites/profiles/index.ts";
import { loadSettings } from "../config.ts";
import { kitVersion } from "../version.ts";
import { configText } from "./config-text.ts";
import { init } from "./init.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-init-"));
  vi.spyOn(process.stdout, "write").mockImplementation((_text, ...rest) => {
    const done = rest.at(-1);
    if (typeof done === "function") Reflect.apply(done, undefined, []);
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

const wish = (more: Partial<Parameters<typeof init>[0]> = {}): Parameters<typeof init>[0] => ({
  $0: "gateproof",
  _: ["init"],

  profile: undefined,
  target: undefined,
  ci: undefined,
  force: undefined,
  ...more,
});
const file = (path: string) => readFile(join(folder, path), "utf8");
const said = () => vi.mocked(process.stdout.write).mock.calls.join("");

/** Every secret that a configuration may ask for. */
function environment() {
  const { privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const plain = ["PROVIDER_SECRET", "USER_PASSWORD", "ADMIN_TOKEN", "TARGET_LOGIN"].map((name) => [name, "s3cret"]);
  return { ...Object.fromEntries(plain), USER_KEY: privateKey, SECOND_USER_KEY: privateKey };
}

describe.each(profileIds)("the configuration of %s", (profile) => {
  it("loads as it is written", async () => {
    await init(wish({ profile }), folder);
    const loaded = await loadSettings({}, { cwd: folder, env: environment() });
    expect(loaded).toMatchObject({ profile, file: "gateproof.config.yaml" });
    expect(said()).toContain(`gateproof run ${profile}`);
  });

  it("loads with every key switched on", async () => {
    const text = configText(profile, undefined)
      .replaceAll(/^(\s*)#(?! )/gm, "$1")
      .replaceAll(/^#( {2,}\w)/gm, "$1");
    expect(text).not.toBe(configText(profile, undefined));
    await writeFile(join(folder, "gateproof.config.yaml"), text);
    await writeFile(join(folder, "root.pem"), ownCertificates().authority);
    const loaded = await loadSettings({}, { cwd: folder, env: environment() });
    expect(loaded).toMatchObject({ profile, implementation: { project: "gateway" } });
    expect(loaded?.settings.hooks.clock).toBeDefined();
    expect(loaded?.settings.target.headers).toEqual({ "X-Login": "s3cret" });
  });
});

describe("the CI file", () => {
  it("is a workflow for GitHub, with the secrets of the configuration and the version of the kit", async () => {
    await init(wish({ profile: "ath-gateway", target: "https://gw.example" }), folder);
    const workflow: unknown = parse(await file(".github/workflows/gateproof.yml"));
    expect(workflow).toMatchObject({
      jobs: {
        conformance: {
          env: { PROVIDER_SECRET: expect.stringMatching(/^\$\{\{ secrets\.PROVIDER_SECRET \}\}$/) },
          steps: expect.arrayContaining([
            expect.objectContaining({
              run: expect.stringMatching(
                new RegExp(`^npx --yes gateproof@${kitVersion()} run ath-gateway --report junit=gateproof.xml`),
              ),
            }),
          ]),
        },
      },
    });
    expect(await file("gateproof.config.yaml")).toContain('url: "https://gw.example"');
    expect(said()).toContain("PROVIDER_SECRET");
  });

  it("is one for GitLab where GitLab is, without secrets that nothing needs", async () => {
    await writeFile(join(folder, ".gitlab-ci.yml"), "stages: [test]\n");
    await init(wish({ profile: "aun-gateway" }), folder);
    expect(parse(await file("gateproof.gitlab-ci.yml"))).toMatchObject({
      gateproof: { artifacts: { reports: { junit: "gateproof.xml" } } },
    });
    expect(await file("gateproof.gitlab-ci.yml")).not.toContain("Masked");
    expect(await file(".gitlab-ci.yml")).toBe("stages: [test]\n");
  });

  it("is left out when none is wanted", async () => {
    await init(wish({ ci: "none" }), folder);
    await expect(file(".github/workflows/gateproof.yml")).rejects.toThrow(/ENOENT/);
    expect(await file("gateproof.config.yaml")).toContain("profile: ath-gateway");
  });
});

describe("what is there already", () => {
  it("is not overwritten, nor is anything else written, unless it is meant", async () => {
    await mkdir(join(folder, ".github", "workflows"), { recursive: true });
    await writeFile(join(folder, ".github/workflows/gateproof.yml"), "mine\n");
    await expect(init(wish(), folder)).rejects.toMatchObject({
      code: "FILE_EXISTS",
      message: expect.stringContaining(".github/workflows/gateproof.yml"),
    });
    expect(await file(".github/workflows/gateproof.yml")).toBe("mine\n");
    await expect(file("gateproof.config.yaml")).rejects.toThrow(/ENOENT/);
    await init(wish({ force: true }), folder);
    expect(await file(".github/workflows/gateproof.yml")).toContain("npx --yes gateproof@");
  });
});

it.each([
  ["UNKNOWN_PROFILE", { profile: "ath-gatway" }, /did you mean ath-gateway/],
  ["BAD_URL", { target: "gateway" }, /--target must be/],
  ["BAD_URL", { profile: "ath-native", target: "wss://gateway.example" }, /--target must begin/],
] as const)("refuses with %s", async (code, flags, message) => {
  await expect(init(wish(flags), folder)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});
