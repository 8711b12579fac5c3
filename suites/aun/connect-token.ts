import { randomBytes } from "node:crypto";
import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunWorld, ConnectOptions, Identity } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Json, text } from "../engine/json.ts";
import { notApplicable } from "../engine/stop.ts";
import { rpcAcceptance } from "../kinds/rpc-acceptance.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { connectWith, plainConnect, tokenAuth } from "./shared/connecting.ts";

const missing = { codes: fittingCodes.missingParameter };
const wrongToken = { codes: fittingCodes.authentication };

/** Forms of auth.connect that have to be refused, each, after the same identity has connected as it should. */
function refusedConnect(row: {
  readonly id: string;
  readonly requirement: string;
  readonly title: string;
  readonly options: (
    world: AunWorld,
    identity: Identity,
  ) => Promise<readonly ConnectOptions[]> | readonly ConnectOptions[];
  readonly fitting: { readonly codes: readonly number[] };
}): Check<AunWorld> {
  const { options, ...common } = row;
  return rpcRefusal({
    ...common,
    control: (world: AunWorld) => plainConnect(world),
    async attempt(world, { identity }) {
      const forms = await options(world, identity);
      return Promise.all(forms.map((form) => connectWith(world, identity, form)));
    },
  });
}

/** `auth` of the method kite_token with one member bent in each of these ways. */
async function bentAuth(
  world: AunWorld,
  identity: Identity,
  name: "method" | "token",
  values: readonly (Json | undefined)[],
): Promise<readonly ConnectOptions[]> {
  const forms = values.map((value) => tokenAuth(world, identity, { [name]: value }));
  return (await Promise.all(forms)).map((auth) => ({ auth }));
}

/** Texts that are no tokens, each in its own way; the AID is the one that a trusting gateway would believe. */
const garbage = ({ aid }: Identity): readonly string[] => [
  "garbage",
  "null",
  aid,
  "a.b.c",
  randomBytes(48).toString("base64"),
  "x".repeat(8192),
  "eyJhbGciOiJFUzI1NiJ9.e30.",
];

/** What the method kite_token proves (A19 to A22, A32). */
export const tokenChecks: readonly Check<AunWorld>[] = [
  refusedConnect({
    id: "A19.no-auth",
    requirement: "A19",
    title: "auth.connect without auth, or with one that holds nothing, is refused",
    options: () => [undefined, null, {}, "kite_token"].map((auth) => ({ auth })),
    fitting: missing,
  }),
  refusedConnect({
    id: "A19.no-method",
    requirement: "A19",
    title: "auth.connect without auth.method, or with an empty one, is refused",
    options: (world, identity) => bentAuth(world, identity, "method", [undefined, null, ""]),
    fitting: missing,
  }),
  refusedConnect({
    id: "A20.unknown-method",
    requirement: "A20",
    title: "an auth.method that does not exist is refused, whatever comes with it",
    options: (world, identity) => bentAuth(world, identity, "method", ["magic", "none", "constructor"]),
    fitting: { codes: [...fittingCodes.badParameter, ...fittingCodes.authentication] },
  }),
  refusedConnect({
    id: "A21.no-token",
    requirement: "A21",
    title: "the method kite_token without token, or with an empty one, is refused",
    options: (world, identity) => bentAuth(world, identity, "token", [undefined, null, ""]),
    fitting: missing,
  }),
  rpcRefusal({
    id: "A22.garbage",
    requirement: "A22",
    title: "texts that are no tokens are refused",
    control: (world: AunWorld) => plainConnect(world),
    attempt: (world, { identity }) =>
      Promise.all(garbage(identity).map((token) => connectWith(world, identity, { token }))),
    fitting: wrongToken,
  }),
  rpcRefusal({
    id: "A22.refresh-token",
    requirement: "A22",
    title: "a refresh token is no access token",
    control: (world: AunWorld) => plainConnect(world),
    async attempt(world, { identity }) {
      const { refreshToken } = await world.login(identity);
      if (refreshToken === "") throw notApplicable("feature-absent", "the login gives no refresh token");
      return connectWith(world, identity, { token: refreshToken });
    },
    fitting: wrongToken,
  }),
  rpcAcceptance({
    id: "A32.access-token",
    requirement: "A32",
    title: "the access token of a login connects",
    async control(world: AunWorld) {
      const identity = await world.identity();
      const { login2, token } = await world.login(identity);
      return { call: login2, identity, token };
    },
    attempt: (world, { identity, token }) => connectWith(world, identity, { token }),
    relations: [
      {
        reasonCode: "refused",
        expected: 'a result with status "ok"',
        broken: (result) => (text(result, "status") === "ok" ? undefined : "another status"),
      },
    ],
  }),
  rpcAcceptance({
    id: "A32.result-token",
    requirement: "A32",
    title: "the token of a connect result connects again",
    control: (world: AunWorld) => plainConnect(world),
    attempt(world, { call, identity }) {
      const token = text(call.result, "token");
      if (token === undefined) throw notApplicable("feature-absent", "the result of auth.connect holds no token");
      return connectWith(world, identity, { token });
    },
  }),
];
