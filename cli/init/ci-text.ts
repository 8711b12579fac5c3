/** The kinds of CI that a file is written for. */
export const ciKinds = ["github", "gitlab", "none"] as const;
export type CiKind = (typeof ciKinds)[number];

export interface CiFile {
  readonly path: string;
  readonly text: string;
  /** What is left to do. */
  readonly next: string;
}

export interface CiWish {
  readonly profile: string;
  /** Of the kit, so that a run next year is judged by the same checks. */
  readonly version: string;
  /** Environment variables that hold secrets. */
  readonly variables: readonly string[];
}

const reports = ["junit=gateproof.xml", "markdown=gateproof.md", "html=gateproof.html", "bundle=gateproof.zip"];

function command({ profile, version }: CiWish): string {
  return ["npx --yes", `gateproof@${version} run ${profile}`, ...reports.map((report) => `--report ${report}`)].join(
    " ",
  );
}

function github(wish: CiWish): CiFile {
  const secrets = wish.variables.map((name) => `      ${name}: \${{ secrets.${name} }}\n`);
  const text = `name: gateproof
on:
  push:
    branches: [main]
  pull_request:
  workflow_dispatch:
permissions:
  contents: read
jobs:
  conformance:
    runs-on: ubuntu-latest
    timeout-minutes: 20
${secrets.length === 0 ? "" : `    env:\n${secrets.join("")}`}    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      # Start your target here, unless target.url in gateproof.config.yaml is one that runs already.
      - name: Judge
        run: ${command(wish)}
      - name: Show
        if: \${{ !cancelled() && hashFiles('gateproof.md') != '' }}
        run: cat gateproof.md >> "$GITHUB_STEP_SUMMARY"
      - name: Keep
        if: \${{ !cancelled() }}
        uses: actions/upload-artifact@v4
        with:
          name: gateproof
          path: |
            gateproof.xml
            gateproof.html
            gateproof.zip
`;
  const next =
    wish.variables.length === 0 ? "commit it" : `commit it, and set the secrets ${wish.variables.join(", ")}`;
  return { path: ".github/workflows/gateproof.yml", text, next };
}

function gitlab(wish: CiWish): CiFile {
  const { variables } = wish;
  const masked = variables.length === 0 ? "" : `  # Masked CI/CD variables of the project: ${variables.join(", ")}\n`;
  const text = `gateproof:
  stage: test
  image: node:22-slim
  timeout: 20 minutes
${masked}  # Start your target in before_script, unless target.url in gateproof.config.yaml is one that runs already.
  script:
    - ${command(wish)}
  artifacts:
    when: always
    paths: [gateproof.html, gateproof.zip]
    reports:
      junit: gateproof.xml
`;
  const include = "add `include: { local: gateproof.gitlab-ci.yml }` to .gitlab-ci.yml";
  const next = variables.length === 0 ? include : `${include}, and set the masked variables ${variables.join(", ")}`;
  return { path: "gateproof.gitlab-ci.yml", text, next };
}

/** The file that runs the kit in this CI; undefined for none. */
export function ciFile(kind: CiKind, wish: CiWish): CiFile | undefined {
  switch (kind) {
    case "github":
      return github(wish);
    case "gitlab":
      return gitlab(wish);
    case "none":
      return undefined;
  }
}
