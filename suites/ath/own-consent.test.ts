import { describe, expect, test } from "vitest";
import type { DeploymentMode } from "../drivers/service-api.ts";
import { openTestKit } from "../drivers/testing/open-kit.ts";
import { granting, html, json, redirect, stubGateway } from "../drivers/testing/stub-gateway.ts";
import { member, parseJson, text } from "../engine/json.ts";
import { authorization } from "./authorization.ts";
import { callback } from "./callback.ts";
import { checkOf } from "./testing/judging.ts";
import { token } from "./token.ts";

const consentForm = '<form method="post" action="/decide"><button>Deny</button><button>Allow</button></form>';
const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const registration = {
  client_id: "client-1",
  client_secret: "client-secret-1",
  agent_status: "approved",
  approved_providers: [{ provider_id: "mail", approved_scopes: ["mail:read", "mail:send"], denied_scopes: [] }],
  approval_expires: "2030-01-01T00:00:00Z",
};

interface OwnConsent {
  readonly page?: string;
  readonly query?: string;
  readonly after?: string;
  readonly mode?: DeploymentMode;
}

/** An implementor that asks no provider: its own page, then straight to the agent's page with a code of its own. */
async function openOwnConsent({ page = consentForm, query = "", after = "redirect", mode }: OwnConsent = {}) {
  let landing = "";
  const stub = await stubGateway({
    ...granting,
    "/ath/agents/register": (_, response) => json(response, 201, registration),
    "/ath/authorize": ({ body }, response) => {
      const request = parseJson(body);
      const back = new URL(text(request, "user_redirect_uri") ?? "about:blank");
      back.searchParams.set("state", text(request, "state") ?? "");
      back.searchParams.set("code", "code-of-the-gateway");
      landing = back.href;
      json(response, 200, { authorization_url: `${stub.origin}/consent${query}`, ath_session_id: "session-1" });
    },
    "/consent": (_, response) => html(response, page),
    "/decide": (_, response) => (after === "redirect" ? redirect(response, landing) : html(response, "<p>Thank you")),
    "/help": (_, response) => html(response, "<p>Nothing found"),
    "/ath/token": ({ body }, response) =>
      text(parseJson(body), "code") === "code-of-the-gateway"
        ? granting["/ath/token"]({ method: "", url: "", headers: {}, body }, response)
        : json(response, 400, { code: "STATE_MISMATCH", message: "another code" }),
  });
  const opened = await openTestKit(stub.origin, { consent: { driver: "form", fields: {} } }, undefined, mode);
  return { ...stub, world: opened.world };
}

type Gateway = Awaited<ReturnType<typeof openOwnConsent>>;

async function run(section: typeof callback, id: string, gateway: Gateway) {
  const check = checkOf(section, id);
  const { world, recorder } = gateway.world(id);
  await check.drive(world);
  const { outcome, reasonCode } = check.judge(recorder.finish());
  return reasonCode === null ? outcome : `${outcome} ${reasonCode}`;
}

test("the code that came to the agent's page without a callback goes into the exchange", async () => {
  const gateway = await openOwnConsent();
  await gateway.world().world.agent.grant();
  const sent = gateway.seen.find(({ url }) => url === "/ath/token");
  expect(member(parseJson(sent?.body), "code")).toBe("code-of-the-gateway");
});

describe("where the browser ended at a page of consent", () => {
  const unoperable =
    '<form action="/help"><input type="hidden" name="u" value="1"><input name="q"><button>Find</button></form>';
  const checks = [
    [callback, "CB-3.state-returned"],
    [callback, "CB-3.state-verbatim"],
    [callback, "CB-3.redirect-with-query"],
    [token, "TOK-2.consent-wider"],
  ] as const;

  test.each(checks)("that the kit could not operate, the target is not blamed (%#)", async (section, id) => {
    const gateway = await openOwnConsent({ page: unoperable });
    await expect(run(section, id, gateway)).rejects.toMatchObject({
      stop: { kind: "not-tested", reasonCode: "consent-not-completed", mend: expect.stringContaining("command") },
    });
  });

  test("after the user's decision, the target is to blame", async () => {
    const gateway = await openOwnConsent({ after: "page" });
    expect(await run(callback, "CB-3.state-returned", gateway)).toBe("violated not-redirected");
  });

  test("and nowhere else, the landing is judged", async () => {
    expect(await run(callback, "CB-3.state-returned", await openOwnConsent())).toBe("pass");
  });
});

describe("AUTHZ-6.challenge where no provider is asked", () => {
  const id = "AUTHZ-6.challenge";
  test.each([
    ["pass", `?code_challenge=${challenge}&code_challenge_method=S256`],
    ["violated pkce-plain", `?code_challenge=${challenge}`],
  ])("%s by the parameters of authorization_url", async (verdict, query) => {
    expect(await run(authorization, id, await openOwnConsent({ query }))).toBe(verdict);
  });

  test("AUTHZ-6.fresh compares them", async () => {
    const gateway = await openOwnConsent({ query: `?code_challenge=${challenge}&code_challenge_method=S256` });
    expect(await run(authorization, "AUTHZ-6.fresh", gateway)).toBe("violated pkce-reused");
  });

  test("is not tested without any", async () => {
    await expect(run(authorization, id, await openOwnConsent())).rejects.toMatchObject({
      stop: { kind: "not-tested", reasonCode: "provider-unseen" },
    });
  });
});

describe("a native service whose own page leads straight back to the agent", () => {
  const callbackFree = [
    [authorization, "AUTHZ-6.challenge"],
    [authorization, "AUTHZ-12.other-browser"],
    [callback, "CB-1.unknown-state"],
    [callback, "CB-2.denied-then-code"],
  ] as const;

  test.each(callbackFree)("has no provider and no callback to be judged by (%#)", async (section, id) => {
    const service = await openOwnConsent({ mode: "native" });
    await expect(run(section, id, service)).rejects.toMatchObject({
      stop: { kind: "not-applicable", reasonCode: "consent-of-its-own" },
    });
  });

  test("is judged by the proof key that it shows all the same", async () => {
    const service = await openOwnConsent({ mode: "native", query: `?code_challenge=${challenge}` });
    expect(await run(authorization, "AUTHZ-6.challenge", service)).toBe("violated pkce-plain");
  });

  test("is not excused where its page could not be operated", async () => {
    const service = await openOwnConsent({ mode: "native", page: "<p>Please come back later" });
    await expect(run(callback, "CB-1.unknown-state", service)).rejects.toMatchObject({ stop: { kind: "not-tested" } });
  });
});
