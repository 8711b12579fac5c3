import { expect, it } from "vitest";
import { consentByHabit, controlRoutes } from "./control-routes.ts";
import { startLab } from "./testing/lab.ts";
import type { Habit } from "./user-habits.ts";

const wanted = ["oa:read", "oa:write"];

/** A handshake up to the scope_request, whose user has a habit; `late` passes with nobody answering. */
async function askedOf(habit: Habit | undefined, late = 0) {
  const lab = startLab();
  lab.userAnswers(() => ({ approved: false, approved_scopes: [] }));
  lab.gateway.habits.set("alice", habit);
  const handshake = await lab.hello();
  await lab.prove(handshake);
  const open = lab.ask(handshake, wanted);
  const events = () => lab.gateway.audit().map(({ event }) => event);
  if (late > 0) {
    await expect.poll(events).toContain("confirmation_requested");
    lab.clock.advance(late);
  }
  return { lab, handshake, reply: await open };
}

it.each<readonly [Habit, readonly string[]]>([
  ["approve", wanted],
  [["oa:write", "crm:write"], ["oa:write"]],
  ["twice", wanted],
])("a user who does %j grants %j, and the handshake can be completed", async (habit, scopes) => {
  const { lab, handshake, reply } = await askedOf(habit);
  expect(reply.body).toMatchObject({ scopes_granted: scopes });
  expect((await lab.complete(handshake)).status).toBe(200);
  // Nobody was asked over the network.
  expect(lab.asked).toEqual([]);
});

it("a user who answers twice is believed the first time only", async () => {
  const { lab } = await askedOf("twice");
  expect(lab.gateway.audit()).toContainEqual(
    expect.objectContaining({ event: "handshake_refused", reason: expect.stringContaining("answered before") }),
  );
});

it.each<readonly [Habit, number, number]>([
  ["deny", 0, 403],
  ["silence", 7200, 408],
  ["wrong-signature", 7200, 408],
])("a user who does %j gives no access", async (habit, late, status) => {
  const { lab, handshake, reply } = await askedOf(habit, late);
  expect(reply.status).toBe(status);
  expect((await lab.complete(handshake)).status).toBeGreaterThanOrEqual(400);
});

it("a user without a habit is asked, and one whose key is elsewhere can have none", async () => {
  const { lab, reply } = await askedOf(undefined);
  expect(reply.status).toBe(403);
  expect(lab.asked).toHaveLength(1);
  expect(() => lab.gateway.habits.set("bob", "approve")).toThrow(RangeError);
  expect(() => lab.gateway.habits.set("nobody", "approve")).toThrow(RangeError);
});

it("is decided by the control API, in its own words and in those of every consent page", async () => {
  const { gateway } = startLab();
  const decide = controlRoutes({ gateway, backends: new Map(), users: [] }).find(
    ({ method, path }) => method === "POST" && path === "/users/habits",
  );
  const post = async (body: unknown) =>
    (await decide?.answer(new Request("http://control/users/habits", { method: "POST", body: JSON.stringify(body) })))
      ?.status;
  expect(await post({ user: "alice", does: "twice" })).toBe(200);
  expect([...gateway.habits.current()]).toEqual([["alice", "twice"]]);
  expect(await post({ user: "alice", does: ["oa:read"] })).toBe(200);
  expect(await post({ user: "bob", does: "deny" })).toBe(404);
  expect(await post({ user: "alice", does: "dance" })).toBe(400);
  expect([...gateway.habits.current()]).toEqual([["alice", ["oa:read"]]]);
  expect(await post({ user: "alice", does: null })).toBe(200);
  expect(gateway.habits.current().size).toBe(0);

  const consent = consentByHabit(gateway);
  consent.set({ user: "alice", grant: "all" });
  expect([...gateway.habits.current()]).toEqual([["alice", "approve"]]);
  consent.set({ user: "alice", grant: ["oa:read"] });
  expect([...gateway.habits.current()]).toEqual([["alice", ["oa:read"]]]);
  consent.set(undefined);
  expect(gateway.habits.current().size).toBe(0);
});
