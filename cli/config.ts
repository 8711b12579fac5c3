import { dirname, resolve } from "node:path";
import type { Config, Implementation } from "../schemas/index.ts";
import type { ConsentSettings, Settings } from "../suites/drivers/settings.ts";
import { urlProblem } from "./config/address.ts";
import { type ConfigDocument, type ConfigName, parseConfig } from "./config/document.ts";
import type { Environment } from "./config/environment.ts";
import { exists, readText } from "./config/file.ts";
import { mergedHeaders, parseHeaderFile } from "./config/headers.ts";
import { keyPath } from "./config/problem.ts";
import { settingsOf } from "./config/settings.ts";
import { CliError } from "./exit.ts";

/** The flags that say what is judged; they beat the file. */
export interface SettingsFlags {
  readonly config?: string | undefined;
  readonly target?: string | undefined;
  readonly "header-file"?: string | undefined;
  readonly ca?: string | undefined;
  readonly insecure?: boolean | undefined;
  /** Per exchange, milliseconds. */
  readonly timeout?: number | undefined;
}

/** Where the command was called. */
export interface CalledIn {
  readonly cwd: string;
  readonly env: Environment;
}

export interface LoadedSettings {
  readonly settings: Settings;
  readonly profile?: Config["profile"];
  readonly implementation?: Implementation;
  /** The configuration file; undefined when there is none. */
  readonly file?: string;
}

const defaultFile = "gateproof.config.yaml";

/**
 * What the flags and the configuration file say of the target; undefined when neither names one and no file is there
 * (then the embedded mock is judged). Throws CliError with what is wrong, where, and what to do.
 */
export async function loadSettings(flags: SettingsFlags, { cwd, env }: CalledIn): Promise<LoadedSettings | undefined> {
  const file = flags.config ?? ((await exists(resolve(cwd, defaultFile))) ? defaultFile : undefined);
  const document = file === undefined ? undefined : await readConfig("Config", resolve(cwd, file), file, env);
  if (flags.target === undefined && document === undefined) return embedded(flags);
  const folder = file === undefined ? cwd : dirname(resolve(cwd, file));
  const { settings, ...rest } = await settled(document, flags, file ?? "", folder);
  return {
    settings: { ...settings, ...(await overFlags(settings, flags, cwd)) },
    ...rest,
    ...(file !== undefined && { file }),
  };
}

/** The same for a configuration that is at hand as an object; relative paths in it are relative to `cwd`. */
export async function settingsOfObject(
  config: Config,
  flags: Omit<SettingsFlags, "config">,
  { cwd, env }: CalledIn,
): Promise<LoadedSettings> {
  const name = "the configuration";
  const document = await parseConfig("Config", name, JSON.stringify(config), env);
  const { settings, ...rest } = await settled(document, flags, name, cwd);
  return { settings: { ...settings, ...(await overFlags(settings, flags, cwd)) }, ...rest };
}

/** The settings of a configuration, or of a target alone. `name`: the configuration, as messages call it. */
async function settled(
  document: ConfigDocument<Config> | undefined,
  { target }: SettingsFlags,
  name: string,
  folder: string,
): Promise<LoadedSettings> {
  const config: Config = document?.value ?? {};
  if (target !== undefined) checkTarget(target);
  const url = target ?? config.target?.url;
  if (url === undefined) {
    throw new CliError({
      code: "NO_TARGET",
      message: `${name} names no target`,
      mend: "set target.url in it, or pass --target URL; the embedded mock is judged only where no configuration is",
    });
  }
  const { settings, problems } = await settingsOf({ ...config, target: { ...config.target, url } }, folder);
  if (document === undefined && problems.length > 0) {
    throw new CliError({
      code: "CONFIG_INVALID",
      message: `--target ${url} is not enough to judge it`,
      details: problems.map(({ path, problem }) => `${keyPath(path)} ${problem}`),
      mend: `write ${problems.map(({ path }) => keyPath(path)).join(", ")} into ${defaultFile} (\`gateproof init\` makes one)${url.startsWith("ws") ? "; only aun-gateway is judged over a WebSocket" : ""}`,
    });
  }
  document?.refuse(problems);
  const { profile, implementation } = config;
  return { settings, ...(profile && { profile }), ...(implementation && { implementation }) };
}

/** Reads and validates a configuration file. `name`: as the user wrote it. */
export async function readConfig<Name extends ConfigName>(
  schema: Name,
  path: string,
  name: string,
  env: Environment,
): Promise<ConfigDocument<Awaited<ReturnType<typeof parseConfig<Name>>>["value"]>> {
  return parseConfig(
    schema,
    name,
    await readText(path, schema === "Baseline" ? "the baseline" : "the configuration"),
    env,
  );
}

function checkTarget(url: string): void {
  const problem = urlProblem(url, { base: true, websocket: true });
  if (problem !== undefined) {
    throw new CliError({
      code: "BAD_URL",
      message: `--target ${problem}`,
      mend: "for example --target https://gateway.example",
    });
  }
}

/** Flags that are about a target make no sense without one, and whoever gives them means one. */
function embedded(flags: SettingsFlags): undefined {
  const stray = (["header-file", "ca", "insecure"] as const).find((flag) => flags[flag] !== undefined);
  if (stray === undefined) return undefined;
  throw new CliError({
    code: "NO_TARGET",
    message: `--${stray} is about a target, and none is named`,
    mend: `pass --target URL, or put target.url into ${defaultFile}`,
  });
}

async function overFlags(settings: Settings, flags: SettingsFlags, cwd: string): Promise<Partial<Settings>> {
  const headers = flags["header-file"] === undefined ? {} : await headersFrom(resolve(cwd, flags["header-file"]));
  const ca = flags.ca === undefined ? undefined : await certificatesFrom(resolve(cwd, flags.ca));
  return {
    target: {
      ...settings.target,
      headers: mergedHeaders(settings.target.headers, headers),
      ...(ca !== undefined && { ca }),
      ...(flags.insecure && { insecure: true }),
    },
    ...(flags.timeout !== undefined && {
      timeoutMs: flags.timeout,
      consent: patientConsent(settings.consent, flags.timeout),
    }),
  };
}

/** A consent by somebody else takes many exchanges; how long it is waited for keeps its proportion to one of them. */
const exchangesPerConsent = { command: 6, manual: 30 } as const;

function patientConsent(consent: ConsentSettings, timeoutMs: number): ConsentSettings {
  if (consent.driver !== "command" && consent.driver !== "manual") return consent;
  return { ...consent, timeoutMs: timeoutMs * exchangesPerConsent[consent.driver] };
}

async function headersFrom(path: string): Promise<Readonly<Record<string, string>>> {
  const parsed = parseHeaderFile(await readText(path, "--header-file"));
  if ("headers" in parsed) return parsed.headers;
  throw new CliError({
    code: "HEADER_FILE_INVALID",
    message: `--header-file ${path}, line ${parsed.line}: ${parsed.problem}`,
  });
}

async function certificatesFrom(path: string): Promise<string> {
  const text = await readText(path, "--ca");
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new CliError({
    code: "CA_INVALID",
    message: `--ca ${path} has no certificate in PEM`,
    mend: "give a file with -----BEGIN CERTIFICATE----- blocks (openssl x509 -inform der -outform pem converts)",
  });
}
