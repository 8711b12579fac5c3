import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunWorld, Identity } from "../drivers/aun/world.ts";
import type { Section } from "../engine/check.ts";
import { type Evidence, markedFrames } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { member, strings, text } from "../engine/json.ts";
import { answerOfCall, closeOf, markedCalls, type RpcCall } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { property } from "../kinds/property.ts";
import { misshapen } from "../kinds/rpc-conforms.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { connectWith, plainConnect } from "./shared/connecting.ts";
import { compareVersions, highestCommon, isVersion, type VersionRange } from "./shared/version-range.ts";

const withRange = (protocol: VersionRange) => ({ params: { protocol: { min: protocol.min, max: protocol.max } } });

/** Ranges that no server of this protocol speaks. */
const outside: readonly VersionRange[] = [
  { min: "98.0", max: "99.9" },
  { min: "0.1", max: "0.2" },
];

/** What the server speaks, as its challenge says or its refusal of a range beside its own; undefined: it does not tell. */
async function toldRange(world: AunWorld, identity: Identity): Promise<VersionRange | undefined> {
  const { challenge } = await world.connection();
  return rangeTold(challenge?.params["protocol"]) ?? rangeOfRefusal(world, identity);
}

/** What the server speaks; 1.0 alone where it does not tell. */
async function serverRange(world: AunWorld, identity: Identity): Promise<VersionRange> {
  const range = (await toldRange(world, identity)) ?? { min: "1.0", max: "1.0" };
  world.fact("serverRange", { ...range });
  return range;
}

/** Ranges without a version that the server speaks: far off, and right above its own where it tells that. */
async function noCommon(world: AunWorld, identity: Identity): Promise<readonly VersionRange[]> {
  const told = await toldRange(world, identity);
  if (told === undefined) return outside;
  const next = `${majorOf(told.max)}.${minorOf(told.max) + 1}`;
  const above = { min: next, max: `${majorOf(told.max)}.${minorOf(told.max) + 9}` };
  return [...outside, above].filter((range) => highestCommon(range, told) === undefined);
}

/** The server_range in the error for want of a common version (AUN docs 03 § 3.5). */
async function rangeOfRefusal(world: AunWorld, identity: Identity): Promise<VersionRange | undefined> {
  const [range = { min: "98.0", max: "99.9" }] = outside;
  const { error } = await connectWith(world, identity, withRange(range));
  return rangeTold(member(error?.data, "server_range"));
}

/** A range as an object or a pair; undefined when it is none. */
function rangeTold(told: unknown): VersionRange | undefined {
  const [first, last] = strings(told) ?? [];
  const min = text(told, "min") ?? first ?? "";
  const max = text(told, "max") ?? last ?? "";
  return isVersion(min) && isVersion(max) ? { min, max } : undefined;
}

function rangeIn(value: unknown): VersionRange {
  return { min: text(value, "min") ?? "", max: text(value, "max") ?? "" };
}

/** Judges connects with ranges that overlap the server's; the ranges are in the fact `ranges`, in the order of the calls. */
function judgeHighest(evidence: Evidence): Finding {
  const { serverRange: known, ranges } = evidence.facts;
  const server = rangeIn(known);
  const offered = Array.isArray(ranges) ? ranges.map(rangeIn) : [];
  const calls = markedCalls(evidence, "attempt");
  if (calls.length === 0 || calls.length !== offered.length) {
    return untested({ reasonCode: "nothing-recorded", expected: "a connect for each range", actual: "none" });
  }
  for (const [index, call] of calls.entries()) {
    const client = offered[index] ?? server;
    const finding = judgeNegotiated(call, server, client);
    if (finding.outcome !== "pass") return finding;
  }
  return pass(calls.flatMap(({ frames }) => frames));
}

function judgeNegotiated(call: RpcCall, server: VersionRange, client: VersionRange): Finding {
  const highest = highestCommon(server, client);
  const offer = `${client.min} to ${client.max}, the server speaking ${server.min} to ${server.max}`;
  const expected = `protocol "${highest ?? ""}" for ${offer}`;
  const { frames, result } = call;
  if (!grantedCall(call)) {
    return violated({ reasonCode: "refused", expected, actual: answerOfCall(call), exchanges: frames });
  }
  const protocol = text(result, "protocol") ?? "";
  if (isVersion(protocol) && highest !== undefined && compareVersions(protocol, highest) === 0) return pass(frames);
  return violated({ reasonCode: "wrong-version", expected, actual: JSON.stringify(protocol), exchanges: frames });
}

async function driveRanges(world: AunWorld, make: (server: VersionRange) => readonly VersionRange[]): Promise<void> {
  const identity = await world.identity();
  const ranges = make(await serverRange(world, identity));
  world.fact(
    "ranges",
    ranges.map(({ min, max }) => ({ min, max })),
  );
  for (const range of ranges) world.mark("attempt", await connectWith(world, identity, withRange(range)));
}

/** Drives a connect without a common version, and waits for what follows. */
async function driveNoCommon(world: AunWorld): Promise<void> {
  const { call, identity } = await plainConnect(world);
  world.mark("control", call);
  requireResult(call, "control");
  const [range = { min: "98.0", max: "99.9" }] = outside;
  const { connection, hello } = await world.tryConnect(identity, withRange(range));
  world.mark("attempt", hello);
  const end = await connection.whenClosed();
  if (end !== undefined) world.mark("end", end);
}

/** The refusal for want of a common version; a finding when it did not come. */
function refusalIn(evidence: Evidence): RpcCall | Finding {
  const [attempt] = markedCalls(evidence, "attempt");
  const expected = "an error for want of a common version";
  if (attempt === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
  }
  if (attempt.error !== undefined) return attempt;
  return untested({
    reasonCode: "not-refused",
    expected,
    actual: answerOfCall(attempt),
    exchanges: attempt.frames,
    cause: "target",
  });
}

