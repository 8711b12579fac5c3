import { describe, expect, test } from "vitest";
import { openTestKit } from "./testing/open-kit.ts";
import { html, json, redirect, type Seen, stubGateway } from "./testing/stub-gateway.ts";

type Answers = Parameters<typeof stubGateway>[0];

async function openBrowser(answers: Answers) {
  const stub = await stubGateway(answers);
  const { kit, world: make } = await openTestKit(stub.origin);
  const { world, recorder } = make();
  return { ...stub, kit, world, recorder };
}

describe("redirects", () => {
  test("are followed to the end, with the cookies set on the way", async () => {
    const { world, origin, seen, recorder } = await openBrowser({
      "/a": (_, response) => redirect(response, "b?x=1", { "Set-Cookie": "bind=1; HttpOnly; Path=/" }),
      "/b": (_, response) => html(response, "done"),
    });
    const journey = await world.user.open(`${origin}/a`);
    expect(journey).toMatchObject({ finalUrl: `${origin}/b?x=1`, returned: false });
    expect(journey.last?.status).toBe(200);
    expect(seen[1]?.headers.cookie).toBe("bind=1");
    expect(world.user.cookies(`${origin}/b`)).toEqual([{ name: "bind", httpOnly: true, secure: false, path: "/" }]);
    expect(world.newUser().cookies(`${origin}/b`)).toEqual([]);
    expect(recorder.finish().exchanges.map(({ from, to, purpose }) => [from, to, purpose])).toEqual([
      ["user", "target", "browse"],
      ["user", "target", "browse"],
    ]);
  });

  test("that lead in a circle end at the second visit", async () => {
    const { world, origin, seen } = await openBrowser({ "/a": (_, response) => redirect(response, "/a") });
    const journey = await world.user.open(`${origin}/a`);
    expect(seen).toHaveLength(1);
    expect(journey.last?.status).toBe(302);
  });

  test("that go on for ever end after twenty", async () => {
    const next = ({ url }: Seen) => `/a?${Number(url.split("?")[1] ?? 0) + 1}`;
    const { world, origin, seen } = await openBrowser({ "/a": (one, response) => redirect(response, next(one)) });
    await world.user.open(`${origin}/a`);
    expect(seen).toHaveLength(20);
  });

  test("to an app's own scheme end there", async () => {
    const { world, origin } = await openBrowser({ "/a": (_, response) => redirect(response, "my-app://back?code=7") });
    expect(await world.user.open(`${origin}/a`)).toMatchObject({ finalUrl: "my-app://back?code=7" });
  });

  test("with bytes beyond ASCII are read as UTF-8", async () => {
    const location = Buffer.from("/b?state=ü", "utf8").toString("latin1");
    const { world, origin } = await openBrowser({ "/a": (_, response) => redirect(response, location) });
    expect((await world.user.open(`${origin}/a`)).finalUrl).toBe(`${origin}/b?state=%C3%BC`);
  });
});

/** A gateway with the binding cookie on its own page, which leads to the kit's provider. */
async function openFlow(landingQuery = "code=gateway-code&state=agent-state") {
  let providerUrl = "";
  let landing = "";
  const opened = await openBrowser({
    "/ath/consent": (_, response) =>
      redirect(response, providerUrl, { "Set-Cookie": "bind=1; HttpOnly; SameSite=Lax" }),
    "/ath/callback": ({ headers, url }, response) => {
      const denied = url.includes("error=");
      if (headers.cookie !== "bind=1") json(response, 400, { code: "STATE_MISMATCH", message: "another browser" });
      else redirect(response, denied ? `${landing}?error=access_denied` : `${landing}?${landingQuery}`);
    },
  });
  const { origin, kit, world } = opened;
  landing = world.agent.landingUri;
  providerUrl = `${kit.providerUrls.authorization}?${new URLSearchParams({
    response_type: "code",
    client_id: "gateproof",
    redirect_uri: `${origin}/ath/callback`,
    scope: "mail:read",
    state: "gateway-state",
  })}`;
  return { ...opened, providerUrl, landing, authorization: { authorizationUrl: `${origin}/ath/consent` } };
}

describe("consent", () => {
  test("leads through the provider and the callback to the agent's page", async () => {
    const { world, authorization, providerUrl, landing, origin, recorder } = await openFlow();
    const journey = await world.user.consent(authorization);
    expect(journey).toMatchObject({
      providerUrl,
      returned: true,
      code: "gateway-code",
      finalUrl: `${landing}?code=gateway-code&state=agent-state`,
    });
    expect(journey.callbackUrl).toMatch(new RegExp(`^${origin}/ath/callback\\?code=code-.*&state=gateway-state$`));
    expect(recorder.finish().exchanges.map(({ to, purpose }) => `${to} ${purpose}`)).toEqual([
      "target browse",
      "provider provider-authorize",
      "target callback",
      "identity-host landing",
    ]);
  });

  test("without a code in the landing redirect gives the callback's", async () => {
    const { world, authorization } = await openFlow("state=agent-state");
    expect((await world.user.consent(authorization)).code).toMatch(/^code-/);
  });

  test("can stop before the callback, which another browser then fails to finish and this one can", async () => {
    const { world, authorization, seen } = await openFlow();
    const stopped = await world.user.consentUntilCallback(authorization);
    expect(stopped).toMatchObject({ returned: true, finalUrl: stopped.callbackUrl });
    expect(stopped).not.toHaveProperty("last");
    expect(seen.map(({ url }) => url)).toEqual(["/ath/consent"]);
    const other = await world.newUser().open(stopped.callbackUrl ?? "");
    expect(other.last?.exchange).toMatchObject({ purpose: "callback", response: { status: 400 } });
    expect((await world.user.open(stopped.callbackUrl ?? "")).code).toBe("gateway-code");
  });

  test("that is denied comes back with the error", async () => {
    const { world, authorization, landing } = await openFlow();
    const journey = await world.user.consent(authorization, { grant: "deny" });
    expect(journey.callbackUrl).toContain("error=access_denied");
    expect(journey.finalUrl).toBe(`${landing}?error=access_denied`);
  });

  test("the ticket goes to the kit's provider only", async () => {
    const { world, authorization, seen } = await openFlow();
    await world.user.consent(authorization);
    expect(seen.filter(({ headers }) => "x-gateproof-ticket" in headers)).toEqual([]);
  });

  test("a page that the target puts before the provider is agreed to", async () => {
    const { world, kit, origin } = await openBrowser({
      "/ath/consent": (_, response) =>
        html(
          response,
          '<form method="post" action="/ath/go"><button name="do" value="deny">Deny</button><button name="do" value="ok">Allow</button></form>',
        ),
      "/ath/go": ({ body, method }, response) =>
        redirect(
          response,
          `${kit.providerUrls.authorization}?response_type=code&client_id=gateproof&redirect_uri=${encodeURIComponent(`${origin}/ath/callback?${method}${body}`)}`,
        ),
      "/ath/callback": (_, response) => html(response, "done"),
    });
    const journey = await world.user.consent({ authorizationUrl: `${origin}/ath/consent` });
    expect(journey.callbackUrl).toContain("?POSTdo=ok&code=");
  });

  test("that never reaches a callback has not returned", async () => {
    const { world, origin } = await openBrowser({ "/x": (_, response) => html(response, "an error page") });
    expect(await world.user.consent({ authorizationUrl: `${origin}/x` })).toMatchObject({ returned: false });
  });
});
