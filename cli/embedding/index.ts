export { type ReportKind, renderedAs, reportKinds } from "../../reports/index.ts";
export type { CheckResult, Config, Report } from "../../schemas/index.ts";
export { profileIds, type RunnableProfile as ProfileId } from "../../suites/profiles/index.ts";
export { CliError } from "../exit.ts";
export { type JudgedAgain, judgeBundle } from "./judge-bundle.ts";
export { type HowItIsJudged, type RunEvent, type RunOptions, runProfile, type WhatIsJudged } from "./run-profile.ts";
