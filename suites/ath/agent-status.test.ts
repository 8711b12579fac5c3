import { expect, test } from "vitest";
import { evidence, exchange } from "../engine/testing/evidence.ts";
import { agentStatus } from "./agent-status.ts";
import { checkOf, emptyEvidence, refusedWith } from "./testing/judging.ts";

const judge = (id: string, roles: Parameters<typeof evidence>[0], facts = {}) => {
  const { outcome, reasonCode } = checkOf(agentStatus, id).judge(evidence(roles, { facts }));
  return reasonCode === null ? outcome : `${outcome} ${reasonCode}`;
};
const shown = (id: number, json: object) => exchange(id, { purpose: "agent-status", status: 200, json });
const mine = { client_id: "c-1", agent_id: "http://a.example/1", agent_status: "approved" };
const theirs = { client_id: "c-2", agent_id: "http://a.example/2", agent_status: "approved" };

test.each(agentStatus.checks.map(({ id }) => id))("%s passes nothing without evidence", (id) => {
  expect(checkOf(agentStatus, id).judge(emptyEvidence).outcome).toBe("not-tested");
});

test.each([
  ["pass", refusedWith(2, 403)],
  ["pass", refusedWith(2, 404)],
  ["violated accepted", shown(2, theirs)],
  ["violated accepted", shown(2, { agent_status: "approved", agent: { id: theirs.agent_id } })],
  // The caller's own registration gives nothing away.
  ["pass", shown(2, mine)],
  ["violated server-error", refusedWith(2, 500)],
])("AGT-2.other-agent: %s", (verdict, attempt) => {
  const facts = { victimClientId: theirs.client_id, victimAgentId: theirs.agent_id };
  expect(judge("AGT-2.other-agent", { control: [shown(1, mine)], attempt: [attempt] }, facts)).toBe(verdict);
});

test.each([
  ["pass", mine],
  ["pass", { agent_id: mine.agent_id, note: "fields beyond these are free" }],
  ["violated wrong-registration", theirs],
  ["violated wrong-registration", { ...mine, agent_status: "pending" }],
  ["violated wrong-registration", { agent_status: "approved" }],
])("AGT-2.own-registration: %s for %j", (verdict, body) => {
  expect(judge("AGT-2.own-registration", { subject: [shown(1, body)] }, mine)).toBe(verdict);
});
