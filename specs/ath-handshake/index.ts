import type { Requirement } from "../requirement.ts";
import { api } from "./api.ts";
import { audit } from "./audit.ts";
import { backends } from "./backends.ts";
import { completion } from "./completion.ts";
import { confirmation } from "./confirmation.ts";
import { credential } from "./credential.ts";
import { hello } from "./hello.ts";
import { identity } from "./identity.ts";
import { order } from "./order.ts";
import { restrictions } from "./restrictions.ts";
import { robustness } from "./robustness.ts";
import { scopes } from "./scopes.ts";
import { traffic } from "./traffic.ts";

/** All requirements of the nine-step handshake and of the gateway behind it, section by section. */
export const athHandshake: readonly Requirement[] = [
  hello,
  identity,
  order,
  credential,
  scopes,
  confirmation,
  completion,
  api,
  robustness,
  backends,
  restrictions,
  audit,
  traffic,
].flat();
