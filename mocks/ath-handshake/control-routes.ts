import type { BackendFailure, LegacyBackend } from "../backends/backend.ts";
import type { ConsentControl, ConsentPolicy } from "../core/consent-policy.ts";
import type { ControlRoute } from "../core/control-endpoints.ts";
import { errorResponse, isRecord, jsonResponse, readJson } from "../core/json.ts";
import type { OwnUser } from "./default-config.ts";
import type { AthHandshake } from "./gateway.ts";
import { type Habit, namedHabits } from "./user-habits.ts";

const bodyBytes = 64 * 1024;

function invalid(expected: string): Response {
  return errorResponse(400, "INVALID_REQUEST", `expected ${expected}`);
}

/** How a backend is to fail: on, off, or by name; `no`: it does not say. */
function failureOf(on: unknown): BackendFailure | undefined | "no" {
  if (on === true || on === "error") return "error";
  if (on === "stall") return "stall";
  return on === false ? undefined : "no";
}

const habitForm = `{"user": "alice", "does": ${namedHabits.map((name) => `"${name}"`).join(" | ")} | ["scope", …] | null}`;

/** What a user is to do: by name, the scopes he approves, or undefined for null; `none`: it does not say. */
function habitOf(does: unknown): Habit | undefined | "none" {
  if (does === null) return undefined;
  if (Array.isArray(does)) return does.every((scope) => typeof scope === "string") ? does : "none";
  return namedHabits.find((name) => name === does) ?? "none";
}

/** POST /consent as every mock with a user takes it, in terms of habits. */
export function consentByHabit({ habits }: Pick<AthHandshake, "habits">): ConsentControl {
  let current: ConsentPolicy | undefined;
  const habitFor: Readonly<Record<string, Habit>> = { all: "approve", none: [], deny: "deny" };
  return {
    current: () => current,
    set(policy) {
      if (policy === undefined) habits.clear();
      else habits.set(policy.user, typeof policy.grant === "string" ? habitFor[policy.grant] : policy.grant);
      current = policy;
    },
  };
}

export interface ControlledParts {
  readonly gateway: AthHandshake;
  /** By the name of the system. */
  readonly backends: ReadonlyMap<string, LegacyBackend>;
  /** The users whose keys the mock made. */
  readonly users: readonly OwnUser[];
}

/** What the control API of this mock has beyond the common routes. */
export function controlRoutes({ gateway, backends, users }: ControlledParts): readonly ControlRoute[] {
  return [
    {
      method: "GET",
      path: "/users",
      says: "the users the mock made, with their private keys",
      answer: () =>
        jsonResponse({
          users: users.map(({ name, did, publicKey, privateKey }) => ({
            name,
            did,
            public_key: publicKey,
            private_key: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
          })),
        }),
    },
    {
      method: "GET",
      path: "/users/habits",
      says: "what the users do when asked; who is not named is asked on his page",
      answer: () => jsonResponse({ habits: Object.fromEntries(gateway.habits.current()) }),
    },
    {
      method: "POST",
      path: "/users/habits",
      says: `decides what a user does when asked: ${habitForm}`,
      async answer(request) {
        const body = await readJson(request, bodyBytes);
        const user = isRecord(body) ? body["user"] : undefined;
        const habit = isRecord(body) ? habitOf(body["does"]) : "none";
        if (typeof user !== "string" || habit === "none") return invalid(habitForm);
        try {
          gateway.habits.set(user, habit);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          return errorResponse(404, "NO_SUCH_USER", error.message);
        }
        return jsonResponse({ habits: Object.fromEntries(gateway.habits.current()) });
      },
    },
    {
      method: "GET",
      path: "/backends",
      says: "what the backends received, oldest first",
      answer() {
        const requests = [...new Set(backends.values())].flatMap((backend) => backend.requests());
        return jsonResponse(requests.toSorted((one, other) => one.at.localeCompare(other.at)));
      },
    },
    {
      method: "POST",
      path: "/backends/fault",
      says: 'makes a backend fail: {"system": "oa", "on": true | false | "stall"}',
      async answer(request) {
        const body = await readJson(request, bodyBytes);
        const failure = isRecord(body) ? failureOf(body["on"]) : "no";
        if (!isRecord(body) || failure === "no") return invalid('{"system": "…", "on": true | false | "stall"}');
        const backend = backends.get(String(body["system"]).replace(/^\//, ""));
        if (backend === undefined)
          return errorResponse(404, "NO_SUCH_SYSTEM", `there are ${[...backends.keys()].join(", ")}`);
        backend.fail(failure);
        return jsonResponse({ ok: true });
      },
    },
    {
      method: "POST",
      path: "/revoke",
      says: 'takes a token back: {"token": "…"}',
      async answer(request) {
        const body = await readJson(request, bodyBytes);
        if (!isRecord(body) || typeof body["token"] !== "string") return invalid('{"token": "…"}');
        if (!gateway.revokeToken(body["token"])) return errorResponse(404, "NO_SUCH_TOKEN", "no such token is known");
        return jsonResponse({ ok: true });
      },
    },
    {
      method: "POST",
      path: "/revoke-user",
      says: 'takes back what a user allowed an agent: {"user": "did:…", "agent": "did:…"}',
      async answer(request) {
        const body = await readJson(request, bodyBytes);
        if (!isRecord(body) || typeof body["user"] !== "string" || typeof body["agent"] !== "string") {
          return invalid('{"user": "did:…", "agent": "did:…"}');
        }
        gateway.revokeUser(body["user"], body["agent"]);
        return jsonResponse({ ok: true });
      },
    },
  ];
}
