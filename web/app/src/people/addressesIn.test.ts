import { expect, it } from "vitest";
import { addressesIn } from "./people";

it("finds the addresses of a pasted list, each once", () => {
  expect(
    addressesIn("joe@acme.example, Sue <Sue@Acme.example>;\n joe@acme.example\tnobody"),
  ).toEqual(["joe@acme.example", "sue@acme.example"]);
  expect(addressesIn("  ")).toEqual([]);
});
