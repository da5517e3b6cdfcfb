// zxcvbn with the passwords that people really take: half a megabyte, so it is loaded when somebody
// begins to choose one. The server judges by the same library.
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";

const zxcvbn = new ZxcvbnFactory({
  dictionary: common.dictionary,
  graphs: common.adjacencyGraphs,
  // It takes longer the longer a text is, and nobody guesses as far as this.
  maxLength: 72,
});

// How many guesses find it, as a power of ten. `known`: what those who guess know of the person.
export const guessesOf = (password: string, known: readonly string[]): number =>
  zxcvbn.check(password, [...known]).guessesLog10;
