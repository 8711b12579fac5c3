import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { env } from "node:process";

/**
 * Below the range that the system gives to port 0 and to outgoing connections (32768 and up on Linux): a port from
 * there could be another test's before the process that is told of it listens.
 */
const lowest = 12_000;
/** Workers of one test run share nothing but the machine; each has ports of its own. */
const portsOfAWorker = 2000;
const workers = 10;

const worker = Number(env["VITEST_POOL_ID"] ?? 0) % workers;
/** Two test runs at once begin far from each other most of the time; their process ids would be neighbours. */
let next = randomInt(portsOfAWorker);

/** A port that nobody listens on, and that nobody else of this test run is told of. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < portsOfAWorker; tried += 1) {
    const port = lowest + worker * portsOfAWorker + (next % portsOfAWorker);
    next += 1;
    if (await isFree(port)) return port;
  }
  throw new Error(`every port from ${lowest + worker * portsOfAWorker} on is taken`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
