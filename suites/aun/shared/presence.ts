import type { AunConnection, AunWorld } from "../../drivers/aun/world.ts";
import { member } from "../../engine/json.ts";
import type { RpcCall } from "../../engine/rpc.ts";

/** message.query_online (AUN docs 06 § 6.3). */
export function queryOnline(connection: AunConnection, aids: readonly string[]): Promise<RpcCall> {
  return connection.call("message.query_online", { aids: [...aids] });
}

/** What the answer says of an AID; undefined when it says nothing. */
export function onlineIn({ result }: RpcCall, aid: string): unknown {
  return member(member(result, "online"), aid);
}

/** Waits until the target has noticed that an AID went away, or patience is over. */
export async function wentOffline(world: AunWorld, asker: AunConnection, aid: string): Promise<void> {
  const until = performance.now() + world.patience;
  while (performance.now() < until && onlineIn(await queryOnline(asker, [aid]), aid) === true) await world.wait(25);
}
