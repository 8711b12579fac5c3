import type { RegisterOptions } from "../drivers/agent.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { inconclusive, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted, refused } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { refusal } from "../kinds/refusal.ts";

interface MalformedRow {
  readonly variant: string;
  readonly title: string;
  /** Each is tried by an agent of its own. */
  readonly options: readonly RegisterOptions[];
}

const notUri = "not a uri";

const malformed: readonly MalformedRow[] = [
  {
    variant: "missing-agent-id",
    title: "a registration without agent_id is refused",
    options: [{ body: { agent_id: undefined } }],
  },
  {
    variant: "missing-attestation",
    title: "a registration without agent_attestation is refused",
    options: [{ attestation: null }],
  },
  {
    variant: "missing-developer",
    title: "a registration without developer is refused",
    options: [{ body: { developer: undefined } }],
  },
  {
    variant: "missing-providers",
    title: "a registration without requested_providers is refused",
    options: [{ body: { requested_providers: undefined } }],
  },
  {
    variant: "wrong-type",
    title: "a registration with a member of the wrong type is refused",
    options: [{ body: { requested_providers: "mail" } }, { body: { agent_id: 7 } }, { body: { developer: "x" } }],
  },
  {
    variant: "empty-providers",
    title: "a registration that asks for no provider is refused",
    options: [{ body: { requested_providers: [] } }],
  },
  {
    variant: "agent-id-not-uri",
    title: "a registration whose agent_id is no URI is refused",
    options: [{ body: { agent_id: notUri }, attestation: { claims: { sub: notUri, iss: notUri } } }],
  },
];

async function eachByItsOwnAgent(world: World, options: readonly RegisterOptions[]) {
  const replies = [];
  for (const one of options) replies.push(await world.newAgent().register(one));
  return replies;
}

/** Requests that break the schema of a registration (REG-4). */
export const malformedChecks: readonly Check[] = [
  ...malformed.map(({ variant, title, options }) =>
    refusal({
      id: `REG-4.${variant}`,
      requirement: "REG-4",
      title,
      control: ({ agent }) => agent.register(),
      attempt: (world) => eachByItsOwnAgent(world, options),
    }),
  ),
  check({
    id: "REG-4.nothing-registered",
    requirement: "REG-4",
    title: "a refused registration leaves nothing behind: the agent can register and be authorized afterwards",
    async drive(world) {
      const usual = await world.agent.register();
      requireGranted(usual, "control");
      const control = await world.agent.authorize();
      world.mark("control", control);
      requireGranted(control, "control");

      const agent = world.newAgent();
      const invalid = await agent.register({ body: { developer: undefined } });
      world.mark("invalid", invalid);
      const valid = await agent.register();
      world.mark("valid", valid);
      if (valid.granted && !invalid.granted) world.mark("use", await agent.authorize());
    },
    judge(evidence) {
      const [invalid] = marked(evidence, "invalid");
      const [valid] = marked(evidence, "valid");
      const [use] = marked(evidence, "use");
      const expected = "the valid registration is granted as if there had been none before";
      if (invalid === undefined || valid === undefined || !marked(evidence, "control").some(granted)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      if (!refused(invalid) || invalid.response?.status === 429) {
        return untested({
          reasonCode: "prerequisite-refused",
          expected: "a registration without developer is refused",
          actual: answerOf(invalid),
          exchanges: [invalid],
          cause: "target",
        });
      }
      const details = { expected, actual: answerOf(valid), exchanges: [invalid, valid] };
      if (!granted(valid)) {
        const { response } = valid;
        if (response?.status === 409) return violated({ reasonCode: "took-effect", ...details });
        if (response?.status === 429) return untested({ reasonCode: "rate-limited", ...details, cause: "environment" });
        return inconclusive({ reasonCode: "later-request-refused", ...details });
      }
      if (use !== undefined && granted(use)) return pass([invalid, valid, use]);
      const actual = `granted, but its credentials do not work (${use === undefined ? "not tried" : answerOf(use)})`;
      if (use === undefined || use.response === null || use.response.status === 429) {
        return untested({ reasonCode: "no-answer", ...details, actual });
      }
      return violated({ reasonCode: "took-effect", ...details, actual, exchanges: [invalid, valid, use] });
    },
  }),
];
