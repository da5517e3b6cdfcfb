import { expect, it } from "vitest";
import { passwordStrength } from "./passwordStrength";

it.each([
  ["oaks", "short"],
  ["aaaaaaaaaaaaaaa", "weak"],
  ["abcabcabcabc", "weak"],
  ["oaksandelms12", "fair"],
  ["four old oaks stand", "strong"],
] as const)("%s is %s", (password, strength) => {
  expect(passwordStrength(password)).toBe(strength);
});
