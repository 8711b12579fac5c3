import { isLoopback } from "../ath/shared/loopback.ts";
import { probeTls } from "../ath/shared/tls-probe.ts";
import { gatewaysOf } from "../drivers/aun/discovery.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import { type Evidence, type Frame, markedFrames } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { member, text } from "../engine/json.ts";
import { messageOf } from "../engine/rpc.ts";
import { notApplicable } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";

/** So many of the advertised gateways are opened. */
const mostOpened = 5;

/** Every advertised gateway is alive (A6). */
export const everyUrl = check<AunWorld>({
  id: "A6.every-url",
  requirement: "A6",
  title: "every advertised gateway accepts a WebSocket and sends its challenge",
  async drive(world) {
    const reply = await world.get("/.well-known/aun-gateway");
    world.mark("control", reply);
    requireGranted(reply, "discovery");
    for (const { url } of gatewaysOf(reply.json).slice(0, mostOpened)) {
      const connection = await world.dial(url);
      const first = connection.isOpen ? await connection.take(() => true) : undefined;
      world.mark("opened", connection.opening, ...(first === undefined ? [] : [first.frame]));
    }
  },
  judge(evidence) {
    const expected = "each of them opens and begins with a challenge";
    const frames = markedFrames(evidence, "opened");
    const openings = frames.filter(({ kind }) => kind === "open" || kind === "error");
    if (openings.length === 0) {
      return untested({ reasonCode: "no-gateway", expected, actual: "no gateway is advertised", cause: "target" });
    }
    const dead = openings.find((opening) => !isAlive(opening, frames));
    if (dead === undefined) return pass(frames, [`${openings.length} gateway(s) opened`]);
    const actual = dead.kind === "error" ? (dead.text ?? "no connection") : "no challenge came";
    return violated({ reasonCode: "dead-gateway", expected, actual, exchanges: [dead] });
  },
});

function isAlive(opening: Frame, frames: readonly Frame[]): boolean {
  return (
    opening.kind === "open" &&
    frames.some((frame) => frame.connection === opening.connection && messageOf(frame)?.["method"] === "challenge")
  );
}

/** Old versions of TLS are refused (A8). */
export const tlsVersion = check<AunWorld>({
  id: "A8.tls",
  requirement: "A8",
  title: "a wss target refuses TLS 1.1",
  async drive(world) {
    const address = new URL(await world.address());
    if (address.protocol !== "wss:") {
      const where = isLoopback(address)
        ? "on plain ws at a loopback address"
        : "on plain ws, which the documents allow";
      throw notApplicable("plain-websocket", `the target is ${where}`);
    }
    const probe = { url: `https://${address.host}`, timeoutMs: world.settings.timeoutMs };
    world.fact("control", await probeTls({ ...probe, minVersion: "TLSv1.2", maxVersion: "TLSv1.3" }));
    world.fact("attempt", await probeTls({ ...probe, minVersion: "TLSv1.1", maxVersion: "TLSv1.1" }));
  },
  judge: judgeTls,
});

function judgeTls({ facts }: Evidence): Finding {
  const expected = "TLS 1.2 or newer works, TLS 1.1 does not";
  const { control, attempt } = facts;
  const actual = text(attempt, "error") ?? "no outcome was recorded";
  if (member(control, "established") !== true) {
    return untested({ reasonCode: "control-refused", expected, actual: text(control, "error") ?? "no TLS connection" });
  }
  if (member(attempt, "established") === true) {
    return violated({ reasonCode: "old-tls", expected, actual: "a connection with TLS 1.1" });
  }
  if (member(attempt, "offered") === true) return pass([], [`TLS 1.1: ${actual}`]);
  return untested({ reasonCode: "tls-version-unavailable", expected, actual, cause: "environment" });
}
