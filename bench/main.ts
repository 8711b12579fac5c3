/**
 * Speed figures as ratios taken in one run on one machine: `npm run bench`.
 *
 * - proxied requests/s of the mock gateway to those of a bare node:http reverse proxy before the same upstream;
 * - the time of a full verified handshake (register, authorize, consent, token, proxied call, revoke), median;
 * - memory after 10,000 handshakes against memory after 5,000, while ten weeks pass;
 * - start-up of the built command line: --help, list, and a mock until it is ready;
 * - nine-step handshakes/s to the bare cost of their cryptography, forwarded calls/s to a bare proxy;
 * - AUN: messages/s to a bare ws echo, bytes per connection to a bare ws server, connects/s to the bare verifications.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startMock } from "../mocks/start.ts";
import { benchNineSteps } from "./ath-handshake.ts";
import { benchAun } from "./aun-gateway.ts";
import { figures, median, rounded } from "./figures.ts";
import { agentHost, handshake, journey } from "./handshake.ts";
import { client } from "./http.ts";
import { bareProxy, bareUpstream, rate } from "./proxy.ts";

const rounds = 5;
const unlimited = { requests_per_minute: 1_000_000_000 };

/** In this order; `npm run bench -- nine-steps` takes one of them alone. */
const parts: Readonly<Record<string, () => Promise<void>>> = {
  start: benchStart,
  proxy: benchProxy,
  handshake: benchHandshake,
  memory: benchMemory,
  "nine-steps": benchNineSteps,
  aun: benchAun,
};

const wanted = process.argv.slice(2);
for (const [name, part] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await part();
console.log(JSON.stringify(figures, null, 2));
process.exit(0);

/** Both proxies run in this thread, one after the other; upstream and load have threads of their own. */
async function benchProxy(): Promise<void> {
  const { origin, close } = await bareUpstream();
  const mock = await startMock("ath-gateway", { apiBase: `${origin}/api`, overrides: { limits: unlimited } });
  mock.provider?.consent.set({ user: "alice", grant: "all" });
  const host = await agentHost();
  const { ask, close: closeClient } = client();
  const agent = host.agent();
  const { token } = await handshake(ask, mock.ready.url, agent);
  const bare = await bareProxy(origin);
  const headers = { authorization: `Bearer ${token}`, "x-ath-agent-id": agent.id };
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const bareRate = await rate(`${bare.url}/api/v1/messages`, headers);
    const mockRate = await rate(`${mock.ready.url}/ath/proxy/mail/v1/messages`, headers);
    ratios.push(mockRate / bareRate);
    figures[`proxy: requests/s, bare and gateway, round ${round + 1}`] =
      `${Math.round(bareRate)} ${Math.round(mockRate)}`;
  }
  figures["proxy: gateway to bare, median"] = rounded(median(ratios));
  closeClient();
  await Promise.all([bare.close(), mock.close(), host.close(), close()]);
}

async function benchHandshake(): Promise<void> {
  const { mock, host, ask, close } = await stage();
  for (let warm = 0; warm < 200; warm += 1) await journey(ask, mock.ready.url, host.agent());
  const times: number[] = [];
  for (let round = 0; round < 500; round += 1) {
    const agent = host.agent();
    const started = performance.now();
    await journey(ask, mock.ready.url, agent);
    times.push(performance.now() - started);
  }
  figures["handshake: median ms"] = rounded(median(times));
  await close();
}

/** Ten weeks of ten thousand handshakes: what is dead by the mock's clock must be dropped. */
async function benchMemory(): Promise<void> {
  const { mock, host, ask, close } = await stage();
  const used = new Map<number, number>();
  for (let done = 1; done <= 10_000; done += 1) {
    await journey(ask, mock.ready.url, host.agent());
    if (done % 10 === 0) mock.clock.advance(6000);
    if (done % 5_000 !== 0) continue;
    host.forget();
    globalThis.gc?.();
    used.set(done, process.memoryUsage().heapUsed / 2 ** 20);
  }
  for (const [done, heap] of used) figures[`memory: heap MiB after ${done}`] = rounded(heap);
  figures["memory: 10,000 to 5,000"] = rounded((used.get(10_000) ?? 0) / (used.get(5_000) ?? 1));
  await close();
}

/** The built command line, each started five times. */
async function benchStart(): Promise<void> {
  const main = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
  const commands = { "--help": ["--help"], list: ["list"], "mock ready": ["mock", "ath-gateway", "--json"] };
  for (const [name, args] of Object.entries(commands)) {
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) times.push(await firstOutput(main, args));
    figures[`start: ${name}, median ms`] = Math.round(median(times));
  }
  const bare: number[] = [];
  for (let round = 0; round < 5; round += 1) bare.push(await firstOutput("--version", []));
  figures["start: node alone, median ms"] = Math.round(median(bare));
}

/** Milliseconds until a command says something; it is ended then. */
function firstOutput(script: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "ignore"] });
    let heard = 0;
    child.stdout.once("data", () => {
      heard = performance.now() - started;
      child.kill();
    });
    child.once("close", () => resolve(heard));
  });
}

async function stage() {
  const mock = await startMock("ath-gateway", { overrides: { limits: unlimited, policy: { approval_days: 1 } } });
  mock.provider?.consent.set({ user: "alice", grant: "all" });
  const host = await agentHost(() => mock.clock.now());
  const { ask, close } = client();
  return {
    mock,
    host,
    ask,
    async close() {
      close();
      await Promise.all([mock.close(), host.close()]);
    },
  };
}
