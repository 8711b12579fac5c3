import { fault, foundBy } from "./fault.ts";

/** Steps 6 and 7 (HS-14 to HS-16). */
export const confirmationFaults = [
  fault({
    id: "HS-14.not-asked",
    requirement: "HS-14",
    sentence: "The gateway approves in the user's name.",
    rule: "confirmation.isNeeded",
    wrong: () => () => false,
    kills: { ...foundBy("not-sent", "HS-14.reaches-user"), ...foundBy("not-awaited", "HS-14.waits") },
  }),
  fault({
    id: "HS-14.asked-once",
    requirement: "HS-14",
    sentence: "The user is asked about an agent once; what it asks for later is taken to be approved.",
    rule: "confirmation.isNeeded",
    wrong: (honest) => {
      const asked = new Set<string>();
      return (input) => {
        const known = asked.has(input.agentDid);
        asked.add(input.agentDid);
        return !known && honest(input);
      };
    },
    kills: foundBy("accepted", "HS-14.asked-again"),
  }),
  fault({
    id: "HS-14.not-awaited",
    requirement: "HS-14",
    sentence: "The user is asked, and nobody waits for the answer.",
    rule: "confirmation.isAwaited",
    wrong: () => () => false,
    kills: foundBy("not-awaited", "HS-14.waits"),
  }),
  fault({
    id: "HS-14.wrong-agent",
    requirement: "HS-14",
    sentence: "The user is asked about another agent.",
    rule: "confirmation.message",
    wrong:
      () =>
      ({ message }) => ({ ...message, client_did: "did:ath:agent:somebody-else" }),
    kills: foundBy("wrong-agent", "HS-14.reaches-user"),
  }),
  fault({
    id: "HS-14.scopes-trimmed",
    requirement: "HS-14",
    sentence: "The user is not told all of the scopes that are asked for.",
    rule: "confirmation.message",
    wrong:
      () =>
      ({ message }) => ({ ...message, requested_scopes: message.requested_scopes.slice(0, -1) }),
    kills: foundBy("wrong-scopes", "HS-14.reaches-user"),
  }),
  fault({
    id: "HS-14.client-info-missing",
    requirement: "HS-14",
    sentence: "The user is told the agent's DID and not what it is.",
    rule: "confirmation.message",
    wrong:
      () =>
      ({ message: { client_info: _, ...rest } }) =>
        rest,
    kills: foundBy("schema", "HS-14.reaches-user"),
  }),
  fault({
    id: "HS-14.request-id-reused",
    requirement: "HS-14",
    sentence: "Every question about an agent has the same request_id.",
    rule: "confirmation.requestId",
    wrong:
      () =>
      ({ agentDid }) =>
        `about ${agentDid}`,
    kills: foundBy("repeated", "HS-14.request-ids"),
  }),
  fault({
    id: "HS-15.signature-ignored",
    requirement: "HS-15",
    sentence: "Nobody looks at the signature of a confirmation.",
    rule: "confirmation.signatureHolds",
    wrong: () => () => true,
    kills: foundBy(
      "accepted",
      "HS-15.wrong-signature",
      "HS-15.unsigned",
      "HS-15.other-user",
      "HS-15.by-agent",
      "HS-15.tampered-scopes",
    ),
  }),
  fault({
    id: "HS-15.decision-unsigned",
    requirement: "HS-15",
    sentence: "The user signs which question is answered, and neither the decision nor the scopes.",
    rule: "confirmation.signatureHolds",
    wrong: (honest) => (input) => honest(input) || input.verifies(input.user, { approved: false, approvedScopes: [] }),
    kills: foundBy("accepted", "HS-15.tampered-denial"),
  }),
  fault({
    id: "HS-15.request-unsigned",
    requirement: "HS-15",
    sentence: "The user signs his decision, and not which question it answers.",
    rule: "confirmation.signatureHolds",
    wrong: (honest) => (input) =>
      honest(input) || [...input.requestIds()].some((requestId) => input.verifies(input.user, { requestId })),
    kills: foundBy("accepted", "HS-15.replayed-approval"),
  }),
  fault({
    id: "HS-15.expiry-unsigned",
    requirement: "HS-15",
    sentence: "The signature is verified with the end of the question, and the approval holds until its own end.",
    rule: "confirmation.signatureHolds",
    wrong: (honest) => (input) => honest(input) || input.verifies(input.user, { expiresAt: input.questionEnds }),
    kills: foundBy("accepted", "HS-15.tampered-expiry"),
  }),
  fault({
    id: "HS-16.scopes-outweigh-denial",
    requirement: "HS-16",
    sentence: "An answer that names scopes is an approval, whatever it says.",
    rule: "confirmation.approved",
    wrong: (honest) => (input) =>
      input.answer.approvedScopes.length > 0 ? input.answer.approvedScopes : honest(input),
    kills: foundBy("accepted", "HS-16.denied-with-scopes"),
  }),
  fault({
    id: "HS-15.any-user",
    requirement: "HS-15",
    sentence: "Any user may answer for any other.",
    rule: "confirmation.signatureHolds",
    wrong:
      () =>
      ({ anyUser, verifies }) =>
        [...anyUser()].some((key) => verifies(key)),
    kills: foundBy("accepted", "HS-15.other-user"),
  }),
  fault({
    id: "HS-15.agent-may-confirm",
    requirement: "HS-15",
    sentence: "The agent may answer for the user.",
    rule: "confirmation.signatureHolds",
    wrong: (honest) => (input) => honest(input) || input.verifies(input.agent),
    kills: foundBy("accepted", "HS-15.by-agent"),
  }),
  fault({
    id: "HS-15.request-id-ignored",
    requirement: "HS-15",
    sentence: "An answer to one question is taken for the one that is open.",
    rule: "confirmation.request",
    wrong: (honest) => (input) => {
      const named = input.requests.get(input.requestId);
      const open = [...input.requests.values()].filter(({ answer }) => answer === undefined);
      const ofSame = open.findLast(
        ({ user, handshake }) => user.did === named?.user.did && handshake.agent.did === named.handshake.agent.did,
      );
      return input.asked ?? (named?.answer === undefined ? named : undefined) ?? ofSame ?? open.at(-1) ?? honest(input);
    },
    kills: foundBy("accepted", "HS-15.other-request"),
  }),
  fault({
    id: "HS-15.expiry-ignored",
    requirement: "HS-15",
    sentence: "A confirmation never expires.",
    rule: "confirmation.isUnexpired",
    wrong: () => () => true,
    kills: foundBy("accepted", "HS-15.expired-answer"),
  }),
  fault({
    id: "HS-15.answer-overwrites",
    requirement: "HS-15",
    sentence: "A later answer takes the place of the first.",
    rule: "confirmation.isOpen",
    wrong: () => () => true,
    kills: foundBy("accepted", "HS-15.second-answer"),
  }),
  fault({
    id: "HS-16.denial-ignored",
    requirement: "HS-16",
    sentence: "The user's refusal counts as an approval.",
    rule: "confirmation.approved",
    wrong: (honest) => (input) => honest(input) ?? input.requested,
    kills: foundBy("accepted", "HS-16.denied"),
  }),
  fault({
    id: "HS-16.silence-approves",
    requirement: "HS-16",
    sentence: "A user who does not answer in time is taken to approve.",
    rule: "confirmation.onSilence",
    wrong: () => () => "approve" as const,
    kills: foundBy("accepted", "HS-16.never-answers"),
  }),
];
