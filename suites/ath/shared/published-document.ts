import type { Reply } from "../../drivers/reply.ts";
import { type DeploymentMode, serviceDocumentPath } from "../../drivers/service-api.ts";
import type { World } from "../../drivers/world.ts";
import { member, text } from "../../engine/json.ts";
import { notApplicable, notTested } from "../../engine/stop.ts";
import { requireGranted } from "../../kinds/control.ts";
import { sameOrigin } from "./loopback.ts";

/** Where an implementor publishes what it is (ATH 0.1 client/discovery § Mode 2, § Mode 3). */
export const documentPaths: Readonly<Record<DeploymentMode, string>> = {
  gateway: "/.well-known/ath.json",
  native: serviceDocumentPath,
};

/** Answers that say that there is no such page. */
const absent = [404, 405, 410, 501];

/** Whether the answer says that there is no such page. */
export function isAbsent({ status }: Pick<Reply, "status">): boolean {
  return absent.includes(status);
}

/** Gets the document that the target publishes about itself. */
export function fetchDocument(world: World): Promise<Reply> {
  return world.send({ purpose: "discovery", method: "GET", path: documentPaths[world.mode] });
}

/** The same, where it is optional (DISC-1 is a MAY): its absence ends the check as not-applicable. */
export async function documentIfAny(world: World): Promise<Reply> {
  const reply = await fetchDocument(world);
  if (!isAbsent(reply)) return reply;
  throw notApplicable("feature-absent", `the target publishes nothing at ${documentPaths[world.mode]}`, {
    exchanges: [reply.exchange.id],
  });
}

/** The registration endpoint that a document of either mode advertises. */
export function registrationEndpointIn(body: unknown): string | undefined {
  return text(body, "agent_registration_endpoint") ?? text(member(body, "auth"), "registration_endpoint");
}

/** The document, and an endpoint that it advertises; its absence there ends the check. */
interface Advertised {
  readonly reply: Reply;
  readonly endpoint: string;
}

export async function advertisedRegistration(world: World): Promise<Advertised> {
  const reply = await documentIfAny(world);
  requireGranted(reply, "discovery");
  const endpoint = registrationEndpointIn(reply.json);
  if (endpoint !== undefined) return { reply, endpoint };
  const exchanges = [reply.exchange.id];
  if (world.mode === "native") {
    throw notApplicable("feature-absent", "the document names no registration_endpoint, which is optional", {
      exchanges,
    });
  }
  throw notTested("endpoint-missing", "the directory names no agent_registration_endpoint", {
    cause: "target",
    exchanges,
  });
}

/** The advertised endpoint as a path below the target's base URL, where the kit sends its requests. */
export function pathAtTarget({ base }: World, endpoint: string): string {
  const target = new URL(`${base}/`);
  if (!URL.canParse(endpoint, target.href)) {
    throw notTested("endpoint-unreadable", "the advertised endpoint is no URL", { cause: "target" });
  }
  const url = new URL(endpoint, target);
  const { pathname, search } = url;
  const prefix = target.pathname.replace(/\/$/, "");
  if (!sameOrigin(url, target) || !pathname.startsWith(`${prefix}/`)) {
    throw notTested("other-address", "the advertised endpoint is not below the target's URL", {
      cause: "configuration",
      mend: "run the kit against the public URL that the target advertises",
    });
  }
  return `${pathname.slice(prefix.length)}${search}`;
}

/** What is wrong with an advertised URL: neither on the target's origin nor on https. undefined: nothing. */
export function foreignUrl(advertised: string | undefined, documentUrl: string): string | undefined {
  const shown = JSON.stringify(advertised ?? null);
  if (advertised === undefined || !URL.canParse(advertised)) return shown;
  const url = new URL(advertised);
  return url.protocol === "https:" || sameOrigin(url, new URL(documentUrl)) ? undefined : shown;
}
