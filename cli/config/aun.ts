import { createPrivateKey, X509Certificate } from "node:crypto";
import { resolve } from "node:path";
import type { Config } from "../../schemas/index.ts";
import type { AunSettings, ListedIdentity } from "../../suites/drivers/aun/settings.ts";
import { CliError } from "../exit.ts";
import { urlProblem } from "./address.ts";
import type { Collect } from "./consent.ts";
import { readText } from "./file.ts";

type AunConfig = NonNullable<Config["aun"]>;

/**
 * What is configured of an AUN target. Without an issuer, it is what follows the first dot of a target called
 * `gateway.<issuer>`, as the public SDKs have it. Certificates and keys are read from their files.
 */
export async function aunSettings(
  { issuer, http, identities = "open", trust_roots, peer }: AunConfig,
  target: string,
  folder: string,
  add: Collect,
): Promise<AunSettings> {
  if (http !== undefined) checkUrl(http, ["aun", "http"], add);
  if (peer !== undefined) checkUrl(peer.target, ["aun", "peer", "target"], add);
  const named = issuer ?? issuerOfHost(target);
  if (named === undefined) add(["aun", "issuer"], "is missing: the domain whose AIDs the target serves");
  return {
    issuer: named ?? "",
    ...(http !== undefined && { http: http.replace(/\/+$/, "") }),
    identities: identities === "open" ? identities : await Promise.all(identities.map((one) => listed(one, folder))),
    ...(trust_roots !== undefined && {
      trustRoots: await pemFrom(resolve(folder, trust_roots), "aun.trust_roots", isCertificate),
    }),
    ...(peer && { peer }),
  };
}

/** `agentid.test` of https://gateway.agentid.test; undefined for addresses that follow no such rule. */
export function issuerOfHost(target: string): string | undefined {
  const { hostname = "" } = URL.canParse(target) ? new URL(target) : {};
  return /^gateway\.(?<issuer>[^.]+(?:\.[^.]+)+)$/.exec(hostname)?.groups?.["issuer"];
}

function checkUrl(text: string, path: readonly string[], add: Collect): void {
  const problem = urlProblem(text, { base: true, websocket: true });
  if (problem !== undefined) add(path, problem);
}

type ListedConfig = Exclude<NonNullable<AunConfig["identities"]>, "open">[number];

async function listed({ aid, cert, key }: ListedConfig, folder: string): Promise<ListedIdentity> {
  const certificate = await pemFrom(resolve(folder, cert), `the certificate of ${aid}`, isCertificate);
  const privateKey = await pemFrom(resolve(folder, key), `the key of ${aid}`, isPrivateKey);
  const belongs = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey));
  if (belongs) return { aid, certificate, privateKey };
  throw new CliError({
    code: "CONFIG_INVALID",
    message: `aun.identities: the key ${key} is not the one of the certificate ${cert}`,
    mend: `give the key that the certificate of ${aid} was made for`,
  });
}

async function pemFrom(path: string, what: string, isOne: (pem: string) => boolean): Promise<string> {
  const pem = await readText(path, what);
  if (isOne(pem)) return pem;
  throw new CliError({ code: "CONFIG_INVALID", message: `${what}: ${path} is none in PEM`, mend: "give a PEM file" });
}

function isCertificate(pem: string): boolean {
  return succeeds(() => new X509Certificate(pem));
}

function isPrivateKey(pem: string): boolean {
  return succeeds(() => createPrivateKey(pem));
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
