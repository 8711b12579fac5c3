import type { ProfileId } from "../../specs/requirement.ts";
import { examineNetwork } from "../drivers/network.ts";
import type { Settings } from "../drivers/settings.ts";
import type { Section } from "./check.ts";
import { type Diagnosis, type DoctorStep, examine } from "./diagnosis.ts";
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
  /** Looks at the set-up, without a verdict (`gateproof doctor`); opens the drivers and closes them. */
  examine(request: ExamineRequest): Promise<readonly Diagnosis[]>;
}

/** What the doctor looks at. */
export interface ExamineRequest extends Pick<RunRequest, "settings" | "signal" | "seed"> {
  readonly onDiagnosis?: (diagnosis: Diagnosis) => void;
}

/** A profile together with the world that its checks drive in. */
export interface DrivenProfile<World> extends Profile {
  /** Judges a target with drivers that are open already; their owner closes them. */
  runWith(kit: Kit<World>, request: RunRequest): Promise<Run>;
  /** Looks at the set-up with drivers that are open already. */
  examineWith(kit: Kit<World>, request: ExamineRequest): Promise<readonly Diagnosis[]>;
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
  /** What the doctor looks at, beyond the network. */
  readonly doctor?: readonly DoctorStep<World>[];
}

export function defineProfile<World>(row: ProfileRow<World>): DrivenProfile<World> {
  const { id, title, role, sections } = row;
  const withKit = async <Value>(
    { settings, seed = Math.floor(Math.random() * 2 ** 31) }: Pick<RunRequest, "settings" | "seed">,
    use: (kit: Kit<World>, seed: number) => Promise<Value>,
  ): Promise<Value> => {
    const kit = await row.open(settings, { seed });
    try {
      return await use(kit, seed);
    } finally {
      await kit.close();
    }
  };
  const profile: DrivenProfile<World> = {
    id,
    title,
    role,
    sections,
    run: (request) => withKit(request, (kit, seed) => profile.runWith(kit, { ...request, seed })),
    examine: (request) => withKit(request, (kit, seed) => profile.examineWith(kit, { ...request, seed })),
    async examineWith(kit, request) {
      const { seed = 1, onDiagnosis = () => {} } = request;
      const network = await examineNetwork(request.settings);
      for (const diagnosis of network) onDiagnosis(diagnosis);
      if (network.some(({ state }) => state === "error")) return network;
      return [...network, ...(await examine({ steps: row.doctor ?? [], kit, request, seed, onDiagnosis }))];
    },
    runWith: (kit, request) => runChecks({ profile, sections, contact: row.contact }, kit, request),
  };
  return profile;
}
