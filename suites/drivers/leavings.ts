/** What a run has made at a target and could not take back. */
export interface LeftBehind {
  /** Ids of agents, or other identities, that the target now knows. */
  readonly agents: readonly string[];
  readonly tokensRevoked: number;
  /** Tokens that the target would not revoke; they end when their time is over. */
  readonly tokensLeft: number;
}

/** Notes what is made at a target, so that it can be cleaned up, or at least named. */
export interface Leavings {
  agent(id: string): void;
  /** A token that was granted. `revoke` gives true when the target took it back. */
  token(value: string, revoke: () => Promise<boolean>): void;
  /** The token is gone already. */
  revoked(value: string): void;
  /** Takes back what can be taken back, within so many milliseconds. */
  cleanUp(withinMs: number): Promise<LeftBehind>;
}

/** Cleaning up takes no longer; what is left by then is named. */
export const cleanUpMs = 10_000;
/** So many revocations are under way at once: a target is left as politely as it was tested. */
const atOnce = 4;

export function createLeavings(now: () => number = () => performance.now()): Leavings {
  const agents = new Set<string>();
  const tokens = new Map<string, () => Promise<boolean>>();
  return {
    agent(id) {
      agents.add(id);
    },
    token(value, revoke) {
      tokens.set(value, revoke);
    },
    revoked(value) {
      tokens.delete(value);
    },
    async cleanUp(withinMs) {
      const deadline = now() + withinMs;
      const queue = [...tokens].values();
      let tokensRevoked = 0;
      const work = async () => {
        for (const [value, revoke] of queue) {
          if (now() > deadline) return;
          if (!(await revoke().catch(() => false))) continue;
          tokens.delete(value);
          tokensRevoked += 1;
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      return { agents: [...agents], tokensRevoked, tokensLeft: tokens.size };
    },
  };
}
