import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import type { Section } from "../engine/check.ts";
import { text } from "../engine/json.ts";
import { notApplicable } from "../engine/stop.ts";
import { rpcAcceptance } from "../kinds/rpc-acceptance.ts";
import { requireResult } from "../kinds/rpc-control.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { connectWith, plainConnect } from "./shared/connecting.ts";
import { tryFreed } from "./shared/places.ts";

/** A connect on a device of its own, so that nothing is found again by anything but that device. */
async function onDevice(world: AunWorld) {
  const device = world.unique("device");
  const connected = await plainConnect(world, { device });
  return { ...connected, device };
}

/** A new connection after an old one (A110 to A112). */
export const reconnect: Section<AunWorld> = {
  id: "reconnect",
  title: "Reconnection",
  checks: [
    rpcAcceptance({
      id: "A110.same-token",
      requirement: "A110",
      title: "the same token connects again on a new connection",
      control: onDevice,
      async attempt(world, { identity, connection, device }) {
        await connection.close();
        return (await tryFreed(world, identity, { device })).hello;
      },
    }),
    rpcRefusal({
      id: "A111.gated-again",
      requirement: "A111",
      title: "a new connection has to authenticate again before anything else",
      async control(world: AunWorld) {
        const connected = await onDevice(world);
        requireResult(connected.call, "auth.connect");
        return { ...connected, call: await connected.connection.call("meta.ping", {}) };
      },
      async attempt(world, { connection }) {
        await connection.drop();
        return (await world.connection()).call("meta.ping", {});
      },
      fitting: { codes: fittingCodes.notInitialised },
    }),
    rpcRefusal({
      id: "A111.old-nonce",
      requirement: "A111",
      title: "the nonce of the old connection does not connect on the new one",
      control: onDevice,
      async attempt(world, { identity, connection }) {
        await connection.close();
        // On another device: the old place may still count as taken.
        return connectWith(world, identity, { params: { nonce: connection.nonce } });
      },
      fitting: { codes: fittingCodes.challengeNonce },
    }),
    rpcAcceptance({
      id: "A112.refreshed",
      requirement: "A112",
      title: "a refreshed token connects",
      async control(world: AunWorld) {
        const identity = await world.identity();
        const { login2, refreshToken } = await world.login(identity);
        requireResult(login2, "auth.aid_login2");
        if (refreshToken === "") throw notApplicable("feature-absent", "the login gives no refresh token");
        return { call: await world.refresh(refreshToken), identity };
      },
      attempt: (world, { call, identity }) =>
        connectWith(world, identity, { token: text(call.result, "access_token") ?? "" }),
    }),
  ],
};
