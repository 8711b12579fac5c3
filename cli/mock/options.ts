import { isIP } from "node:net";
import { resolve } from "node:path";
import { type StartableMock, type StartOptions, startableMocks } from "../../mocks/start.ts";
import { nearest } from "../../schemas/nearest.ts";
import type { MockFlags } from "../commands/mock.ts";
import { urlProblem } from "../config/address.ts";
import { type CalledIn, readConfig } from "../config.ts";
import { CliError } from "../exit.ts";

/** Which mock is meant. Throws CliError. */
export function mockCalled(word: string): StartableMock {
  const known = startableMocks.find((mock) => mock === word);
  if (known !== undefined) return known;
  const near = nearest(word, startableMocks);
  throw new CliError({
    code: "UNKNOWN_MOCK",
    message: `there is no mock "${word}"${near === undefined ? "" : `; did you mean ${near}?`}`,
    mend: `mocks: ${startableMocks.join(", ")}`,
  });
}

/** How to start it. Throws CliError for what contradicts itself or could be reached by others unasked. */
export async function startOptions(
  which: StartableMock,
  flags: MockFlags,
  { cwd, env }: CalledIn,
): Promise<StartOptions> {
  const { host, port, fault, tls, seed, config: file } = flags;
  if (host !== undefined && !isLoopback(host) && !flags.expose) {
    throw new CliError({
      code: "NOT_LOOPBACK",
      message: `--host ${host} would let other machines reach the mock, which gives tokens to anybody`,
      mend: "add --expose if that is meant, or leave --host out",
    });
  }
  if (file !== undefined && which === "oauth-provider") {
    throw new CliError({
      code: "CONFIG_NOT_USED",
      message: "--config configures a gateway, and oauth-provider is none",
      mend: "leave --config out",
    });
  }
  const publicUrl = flags["public-url"];
  const problem = publicUrl === undefined ? undefined : urlProblem(publicUrl, { base: true });
  if (problem !== undefined) throw new CliError({ code: "BAD_URL", message: `--public-url ${problem}` });
  const configured = file === undefined ? {} : await configuredBy(file, which, { cwd, env });
  const controlPort = flags["control-port"];
  return {
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(controlPort !== undefined && { controlPort }),
    ...(publicUrl !== undefined && { publicUrl: publicUrl.replace(/\/+$/, "") }),
    ...configured,
    ...aunOptions(which, flags),
    ...(fault !== undefined && { faults: fault }),
    ...(seed !== undefined && { seed }),
    ...(tls && { tls: true }),
  };
}

/** The flags that only an AUN gateway understands. Throws CliError where they would be ignored. */
function aunOptions(which: StartableMock, { issuer, peer = [], conflict }: MockFlags): Pick<StartOptions, "aun"> {
  if (issuer === undefined && peer.length === 0 && conflict === undefined) return {};
  if (which !== "aun-gateway" && which !== "all") {
    const flag = issuer !== undefined ? "--issuer" : peer.length > 0 ? "--peer" : "--conflict";
    throw new CliError({
      code: "FLAG_NOT_USED",
      message: `${flag} is about an AUN gateway, and ${which} is none`,
      mend: "leave it out, or start aun-gateway",
    });
  }
  return {
    aun: {
      ...(issuer !== undefined && { issuer }),
      ...(conflict !== undefined && { conflict }),
      peers: Object.fromEntries(peer.map(peerCalled)),
    },
  };
}

/** `b.test=ws://127.0.0.1:5001/aun` in its two parts. Throws CliError. */
function peerCalled(text: string): readonly [issuer: string, url: string] {
  const { issuer = "", url = "" } = /^(?<issuer>[a-z0-9.-]+)=(?<url>wss?:\/\/.+)$/.exec(text)?.groups ?? {};
  if (URL.canParse(url)) return [issuer, url];
  throw new CliError({
    code: "BAD_PEER",
    message: `--peer takes ISSUER=WS-URL, not "${text.slice(0, 120)}"`,
    mend: "for example --peer b.test=ws://127.0.0.1:5001/aun",
  });
}

/** Each gateway has configuration files of its own. */
async function configuredBy(
  file: string,
  which: StartableMock,
  { cwd, env }: CalledIn,
): Promise<Pick<StartOptions, "config" | "handshake">> {
  const path = resolve(cwd, file);
  if (which === "ath-handshake") return { handshake: (await readConfig("HandshakeConfig", path, file, env)).value };
  const config = (await readConfig("MockConfig", path, file, env)).value;
  if (which === "ath-native" && config.providers !== undefined && config.providers.length > 0) {
    throw new CliError({
      code: "CONFIG_NOT_USED",
      message: `${file} names providers, and ath-native has none behind it: it is the service itself`,
      mend: "leave `providers` out; what it offers is mail:read, mail:send and mail:delete of mock-mail",
    });
  }
  return { config };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
