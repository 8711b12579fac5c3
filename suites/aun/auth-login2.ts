import { randomUUID } from "node:crypto";
import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunWorld, Identity, LoginBend } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { text } from "../engine/json.ts";
import { answerOfCall, markedCalls, type RpcCall } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { rpcAcceptance } from "../kinds/rpc-acceptance.ts";
import { type RpcRelation, rpcConforms } from "../kinds/rpc-conforms.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import { type Fitting, rpcRefusal } from "../kinds/rpc-refusal.ts";
import { finishLogin, loginNonce, plainLogin } from "./shared/login-steps.ts";
import { zeroSignature } from "./shared/zero-signature.ts";

const wrongSignature: Fitting = { codes: [...fittingCodes.login, ...fittingCodes.authentication] };
/** A text that no login has may also be called missing, bad or not found. */
const wrongText: Fitting = { codes: [...(wrongSignature.codes ?? []), ...fittingCodes.badParameter, -32008] };

const control = async (world: AunWorld) => plainLogin(world, await world.identity());

const plainSubject = async (world: AunWorld) => (await control(world)).call;

/** A second login step that has to be refused, after a login as it should be. */
function refusedLogin(row: {
  readonly id: string;
  readonly requirement: string;
  readonly title: string;
  readonly bend: (world: AunWorld, identity: Identity) => Promise<LoginBend> | LoginBend | readonly LoginBend[];
  readonly fitting: Fitting;
}): Check<AunWorld> {
  const { bend, ...common } = row;
  return rpcRefusal({
    ...common,
    control,
    async attempt(world, { identity }) {
      const calls: RpcCall[] = [];
      for (const one of [await bend(world, identity)].flat()) calls.push((await world.login(identity, one)).login2);
      return calls;
    },
  });
}

/** What is not `nonce:client_time` as it was sent; a signature over it proves nothing, or can be had of another use. */
const somethingElse: readonly ((nonce: string, clientTime: string) => string)[] = [
  () => "something else",
  () => "",
  (_nonce, clientTime) => clientTime,
  (nonce, clientTime) => `${nonce}${clientTime}`,
  (nonce, clientTime) => `${nonce}:${Number(clientTime) + 1}`,
];

const givesToken: RpcRelation = {
  reasonCode: "refused",
  expected: "a result with a token",
  broken: (result) =>
    text(result, "token") === undefined && text(result, "access_token") === undefined
      ? "a result without a token"
      : undefined,
};

/** Seconds in the forms that clients send; text is what the public ones do. */
const timeForms = {
  text: (now: number) => String(Math.floor(now / 1000)),
  number: (now: number) => Math.floor(now / 1000),
} as const;

/** A login with client_time in the form that the target takes, so that a target of one form is still told apart. */
async function loginInSomeForm(world: AunWorld) {
  const identity = await world.identity();
  const first = await plainLogin(world, identity, { clientTime: timeForms.text(world.now()) });
  if (grantedCall(first.call)) return { ...first, form: timeForms.text };
  const second = await plainLogin(world, identity, { clientTime: timeForms.number(world.now()) });
  return { ...second, form: timeForms.number };
}

/** A login whose client_time is special, and must be granted. */
function grantedTime(row: {
  readonly variant: string;
  readonly title: string;
  readonly level?: "should";
  readonly times: (now: number, form: (now: number) => string | number) => readonly (string | number)[];
}): Check<AunWorld> {
  const { variant, times, ...common } = row;
  return rpcAcceptance({
    ...common,
    id: `A93.${variant}`,
    requirement: "A93",
    control: loginInSomeForm,
    async attempt(world, { identity, form }) {
      const calls: RpcCall[] = [];
      for (const clientTime of times(world.now(), form)) {
        calls.push((await world.login(identity, { clientTime })).login2);
      }
      return calls;
    },
    relations: [givesToken],
  });
}

const dayMs = 24 * 60 * 60 * 1000;

