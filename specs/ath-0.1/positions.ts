import type { Ambiguity } from "../requirement.ts";

/** A question the text of ATH 0.1 leaves open or answers twice, and how the kit reads it. */
export interface Position extends Ambiguity {
  readonly id: string;
  readonly question: string;
  /** Requirements that the position bears on. */
  readonly touches: readonly string[];
}

export const positions = [
  {
    id: "POS-1",
    question: "Does authorization_url lead to the provider at once, or past the implementor first?",
    readings: [
      "It is the provider's own consent URL, as the description of the field says.",
      "It is a page of the implementor, since only a browser that passes there can be given the binding cookie.",
    ],
    position:
      "The kit plays one browser with one cookie jar from authorization_url on, wherever that leads; a callback from another jar has to fail.",
    touches: ["AUTHZ-12", "AUTHZ-6"],
  },
  {
    id: "POS-2",
    question:
      "Which code does an agent send to the token endpoint of a gateway, which redeems the provider's code itself?",
    readings: [
      "The code is meant for the agent and comes with the redirect to user_redirect_uri.",
      "The agent has no code of its own and sends whatever it has; the session id alone counts.",
    ],
    position:
      "The kit sends the code from the redirect to user_redirect_uri, else the one from the callback URL the browser visited; a target may ignore it, but a code it does use has to be bound to its session.",
    touches: ["TOK-1", "TOK-6", "TOK-8", "TOK-10"],
  },
  {
    id: "POS-3",
    question: "How long may a token live?",
    readings: [
      "One hour at most, as the security notes of the handshake say.",
      "As long as the implementor likes, since the gateway example of the same text grants eight hours.",
    ],
    position: "One hour is a recommendation: a longer life is a warning.",
    touches: ["TOK-12"],
  },
  {
    id: "POS-4",
    question: "How does an agent authenticate when it asks for its own registration?",
    readings: ["With an attestation, in a header the text does not name.", "With its client_id and client_secret."],
    position:
      "The refusal without credentials is judged; for the accepted case the kit tries the configured forms in turn: a bearer attestation, HTTP Basic with the client credentials, then the header X-ATH-Agent-Attestation.",
    touches: ["AGT-1", "AGT-2"],
  },
  {
    id: "POS-5",
    question: "What is the iss of an attestation?",
    readings: ["The agent's origin, as the example shows.", "The full agent_id, as every known agent sends."],
    position:
      "The kit sends the full agent_id and tries an origin in a check of its own that can only come out ambiguous; whatever iss says, the key is the one published at sub.",
    touches: ["ATT-1", "ATT-6", "ATT-8"],
  },
  {
    id: "POS-6",
    question: "In which order are the rules of a call applied, and does a refused call use up its jti?",
    readings: [
      "The attestation is judged and its jti remembered before anything else.",
      "Cheaper rules come first, and a refused call leaves the jti unused.",
    ],
    position: "Both are fine: the kit sends a fresh attestation with every call, also when it repeats one.",
    touches: ["ATT-5", "AUTHZ-1", "AUTHZ-3", "TOK-4"],
  },
  {
    id: "POS-7",
    question: "Where does the browser end after consent, and with which parameters?",
    readings: [
      "At user_redirect_uri with the agent's state, as in OAuth 2.0.",
      "At a page of the implementor, since user_redirect_uri is optional and no parameter is named.",
    ],
    position:
      "Consent is complete when the chain of redirects has ended, whatever the parameters are called; the returned state is judged only where user_redirect_uri was accepted.",
    touches: ["CB-3"],
  },
  {
    id: "POS-8",
    question: "In which URL does the PKCE challenge have to be?",
    readings: [
      "In authorization_url itself.",
      "In the URL that finally reaches the provider, since authorization_url may be the implementor's own page.",
    ],
    position: "The kit follows the redirects and judges the URL that reaches the provider.",
    touches: ["AUTHZ-6", "BRG-1"],
  },
  {
    id: "POS-9",
    question: "What does a registration answer, and what does an empty list of redirect URIs mean?",
    readings: [
      "Status 201, credentials for approved agents only, and an empty list that is a list.",
      "Status 200 or 201, credentials for denied agents too, and an empty list that is no list.",
    ],
    position:
      "Both statuses and credentials for denied agents are accepted; an empty redirect_uris means the same as leaving it out.",
    touches: ["REG-1", "AUTHZ-2", "AUTHZ-9"],
  },
  {
    id: "POS-10",
    question: "Is an audience with a trailing slash the same audience?",
    readings: [
      "Audiences are compared character for character.",
      "The URL with and without the slash names one server.",
    ],
    position: "Either answer is accepted; the kit's controls leave the slash out.",
    touches: ["ATT-3", "TOK-4"],
  },
  {
    id: "POS-11",
    question: "Is a refusal a status or an effect?",
    readings: [
      "A call that may not succeed has to answer with an error status.",
      "A call that may not succeed has to be without effect, and RFC 7009 even wants 200 for some of them.",
    ],
    position:
      "The effect counts: a revocation is judged by whether the token still works, a registration by a following call, a missing token by its absence.",
    touches: ["REV-2", "REV-3", "REV-4", "REG-4", "TOK-3"],
  },
  {
    id: "POS-12",
    question: "What is an agent for which nothing can be approved?",
    readings: ["Its agent_status is denied.", "It is approved or pending, with every scope denied."],
    position: "Any of the three statuses is accepted as long as nothing is approved.",
    touches: ["REG-2", "REG-5", "AUTHZ-2"],
  },
  {
    id: "POS-13",
    question: "May an agent's identity document be anywhere on its host?",
    readings: [
      "The documented pattern is binding, with the document at the root of the agent's host.",
      "Any URI will do, since the agent_id is defined as a URI.",
    ],
    position: "A target may insist on the root of a host; the kit's id_template follows the target.",
    touches: ["REG-1", "ATT-13"],
  },
  {
    id: "POS-14",
    question: "Where are the endpoints of a native service, and what is its provider_id?",
    readings: [
      "Only the endpoints in its discovery document count, and provider_id is undefined.",
      "The /ath endpoints are under its base URL, and the app_id stands for the provider_id.",
    ],
    position: "The /ath endpoints are under the service's base URL and provider_id is the app_id.",
    touches: ["DISC-2", "DISC-3", "REG-5"],
  },
  {
    id: "POS-15",
    question: "Are the nine-step handshake and the registration, authorization and token endpoints one protocol?",
    readings: [
      "Both carry the name ATH 0.1, so that an implementor does both.",
      "They are two protocols under one name, and an implementor does one of them.",
    ],
    position: "They are two profiles, judged and reported apart.",
    touches: ["TOK-12", "AGT-1"],
  },
  {
    id: "POS-16",
    question:
      "Which code fits a malformed request, wrong client credentials, a wrong grant_type, a redirect URI mismatch or a repeated registration?",
    readings: [
      "One of the listed codes has to be stretched to fit.",
      "The list has a gap, and an implementor fills it with a code of its own.",
    ],
    position:
      "A refusal is a 4xx that grants nothing, with any of several fitting codes; unlisted codes and unusual statuses are each one finding of their own, and the status 409 may carry any code.",
    touches: ["ERR-2", "ERR-3", "REG-3", "REG-4", "AUTHZ-8", "AUTHZ-9", "TOK-5", "TOK-9"],
  },
  {
    id: "POS-17",
    question: "Does a native service that asks for consent itself need a proof key and a callback?",
    readings: [
      "Both belong to every implementor, since authorization and callback are described without a mode.",
      "Both protect the way from a provider back to the implementor, and a service with a consent page of its own has no such way.",
    ],
    position:
      "A native service whose browser passes an OAuth authorization request or a callback is judged by it; where its own page leads straight back to the agent, these checks do not apply.",
    touches: ["AUTHZ-6", "AUTHZ-12", "CB-1", "CB-2", "TOK-7"],
  },
] as const satisfies readonly Position[];

export type PositionId = (typeof positions)[number]["id"];

/** The readings and the position taken on one question, for the rows it makes ambiguous. */
export function ambiguity(id: PositionId): Ambiguity {
  const found = positions.find((position) => position.id === id);
  if (found === undefined) throw new RangeError(`no position ${id}`);
  return { readings: found.readings, position: found.position };
}
