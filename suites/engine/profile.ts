import type { ProfileId } from "../../specs/requirement.ts";
import type { Settings } from "../drivers/settings.ts";
import type { Section } from "./check.ts";
import type { Preflight } from "./preflight.ts";
import { type Run, type RunRequest, runChecks } from "./run.ts";
import type { Kit } from "./world.ts";

/** What `gateproof run <profile>` judges, whatever its drivers are. */
export interface Profile {
  readonly id: ProfileId;
  readonly title: string;
  /** The part that the target plays. */
  readonly role: string;
  readonly sections: readonly Section<never>[];
  /** Judges a target; opens the drivers for it and closes them. */
  run(request: RunRequest): Promise<Run>;
}

/** A profile together with the world that its checks drive in. */
export interface DrivenProfile<World> extends Profile {
  /** Judges a target with drivers that are open already; their owner closes them. */
  runWith(kit: Kit<World>, request: RunRequest): Promise<Run>;
}

/** What a profile is made of: sections of checks, the drivers they drive with, and the first contact. */
export interface ProfileRow<World> {
  readonly id: ProfileId;
  readonly title: string;
  readonly role: string;
  readonly sections: readonly Section<World>[];
  /** Opens the drivers. Throws SetupError when an address of the configuration cannot be used. */
  readonly open: (settings: Settings, options: { readonly seed: number }) => Promise<Kit<World>>;
  /** Before any check: is somebody there, and can anything be judged. */
  readonly contact: (world: World) => Promise<Preflight>;
}

export function defineProfile<World>(row: ProfileRow<World>): DrivenProfile<World> {
  const { id, title, role, sections } = row;
  const profile: DrivenProfile<World> = {
    id,
    title,
    role,
    sections,
    async run(request) {
      const seed = request.seed ?? Math.floor(Math.random() * 2 ** 31);
      const kit = await row.open(request.settings, { seed });
      try {
        return await profile.runWith(kit, { ...request, seed });
      } finally {
        await kit.close();
      }
    },
    runWith: (kit, request) => runChecks({ profile, sections, contact: row.contact }, kit, request),
  };
  return profile;
}
