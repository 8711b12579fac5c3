import { gatewaysOf } from "../drivers/aun/discovery.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import { type DoctorStep, problem } from "../engine/diagnosis.ts";
import { header } from "../engine/evidence.ts";
import { answerOf } from "../engine/granted.ts";
import { member, text } from "../engine/json.ts";
import { requireResult } from "../kinds/rpc-control.ts";
import { certificatesIn, subjectOf } from "./shared/certificates.ts";

/** A clock that is off by more than this is named, even where tokens still pass. */
const noticeableSkewMs = 30_000;

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
  {
    step: "clock",
    title: "do both clocks agree",
    mild: true,
    async look(world) {
      const { exchange } = await world.get("/health");
      const skew = Date.parse(header(exchange.response ?? { headers: [] }, "date") ?? "") - world.now();
      if (Number.isNaN(skew)) return "the target sends no Date, so its clock is not known";
      const seconds = Math.round(Math.abs(skew) / 1000);
      if (Math.abs(skew) < noticeableSkewMs) return `the clocks agree to ${seconds + 1} s`;
      const which = skew > 0 ? "ahead of" : "behind";
      throw problem(
        "environment",
        `the target's clock is ${seconds} s ${which} this machine's`,
        "set both clocks by NTP",
      );
    },
  },
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
