import { defineConfig } from "vitest/config";
import type { Reporter, TestModule } from "vitest/node";

/** Prints the one closing line that scripts read: `N passed, N failed, N skipped`. */
class ClosingLine implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      if (module.state() === "failed" && module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        count[state === "pending" ? "skipped" : state] += 1;
      }
    }
    console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  }
}

export default defineConfig({
  test: {
    include: ["{specs,schemas,suites,mocks,cli,reports,bench}/**/*.test.ts"],
    reporters: ["default", new ClosingLine()],
    // A limit for what hangs, and no judgement of speed: the machine may have other work.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 120_000 } },
    maxWorkers: 2,
    // No module keeps anything that a test could see, so one worker loads each of them once: half of the work.
    isolate: false,
    restoreMocks: true,
  },
});
