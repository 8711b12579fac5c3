import { text } from "../../engine/json.ts";
import type { Recorder } from "../../engine/recorder.ts";
import { notTested } from "../../engine/stop.ts";
import { advanceTargetClock, callHook } from "../hooks.ts";
import type { KitClock } from "../kit-clock.ts";
import type { Settings } from "../settings.ts";
import type { Wire } from "../wire.ts";
import type { AunWorld } from "./world.ts";

interface OperatorOptions {
  readonly settings: Settings;
  readonly wire: Wire;
  readonly clock: KitClock;
  readonly recorder: Recorder;
}

/** What the target's operator does for the kit by hooks. */
export function createOperator({
  settings,
  wire,
  clock,
  recorder,
}: OperatorOptions): Pick<AunWorld, "passTime" | "pairingCode"> {
  const { hooks, slow } = settings;
  return {
    async passTime(seconds) {
      if (hooks.clock !== undefined) {
        await advanceTargetClock(wire, hooks.clock, seconds);
        clock.advance(seconds);
        return;
      }
      if (!slow) {
        throw notTested("hook-missing", `the check needs ${seconds} s to pass at the target`, {
          cause: "configuration",
          mend: "configure hooks.clock, or run with --slow",
        });
      }
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    },

    async pairingCode(aid) {
      const hook = hooks.pairingCode;
      const reply = await callHook(wire, "pairing_code", hook, { aid });
      const name = hook?.result ?? "code";
      const code = text(reply.json, name);
      if (code !== undefined) {
        recorder.secret(code, "code");
        return code;
      }
      throw notTested("hook-failed", `the hook pairing_code gave no member "${name}"`, {
        cause: "configuration",
        exchanges: [reply.exchange.id],
        mend: "check hooks.pairing_code.result",
      });
    },
  };
}