/** The second step of a login (A89 to A93). */
export const login2Checks: readonly Check<AunWorld>[] = [
  rpcConforms({
    id: "A89.result",
    requirement: "A89",
    title: "auth.aid_login2 gives status, AID, token and its life",
    async subject(world: AunWorld) {
      const { call, identity } = await control(world);
      world.fact("aid", identity.aid);
      return call;
    },
    shape: "AunLoginResult",
    relations: [
      {
        reasonCode: "wrong-aid",
        expected: "the AID that logged in",
        broken(result, { facts }) {
          const aid = text(result, "aid");
          return aid === facts["aid"] ? undefined : JSON.stringify(aid ?? null);
        },
      },
    ],
  }),
  rpcConforms({
    id: "A89.refresh-token",
    requirement: "A89",
    title: "auth.aid_login2 gives a refresh token",
    level: "should",
    subject: plainSubject,
    relations: [
      {
        reasonCode: "missing",
        expected: "refresh_token",
        broken: (result) => ((text(result, "refresh_token") ?? "") === "" ? "none" : undefined),
      },
    ],
  }),
  refusedLogin({
    id: "A90.wrong-signature",
    requirement: "A90",
    title: "a signature over something else does not log in",
    bend: () => somethingElse.map((signed) => ({ signed })),
    fitting: wrongSignature,
  }),
  refusedLogin({
    id: "A90.other-key",
    requirement: "A90",
    title: "the signature of another AID does not log in",
    bend: async (world) => ({ key: (await world.identity()).privateKey }),
    fitting: wrongSignature,
  }),
  refusedLogin({
    id: "A90.empty",
    requirement: "A90",
    title: "an empty signature, or one of two zeros, does not log in",
    bend: () => ["", zeroSignature].map((signature) => ({ login2: { signature } })),
    fitting: wrongText,
  }),
  check<AunWorld>({
    id: "A90.nonce-only",
    requirement: "A90",
    title: "what becomes of a signature over the nonce alone, without client_time",
    level: "none",
    async drive(world) {
      const { call, identity } = await control(world);
      world.mark("control", call);
      world.mark("attempt", (await world.login(identity, { signed: (nonce) => nonce })).login2);
    },
    judge(evidence) {
      const [attempt] = markedCalls(evidence, "attempt");
      const expected = "a result or an error";
      if (attempt === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted login" });
      }
      const { outcome, frames } = attempt;
      const actual = answerOfCall(attempt);
      if (outcome === "silent") return violated({ reasonCode: "no-answer", expected, actual, exchanges: frames });
      return pass(frames, [`a signature over the nonce alone gets ${actual}`]);
    },
  }),
  refusedLogin({
    id: "A91.wrong-nonce",
    requirement: "A91",
    title: "another nonce than the login's does not log in, however well signed",
    bend(world) {
      const nonce = world.unique("nonce");
      return { login2: { nonce }, signed: (_nonce, time) => `${nonce}:${time}` };
    },
    fitting: wrongText,
  }),
  rpcRefusal({
    id: "A91.reused",
    requirement: "A91",
    title: "the nonce of a login does not log in twice",
    async control(world: AunWorld) {
      const identity = await world.identity();
      const nonce = await loginNonce(world, identity);
      return { call: await finishLogin(world, identity, nonce), identity, nonce };
    },
    attempt: (world, { identity, nonce }) => finishLogin(world, identity, nonce),
    fitting: wrongText,
  }),
  rpcRefusal({
    id: "A91.old",
    requirement: "A91",
    title: "the nonce of a login is no good after a minute",
    needs: ["time"],
    traits: ["waits"],
    control,
    async attempt(world, { identity }) {
      const nonce = await loginNonce(world, identity);
      await world.passTime(61);
      return finishLogin(world, identity, nonce);
    },
    fitting: wrongText,
  }),
  refusedLogin({
    id: "A91.wrong-request-id",
    requirement: "A91",
    title: "another request_id than the login's does not log in",
    bend: () => ({ login2: { request_id: randomUUID() } }),
    fitting: wrongText,
  }),
  rpcRefusal({
    id: "A91.other-aid",
    requirement: "A91",
    title: "the login of one AID is not finished by another",
    control,
    async attempt(world, { identity }) {
      const other = await world.identity();
      // The second is signed by who began the login, as it should be, and asks for the token of somebody else.
      const finishers = [other, { ...other, privateKey: identity.privateKey }];
      const calls: RpcCall[] = [];
      for (const finisher of finishers) {
        calls.push(await finishLogin(world, finisher, await loginNonce(world, identity)));
      }
      return calls;
    },
    fitting: wrongText,
  }),
  rpcRefusal({
    id: "A91.other-request",
    requirement: "A91",
    title: "a login is not finished with the nonce of another login",
    control,
    async attempt(world, { identity }) {
      const { nonce } = await loginNonce(world, identity);
      const { requestId } = await loginNonce(world, identity);
      return finishLogin(world, identity, { requestId, nonce });
    },
    fitting: wrongText,
  }),
  rpcAcceptance({
    id: "A92.other-connection",
    requirement: "A92",
    title: "the two steps of a login may come on two connections",
    async control(world: AunWorld) {
      const connection = await world.connection();
      return plainLogin(world, await world.identity(), { over: [connection, connection] });
    },
    async attempt(world, { identity }) {
      const over = [await world.connection(), await world.connection()] as const;
      return (await world.login(identity, { over })).login2;
    },
    relations: [givesToken],
  }),
  grantedTime({
    variant: "skew",
    title: "client_time may be a day off",
    times: (now, form) => [form(now - dayMs), form(now + dayMs)],
  }),
  grantedTime({
    variant: "number",
    title: "client_time may be a number of seconds",
    times: (now) => [timeForms.number(now)],
  }),
  grantedTime({
    variant: "string",
    title: "client_time may be a text",
    // The documents say number; that all public clients send a text is what makes it a rule.
    level: "should",
    times: (now) => [timeForms.text(now)],
  }),
  grantedTime({
    variant: "fraction",
    title: "client_time may be a text with a fraction",
    level: "should",
    // Python and Go write such; a server that reads and writes the number again would sign another text.
    times: (now) => ["5213", "521301", "0", "500"].map((fraction) => `${timeForms.text(now)}.${fraction}`),
  }),
];
