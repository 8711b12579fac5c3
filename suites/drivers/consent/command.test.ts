import { expect, test } from "vitest";
import { openTestKit } from "../testing/open-kit.ts";
import { html, redirect, stubGateway } from "../testing/stub-gateway.ts";

async function openCommandFlow(script: string, timeoutMs = 120_000) {
  const provider = await stubGateway({});
  const stub = await stubGateway({
    "/start": (_, response) =>
      redirect(
        response,
        `${provider.origin}/authorize?response_type=code&client_id=x&redirect_uri=${encodeURIComponent(`${stub.origin}/ath/callback`)}`,
        { "Set-Cookie": "bind=1" },
      ),
    "/ath/callback": (_, response) => html(response, "done"),
  });
  const consent = { driver: "command", run: [process.execPath, "-e", script], timeoutMs } as const;
  const { world } = (await openTestKit(stub.origin, { consent })).world();
  return { world, provider, stub, authorization: { authorizationUrl: `${stub.origin}/start` } };
}

const givesRedirect = `
  const back = new URL(new URL(process.env.GATEPROOF_URL).searchParams.get("redirect_uri"));
  back.searchParams.set("code", "from-command");
  back.searchParams.set("told", process.env.GATEPROOF_DECISION + " " + process.env.GATEPROOF_SCOPES + " " + process.env.GATEPROOF_USER);
  console.log("some talk"); console.log(back.href);`;

test("the command gets URL, scopes, decision and user; the browser goes where it says", async () => {
  const { world, provider, stub, authorization } = await openCommandFlow(givesRedirect);
  const journey = await world.user.consent(authorization, { grant: ["mail:read", "mail:send"] });
  expect(new URL(journey.callbackUrl ?? "about:blank").searchParams.get("told")).toBe(
    "grant mail:read mail:send alice",
  );
  expect(journey.code).toBe("from-command");
  expect(provider.seen).toEqual([]);
  expect(stub.seen.at(-1)?.headers.cookie).toBe("bind=1");
});

test("a command that prints nothing has done it all; the page where it landed tells the code", async () => {
  const { world, authorization } = await openCommandFlow("fetch(process.env.LANDING + '?code=landed')");
  const landing = world.agent.landingUri;
  process.env["LANDING"] = landing;
  const reply = await world.send({ purpose: "other", method: "GET", path: "/start" });
  const session = { ...authorization, reply, sessionId: "", provider: "", state: "", scopes: [], redirectUri: landing };
  expect(await world.user.consent(session)).toMatchObject({
    returned: true,
    code: "landed",
    finalUrl: `${landing}?code=landed`,
  });
  delete process.env["LANDING"];
});

test.each([
  ["fails", "console.error('no such user'); process.exit(3)", 120_000, "consent-failed", "exit code 3: no such user"],
  ["prints no URL", "console.log('hello')", 120_000, "consent-failed", "no URL"],
  ["never ends", "setInterval(() => {}, 1000)", 300, "consent-timeout", "0.3 s"],
])("a command that %s ends the check as not-tested", async (_, script, timeoutMs, reasonCode, message) => {
  const { world, authorization } = await openCommandFlow(script, timeoutMs);
  await expect(world.user.consent(authorization)).rejects.toMatchObject({
    stop: { kind: "not-tested", reasonCode, message: expect.stringContaining(message) },
  });
});
