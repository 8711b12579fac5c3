import type { World } from "../../drivers/world.ts";

/** 128 bits from the run's seed, in hexadecimal. */
export function unguessable(world: Pick<World, "random">): string {
  return Array.from({ length: 32 }, () => Math.floor(world.random() * 16).toString(16)).join("");
}

const alphabets = ["0123456789", "abcdef", "ABCDEF", "ghijklmnopqrstuvwxyz", "GHIJKLMNOPQRSTUVWXYZ"];

/**
 * A random value of the same length and make as a real one, so that a target refuses it because it does not know it and
 * not because it looks wrong. Keeps characters that are neither letters nor digits.
 */
export function lookalike(world: Pick<World, "random">, real: string): string {
  return [...real]
    .map((character) => {
      const alphabet = alphabets.find((letters) => letters.includes(character));
      return alphabet?.[Math.floor(world.random() * alphabet.length)] ?? character;
    })
    .join("");
}
