import { createPrivateKey } from "node:crypto";
import { resolve } from "node:path";
import type { Config } from "../../schemas/index.ts";
import type {
  ConfirmationSettings,
  HandshakeSettings,
  SystemSettings,
  UserSettings,
} from "../../suites/drivers/handshake/settings.ts";
import type { HookRequest } from "../../suites/drivers/settings.ts";
import { listenAddress, urlProblem } from "./address.ts";
import type { Collect } from "./consent.ts";
import { readText } from "./file.ts";
import { hookRequest } from "./hooks.ts";

type HandshakeConfig = NonNullable<Config["handshake"]>;

/** The binding that the kit states for itself (specs/ath-handshake/binding.ts), and its users' address. */
const defaults = {
  path: "/ath/handshake",
  agentDid: "did:ath:agent:{agent}",
  versions: ["0.1"],
  listen: "127.0.0.1:4821",
  confirmationPath: "/confirm/{user}",
  ttlS: 600,
} as const;

/** What is configured of a nine-step gateway. Keys are read from their files; relative paths are relative to `folder`. */
export async function handshakeSettings(
  config: HandshakeConfig,
  folder: string,
  add: Collect,
): Promise<HandshakeSettings> {
  const { path = defaults.path, correlation = "body", signature = "raw", versions = defaults.versions } = config;
  const {
    algorithm,
    server_did,
    agent_did: agentDid = defaults.agentDid,
    second_user,
    systems = [],
    restrictions = {},
  } = config;
  const { ip_whitelist, access_time, rate_limit, forwarded_by } = restrictions;
  if (second_user?.did === config.user.did) add(["handshake", "second_user", "did"], "is the first user's");
  return {
    path,
    correlation,
    signature,
    ...(algorithm !== undefined && { algorithm }),
    versions,
    agentDid,
    ...(server_did !== undefined && { serverDid: server_did }),
    user: await userSettings(config.user, "user", folder, add),
    ...(second_user && { secondUser: await userSettings(second_user, "second_user", folder, add) }),
    confirmation: confirmationSettings(config.confirmation ?? {}, second_user !== undefined, add),
    ttlS: config.ttl_s ?? defaults.ttlS,
    systems: systemSettings(systems, add),
    restrictions: {
      ...(ip_whitelist !== undefined && { ipWhitelist: ip_whitelist }),
      ...(access_time !== undefined && { accessTime: access_time }),
      ...(rate_limit !== undefined && { rateLimit: rate_limit }),
      ...(forwarded_by !== undefined && { forwardedBy: forwarded_by }),
    },
    hooks: handshakeHooks(config.hooks ?? {}, add),
  };
}

type UserConfig = HandshakeConfig["user"];

/** The key is a file, or the PEM itself (from the environment, for example). */
async function userSettings(
  { did, key }: UserConfig,
  which: "user" | "second_user",
  folder: string,
  add: Collect,
): Promise<UserSettings> {
  const path = ["handshake", which, "key"];
  const privateKey = key.includes("-----BEGIN ") ? key : await readText(resolve(folder, key), path.join("."));
  const problem = keyProblem(privateKey);
  if (problem !== undefined) add(path, problem);
  return { did, privateKey };
}

function keyProblem(pem: string): string | undefined {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    if (asymmetricKeyType === "ed25519" || asymmetricKeyDetails?.namedCurve === "prime256v1") return undefined;
    return `must be a key on P-256 or Ed25519, is of type ${String(asymmetricKeyType)}`;
  } catch {
    return "must be a private key as PKCS#8 PEM (openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256)";
  }
}

function confirmationSettings(
  {
    listen = defaults.listen,
    path = defaults.confirmationPath,
    base_url,
    answer = "post",
  }: NonNullable<HandshakeConfig["confirmation"]>,
  twoUsers: boolean,
  add: Collect,
): ConfirmationSettings {
  const keys = ["handshake", "confirmation"];
  const address = listenAddress(listen);
  if ("problem" in address) add([...keys, "listen"], address.problem);
  if (twoUsers && !path.includes("{user}")) add([...keys, "path"], "must hold {user} where there are two users");
  const problem = base_url === undefined ? undefined : urlProblem(base_url, { base: true });
  if (problem !== undefined) add([...keys, "base_url"], problem);
  const { host, port } = "problem" in address ? { host: "", port: 0 } : { host: address.host, port: address.ports[0] };
  return {
    host,
    port: port ?? 0,
    path,
    answer,
    ...(base_url !== undefined && { baseUrl: base_url.replace(/\/+$/, "") }),
  };
}

function systemSettings(systems: NonNullable<HandshakeConfig["systems"]>, add: Collect): readonly SystemSettings[] {
  return systems.map(({ prefix, scopes, unmapped = [], format = "json", sample = {} }, index) => {
    const path = ["handshake", "systems", String(index)];
    if (systems.findIndex((other) => other.prefix === prefix) < index)
      add([...path, "prefix"], `"${prefix}" is given twice`);
    const outside = [...Object.values(scopes).flat(), ...unmapped].find((line) => !line.includes(` ${prefix}/`));
    if (outside !== undefined) add(path, `has the call "${outside}", which is not below ${prefix}/`);
    return { prefix, scopes, unmapped, format, sample };
  });
}

type HookName = keyof NonNullable<HandshakeConfig["hooks"]>;

/** What the body of each hook must say. */
const placeholders: Readonly<Record<HookName, readonly string[]>> = {
  backend_log: [],
  backend_fault: ["{system}", "{on}"],
  revoke_token: ["{token}"],
  revoke_user: ["{user}", "{agent}"],
};

function handshakeHooks(hooks: NonNullable<HandshakeConfig["hooks"]>, add: Collect): HandshakeSettings["hooks"] {
  const hookOf = (name: HookName): HookRequest | undefined => {
    const hook = hooks[name];
    if (hook === undefined) return undefined;
    const path = ["handshake", "hooks", name];
    const request = hookRequest(hook, path, add);
    const missing = placeholders[name].filter((placeholder) => !request.body?.includes(placeholder));
    if (missing.length > 0) add([...path, "body"], `must hold ${missing.join(" and ")}`);
    return request;
  };
  const [backendLog, backendFault] = [hookOf("backend_log"), hookOf("backend_fault")];
  const [revokeToken, revokeUser] = [hookOf("revoke_token"), hookOf("revoke_user")];
  return {
    ...(backendLog && { backendLog }),
    ...(backendFault && { backendFault }),
    ...(revokeToken && { revokeToken }),
    ...(revokeUser && { revokeUser }),
  };
}
