import { expect, it } from "vitest";
import { pair, startLab } from "./testing/lab.ts";

it("bears ten thousand handshakes that nobody goes on with", async () => {
  const lab = startLab();
  const key = pair();
  const begun = await lab.hello();
  await lab.prove(begun);
  for (let count = 0; count < 10_000; count += 1) {
    const { first } = await lab.hello(key);
    if (first.status !== 200) expect(first.status).toBe(503);
  }
  expect(lab.gateway.sizes()["handshakes"]).toBeLessThanOrEqual(5_000);
  // Whoever has proved who he is keeps his place, and others may begin.
  expect((await lab.ask(begun)).status).toBe(200);
  expect((await lab.connected()).completed.status).toBe(200);
}, 60_000);

it("forgets what is dead", async () => {
  const lab = startLab();
  for (let round = 0; round < 5; round += 1) {
    await lab.hello();
    const { token } = await lab.connected();
    await lab.call(token, "GET /oa/api/documents");
  }
  expect(lab.gateway.sizes()).toMatchObject({ handshakes: 10, confirmations: 5, tokens: 5, rates: 5 });
  lab.clock.advance(31 * 24 * 3600);
  await lab.hello();
  expect(lab.gateway.sizes()).toMatchObject({ handshakes: 1, confirmations: 0, tokens: 0, rates: 0, agentKeys: 0 });
  lab.gateway.reset();
  expect(Object.values(lab.gateway.sizes()).every((size) => size === 0)).toBe(true);
});
