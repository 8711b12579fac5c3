import { IMPLEMENTORS, section } from "../section.ts";
import { ath, rfc } from "../sources.ts";
import { ambiguity } from "./positions.ts";

/** Phase A: the implementor decides on an agent. */
export const registration = section({ section: "registration", party: "implementor", profiles: IMPLEMENTORS }, [
  {
    id: "REG-1",
    level: "stated",
    kit: "must",
    why: "The rule defines the message; agents cannot go on without its fields.",
    says: "A valid registration is answered in the shape of an AgentRegistrationResponse.",
    source: ath("server/registration"),
    tested: { how: "Register an agent and compare the answer with the schema." },
    ambiguous: ambiguity("POS-9"),
    mend: "Send every required field: denied_scopes is a list even when empty, approval_expires is ISO 8601, null is not absent.",
  },
  {
    id: "REG-2",
    level: "MAY",
    kit: "must",
    why: "Partial approval is optional; that the decision covers each requested scope once, and no other, defines the message.",
    says: "For each provider every requested scope is either approved or denied, never both, and nothing is approved that was not requested.",
    source: ath("server/registration", "Behavior"),
    tested: { how: "Register with approvable and unknown scopes and compare the sets." },
    ambiguous: ambiguity("POS-12"),
    mend: "Split the requested scopes in two by the policy instead of answering with the policy's own list.",
  },
  {
    id: "REG-3",
    level: "SHOULD",
    kit: "should",
    says: "Registering an agent_id that is registered already answers 409.",
    source: ath("server/registration", "Behavior"),
    tested: { how: "Register the same agent twice, each time with a fresh attestation." },
    ambiguous: ambiguity("POS-16"),
    mend: "Answer 409 for a known agent_id, without disclosing the existing client_id.",
  },
  {
    id: "REG-4",
    level: "stated",
    kit: "must",
    why: "The schema defines the message, and what breaks it cannot be decided on.",
    says: "A registration that breaks the schema is refused with a 4xx ATHError and leaves nothing registered.",
    source: ath("schema", "AgentRegistrationRequest"),
    tested: {
      how: "Generate requests with missing fields, wrong types, no requested provider and an agent_id that is no URI, then see that the agent is still unknown.",
    },
    ambiguous: ambiguity("POS-11"),
    mend: "Validate the body against the schema before anything is stored.",
  },
  {
    id: "REG-5",
    level: "stated",
    kit: "should",
    why: "The text leaves open whether the provider is denied or the request refused; either keeps the agent out.",
    says: "A provider the implementor does not know is not approved: it is denied with a reason, or the request is refused with PROVIDER_NOT_APPROVED.",
    source: ath("server/registration"),
    tested: { how: "Register for a provider that does not exist." },
    ambiguous: ambiguity("POS-12"),
    mend: "Look each provider_id up and deny the unknown ones with a denial_reason.",
  },
  {
    id: "REG-6",
    level: "stated",
    kit: "must",
    why: "Guessable credentials hand one agent's registration to another.",
    says: "Each registration gets a client_id and a client_secret of its own that nobody can guess.",
    source: rfc(6749, "10.10"),
    tested: { how: "Register many agents and compare length, uniqueness and pattern of their credentials." },
    mend: "Make the secret from at least 128 bits of a cryptographic random source, and the client_id at random too.",
  },
]);
