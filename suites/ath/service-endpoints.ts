import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { member, text } from "../engine/json.ts";
import { notTested } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { judgeAdvertised } from "./shared/advertised-endpoint.ts";
import { validBody } from "./shared/json-endpoints.ts";
import { fetchDocument, pathAtTarget } from "./shared/published-document.ts";

interface EndpointRow {
  readonly variant: string;
  readonly title: string;
  readonly member: string;
  readonly purpose: "authorize" | "token";
  readonly knownPath: string;
}

const endpoints: readonly EndpointRow[] = [
  {
    variant: "authorization-endpoint",
    title: "an authorization can be started at the advertised endpoint",
    member: "authorization_endpoint",
    purpose: "authorize",
    knownPath: "/ath/authorize",
  },
  {
    variant: "token-endpoint",
    title: "a session can be exchanged at the advertised endpoint",
    member: "token_endpoint",
    purpose: "token",
    knownPath: "/ath/token",
  },
];

async function advertisedPath(world: World, name: string): Promise<string> {
  const document = await fetchDocument(world);
  requireGranted(document, "discovery");
  const endpoint = text(member(document.json, "auth"), name);
  if (endpoint !== undefined) return pathAtTarget(world, endpoint);
  throw notTested("endpoint-missing", `the document names no auth.${name}`, {
    cause: "target",
    exchanges: [document.exchange.id],
  });
}

/** A valid request, made anew, sent to any path of the target. */
async function sendTo(world: World, { purpose }: EndpointRow, path: string): Promise<Reply> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify(await validBody(world, purpose));
  return world.send({ purpose, method: "POST", path, headers, body });
}

/**
 * Where somebody else answers than at the known path, the document may name a page for browsers: whether its endpoints are
 * ATH's or plain OAuth's is one of the things the text leaves open (position POS-14).
 */
function judgeEndpoint(evidence: Evidence, row: EndpointRow): Finding {
  const finding = judgeAdvertised(evidence, {
    expected: `a valid request to auth.${row.member} is granted`,
    knownPath: row.knownPath,
  });
  const status = marked(evidence, "attempt")[0]?.response?.status;
  const nobodyThere = status === undefined || status === 404 || status === 410;
  return finding.outcome === "violated" && !nobodyThere ? { ...finding, outcome: "ambiguous" } : finding;
}

/** The addresses in the document of a native service are those that work (DISC-2). */
export const serviceEndpointChecks: readonly Check[] = [
  ...endpoints.map((row) =>
    check({
      id: `DISC-2.${row.variant}`,
      requirement: "DISC-2",
      title: row.title,
      async drive(world) {
        const attempt = await sendTo(world, row, await advertisedPath(world, row.member));
        world.mark("attempt", attempt);
        if (!attempt.granted) world.mark("control", await sendTo(world, row, row.knownPath));
      },
      judge: (evidence) => judgeEndpoint(evidence, row),
    }),
  ),
  check({
    id: "DISC-2.api-base-works",
    requirement: "DISC-2",
    title: "an operation of a granted scope is answered under api_base",
    needs: ["operations"],
    async drive(world) {
      const grant = await world.agent.grant();
      world.mark("control", grant.reply);
      world.mark("attempt", await world.agent.call(grant));
    },
    judge(evidence) {
      const [attempt] = marked(evidence, "attempt");
      const expected = "an answer to a call with a token that allows it";
      if (attempt === undefined || !marked(evidence, "control").some(granted)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no token was issued" });
      }
      if (granted(attempt)) return pass([attempt]);
      const status = attempt.response?.status;
      const details = { expected, actual: answerOf(attempt), exchanges: [attempt] };
      // Another refusal may have many reasons, which other checks look for; nobody there has one.
      const nobodyThere = status === undefined || status === 404 || status === 405 || status === 410;
      return nobodyThere
        ? violated({ reasonCode: "api-base-broken", ...details })
        : untested({ reasonCode: "call-failed", ...details, cause: "target" });
    },
  }),
];
