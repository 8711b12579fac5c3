/** What only says where the result goes; the rest repeats the run. */
const aboutOutput = /^(--json|-q|-v|--quiet|--verbose)$/;

/** The command line that repeats a run, its seed included. No secret is ever in it: secrets come from files. */
export function commandLine(args: readonly string[], seed: number): string {
  const words: string[] = [];
  for (const [index, arg] of args.entries()) {
    const isReport = arg === "--report" || arg.startsWith("--report=") || args[index - 1] === "--report";
    if (!isReport && !aboutOutput.test(arg)) words.push(arg);
  }
  if (!words.some((word) => word === "--seed" || word.startsWith("--seed="))) words.push("--seed", String(seed));
  return ["gateproof", ...words.map(quoted)].join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
