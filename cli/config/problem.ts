/** One thing that is wrong with a configuration. */
export interface Problem {
  /** Where: the keys from the top. */
  readonly path: readonly string[];
  /** To be read after the path. */
  readonly problem: string;
}

/** `providers[0].scopes`, as a person writes it. */
export function keyPath(path: readonly string[]): string {
  return path.reduce((before, key) => {
    if (/^\d+$/.test(key)) return `${before}[${key}]`;
    const plain = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
    return before === "" ? plain : `${before}.${plain}`;
  }, "");
}

/** The keys of a JSON pointer (RFC 6901). */
export function pointerPath(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}
