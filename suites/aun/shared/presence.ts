import type { AunConnection } from "../../drivers/aun/world.ts";
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
