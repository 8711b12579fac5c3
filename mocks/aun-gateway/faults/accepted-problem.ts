/** A reason to refuse that a faulty gateway does not see. */
export interface AcceptedProblem<Problem> {
  readonly id: string;
  readonly sentence: string;
  readonly problem: Problem;
  readonly check: string;
}
