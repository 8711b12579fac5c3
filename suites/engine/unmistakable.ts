/** Letters and digits, and what base64 and base64url have besides. */
const opaque = /^[\w+/-]{16,}$/;
const jwt = /^eyJ[\w-]{8,}\.[\w-]+\.[\w-]*$/;
const capitalWithinWord = /(?<=[A-Za-z])[A-Z]/g;
const small = /[a-z]/g;
/** Where chance chooses, every other character is a capital or a small letter; names have one of a kind for each word. */
const oftenEnough = 1 / 5;

/**
 * Whether a secret looks like nothing else: no word of a protocol that a target could make unreadable in every evidence
 * of the run by calling it a token. Of 22 random characters in base64url one in forty texts has no digit, so that capitals
 * in the midst of words count as well.
 */
export function isUnmistakable(value: string): boolean {
  if (!opaque.test(value)) return jwt.test(value);
  if (/\d/.test(value)) return /[A-Za-z]/.test(value);
  return [capitalWithinWord, small].every((kind) => (value.match(kind)?.length ?? 0) >= value.length * oftenEnough);
}
