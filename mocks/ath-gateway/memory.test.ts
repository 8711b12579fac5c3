import { expect, it } from "vitest";
import { startLab, text } from "./testing/lab.ts";

it("forgets what is dead, so that memory stays flat", async () => {
  const lab = await startLab();
  try {
    const agent = await lab.registered();
    for (let round = 0; round < 20; round += 1) {
      const { body } = await lab.authorize(agent);
      if (round % 4 === 0) continue;
      await lab.browse(text(body, "authorization_url"));
      if (round % 4 === 1) continue;
      const issued = await lab.exchange(agent, text(body, "ath_session_id"));
      const token = text(issued.body, "access_token");
      await lab.call(agent, token);
      const credentials = { client_id: agent.clientId, client_secret: agent.clientSecret };
      if (round % 4 === 2) await lab.post("/ath/revoke", { token, ...credentials });
    }
    expect(lab.gateway.sizes()).toMatchObject({ sessions: 20, tokens: 10, grants: 10, codes: 15 });
    expect(lab.gateway.tokens().filter(({ revoked }) => revoked).length).toBe(5);

    lab.clock.advance(3 * 3600);
    await fetch(`${lab.url}/.well-known/ath.json`);
    expect(lab.gateway.sizes()).toEqual({
      agents: 1,
      clientIds: 1,
      sessions: 0,
      consents: 0,
      providerStates: 0,
      codes: 0,
      tokens: 0,
      grants: 0,
      jtis: 0,
      rates: 0,
      identities: 0,
      refetches: 0,
      breakers: 0,
      audit: expect.any(Number),
    });

    lab.clock.advance(100 * 24 * 3600);
    await fetch(`${lab.url}/.well-known/ath.json`);
    expect(lab.gateway.sizes()).toMatchObject({ agents: 0, clientIds: 0 });
    lab.gateway.reset();
    expect(Object.values(lab.gateway.sizes()).every((size) => size === 0)).toBe(true);
  } finally {
    await lab.close();
  }
});
