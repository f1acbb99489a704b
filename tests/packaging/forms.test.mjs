// The checks as schemas of React Hook Form, TanStack Form and VeeValidate. The tests of the forms are in the project.
import { test } from "node:test";
import { project, run } from "./support.mjs";

test("React Hook Form, TanStack Form and VeeValidate show the issues under their fields", async () => {
  const folder = await project("forms");
  await run(["npm", "test"], { cwd: folder });
});
