import type { Requirement } from "../requirement.ts";
import { auth } from "./auth.ts";
import { challenge } from "./challenge.ts";
import { client } from "./client.ts";
import { connect } from "./connect.ts";
import { crossDomain } from "./cross-domain.ts";
import { delivery } from "./delivery.ts";
import { discovery } from "./discovery.ts";
import { gate } from "./gate.ts";
import { kinds } from "./kinds.ts";
import { messages } from "./messages.ts";
import { meta } from "./meta.ts";
import { reconnect } from "./reconnect.ts";
import { result } from "./result.ts";
import { rpc } from "./rpc.ts";
import { slots } from "./slots.ts";
import { tokens } from "./tokens.ts";
import { versions } from "./versions.ts";

/** All requirements of AUN's gateway mode, section by section in the order of a connection's life. */
export const aunGateway: readonly Requirement[] = [
  discovery,
  challenge,
  connect,
  versions,
  result,
  slots,
  delivery,
  kinds,
  gate,
  auth,
  tokens,
  meta,
  reconnect,
  rpc,
  messages,
  crossDomain,
  client,
].flat();
