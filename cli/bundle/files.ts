/** Where the parts of a bundle are. */
export const bundleFiles = {
  readme: "README.txt",
  report: "report.json",
  run: "run.json",
  configuration: "configuration.json",
  requirements: "requirements.json",
  faults: "faults.json",
  evidence: (checkId: string) => `evidence/${checkId}.json`,
} as const;
