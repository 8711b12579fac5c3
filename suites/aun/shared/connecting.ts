import type { AunConnection, AunWorld, ConnectOptions, Identity } from "../../drivers/aun/world.ts";
import type { Json } from "../../engine/json.ts";
import type { RpcCall } from "../../engine/rpc.ts";

/** A granted connect to begin with, and whose it was. */
export interface Connected {
  readonly call: RpcCall;
  readonly identity: Identity;
  readonly connection: AunConnection;
}

/** The positive control of everything that bends auth.connect: the same identity connects as it should. */
export async function plainConnect(world: AunWorld, options?: ConnectOptions): Promise<Connected> {
  const identity = await world.identity();
  const { connection, hello } = await world.tryConnect(identity, options);
  return { call: hello, identity, connection };
}

/** auth.connect on a connection of its own, whatever comes of it. */
export async function connectWith(world: AunWorld, identity: Identity, options: ConnectOptions): Promise<RpcCall> {
  return (await world.tryConnect(identity, options)).hello;
}

/** The member `auth` of the method kite_token, bent. */
export async function tokenAuth(
  world: AunWorld,
  identity: Identity,
  bend: { readonly [name: string]: Json | undefined } = {},
): Promise<Json> {
  const members = Object.entries({ method: "kite_token", token: await world.token(identity), ...bend });
  return Object.fromEntries(members.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
