import { randomBytes } from "node:crypto";
import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunWorld, Members } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { member, text } from "../engine/json.ts";
import { answerOfCall, markedCalls, type RpcCall, said } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { rpcAcceptance } from "../kinds/rpc-acceptance.ts";
import { misshapen, type RpcRelation, rpcConforms } from "../kinds/rpc-conforms.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { judgeRefusal, rpcRefusal } from "../kinds/rpc-refusal.ts";
import { connectWith } from "./shared/connecting.ts";
import { refreshableLogin } from "./shared/login-steps.ts";
import { sentParam } from "./shared/sent.ts";

const refused = {
  codes: [...fittingCodes.authentication, ...fittingCodes.login, ...fittingCodes.badParameter],
};

const nextOf = ({ result }: RpcCall) => text(result, "refresh_token") ?? "";

/** A login and a first refresh of it. */
async function refreshed(world: AunWorld) {
  const login = await refreshableLogin(world);
  return { ...login, call: await world.refresh(login.refreshToken) };
}

const gives = (name: string): RpcRelation => ({
  reasonCode: "refused",
  expected: `a result with ${name}`,
  broken: (result) => ((text(result, name) ?? "") === "" ? `a result without ${name}` : undefined),
});

/** What a refresh token may be in the place of: none, one that nobody gave out, and another kind of token. */
async function badRefreshes(world: AunWorld): Promise<void> {
  const { call, token } = await refreshed(world);
  world.mark("control", call);
  requireResult(call, "control");
  const side = await world.side();
  const garbage = randomBytes(32).toString("base64url");
  const bends: readonly Members[] = [{ refresh_token: garbage }, {}, { refresh_token: token }];
  for (const params of bends) world.mark("attempt", await side.call("auth.refresh_token", params));
}

/** The refused refreshes, or why nothing can be said of them. */
function failuresIn(evidence: Evidence): Finding | readonly RpcCall[] {
  const attempts = markedCalls(evidence, "attempt");
  if (attempts.length > 0 && markedCalls(evidence, "control").some(grantedCall)) return attempts;
  return untested({ reasonCode: "control-refused", expected: "a refresh that works first", actual: "none did" });
}

function judgeFailures(evidence: Evidence): Finding {
  const attempts = failuresIn(evidence);
  if ("outcome" in attempts) return attempts;
  for (const call of attempts) {
    const finding = judgeRefusal(call, refused);
    if (finding.outcome !== "pass") return finding;
    // By another reading it is an error (contradiction B7), which has no shape of its own.
    const problem = call.error === undefined ? misshapen("AunRefreshFailure", call.result) : undefined;
    if (problem === undefined) continue;
    const expected = "a result that is an AunRefreshFailure, or an error";
    return violated({ reasonCode: "schema", expected, actual: problem, exchanges: call.frames });
  }
  const errors = attempts.filter(({ error }) => error !== undefined).length;
  const reading = errors === 0 ? "a result with success false" : `an error in ${errors} of ${attempts.length} cases`;
  return pass(
    attempts.flatMap(({ frames }) => frames),
    [`a refused refresh is ${reading}`],
  );
}

function judgeSecrets(evidence: Evidence): Finding {
  const attempts = failuresIn(evidence);
  if ("outcome" in attempts) return attempts;
  const expected = "an answer without the token that was sent";
  for (const call of attempts) {
    const sent = sentParam(call, "refresh_token");
    // Both are redacted, and equal texts stay equal.
    if (typeof sent !== "string" || !said(call.answer).includes(sent)) continue;
    return violated({ reasonCode: "secret-echoed", expected, actual: "the token is in it", exchanges: call.frames });
  }
  return pass(attempts.flatMap(({ frames }) => frames));
}

/** How long a chain of refreshes may be (AUN docs 01 § 1.5), in refreshes and in days. */
const longestChain = { refreshes: 720, days: 30 } as const;
const dayS = 24 * 60 * 60;
/** Refresh tokens may have a shorter life of their own. */
const daysBetween = 5;

/** Refreshes until the target refuses or the limit is passed; the last call is marked. */
async function followChain(world: AunWorld, refreshes: number, before: () => Promise<void>): Promise<void> {
  let { call } = await refreshed(world);
  requireResult(call, "control");
  let granted = 1;
  while (granted < refreshes) {
    await before();
    call = await world.refresh(nextOf(call));
    if (!grantedCall(call)) break;
    granted += 1;
  }
  world.mark("subject", call);
  world.fact("granted", granted);
}

