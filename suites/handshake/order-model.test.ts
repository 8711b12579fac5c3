import { describe, expect, it } from "vitest";
import type { Json } from "../engine/json.ts";
import { orderModelCheck } from "./order-model.ts";

type Line = readonly [act: string, place: "A" | "B", granted: "granted" | "refused" | "same token", how?: "replay"];

/** The finding for one sequence of messages, as the drive writes them down. */
function judged(...lines: readonly Line[]) {
  const steps: Json = lines.map(([act, place, answer, how = "fresh"], index) => ({
    step: { act, place, how },
    seen: {
      granted: answer !== "refused",
      latestOnly: false,
      answer: "HTTP",
      exchange: index + 1,
      oldToken: answer === "same token",
    },
  }));
  const one = { exchanges: [], marks: {}, facts: { steps } };
  return orderModelCheck.judge({ ...one, cases: [one] });
}

describe("the model of the order", () => {
  it.each<readonly [string, readonly Line[]]>([
    [
      "the right order",
      [
        ["prove", "A", "granted"],
        ["request", "A", "granted"],
        ["complete", "A", "granted"],
      ],
    ],
    [
      "what is not due is refused, and disturbs nothing",
      [
        ["complete", "A", "refused"],
        ["prove", "A", "granted"],
      ],
    ],
    [
      "what is not due may end the handshake",
      [
        ["complete", "A", "refused"],
        ["prove", "A", "refused"],
        ["prove", "A", "refused"],
        ["prove", "B", "granted"],
      ],
    ],
    [
      "two handshakes know nothing of each other",
      [
        ["prove", "A", "granted"],
        ["request", "B", "refused"],
      ],
    ],
    [
      "a repeated proof may be answered either way",
      [
        ["prove", "A", "granted"],
        ["prove", "A", "granted", "replay"],
      ],
    ],
    [
      "a restart may be answered either way",
      [
        ["restart", "A", "granted"],
        ["prove", "A", "granted"],
      ],
    ],
    [
      "a wrong proof ends the handshake",
      [
        ["prove-other", "A", "refused"],
        ["prove", "A", "refused"],
      ],
    ],
    [
      "a finished handshake may repeat its token",
      [
        ["prove", "A", "granted"],
        ["request", "A", "granted"],
        ["complete", "A", "granted"],
        ["complete", "A", "same token", "replay"],
      ],
    ],
    [
      "bytes that were refused before may stay refused",
      [
        ["request", "A", "refused"],
        ["prove", "A", "granted"],
        ["request", "A", "refused", "replay"],
        ["request", "A", "granted"],
      ],
    ],
  ])("follows: %s", (_name, lines) => {
    expect(judged(...lines).outcome).toBe("pass");
  });

  it.each<readonly [string, readonly Line[]]>([
    ["scopes before the proof", [["request", "A", "granted"]]],
    ["a token before the proof", [["complete", "B", "granted"]]],
    [
      "a token before scopes",
      [
        ["prove", "A", "granted"],
        ["complete", "A", "granted"],
      ],
    ],
    ["a proof over the other nonce", [["prove-other", "A", "granted"]]],
    [
      "the right proof after a wrong one",
      [
        ["prove-other", "A", "refused"],
        ["prove", "A", "granted"],
      ],
    ],
    [
      "a handshake that ended and comes back",
      [
        ["complete", "A", "refused"],
        ["prove", "A", "refused"],
        ["prove", "A", "granted"],
      ],
    ],
    ["a right message refused after nothing wrong", [["prove", "A", "refused"]]],
    [
      "a handshake lost by a restart",
      [
        ["prove", "A", "granted"],
        ["restart", "A", "granted"],
        ["request", "A", "refused"],
      ],
    ],
    [
      "a handshake that takes the other's state",
      [
        ["prove", "B", "granted"],
        ["request", "A", "granted"],
      ],
    ],
    [
      "a second token",
      [
        ["prove", "A", "granted"],
        ["request", "A", "granted"],
        ["complete", "A", "granted"],
        ["complete", "A", "granted", "replay"],
      ],
    ],
  ])("does not follow: %s", (_name, lines) => {
    const finding = judged(...lines);
    expect(finding).toMatchObject({ outcome: "violated", reasonCode: "order-broken", exchanges: [lines.length] });
    expect(finding.notes.join()).toContain("shortest sequence found");
  });
});
