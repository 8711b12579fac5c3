import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { text } from "../engine/json.ts";
import { answerOfCall, markedCalls, type RpcCall } from "../engine/rpc.ts";
import { notApplicable } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { certificateIn } from "./shared/certificates.ts";
import { connectWith, plainConnect } from "./shared/connecting.ts";
import { foreignIdentity } from "./shared/foreign-certificate.ts";
import {
  byEmbeddedKey,
  byOtherKey,
  byPublicSecret,
  type Forgery,
  genuineToken,
  padded,
  tampered,
  twiceSigned,
  unsigned,
} from "./shared/forged-token.ts";
import { plainLogin } from "./shared/login-steps.ts";

const wrongToken = { codes: fittingCodes.authentication };

/** Allowances for the clocks of two machines are seconds to minutes. */
const leewayS = 301;

/** A connect with a token as it was given, and what a forger makes of that token. */
async function forger(world: AunWorld) {
  const identity = await world.identity();
  const { call: login, login1, token } = await plainLogin(world, identity);
  requireResult(login, "auth.aid_login2");
  const now = Math.floor(world.now() / 1000);
  const forgery: Forgery = {
    genuine: genuineToken(token, identity.aid, world.issuer, now),
    authCertificate: certificateIn(text(login1.result, "auth_cert")),
    own: foreignIdentity(`auth.${world.issuer}`, world.issuer, world.now()),
    victim: (await world.identity()).aid,
    now,
  };
  return { call: await connectWith(world, identity, { token }), identity, forgery };
}

type Forge = (forgery: Forgery) => readonly string[];

/** Connects with each forged token, on a connection of its own. */
async function present(world: AunWorld, { identity, forgery }: Awaited<ReturnType<typeof forger>>, forge: Forge) {
  const calls: RpcCall[] = [];
  for (const token of forge(forgery)) calls.push(await connectWith(world, identity, { token }));
  return calls;
}

const forgeries: readonly { readonly variant: string; readonly title: string; readonly forge: Forge }[] = [
  { variant: "other-key", title: "a token that another key signed is refused", forge: byOtherKey },
  { variant: "alg-none", title: "a token that says alg none is refused", forge: unsigned },
  { variant: "tampered", title: "a token whose content was changed is refused", forge: tampered },
  {
    variant: "hs256-public-key",
    title: "a token whose HMAC secret is the service's public key is refused",
    forge: byPublicSecret,
  },
  { variant: "embedded-jwk", title: "a token that brings its own key along is refused", forge: byEmbeddedKey },
];

const reports: readonly { readonly variant: string; readonly title: string; readonly forge: Forge }[] = [
  { variant: "two-signatures", title: "what becomes of a token with a second signature", forge: twiceSigned },
  { variant: "padding", title: "what becomes of a token with padding", forge: padded },
];

/** Which tokens are not believed (A23, A24). */
export const forgedChecks: readonly Check<AunWorld>[] = [
  rpcRefusal({
    id: "A23.expired",
    requirement: "A23",
    title: "an access token does not connect after its end",
    needs: ["clock"],
    traits: ["exclusive"],
    async control(world: AunWorld) {
      const identity = await world.identity();
      const { call, token, expiresIn } = await plainLogin(world, identity);
      requireResult(call, "auth.aid_login2");
      return { call: await connectWith(world, identity, { token }), identity, token, expiresIn };
    },
    async attempt(world, { identity, token, expiresIn }) {
      await world.passTime(expiresIn + leewayS);
      return connectWith(world, identity, { token });
    },
    fitting: wrongToken,
  }),
  ...forgeries.map(({ variant, title, forge }) =>
    rpcRefusal({
      id: `A24.${variant}`,
      requirement: "A24",
      title,
      control: forger,
      async attempt(world, control) {
        const calls = await present(world, control, forge);
        if (calls.length > 0) return calls;
        throw notApplicable("feature-absent", "the first login step shows no certificate to forge with");
      },
      fitting: wrongToken,
    }),
  ),
  rpcRefusal({
    id: "A24.other-domain",
    requirement: "A24",
    title: "a genuine token of another domain is refused",
    needs: ["peer"],
    control: (world: AunWorld) => plainConnect(world),
    async attempt(world, { identity }) {
      const { world: peer } = world.peer;
      const token = await peer.token(await peer.identity());
      return connectWith(world, identity, { token });
    },
    fitting: wrongToken,
  }),
  ...reports.map(({ variant, title, forge }) =>
    check<AunWorld>({
      id: `A24.${variant}`,
      requirement: "A24",
      title,
      level: "none",
      async drive(world) {
        const control = await forger(world);
        world.mark("control", control.call);
        world.mark("attempt", ...(await present(world, control, forge)));
      },
      judge(evidence) {
        const [attempt] = markedCalls(evidence, "attempt");
        const expected = "a result or an error";
        if (attempt === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
          return untested({ reasonCode: "control-refused", expected, actual: "no granted connect" });
        }
        const actual = answerOfCall(attempt);
        const { outcome, frames } = attempt;
        if (outcome === "silent") return violated({ reasonCode: "no-answer", expected, actual, exchanges: frames });
        return pass(frames, [`such a token gets ${actual}`]);
      },
    }),
  ),
];
