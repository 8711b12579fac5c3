import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { shiftableClock } from "../core/clock.ts";
import { defaultGatewayConfig } from "../defaults.ts";
import { createAthGateway } from "./gateway.ts";

// The third mount of the same handler: inside a user's own tests, with no port at all.
const publicUrl = "https://gateway.test";
const gateway = createAthGateway({
  publicUrl,
  clock: shiftableClock(),
  config: defaultGatewayConfig({
    origin: "https://provider.test",
    clientId: "gateway",
    clientSecret: "secret-0123456789",
  }),
  faults: [{ id: "DISC-1.wrong-version", at: 2 }],
});
const server = setupServer(
  http.all(`${publicUrl}/*`, ({ request }) => gateway.handler(request)),
  http.get("https://elsewhere.test/", () => HttpResponse.text("not ours")),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => {
  server.close();
  gateway.close();
});

const discover = async (): Promise<unknown> => (await fetch(`${publicUrl}/.well-known/ath.json`)).json();

it("answers behind msw as behind the node server, faults included", async () => {
  expect(await discover()).toMatchObject({
    ath_version: "0.1",
    agent_registration_endpoint: `${publicUrl}/ath/agents/register`,
  });
  expect(await discover()).not.toMatchObject({ ath_version: "0.1" });
  expect(await discover()).toMatchObject({ ath_version: "0.1" });
  const refused = await fetch(`${publicUrl}/ath/proxy/mail/v1/messages`);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: "TOKEN_INVALID" });
});
