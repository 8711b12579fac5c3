import { gatewaysOf } from "../drivers/aun/discovery.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import { clockStep } from "../engine/clock-skew.ts";
import { type DoctorStep, problem } from "../engine/diagnosis.ts";
import { answerOf } from "../engine/granted.ts";
import { member, text } from "../engine/json.ts";
import { requireResult } from "../kinds/rpc-control.ts";
import { certificatesIn, subjectOf } from "./shared/certificates.ts";

/** What is looked at before an AUN gateway is judged, in the order in which one thing needs the other. */
export const aunDoctor: readonly DoctorStep<AunWorld>[] = [
  {
    step: "domain",
    title: "is the domain of the AIDs known",
    async look({ issuer, settings }) {
      if (settings.aun !== undefined && issuer !== "") return `AIDs are of the domain ${issuer}`;
      throw problem(
        "configuration",
        "the domain of the target's AIDs is not known",
        "set aun.issuer in the configuration, for example agentid.test",
      );
    },
  },
  {
    step: "discovery",
    title: "does it publish its gateways",
    mild: true,
    async look(world) {
      const reply = await world.get("/.well-known/aun-gateway");
      const gateways = gatewaysOf(reply.json);
      if (gateways.length > 0) return `discovery gives ${gateways.map(({ url }) => url).join(", ")}`;
      throw problem(
        "target",
        `${world.http}/.well-known/aun-gateway gives no gateway: ${answerOf(reply.exchange)}`,
        "set aun.http when discovery is at another host; see A1",
      );
    },
  },
  clockStep({ ask: async (world) => (await world.get("/health")).exchange }),
  {
    step: "upgrade",
    title: "does a WebSocket open",
    async look(world) {
      const { opening, url } = await world.dial();
      if (opening.kind === "open") return `${url} opens`;
      throw problem("environment", `no WebSocket at ${url}: ${opening.text ?? ""}`, "check target.url and its path");
    },
  },
  {
    step: "challenge",
    title: "does it begin with a challenge",
    after: ["upgrade"],
    async look(world) {
      const { challenge } = await world.connection();
      return `the challenge comes from ${text(challenge?.params, "server") ?? "a server without a name"}`;
    },
  },
  {
    step: "identities",
    title: "can the kit have an AID",
    after: ["domain", "challenge"],
    async look(world) {
      const { aid } = await world.identity();
      const how = world.settings.aun?.identities === "open" ? "the target registered" : "aun.identities lists";
      return `${how} ${aid}`;
    },
  },
  {
    step: "login",
    title: "does it log in",
    after: ["identities"],
    async look(world) {
      const login = await world.login(await world.identity());
      requireResult(login.login2, "the login");
      if (login.refreshToken === "") return `a token for ${login.expiresIn} s, and no refresh token`;
      return `a token for ${login.expiresIn} s, and a refresh token`;
    },
  },
  {
    step: "connect",
    title: "does it connect",
    after: ["login"],
    async look(world) {
      const { hello } = await world.session();
      return `auth.connect gives protocol ${text(hello.result, "protocol") ?? "of no version"} to ${text(member(hello.result, "identity"), "aid") ?? "nobody"}`;
    },
  },
  {
    step: "trust-roots",
    title: "does the published chain end at a trusted root",
    mild: true,
    async look(world) {
      const reply = await world.get("/pki/chain");
      const root = certificatesIn(reply.bytes.toString("utf8")).at(-1);
      if (root === undefined) {
        throw problem(
          "target",
          `${world.http}/pki/chain gives no certificates: ${answerOf(reply.exchange)}`,
          "see A82",
        );
      }
      const { trustRoots } = world.settings.aun ?? {};
      const name = subjectOf(root);
      if (trustRoots === undefined)
        return `the chain ends at ${name}; aun.trust_roots names no root to compare it with`;
      const known = certificatesIn(trustRoots).some(({ fingerprint256 }) => fingerprint256 === root.fingerprint256);
      if (known) return `the chain ends at ${name}, which is trusted`;
      throw problem("configuration", `the chain ends at ${name}, which aun.trust_roots does not hold`, "add that root");
    },
  },
  {
    step: "clock-hook",
    title: "does the hook move the target's clock",
    needs: ["clock"],
    mild: true,
    async look(world) {
      await world.passTime(1);
      return "hooks.clock works; the target's clock is one second ahead now";
    },
  },
  {
    step: "pairing-hook",
    title: "does the hook make pairing codes",
    needs: ["pairing-code"],
    after: ["identities"],
    mild: true,
    async look(world) {
      await world.pairingCode((await world.identity()).aid);
      return "hooks.pairing_code gives a code";
    },
  },
  {
    step: "peer",
    title: "does the second domain answer",
    needs: ["peer"],
    mild: true,
    async look(world) {
      const { issuer, world: peer } = world.peer;
      await peer.session();
      return `an AID of ${issuer} connects to its own gateway`;
    },
  },
];
