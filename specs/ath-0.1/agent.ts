import { type Row, section } from "../section.ts";
import { ath } from "../sources.ts";

/** Agents are judged by a profile of their own, in which the kit plays the implementor. */
const untestable = {
  untestable:
    "An agent's own conduct can be judged by the client profile ath-agent only, with the kit in the gateway's place; this edition of the kit judges implementors.",
} as const;

type AgentRow = Omit<Row, "level" | "kit" | "tested">;

const rows: readonly AgentRow[] = [
  {
    id: "AGENT-1",
    why: "Without the document nobody can verify the agent.",
    says: "An agent publishes its identity document at its agent_id.",
    source: ath("client/identity", "Identity Document"),
    mend: "Serve the AgentIdentityDocument at the very URI that is used as agent_id.",
  },
  {
    id: "AGENT-2",
    why: "An attestation that is used twice is a replay.",
    says: "An agent makes a fresh attestation with a new jti for every call.",
    source: ath("client/identity", "Required Claims"),
    mend: "Sign right before each call, also when a call is repeated.",
  },
  {
    id: "AGENT-3",
    why: "A wrong audience is refused everywhere.",
    says: "An agent names the implementor's base URL as the audience, and the URL of the token endpoint there.",
    source: ath("server/token", "Behavior"),
    mend: "Derive aud from the endpoint that the attestation is sent to.",
  },
  {
    id: "AGENT-4",
    why: "State protects the agent's user against forged redirects.",
    says: "An agent makes a new state of at least 128 random bits for each authorization and compares it when the redirect comes back.",
    source: ath("schema", "AuthorizationRequest.state"),
    mend: "Take 16 bytes from a cryptographic random source and keep them with the user's session.",
  },
  {
    id: "AGENT-5",
    why: "What was not approved is refused anyway.",
    says: "An agent asks for approved scopes only.",
    source: ath("client/scope-intersection"),
    mend: "Read approved_scopes from the registration and ask for nothing else.",
  },
  {
    id: "AGENT-6",
    why: "The proxy refuses calls without it.",
    says: "An agent sends X-ATH-Agent-ID with every proxied call.",
    source: ath("server/proxy", "Behavior"),
    mend: "Add the header where the bearer token is added.",
  },
  {
    id: "AGENT-7",
    why: "A revocation without credentials has no effect.",
    says: "An agent sends its client credentials with a revocation.",
    source: ath("schema", "TokenRevocationRequest"),
    mend: "Put client_id and client_secret into the revocation's body.",
  },
  {
    id: "AGENT-8",
    why: "Whoever gets an attestation or a token can act as the agent for as long as it is good.",
    says: "An agent sends its attestations and its ATH token to no other origin than the implementor's.",
    source: ath("client/security"),
    mend: "Follow no redirects on API calls, and set credentials for each request and origin.",
  },
  {
    id: "AGENT-9",
    why: "The token cannot come back to life, and trying burdens the implementor.",
    says: "An agent stops using a token after TOKEN_EXPIRED or TOKEN_REVOKED.",
    source: ath("schema", "ATHErrorCode"),
    mend: "Drop the token on either code and start a new authorization.",
  },
];

/** What ATH asks of the agent. */
export const agent = section(
  { section: "agent", party: "agent", profiles: ["ath-agent"] },
  rows.map((row) => ({ ...row, level: "stated", kit: "must", tested: untestable })),
);
