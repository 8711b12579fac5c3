import { createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { createRecorder } from "../engine/recorder.ts";
import { createRedactor } from "../engine/redact.ts";
import { createHttpClient } from "./http-client.ts";
import { createWire } from "./wire.ts";

it("records a request that was lost on a kept connection, and the same one sent once more", async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    const isFirst = connections === 1;
    let requests = 0;
    socket.on("error", () => socket.destroy());
    socket.on("data", () => {
      requests += 1;
      if (isFirst && requests === 2) socket.resetAndDestroy();
      else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = createHttpClient({ timeoutMs: 5000 });
  onTestFinished(() => {
    client.close();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/ath/token`;
  const recorder = createRecorder({ redactor: createRedactor() });
  const wire = createWire(client, recorder, () => 0);
  const request = { from: "agent", to: "target", purpose: "other", method: "POST", url, headers: [] } as const;
  await wire.send({ ...request, body: Buffer.from("first") });
  const reply = await wire.send({ ...request, body: Buffer.from("second") });
  const { exchanges } = recorder.finish();
  expect(
    exchanges.map(({ id, request: { body }, response, error }) => [id, body, response?.status, error?.code]),
  ).toEqual([
    [1, "first", 200, undefined],
    [2, "second", undefined, "STALE_CONNECTION"],
    [3, "second", 200, undefined],
  ]);
  expect(reply.exchange.id).toBe(3);
});
