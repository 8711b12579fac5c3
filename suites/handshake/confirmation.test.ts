import { describe, expect, it } from "vitest";
import { evidenceOf, judged, made } from "../ath/testing/flow-evidence.ts";
import type { Json } from "../engine/json.ts";
import { confirmation } from "./confirmation.ts";

const granted = () => made({ purpose: "handshake-scopes", json: { scopes_granted: ["a"] } });
const denied = () => made({ purpose: "handshake-scopes", status: 403, json: { code: "USER_DENIED", message: "no" } });
const issued = () => made({ purpose: "handshake-complete", json: { access_token: "‹ath-token:000000000001:43›" } });
const refusedEnd = () => made({ purpose: "handshake-complete", status: 409, json: { code: "NO", message: "no" } });

const message = {
  request_id: "r-1",
  client_did: "did:ath:agent:1",
  client_info: { name: "Agent", developer: "ACME" },
  requested_scopes: ["a", "b"],
  expires_at: 1_800_000_000,
};
const asked = (changes: Readonly<Record<string, Json>> = {}, bent: Readonly<Record<string, Json>> = {}) => ({
  exchange: 7,
  clientDid: "did:ath:agent:1",
  requestId: "r-1",
  scopes: ["b", "a"],
  message: JSON.stringify({ ...message, ...bent }),
  ...changes,
});

describe("the question", () => {
  const facts = { agent: "did:ath:agent:1", requested: ["a", "b"] };
  const verdictOn = (question: Json | undefined, reply = granted()) =>
    judged(
      confirmation,
      "HS-14.reaches-user",
      evidenceOf({ subject: [reply] }, { ...facts, asked: question === undefined ? [] : [question] }),
    );
  it.each([
    ["all there", asked(), "pass"],
    ["not asked", undefined, "violated not-sent"],
    ["another agent", asked({ clientDid: "did:ath:agent:2" }), "violated wrong-agent"],
    ["fewer scopes", asked({ scopes: ["a"] }), "violated wrong-scopes"],
    ["more scopes", asked({ scopes: ["a", "b", "c"] }), "violated wrong-scopes"],
    ["nobody's agent", asked({}, { client_info: null }), "violated schema"],
    ["no developer", asked({}, { client_info: { name: "Agent" } }), "violated schema"],
    ["a date as text", asked({}, { expires_at: "2030-01-01" }), "violated schema"],
    ["no request_id", asked({ requestId: "" }), "violated schema"],
  ])("%s", (_, question, verdict) => {
    expect(verdictOn(question)).toBe(verdict);
  });

  it("is not missed where the request was refused anyway", () => {
    expect(verdictOn(undefined, denied())).toBe("not-tested prerequisite-refused");
  });

  it.each([
    ["three ids", ["r-1", "r-2", "r-3"], "pass"],
    ["one id three times", ["r-1", "r-1", "r-1"], "violated repeated"],
    ["one question", ["r-1"], "not-tested not-asked"],
  ])("has an id of its own: %s", (_, ids, verdict) => {
    const evidence = evidenceOf({ control: [granted()] }, { asked: ids.map((requestId) => asked({ requestId })) });
    expect(judged(confirmation, "HS-14.request-ids", evidence)).toBe(verdict);
  });

  it.each([
    [true, granted(), "pass"],
    [false, granted(), "violated not-awaited"],
    [true, denied(), "not-tested prerequisite-refused"],
  ])("is waited for: answered first %s", (answeredFirst, reply, verdict) => {
    expect(judged(confirmation, "HS-14.waits", evidenceOf({ subject: [reply] }, { answeredFirst }))).toBe(verdict);
  });
});

describe("the answer", () => {
  it.each([
    ["a wrong approval that does not count", "HS-15.wrong-signature", granted(), [denied()], "pass"],
    ["a wrong approval that counts", "HS-15.wrong-signature", granted(), [granted()], "violated accepted"],
    ["a denial that ends it", "HS-16.denied", issued(), [denied(), refusedEnd()], "pass"],
    ["a denial and a token", "HS-16.denied", issued(), [denied(), issued()], "violated accepted"],
    [
      "a second answer that changes the first",
      "HS-15.second-answer",
      issued(),
      [denied(), issued()],
      "violated accepted",
    ],
    ["silence that ends in 408", "HS-16.never-answers", issued(), [denied()], "pass"],
    [
      "silence without end",
      "HS-16.never-answers",
      issued(),
      [made({ purpose: "handshake-scopes", status: null })],
      "violated no-answer",
    ],
  ])("%s", (_, id, control, attempt, verdict) => {
    expect(judged(confirmation, id, evidenceOf({ control: [control], attempt }))).toBe(verdict);
  });

  it("gives no verdict on nothing", () => {
    for (const { id } of confirmation.checks) expect(judged(confirmation, id, evidenceOf({}))).toMatch(/^not-tested/);
  });
});
