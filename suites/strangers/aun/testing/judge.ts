import { generateKeyPairSync } from "node:crypto";
import { openAunKit } from "../../../drivers/aun/aun-kit.ts";
import type { ListedIdentity } from "../../../drivers/aun/settings.ts";
import type { HookRequest, Settings } from "../../../drivers/settings.ts";
import type { Run } from "../../../engine/run.ts";
import { aunGateway } from "../../../profiles/aun-gateway.ts";
import { listen } from "../../handshake/testing/gateway.ts";
import type { Character } from "./character.ts";
import { serveGateway } from "./gateway.ts";
import { type House, openHouse } from "./house.ts";

/** As many as the checks of one AID's correspondents need. */
const listed = 5;

async function listIdentities({ agents, authority, character, now }: House): Promise<readonly ListedIdentity[]> {
  return Promise.all(
    Array.from({ length: listed }, async (_, index) => {
      const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const key = publicKey.export({ format: "der", type: "spki" }).toString("base64");
      const aid = `listed-${index}.${character.issuer}`;
      const certificate = await authority.certify(aid, key, "P-256", now());
      agents.set(aid, { aid, key, certificate });
      const pem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
      return { aid, certificate: certificate.toString("pem"), privateKey: pem };
    }),
  );
}

/** Judges a stranger by the whole profile, over loopback. */
export async function judge(character: Character): Promise<Run> {
  const house = await openHouse(character);
  const served = await serveGateway(house);
  const hooks = await listen(async (request, response) => {
    let body = "";
    for await (const piece of request) body += String(piece);
    const { seconds, aid } = JSON.parse(body);
    const code = String(Math.random()).slice(2, 10);
    if (request.url === "/clock") house.advance(Number(seconds));
    if (request.url === "/pair") house.pairings.set(code, String(aid));
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ pin: code }));
  });
  const hook = (path: string, body: string): HookRequest => {
    return { method: "POST", url: `${hooks.url}${path}`, headers: { "Content-Type": "application/json" }, body };
  };
  const settings: Settings = {
    target: { url: `http://127.0.0.1:${served.port}`, headers: {}, features: {} },
    agents: { host: "127.0.0.1", ports: [0], idTemplate: "{base}/{agent}" },
    providers: [],
    consent: { driver: "manual" },
    hooks:
      character.hooks === "none"
        ? {}
        : {
            clock: hook("/clock", '{"seconds": {seconds}}'),
            pairingCode: { ...hook("/pair", '{"aid": "{aid}"}'), result: "pin" },
          },
    aun: {
      issuer: character.issuer,
      identities: character.identities === "open" ? "open" : await listIdentities(house),
      trustRoots: house.authority.root.toString("pem"),
    },
    timeoutMs: 4000,
  };
  const kit = await openAunKit(settings, { seed: 5 });
  try {
    return await aunGateway.runWith(kit, { settings, seed: 5, runs: 4 });
  } finally {
    await Promise.all([kit.close(), served.close(), hooks.close()]);
  }
}
