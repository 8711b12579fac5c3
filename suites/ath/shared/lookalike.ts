import type { World } from "../../drivers/world.ts";

const alphabets = ["0123456789", "abcdef", "ABCDEF", "ghijklmnopqrstuvwxyz", "GHIJKLMNOPQRSTUVWXYZ"];

/**
 * A random value of the same length and make as a real one, so that a target refuses it because it does not know it and
 * not because it looks wrong. Keeps characters that are neither letters nor digits.
 */
export function lookalike(world: World, real: string): string {
  return [...real]
    .map((character) => {
      const alphabet = alphabets.find((letters) => letters.includes(character));
      return alphabet?.[Math.floor(world.random() * alphabet.length)] ?? character;
    })
    .join("");
}
