import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { check } from "../kinds/check.ts";
import { conforms } from "../kinds/conforms.ts";
import { judgeAdvertised } from "./shared/advertised-endpoint.ts";
import {
  advertisedRegistration,
  foreignUrl,
  pathAtTarget,
  registrationEndpointIn,
} from "./shared/published-document.ts";

const knownPath = "/ath/agents/register";

/** A valid registration sent to any path of the target. */
async function registerAt(world: World, path: string): Promise<Reply> {
  const agent = world.newAgent();
  const { id, landingUri } = agent;
  const body = {
    agent_id: id,
    agent_attestation: await agent.attestation(),
    developer: agent.identity.document()["developer"],
    requested_providers: world.settings.providers.slice(0, 1).map((provider) => ({
      provider_id: provider.id,
      scopes: provider.scopes,
    })),
    purpose: "Conformance test",
    redirect_uris: [landingUri],
  };
  const headers = { "content-type": "application/json" };
  return world.send({ purpose: "register", method: "POST", path, headers, body: JSON.stringify(body) });
}

/** The registration endpoint in the published document (DISC-3). */
export const registrationEndpointChecks: readonly Check[] = [
  check({
    id: "DISC-3.endpoint-works",
    requirement: "DISC-3",
    title: "an agent can register at the advertised endpoint",
    async drive(world) {
      const { endpoint } = await advertisedRegistration(world);
      const attempt = await registerAt(world, pathAtTarget(world, endpoint));
      world.mark("attempt", attempt);
      // When it is refused, the known path tells whether it is the address that is wrong.
      if (!attempt.granted) world.mark("control", await registerAt(world, knownPath));
    },
    judge: (evidence) =>
      judgeAdvertised(evidence, { expected: "a registration sent to the advertised endpoint is granted", knownPath }),
  }),
  conforms({
    id: "DISC-3.endpoint-origin",
    requirement: "DISC-3",
    title: "the advertised endpoint is an absolute URL on the same origin, or on https",
    subject: async (world) => (await advertisedRegistration(world)).reply,
    relations: [
      {
        reasonCode: "foreign-origin",
        expected: "an absolute URL on the target's origin, or on https",
        broken: (body, _evidence, { request }) => foreignUrl(registrationEndpointIn(body), request.url),
      },
    ],
  }),
];
