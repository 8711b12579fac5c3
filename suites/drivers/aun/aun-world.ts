import type { Json } from "../../engine/json.ts";
import { text } from "../../engine/json.ts";
import { notTested } from "../../engine/stop.ts";
import type { WorldOptions } from "../../engine/world.ts";
import { randomFrom } from "../random.ts";
import { bendHeaders, createWire } from "../wire.ts";
import type { AunSurroundings } from "./aun-kit.ts";
import { connectParams, placeOf } from "./connect-params.ts";
import { openConnection } from "./connection.ts";
import { gatewaysOf } from "./discovery.ts";
import { newIdentity } from "./identity.ts";
import { logIn } from "./login.ts";
import { createOperator } from "./operator.ts";
import type { Loan } from "./pool.ts";
import { refusedStep, stepper } from "./steps.ts";
import type { AunConnection, AunWorld, Login, Markable } from "./world.ts";

/** Longest wait for what should come at once. */
const patienceMs = 2000;
/** An unauthenticated connection is closed after 30 s (AUN docs 03 § 3.4); no call is begun on one that is about to be. */
const sideMs = 15_000;
/** A token this near its end is not used any more, ms. */
const tokenMargin = 10_000;

/** A fresh world for one check or one generated case. `parentLoan`: the identities that the check of this case has borrowed. */
export function createAunWorld(
  surroundings: AunSurroundings,
  options: WorldOptions,
  parentLoan?: () => Promise<Loan>,
): AunWorld {
  const { domain, clock, unique, leavings } = surroundings;
  const { settings, aun, http, client } = domain;
  const { recorder, generation, checkId } = options;
  const { timeoutMs } = settings;
  const patience = Math.min(timeoutMs, patienceMs);
  const wire = createWire(client, recorder, clock.now);
  const random = randomFrom(`${generation.seed} ${checkId}`);
  const connections: AunConnection[] = [];
  const logins = new Map<string, { readonly login: Login; readonly until: number }>();
  let sideConnection: Promise<AunConnection> | undefined;
  let sideUntil = 0;
  let loan: Promise<Loan> | undefined;
  let identities = 0;
  let forks = 0;
  let peerWorld: AunWorld | undefined;

  const borrowed = () => {
    loan ??= parentLoan === undefined ? domain.pool?.borrow() : parentLoan();
    return loan;
  };

  const remember = (login: Login) => {
    for (const secret of [login.token, login.refreshToken]) recorder.secret(secret, "credentials");
    return login;
  };

  const step = stepper(domain.lost, checkId === "preflight");
  const operator = createOperator({ settings, wire, clock, recorder });

  const world: AunWorld = {
    settings,
    issuer: aun.issuer,
    http,
    patience,
    generation,
    now: clock.now,
    random,
    unique,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    async passTime(seconds) {
      await operator.passTime(seconds);
      // Whatever did not authenticate is about to end; a call on it might still be answered, or not.
      const side = await sideConnection?.catch(() => undefined);
      sideConnection = undefined;
      await side?.close();
    },

    get: (path, { host, method = "GET" } = {}) =>
      wire.send({
        from: "agent",
        to: domain.party,
        purpose: "other",
        method,
        url: `${http}${path}`,
        headers: bendHeaders(
          Object.entries({ Accept: "application/json", ...settings.target.headers }),
          host === undefined ? {} : { Host: host },
        ),
      }),

    async address() {
      if (domain.address !== undefined) return domain.address;
      const reply = await world.get("/.well-known/aun-gateway");
      const [best] = gatewaysOf(reply.json);
      if (best === undefined) {
        throw notTested("no-gateway", `discovery at ${http} gave no gateway`, {
          cause: "target",
          exchanges: [reply.exchange.id],
          mend: "see the exchange, or give the WebSocket URL of the gateway as target.url",
        });
      }
      domain.address = best.url;
      return best.url;
    },

    async dial(url) {
      const connection = await openConnection(url ?? (await world.address()), {
        party: domain.party,
        recorder,
        now: clock.now,
        timeoutMs,
        patience,
        rateLimits: domain.rateLimits,
        socket: domain.socket,
      });
      connections.push(connection);
      return connection;
    },

    connection: () =>
      step("challenge", async () => {
        const connection = await world.dial();
        const { opening } = connection;
        if (opening.kind === "error") {
          throw notTested("transport", `no WebSocket: ${opening.text ?? ""}`, {
            cause: "environment",
            exchanges: [opening.id],
            mend: "see why the connection failed",
          });
        }
        const first = await connection.take(() => true);
        if (first?.method === "challenge" && connection.nonce !== "") return connection;
        throw notTested("no-challenge", "the connection did not begin with a challenge that holds a nonce", {
          cause: "target",
          exchanges: [opening.id, ...(first === undefined ? [] : [first.frame.id])],
          mend: "see the frames: a gateway begins with the notification challenge",
        });
      }),

    async side() {
      const open = await sideConnection;
      if (open?.isOpen && performance.now() < sideUntil) return open;
      // One that is not needed any more ends with the check: a call may still be under way on it.
      sideUntil = performance.now() + sideMs;
      sideConnection = world.connection();
      return sideConnection;
    },

    stranger: (aid) => newIdentity(aid ?? `${unique("gp")}.${aun.issuer}`),

    async createAid({ aid, publicKey }, bend = {}) {
      const side = await world.side();
      const made = await side.call("auth.create_aid", { aid, public_key: publicKey, curve: "P-256", ...bend });
      if (made.outcome === "result") leavings.agent(aid);
      return made;
    },

    identity: () =>
      step("identity", async () => {
        const lent = await borrowed();
        identities += 1;
        if (lent !== undefined) return lent.identity(identities - 1);
        const draft = world.stranger();
        const made = await world.createAid(draft);
        const certificate = text(made.result, "cert") ?? "";
        if (certificate !== "") return { ...draft, certificate };
        throw refusedStep(
          "registration-refused",
          "auth.create_aid",
          made,
          "let the target register AIDs for anyone, or list identities (aid, cert, key) under aun.identities",
        );
      }),

    async login(identity, bend = {}) {
      const over = bend.over ?? [await world.side(), await world.side()];
      return remember(await logIn(identity, over, clock.now(), bend));
    },

    async token(identity) {
      const known = logins.get(identity.aid);
      if (known !== undefined && known.until - tokenMargin > clock.now()) return known.login.token;
      const login = await world.login(identity);
      if (login.token === "") {
        const step = login.login2 === login.login1 ? "auth.aid_login1" : "auth.aid_login2";
        throw refusedStep("login-refused", step, login.login2, "see the frames: a conforming target grants this login");
      }
      logins.set(identity.aid, { login, until: clock.now() + login.expiresIn * 1000 });
      return login.token;
    },

    async refresh(refreshToken, bend = {}) {
      const side = await world.side();
      const call = await side.call("auth.refresh_token", { refresh_token: refreshToken, ...bend });
      recorder.secret(text(call.result, "access_token") ?? "", "credentials");
      recorder.secret(text(call.result, "refresh_token") ?? "", "credentials");
      return call;
    },

    async connectParams(connection, identity, given = {}) {
      const token = "auth" in given ? "" : (given.token ?? (await world.token(identity)));
      return connectParams(connection.nonce, token, placeOf(given, unique("device")), given);
    },

    async connect(connection, identity, given = {}) {
      const call = await connection.call("auth.connect", await world.connectParams(connection, identity, given));
      recorder.secret(text(call.result, "token") ?? "", "credentials");
      return call;
    },

    async tryConnect(identity, given = {}) {
      // The login comes first, so that it does not use up the time of the connection.
      if (!("auth" in given) && given.token === undefined) await world.token(identity);
      const connection = await world.connection();
      return { connection, hello: await world.connect(connection, identity, given) };
    },

    session: (given, connectOptions = {}) =>
      step("session", async () => {
        const identity = given ?? (await world.identity());
        const place = placeOf(connectOptions, unique("device"));
        const fixed = { ...connectOptions, device: place.device ?? null };
        const { connection, hello } = await world.tryConnect(identity, fixed);
        if (text(hello.result, "status") !== "ok") {
          throw refusedStep(
            "connect-refused",
            "auth.connect",
            hello,
            "see the frames: a conforming target grants this request",
          );
        }
        return Object.assign(connection, { identity, hello, ...place });
      }),

    pairingCode: operator.pairingCode,

    get peer() {
      const { peer } = surroundings;
      if (peer === undefined) {
        throw notTested("no-peer", "the check needs a second domain that the target is connected with", {
          cause: "configuration",
          mend: "configure aun.peer",
        });
      }
      peerWorld ??= createAunWorld({ ...surroundings, domain: peer, peer: domain }, options);
      return { issuer: peer.aun.issuer, world: peerWorld };
    },

    mark: (role, ...items) => recorder.mark(role, ...items.flatMap(idsOf)),
    fact: (name, value: Json) => recorder.fact(name, value),
    cases: (cases) => recorder.cases(cases),
    fork() {
      forks += 1;
      const own = recorder.fork();
      const lend = borrowLater(borrowed);
      const forked = createAunWorld(
        surroundings,
        { ...options, checkId: `${checkId} ${forks}`, recorder: own },
        domain.pool === undefined ? undefined : lend,
      );
      return {
        world: forked,
        finish(error) {
          void forked.close();
          return own.finish(error);
        },
      };
    },
    async close() {
      const peers = peerWorld?.close();
      await Promise.all(connections.map((connection) => connection.drop()));
      await peers;
      if (parentLoan === undefined) (await loan)?.giveBack();
    },
  };
  return world;
}

/** A case uses the identities of its check, which gives them back in the end. */
function borrowLater(borrowed: () => Promise<Loan> | undefined): () => Promise<Loan> {
  return async () => {
    const loan = await borrowed();
    if (loan === undefined) throw new Error("no identities are configured to lend");
    return loan;
  };
}

function idsOf(item: Markable): readonly number[] {
  if ("exchange" in item) return [item.exchange.id];
  return "frames" in item ? item.frames.map(({ id }) => id) : [item.id];
}
