import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { member, text } from "../engine/json.ts";
import { rpcGrant } from "../kinds/rpc-acceptance.ts";
import type { RpcRelation } from "../kinds/rpc-conforms.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { requireMethod } from "./shared/aid-method.ts";
import { connectWith, plainConnect } from "./shared/connecting.ts";

/** auth.connect by a pairing code; without `code` the member is left out. */
const paired = (code?: string) => ({
  auth: { method: "pairing_code", ...(code === undefined ? {} : { code }) },
});

const connects: RpcRelation = {
  reasonCode: "refused",
  expected: 'a result with status "ok"',
  broken: (result) => (text(result, "status") === "ok" ? undefined : "another status"),
};

const asThePairedAid: RpcRelation = {
  reasonCode: "wrong-aid",
  expected: "identity.aid is the AID that the code was made for",
  broken(result, { facts }) {
    const aid = text(member(result, "identity"), "aid");
    return aid === facts["aid"] ? undefined : JSON.stringify(aid ?? null);
  },
};

async function plainWithPairing(world: AunWorld) {
  const control = await plainConnect(world);
  requireMethod(control.connection, "pairing_code");
  return control;
}

async function connectByCode(world: AunWorld) {
  const identity = await world.identity();
  const code = await world.pairingCode(identity.aid);
  world.fact("aid", identity.aid);
  return { call: await connectWith(world, identity, paired(code)), identity, code };
}

/** The method pairing_code (A31). */
export const pairingChecks: readonly Check<AunWorld>[] = [
  rpcRefusal({
    id: "A31.no-code",
    requirement: "A31",
    title: "the method pairing_code without code is refused",
    control: plainWithPairing,
    attempt: (world, { identity }) => connectWith(world, identity, paired()),
    fitting: { codes: fittingCodes.missingParameter },
  }),
  rpcRefusal({
    id: "A31.wrong-code",
    requirement: "A31",
    title: "a wrong pairing code is refused",
    control: plainWithPairing,
    attempt: (world, { identity }) => connectWith(world, identity, paired(world.unique("000000"))),
    fitting: { codes: fittingCodes.authentication },
  }),
  rpcGrant<AunWorld>({
    id: "A31.right",
    requirement: "A31",
    title: "the right pairing code connects as the paired AID",
    needs: ["pairing-code"],
    attempt: async (world) => (await connectByCode(world)).call,
    relations: [connects, asThePairedAid],
  }),
  rpcRefusal({
    id: "A31.once",
    requirement: "A31",
    level: "should",
    title: "a pairing code connects once",
    needs: ["pairing-code"],
    control: connectByCode,
    attempt: (world, { identity, code }) => connectWith(world, identity, paired(code)),
    fitting: { codes: fittingCodes.authentication },
  }),
];
