/** Where the parts of a bundle are. */
export const bundleFiles = {
  readme: "README.txt",
  report: "report.json",
  html: "report.html",
  har: "exchanges.har",
  run: "run.json",
  configuration: "configuration.json",
  requirements: "requirements.json",
  faults: "faults.json",
  evidence: (checkId: string) => `evidence/${checkId}.json`,
} as const;
