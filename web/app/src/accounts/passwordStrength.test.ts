import { expect, it } from "vitest";
import { guessesOf } from "./passwordJudge";
import { strengthOf } from "./passwordStrength";

it.each([
  ["password123", "weak"],
  ["sunshine1", "weak"],
  ["Summer2024!", "fair"],
  ["qwertyuiop", "weak"],
  ["aaaaaaaaaaaaaaa", "weak"],
  ["dana.whitlock", "weak"],
  ["correct horse battery", "strong"],
  ["four old oaks stand", "strong"],
] as const)("%s is %s", (password, strength) => {
  expect(strengthOf(guessesOf(password, ["dana.whitlock", "dana", "whitlock"]))).toBe(strength);
});
