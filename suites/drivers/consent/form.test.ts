import { expect, test } from "vitest";
import { openTestKit } from "../testing/open-kit.ts";
import { html, redirect, stubGateway } from "../testing/stub-gateway.ts";
import type { ConsentOptions } from "../user.ts";

const consentPage = `<h1>Allow?</h1><form method="post" action="/decide">
  <input type="checkbox" name="scope" value="mail:read" checked><input type="checkbox" name="scope" value="mail:send">
  <input type="checkbox" name="newsletter" value="yes">
  <button name="decision" value="deny">Deny</button><button name="decision" value="allow">Allow</button></form>`;

/** A provider of the vendor's with a log-in page and a consent page, behind a gateway that sends browsers there. */
async function openFormFlow(page = consentPage) {
  const stub = await stubGateway({
    "/start": (_, response) =>
      redirect(
        response,
        `/authorize?response_type=code&client_id=x&redirect_uri=${encodeURIComponent(`${stub.origin}/ath/callback`)}`,
      ),
    "/authorize": (_, response) =>
      html(
        response,
        '<form method="post" action="/login"><input name="csrf" type="hidden" value="t0"><input name="username"><input name="pw" type="password"><button>Sign in</button></form>',
      ),
    "/login": ({ body }, response) =>
      body === "csrf=t0&username=alice%40example.com&pw=open-sesame"
        ? html(response, page)
        : html(response, "<p>wrong"),
    "/decide": ({ body }, response) => redirect(response, `/ath/callback?state=s&${body}`),
    "/deny": ({ url }, response) => redirect(response, `/ath/callback${url.replace("/deny", "")}`),
    "/ath/callback": (_, response) => html(response, "done"),
  });
  const consent = { driver: "form", fields: { user: "alice@example.com", password: "open-sesame" } } as const;
  const { world, recorder } = (await openTestKit(stub.origin, { consent })).world();
  const session = { authorizationUrl: `${stub.origin}/start`, scopes: ["mail:read", "mail:send"] };
  const decide = async (options: ConsentOptions) => {
    const reply = await world.send({ purpose: "other", method: "GET", path: "/start" });
    const { callbackUrl } = await world.user.consent(
      { ...session, reply, sessionId: "", provider: "", state: "" },
      options,
    );
    return new URL(callbackUrl ?? "about:blank").searchParams;
  };
  return { decide, world, recorder, seen: stub.seen };
}

test.each([
  ["asked", ["mail:read", "mail:send"], "allow"],
  [["mail:send"], ["mail:send"], "allow"],
  ["deny", [], "deny"],
] as const)("log-in, check boxes and button for %j", async (grant, scopes, decision) => {
  const answer = await (await openFormFlow()).decide({ grant });
  expect(answer.getAll("scope")).toEqual(scopes);
  expect(answer.get("decision")).toBe(decision);
  expect(answer.has("newsletter")).toBe(false);
});

test("a part of the scopes cannot be granted by a form without a choice", async () => {
  const { decide } = await openFormFlow(
    '<form method="post" action="/decide"><button name="d" value="allow">OK</button></form>',
  );
  await expect(decide({ grant: ["mail:read"] })).rejects.toMatchObject({
    stop: { reasonCode: "consent-all-or-nothing" },
  });
  expect((await decide({ grant: "asked" })).get("d")).toBe("allow");
});

test("the configured password is in no evidence", async () => {
  const { decide, recorder } = await openFormFlow();
  await decide({});
  expect(JSON.stringify(recorder.finish())).not.toContain("open-sesame");
});

test.each([
  [
    "a button with an address of its own",
    '<button>Allow</button><button formaction="/deny?by=button" formmethod="post">Cancel</button>',
  ],
  ["a link", '<button>Allow</button></form><a href="/deny?by=link">Cancel</a>'],
])("a user refuses by %s", async (_, controls) => {
  const { decide } = await openFormFlow(`<form method="post" action="/decide">${controls}`);
  expect([...(await decide({ grant: "deny" })).keys()]).toEqual(["by"]);
});

test("the decision goes into radio buttons, and the rest of their group stays behind", async () => {
  const radios = `<label><input type="radio" name="d" value="approve" checked> Allow</label>
    <label><input type="radio" name="d" value="deny"> Do not allow</label><button>Send</button>`;
  const { decide } = await openFormFlow(`<form method="post" action="/decide">${radios}</form>`);
  expect((await decide({ grant: "asked" })).getAll("d")).toEqual(["approve"]);
  expect((await decide({ grant: "deny" })).getAll("d")).toEqual(["deny"]);
});

test("a user who refuses does not press what agrees: the check ends as not-tested", async () => {
  const { decide, seen } = await openFormFlow(
    '<form method="post" action="/decide"><input type="checkbox" name="scope" value="mail:read"><button>Allow</button></form>',
  );
  await expect(decide({ grant: "deny" })).rejects.toMatchObject({
    stop: { kind: "not-tested", reasonCode: "consent-no-refusal", mend: expect.stringContaining("command") },
  });
  expect(seen.map(({ url }) => url)).not.toContain("/decide");
});

test("a wrong password is no refusal, and buttons that nobody can read are not pressed by luck", async () => {
  const loginAgain =
    '<form method="post" action="/login"><input name="pw" type="password"><button>Sign in</button></form>';
  await expect((await openFormFlow(loginAgain)).decide({ grant: "deny" })).rejects.toMatchObject({
    stop: { kind: "not-tested", reasonCode: "consent-no-refusal" },
  });
  const foreign = '<form method="post" action="/decide"><button>Ablehnen</button><button>Zulassen</button></form>';
  await expect((await openFormFlow(foreign)).decide({ grant: "asked" })).rejects.toMatchObject({
    stop: { kind: "not-tested", reasonCode: "consent-unreadable", mend: expect.stringContaining("fields") },
  });
});

test("a scope without a check box of its own cannot be held back", async () => {
  const { decide } = await openFormFlow(
    '<form method="post" action="/decide"><input type="checkbox" name="scope" value="mail:read"><button>Allow</button></form>',
  );
  await expect(decide({ grant: ["mail:read"] })).rejects.toMatchObject({
    stop: { reasonCode: "consent-all-or-nothing", message: expect.stringContaining("mail:send") },
  });
  expect((await decide({ grant: ["mail:send"] })).getAll("scope")).toEqual([]);
});
