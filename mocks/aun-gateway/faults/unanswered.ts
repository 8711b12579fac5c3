import { isJsonObject, own, ownText } from "../../ath/json.ts";
import type { ReadRequest } from "../rules/rpc.ts";
import { fault, foundBy } from "./gateway-fault.ts";

const wrongSignature = -32003;

/** Three parts in base64url (RFC 7515 § 3.1). */
const compactForm = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** The token of an auth.connect that begins as a JWT does, and does not go on so. */
function hasOddToken({ method, params }: ReadRequest): boolean {
  const auth = isJsonObject(params) ? own(params, "auth") : undefined;
  const token = isJsonObject(auth) ? (ownText(auth, "token") ?? "") : "";
  return method === "auth.connect" && token.startsWith("eyJ") && !compactForm.test(token);
}

/** Requests of the auth service that end in a crash behind the gateway, which says nothing of it (A24, A90). */
export const unansweredFaults = [
  fault({
    id: "A90.wrong-signature-hangs",
    sentence: "A login whose signature does not verify is never answered.",
    rule: "rpc.answers",
    wrong: (honest) => (input) => {
      const error = own(input.answer, "error");
      const isWrong = isJsonObject(error) && own(error, "code") === wrongSignature;
      return input.request.method === "auth.aid_login2" && isWrong ? [] : honest(input);
    },
    kills: foundBy("no-answer", "A90.wrong-signature", "A90.other-key", "A90.empty", "A90.nonce-only"),
  }),
  fault({
    id: "A24.odd-token-hangs",
    sentence: "An auth.connect whose token is a JWT with something more in it is never answered.",
    rule: "rpc.answers",
    wrong: (honest) => (input) => (hasOddToken(input.request) ? [] : honest(input)),
    kills: foundBy("no-answer", "A24.two-signatures", "A24.padding"),
  }),
];
