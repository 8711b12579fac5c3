import { notTested } from "../../engine/stop.ts";
import { listedIdentity } from "./identity.ts";
import type { ListedIdentity } from "./settings.ts";
import type { Identity } from "./world.ts";

/** The configured identities, lent to one check at a time: two checks with one AID would disturb each other. */
export interface IdentityPool {
  borrow(): Promise<Loan>;
}

export interface Loan {
  /** The n-th identity (from 0); ends the check when so many are not configured. */
  identity(index: number): Identity;
  giveBack(): void;
}

export function identityPool(listed: readonly ListedIdentity[]): IdentityPool {
  const identities = listed.map(listedIdentity);
  let free: Promise<void> = Promise.resolve();
  return {
    async borrow() {
      const before = free;
      let giveBack = () => {};
      free = new Promise((resolve) => {
        giveBack = resolve;
      });
      await before;
      return {
        giveBack,
        identity(index) {
          const found = identities[index];
          if (found !== undefined) return found;
          throw notTested(
            "identities-missing",
            `the check needs ${index + 1} identities, and aun.identities lists ${identities.length}`,
            { cause: "configuration", mend: `list ${index + 1} identities in aun.identities, or set it to open` },
          );
        },
      };
    },
  };
}
