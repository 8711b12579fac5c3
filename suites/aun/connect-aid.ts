import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import type { Json } from "../engine/json.ts";
import { text } from "../engine/json.ts";
import { rpcGrant } from "../kinds/rpc-acceptance.ts";
import { requireResult } from "../kinds/rpc-control.ts";
import { type Fitting, rpcRefusal } from "../kinds/rpc-refusal.ts";
import { type AidConnect, aidAuth, aidConnect } from "./shared/aid-method.ts";
import { connectWith } from "./shared/connecting.ts";
import { finishLogin, loginNonce } from "./shared/login-steps.ts";
import { zeroSignature } from "./shared/zero-signature.ts";

const missing = { codes: fittingCodes.missingParameter };
const refused = { codes: [...fittingCodes.authentication, ...fittingCodes.challengeNonce] };

type Auth = { readonly [name: string]: Json };

/** A connect by the method aid that has to be refused, after one that was granted. */
function refusedAid(row: {
  readonly id: string;
  readonly requirement: string;
  readonly title: string;
  readonly auth: (world: AunWorld, control: AidConnect) => Promise<Auth | readonly Auth[]>;
  readonly fitting: Fitting;
  readonly needs?: readonly "time"[];
  readonly traits?: readonly "waits"[];
}): Check<AunWorld> {
  const { auth, ...common } = row;
  return rpcRefusal({
    ...common,
    control: aidConnect,
    async attempt(world, control) {
      const attempts = [await auth(world, control)].flat();
      return Promise.all(attempts.map((one) => connectWith(world, control.identity, { auth: one })));
    },
  });
}

/** A complete `auth` with a fresh login nonce. */
async function freshAuth(world: AunWorld, { identity, signs }: AidConnect) {
  return aidAuth(world, identity, await loginNonce(world, identity), signs, identity);
}

const members = [
  { variant: "aid-missing", name: "aid", none: "" },
  { variant: "request-id-missing", name: "request_id", none: "" },
  { variant: "nonce-missing", name: "nonce", none: "" },
  { variant: "client-time-missing", name: "client_time", none: null },
  { variant: "signature-missing", name: "signature", none: "" },
] as const;

/** The method aid: a login in one step (A25 to A30). */
export const aidChecks: readonly Check<AunWorld>[] = [
  ...members.map(({ variant, name, none }) =>
    rpcRefusal({
      id: `A25.${variant}`,
      requirement: "A25",
      title: `the method aid without ${name}, or with ${JSON.stringify(none)} for it, is refused`,
      control: aidConnect,
      async attempt(world, control) {
        const { [name]: _left, ...rest } = await freshAuth(world, control);
        const empty = { ...(await freshAuth(world, control)), [name]: none };
        return Promise.all([rest, empty].map((auth) => connectWith(world, control.identity, { auth })));
      },
      fitting: missing,
    }),
  ),
  refusedAid({
    id: "A26.short-name",
    requirement: "A26",
    title: "the method aid with a name that has no issuer is refused",
    auth: async (world, control) => ({ ...(await freshAuth(world, control)), aid: control.identity.name }),
    fitting: { codes: [...missing.codes, ...refused.codes] },
  }),
  rpcGrant<AunWorld>({
    id: "A27.aid-login",
    requirement: "A27",
    title: "a complete connect by the method aid is granted",
    attempt: async (world) => (await aidConnect(world)).call,
    relations: [
      {
        reasonCode: "refused",
        expected: 'a result with status "ok"',
        broken: (result) => (text(result, "status") === "ok" ? undefined : "another status"),
      },
    ],
  }),
  refusedAid({
    id: "A28.bad-signature",
    requirement: "A28",
    title: "the method aid with a signature over something else is refused",
    async auth(world, control) {
      const other = await loginNonce(world, control.identity);
      const { signature = "" } = aidAuth(world, control.identity, other, control.signs, control.identity);
      return { ...(await freshAuth(world, control)), signature };
    },
    fitting: refused,
  }),
  refusedAid({
    id: "A28.zero-signature",
    requirement: "A28",
    title: "the method aid with a signature of two zeros is refused",
    auth: async (world, control) => ({ ...(await freshAuth(world, control)), signature: zeroSignature }),
    fitting: refused,
  }),
  refusedAid({
    id: "A28.foreign-key",
    requirement: "A28",
    title: "the method aid signed by another AID is refused",
    async auth(world, { identity, signs }) {
      const other = await world.identity();
      return aidAuth(world, identity, await loginNonce(world, identity), signs, other);
    },
    fitting: refused,
  }),
  refusedAid({
    id: "A29.reused",
    requirement: "A29",
    title: "a login nonce does not connect twice",
    auth: async (_world, { auth }) => auth,
    fitting: refused,
  }),
  refusedAid({
    id: "A29.used-by-login",
    requirement: "A29",
    title: "a login nonce that has logged in does not connect",
    async auth(world, { identity, signs }) {
      const nonce = await loginNonce(world, identity);
      requireResult(await finishLogin(world, identity, nonce), "auth.aid_login2");
      return aidAuth(world, identity, nonce, signs, identity);
    },
    fitting: refused,
  }),
  refusedAid({
    id: "A29.other-aid",
    requirement: "A29",
    title: "a login nonce does not connect another AID",
    async auth(world, { identity, signs }) {
      const other = await world.identity();
      // Signed by the other AID, and by who began the login.
      return [
        aidAuth(world, other, await loginNonce(world, identity), signs, other),
        aidAuth(world, other, await loginNonce(world, identity), signs, identity),
      ];
    },
    fitting: refused,
  }),
  refusedAid({
    id: "A29.other-request",
    requirement: "A29",
    title: "a login nonce does not connect with the request_id of another login",
    async auth(world, { identity, signs }) {
      const { nonce } = await loginNonce(world, identity);
      const { requestId } = await loginNonce(world, identity);
      return aidAuth(world, identity, { nonce, requestId }, signs, identity);
    },
    fitting: refused,
  }),
  refusedAid({
    id: "A30.old",
    requirement: "A30",
    title: "a login nonce from more than a minute ago is refused",
    needs: ["time"],
    traits: ["waits"],
    async auth(world, { identity, signs }) {
      const nonce = await loginNonce(world, identity);
      await world.passTime(61);
      return aidAuth(world, identity, nonce, signs, identity);
    },
    fitting: refused,
  }),
];
