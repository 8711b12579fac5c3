import { expect, it } from "vitest";
import { type Lab, startLab } from "./testing/lab.ts";

async function pageOf(lab: Lab, name: string): Promise<string> {
  return String((await lab.send(new Request(`${lab.publicUrl}/user/${name}`))).body["text"]);
}

function valuesOf(page: string, name: string): readonly string[] {
  return [...page.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, "g"))].map(([, value]) => value ?? "");
}

async function click(lab: Lab, fields: readonly (readonly [string, string])[]) {
  const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return lab.send(new Request(`${lab.publicUrl}/user/alice`, { method: "POST", headers, body }));
}

async function asked(lab: Lab) {
  lab.userAnswers(() => undefined);
  const handshake = await lab.hello();
  await lab.prove(handshake);
  const open = lab.ask(handshake, ["oa:read", "oa:write"]);
  await expect.poll(() => lab.asked.length).toBe(1);
  const page = await pageOf(lab, "alice");
  const [id = "", csrf = ""] = [...valuesOf(page, "request_id"), ...valuesOf(page, "csrf")];
  return { handshake, open, page, form: [["request_id", id] as const, ["csrf", csrf] as const] };
}

it("shows what is asked, and Approve with one scope left grants that one", async () => {
  const lab = startLab();
  const { handshake, open, page, form } = await asked(lab);
  expect(page).toContain(handshake.did);
  expect(valuesOf(page, "scope")).toEqual(["oa:read", "oa:write"]);
  const answer = await click(lab, [...form, ["scope", "oa:write"], ["answer", "approve"]]);
  expect(answer.body["text"]).toContain("Approved.");
  expect((await open).body).toMatchObject({ scopes_granted: ["oa:write"] });
  expect((await lab.complete(handshake)).status).toBe(200);
  expect(await pageOf(lab, "alice")).toContain("Nobody asks for anything.");
});

it("Deny ends the handshake", async () => {
  const lab = startLab();
  const { open, form } = await asked(lab);
  await click(lab, [...form, ["answer", "deny"]]);
  expect((await open).status).toBe(403);
});

it("takes nothing that does not come from the page, and signs for nobody whose key is elsewhere", async () => {
  const lab = startLab();
  const { open, form } = await asked(lab);
  const [[, id] = ["", ""]] = form;
  const forged = await click(lab, [
    ["request_id", id],
    ["csrf", "guess"],
    ["scope", "oa:read"],
    ["answer", "approve"],
  ]);
  expect(forged.status).toBe(403);
  expect(await pageOf(lab, "bob")).toContain("key is elsewhere");
  expect((await lab.send(new Request(`${lab.publicUrl}/user/__proto__`))).status).toBe(404);
  lab.clock.advance(121);
  expect((await open).status).toBe(408);
});