function judgeLimit(evidence: Evidence, expected: string): Finding {
  const [last] = markedCalls(evidence, "subject");
  if (last === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no refresh" });
  const granted = `${String(evidence.facts["granted"])} refreshes were granted`;
  if (grantedCall(last)) return violated({ reasonCode: "no-limit", expected, actual: granted, exchanges: last.frames });
  const finding = judgeRefusal(last, refused);
  return finding.outcome === "pass"
    ? pass(last.frames, [`${granted}, then came ${text(last.result, "error") ?? answerOfCall(last)}`])
    : finding;
}

/** How a session goes on without a new login (A96 to A101). */
export const refreshChecks: readonly Check<AunWorld>[] = [
  rpcConforms({
    id: "A96.result",
    requirement: "A96",
    title: "a refresh gives new tokens and counts",
    async subject(world: AunWorld) {
      const { call, identity } = await refreshed(world);
      world.fact("aid", identity.aid);
      return grantedCall(call) ? [call, await world.refresh(nextOf(call))] : call;
    },
    shape: "AunRefreshResult",
    relations: [
      {
        reasonCode: "not-new",
        expected: "another refresh token than the one that was used",
        // Both are redacted, and equal texts stay equal.
        broken: (result, _evidence, call) =>
          text(result, "refresh_token") === sentParam(call, "refresh_token") ? "the same one" : undefined,
      },
      {
        reasonCode: "not-new",
        expected: "a new access token each time",
        broken(_result, evidence) {
          const tokens = markedCalls(evidence, "subject").map((call) => text(call.result, "access_token"));
          return new Set(tokens).size === tokens.length ? undefined : "the same one";
        },
      },
      {
        reasonCode: "wrong-aid",
        expected: "the AID that logged in, where one is told",
        broken(result, { facts }) {
          const aid = text(result, "aid");
          return aid === undefined || aid === facts["aid"] ? undefined : aid;
        },
      },
      {
        reasonCode: "count",
        expected: "a refresh_count that grows",
        broken(_result, evidence) {
          const counts = markedCalls(evidence, "subject").map((call) => Number(member(call.result, "refresh_count")));
          const grows = counts.every((count, index) => index === 0 || count > (counts[index - 1] ?? 0));
          return grows ? undefined : counts.join(", ");
        },
      },
    ],
  }),
  rpcRefusal({
    id: "A97.dead",
    requirement: "A97",
    title: "a used refresh token is refused",
    control: refreshed,
    attempt: (world, { refreshToken }) => world.refresh(refreshToken),
    fitting: refused,
  }),
  rpcAcceptance({
    id: "A98.old-token-lives",
    requirement: "A98",
    title: "the access token from before a refresh still connects",
    control: refreshed,
    attempt: (world, { identity, token }) => connectWith(world, identity, { token }),
  }),
  check<AunWorld>({
    id: "A99.failure",
    requirement: "A99",
    title: "a refresh that cannot be granted says so, and that a login is due",
    drive: badRefreshes,
    judge: judgeFailures,
  }),
  check<AunWorld>({
    id: "A99.no-secrets",
    requirement: "A99",
    title: "a refused refresh does not repeat the token",
    drive: badRefreshes,
    judge: judgeSecrets,
  }),
  rpcAcceptance({
    id: "A100.unauthenticated",
    requirement: "A100",
    title: "a refresh works on an unauthenticated connection",
    control: refreshableLogin,
    attempt: async (world, { refreshToken }) =>
      (await world.connection()).call("auth.refresh_token", { refresh_token: refreshToken }),
    relations: [gives("access_token")],
  }),
  rpcAcceptance({
    id: "A100.in-session",
    requirement: "A100",
    title: "a refresh works during a session",
    control: refreshableLogin,
    async attempt(world, { identity, token, refreshToken }) {
      const session = await world.session(identity, { token });
      return session.call("auth.refresh_token", { refresh_token: refreshToken });
    },
    relations: [gives("access_token")],
  }),
  check<AunWorld>({
    id: "A101.chain-count",
    requirement: "A101",
    title: `a login is not refreshed more than ${longestChain.refreshes} times`,
    // The documents leave the values to the server.
    level: "should",
    traits: ["bursty"],
    drive: (world) => followChain(world, longestChain.refreshes + 1, async () => {}),
    judge: (evidence) => judgeLimit(evidence, `an end after ${longestChain.refreshes} refreshes`),
  }),
  check<AunWorld>({
    id: "A101.chain-age",
    requirement: "A101",
    title: `a login is not refreshed for more than ${longestChain.days} days`,
    level: "should",
    needs: ["clock", "open-registration"],
    traits: ["exclusive"],
    drive: (world) => followChain(world, longestChain.days / daysBetween + 2, () => world.passTime(daysBetween * dayS)),
    judge: (evidence) => judgeLimit(evidence, `an end after ${longestChain.days} days`),
  }),
];
