import type { Config } from "../../schemas/index.ts";
import type { HookRequest, HookSettings } from "../../suites/drivers/settings.ts";
import { urlProblem } from "./address.ts";
import type { Collect } from "./consent.ts";
import { headerProblem } from "./headers.ts";

/** Says what is wrong with configured header fields. */
export function checkHeaders(headers: Readonly<Record<string, string>>, path: readonly string[], add: Collect): void {
  for (const [name, value] of Object.entries(headers)) {
    const problem = headerProblem(name, value);
    if (problem !== undefined) add([...path, name], problem);
  }
}

/** The hooks of every profile. */
export function hookSettings(hooks: NonNullable<Config["hooks"]>, add: Collect): HookSettings {
  const { clock, audit, faults, pending_agent: pending, denied_agent: denied, pairing_code: pairing } = hooks;
  // A clock that does not move would make every later signature of the kit look wrong to the target.
  if (clock !== undefined && !clock.body?.includes("{seconds}")) {
    add(["hooks", "clock", "body"], 'must say how far, for example {"advance_s": {seconds}}');
  }
  return {
    ...(clock && { clock: hookRequest(clock, ["hooks", "clock"], add) }),
    ...(audit && { audit: hookRequest(audit, ["hooks", "audit"], add) }),
    ...(faults && { faults: hookRequest(faults, ["hooks", "faults"], add) }),
    ...(pairing && {
      pairingCode: { ...hookRequest(pairing, ["hooks", "pairing_code"], add), result: pairing.result ?? "code" },
    }),
    ...(pending && { pendingAgent: { developerId: pending.developer_id } }),
    ...(denied && { deniedAgent: { developerId: denied.developer_id } }),
  };
}

interface HookConfig {
  readonly request: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A hook as it is called; `path`: its keys. */
export function hookRequest(
  { request, headers = {}, body }: HookConfig,
  path: readonly string[],
  add: Collect,
): HookRequest {
  const [method = "", url = ""] = request.split(" ");
  const problem = urlProblem(url, { base: false });
  if (problem !== undefined) add([...path, "request"], problem);
  checkHeaders(headers, [...path, "headers"], add);
  return { method, url, headers, ...(body !== undefined && { body }) };
}
