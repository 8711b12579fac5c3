import type { SchemaIssue } from "../../../schemas/index.ts";
import { ownText } from "../json.ts";
import { documentUrlOf } from "../rules/attestation.ts";
import { fault, foundBy } from "./fault.ts";

interface Overlooked {
  readonly id: string;
  readonly sentence: string;
  readonly overlooks: (issue: SchemaIssue) => boolean;
  readonly check: string;
}

const overlooked: readonly Overlooked[] = [
  {
    id: "REG-4.developer-optional",
    sentence: "An agent may register without saying who its developer is.",
    overlooks: ({ path, keyword }) => path === "/developer" && keyword === "required",
    check: "REG-4.missing-developer",
  },
  {
    id: "REG-4.providers-optional",
    sentence: "An agent may register without asking for any provider.",
    overlooks: ({ path, keyword }) => path === "/requested_providers" && keyword === "required",
    check: "REG-4.missing-providers",
  },
  {
    id: "REG-4.types-unchecked",
    sentence: "It is looked at whether members are there, and not of what type they are.",
    overlooks: ({ keyword }) => keyword === "type",
    check: "REG-4.wrong-type",
  },
  {
    id: "REG-4.empty-providers-accepted",
    sentence: "The list of requested providers may be empty.",
    overlooks: ({ path, keyword }) => path === "/requested_providers" && keyword === "minItems",
    check: "REG-4.empty-providers",
  },
];

/** Requests to register that break their schema (REG-4). */
export const registrationFormFaults = [
  ...overlooked.map(({ id, sentence, overlooks, check }) =>
    fault({
      id,
      requirement: "REG-4",
      sentence,
      rule: "body.issues",
      wrong: (honest) => (input) => {
        const issues = honest(input);
        return input.endpoint === "register" ? issues.filter((issue) => !overlooks(issue)) : issues;
      },
      kills: foundBy("accepted", check),
    }),
  ),
  fault({
    id: "REG-4.agent-id-optional",
    requirement: "REG-4",
    sentence: "A registration without agent_id is one of the agent that its attestation names.",
    rule: "registration.agentId",
    wrong: (honest) => (input) => honest(input) ?? input.claimedSub(),
    kills: foundBy("accepted", "REG-4.missing-agent-id"),
  }),
  fault({
    id: "REG-4.attestation-optional",
    requirement: "REG-4",
    sentence: "A registration is judged by its attestation when it has one, and believed without.",
    rule: "attestation.treatment",
    wrong: (honest) => (input) =>
      input.endpoint === "register" && input.attestation === undefined ? { treat: "trust" } : honest(input),
    kills: foundBy("accepted", "REG-4.missing-attestation"),
  }),
  fault({
    id: "REG-4.agent-id-unchecked",
    requirement: "REG-4",
    sentence: "An agent_id that is no URL is taken as it is, and since nothing can be fetched nothing is verified.",
    rule: "attestation.treatment",
    wrong: (honest) => (input) =>
      input.endpoint === "register" && input.attestation !== undefined && documentUrlOf(input.agentId) === undefined
        ? { treat: "trust" }
        : honest(input),
    kills: foundBy("accepted", "REG-4.agent-id-not-uri"),
  }),
  fault({
    id: "REG-4.stored-before-validation",
    requirement: "REG-4",
    sentence: "An agent is stored before its request is validated, so that a refused one finds itself registered.",
    rule: "registration.onRefusal",
    wrong:
      () =>
      ({ body, store }) => {
        const agentId = ownText(body, "agent_id");
        if (agentId !== undefined) store(agentId);
      },
    kills: foundBy("took-effect", "REG-4.nothing-registered"),
  }),
];