/** Which protocol version a connection speaks (A34 to A39). */
export const versions: Section<AunWorld> = {
  id: "versions",
  title: "Protocol versions",
  checks: [
    check<AunWorld>({
      id: "A34.highest",
      requirement: "A34",
      title: "of the versions both sides speak the highest is taken",
      drive: (world) =>
        driveRanges(world, ({ min, max }) => [
          { min, max },
          // Below the server's highest, where that speaks more than one.
          { min, max: min },
          { min, max: "9.9" },
          { min: "0.1", max },
        ]),
      judge: judgeHighest,
    }),
    property<{ readonly below: number; readonly above: number }, AunWorld>({
      id: "A34.numeric",
      requirement: "A34",
      title: "whatever range around the server's is offered, the highest common version is taken",
      given: (fc) => fc.record({ below: fc.nat({ max: 99 }), above: fc.nat({ max: 99 }) }),
      drive: (world, { below, above }) =>
        driveRanges(world, ({ min, max }) => [
          // Two digits, so that a comparison of texts takes 0.10 for less than 0.9.
          { min: below === 0 ? min : `0.${below}`, max: above === 0 ? max : `${majorOf(max)}.${above + minorOf(max)}` },
        ]),
      judge: judgeHighest,
    }),
    rpcRefusal({
      id: "A35.none-common",
      requirement: "A35",
      title: "without a common version auth.connect is refused with -32000",
      control: (world: AunWorld) => plainConnect(world),
      attempt: async (world, { identity }) =>
        Promise.all((await noCommon(world, identity)).map((range) => connectWith(world, identity, withRange(range)))),
      fitting: { codes: fittingCodes.version },
    }),
    check<AunWorld>({
      id: "A36.ranges",
      requirement: "A36",
      title: "that error tells the ranges of both sides",
      drive: driveNoCommon,
      judge(evidence) {
        const refusal = refusalIn(evidence);
        if (!("request" in refusal)) return refusal;
        const actual = misshapen("AunVersionRanges", refusal.error?.data);
        const expected = "error.data with server_range and client_range";
        if (actual !== undefined) {
          return violated({ reasonCode: "schema", expected, actual, exchanges: refusal.frames });
        }
        // The documents show no form of a range: what is no object and no pair is not read.
        const told = rangeTold(member(refusal.error?.data, "client_range"));
        const [sent = told] = outside;
        if (told === undefined || sent === undefined || isSameRange(told, sent)) return pass(refusal.frames);
        return violated({
          reasonCode: "not-echoed",
          expected: `client_range ${sent.min} to ${sent.max}, as the request had it`,
          actual: `${told.min} to ${told.max}`,
          exchanges: refusal.frames,
        });
      },
    }),
    check<AunWorld>({
      id: "A37.closed",
      requirement: "A37",
      title: "after that error the server closes the connection",
      drive: driveNoCommon,
      judge(evidence) {
        const refusal = refusalIn(evidence);
        if (!("request" in refusal)) return refusal;
        const [end] = markedFrames(evidence, "end");
        if (end !== undefined) return pass([...refusal.frames, end], [closeOf(end)]);
        const expected = "the end of the connection";
        return violated({
          reasonCode: "still-open",
          expected,
          actual: "it is still open",
          exchanges: refusal.frames,
        });
      },
    }),
    check<AunWorld>({
      id: "A38.missing",
      requirement: "A38",
      title: "auth.connect without a protocol range is answered",
      async drive(world) {
        const { call, identity } = await plainConnect(world);
        world.mark("control", call);
        requireResult(call, "control");
        world.mark("attempt", await connectWith(world, identity, { params: { protocol: undefined } }));
        world.mark("attempt", await connectWith(world, identity, { params: { protocol: { max: "1.0" } } }));
      },
      judge(evidence) {
        const calls = markedCalls(evidence, "attempt");
        const expected = "a result, as if it were 1.0, or an error";
        if (calls.length === 0 || !markedCalls(evidence, "control").some(grantedCall)) {
          return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
        }
        const silent = calls.find(({ outcome }) => outcome === "silent" || outcome === "closed");
        if (silent === undefined) {
          return pass(
            calls.flatMap(({ frames }) => frames),
            [`a missing range gets ${calls.map(answerOfCall).join(", a missing min ")}`],
          );
        }
        return violated({
          reasonCode: "no-answer",
          expected,
          actual: answerOfCall(silent),
          exchanges: silent.frames,
        });
      },
    }),
    rpcRefusal({
      id: "A39.reversed",
      requirement: "A39",
      title: "a range whose min is above its max is refused",
      control: (world: AunWorld) => plainConnect(world),
      attempt: (world, { identity }) => connectWith(world, identity, withRange({ min: "9.0", max: "0.5" })),
    }),
    rpcRefusal({
      id: "A39.not-a-version",
      requirement: "A39",
      title: "texts that are no versions are refused",
      control: (world: AunWorld) => plainConnect(world),
      attempt: (world, { identity }) =>
        Promise.all(
          ["one", "1.x", "v1.0"].map((version) =>
            connectWith(world, identity, withRange({ min: version, max: version })),
          ),
        ),
    }),
  ],
};

function isSameRange(one: VersionRange, other: VersionRange): boolean {
  return compareVersions(one.min, other.min) === 0 && compareVersions(one.max, other.max) === 0;
}

const majorOf = (version: string) => Number(version.split(".")[0]);
const minorOf = (version: string) => Number(version.split(".")[1] ?? 0);
