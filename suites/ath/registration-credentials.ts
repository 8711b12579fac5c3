import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { granted } from "../engine/granted.ts";
import { member, parseJson, text } from "../engine/json.ts";
import { notTested } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { bitsOf, derivationOf, variationOf } from "./shared/secret-strength.ts";

/** So many registrations are compared. */
const samples = 6;
/** Fewer bits than this can be guessed. */
const enoughBits = 64;
const credentials = ["client_id", "client_secret"] as const;

async function registerSeveral(world: World): Promise<readonly Reply[]> {
  const replies: Reply[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const reply = await world.newAgent().register();
    world.mark("subject", reply);
    requireGranted(reply, "register");
    replies.push(reply);
  }
  return replies;
}

/** Client credentials belong to one registration and cannot be guessed (REG-6). */
export const credentialChecks: readonly Check[] = [
  check({
    id: "REG-6.unique",
    requirement: "REG-6",
    title: "every registration gets a client_id and a client_secret of its own",
    async drive(world) {
      await registerSeveral(world);
    },
    judge(evidence) {
      const registrations = marked(evidence, "subject").filter(granted);
      const expected = `${samples} registrations with ${samples} different values of each credential`;
      if (registrations.length < samples) {
        return untested({ reasonCode: "prerequisite-refused", expected, actual: `${registrations.length} granted` });
      }
      for (const name of credentials) {
        const values = registrations.flatMap(({ response }) => text(parseJson(response?.body), name) ?? []);
        if (values.length < samples) {
          return untested({ reasonCode: "credentials-missing", expected, actual: `an answer without ${name}` });
        }
        const different = new Set(values).size;
        if (different < samples) {
          const actual = `${different} different value(s) of ${name}`;
          return violated({ reasonCode: "repeated", expected, actual, exchanges: registrations });
        }
      }
      return pass(registrations);
    },
  }),
  check({
    id: "REG-6.unguessable",
    requirement: "REG-6",
    title: "who has registered a few times cannot guess another agent's client_secret",
    async drive(world) {
      const replies = await registerSeveral(world);
      for (const name of credentials) {
        const values = replies.flatMap(({ json }) => text(json, name) ?? []);
        if (values.length < samples) {
          throw notTested("credentials-missing", `a registration was answered without ${name}`, { cause: "target" });
        }
        // Measured here, since the evidence keeps the secrets themselves to nobody.
        world.fact(name, variationOf(values));
      }
    },
    judge(evidence) {
      const registrations = marked(evidence, "subject");
      const expected = `client secrets of at least ${enoughBits} unpredictable bits`;
      const [bitsOfId, bitsOfSecret] = credentials.map((name) => measuredBits(evidence.facts[name]));
      if (bitsOfSecret === undefined) {
        return untested({ reasonCode: "nothing-recorded", expected, actual: "no secrets were compared" });
      }
      if (bitsOfSecret < enoughBits) {
        const actual = `what differs between ${samples} secrets carries ${Math.floor(bitsOfSecret)} bits at most`;
        return violated({ reasonCode: "guessable", expected, actual, exchanges: registrations });
      }
      // A client identifier is no secret (RFC 6749 § 2.2), so that a guessable one is only worth a remark.
      const remark = "client_id can be guessed, which is harmless as long as it gives nothing by itself";
      return pass(registrations, bitsOfId !== undefined && bitsOfId < enoughBits ? [remark] : []);
    },
  }),
  check({
    id: "REG-6.underived",
    requirement: "REG-6",
    title: "a client_secret is not made of what everybody knows of the registration",
    async drive(world) {
      const reply = await world.agent.register();
      world.mark("subject", reply);
      requireGranted(reply, "register");
      const [clientId, secret] = credentials.map((name) => text(reply.json, name));
      if (clientId === undefined || secret === undefined) {
        throw notTested("credentials-missing", "the registration was answered without credentials", {
          cause: "target",
        });
      }
      // Found out here, since the evidence keeps the secret itself to nobody.
      world.fact("derivedFrom", derivationOf(secret, { client_id: clientId, agent_id: world.agent.id }) ?? "");
    },
    judge(evidence) {
      const { derivedFrom } = evidence.facts;
      const registrations = marked(evidence, "subject");
      const expected = "a client_secret that is no digest or encoding of client_id, agent_id or a small number";
      if (typeof derivedFrom !== "string") {
        return untested({ reasonCode: "nothing-recorded", expected, actual: "no secret was looked at" });
      }
      if (derivedFrom === "") return pass(registrations);
      return violated({ reasonCode: "derived", expected, actual: derivedFrom, exchanges: registrations });
    },
  }),
];

function measuredBits(variation: unknown): number | undefined {
  const varying = member(variation, "varying");
  const alphabet = member(variation, "alphabet");
  return typeof varying === "number" && typeof alphabet === "number" ? bitsOf({ varying, alphabet }) : undefined;
}
