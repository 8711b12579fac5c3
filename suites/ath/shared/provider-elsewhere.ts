import type { World } from "../../drivers/world.ts";
import type { SetupFinding } from "../../engine/preflight.ts";

/**
 * Where the target sends users instead of to the kit's provider; undefined when it is behind the target, or when the
 * target sends them nowhere else: then it is the target's own matter, and the checks say so.
 */
export async function providerElsewhere(world: World): Promise<SetupFinding | undefined> {
  const reply = await world.agent.authorize();
  const session = world.agent.readSession(reply, {});
  if (session === undefined) return undefined;
  const { origin } = world.provider;
  const { providerUrl, finalUrl } = await world.user.consentUntilCallback(session);
  const reached = [session.authorizationUrl, providerUrl, finalUrl].flatMap((url) =>
    url !== undefined && URL.canParse(url) ? [new URL(url)] : [],
  );
  // By host: a target that hands out http: for its own https: is still itself (TLS-1).
  const known = new Set([new URL(origin).host, new URL(world.base).host]);
  const elsewhere = reached.find(({ host }) => !known.has(host));
  if (elsewhere === undefined || reached.some((url) => url.origin === origin)) return undefined;
  return {
    severity: "error",
    whose: "configuration",
    what: `the target sends users to ${elsewhere.origin}, and the kit's provider is at ${origin}`,
    mend: `register the provider at the target: authorization endpoint ${origin}/authorize, token endpoint ${origin}/token, API ${origin}/api; or let consent.provider.listen be where the target expects it`,
  };
}
