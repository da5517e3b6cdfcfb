// What the server says, in the language of the screen. It speaks English: each other language has a
// file beside this one, in which every sentence stands with what it means. `{1}` is whatever the
// server put there, `{#1}` a number. A sentence that is not in it stays as it is.
type Sentences = Readonly<Record<string, string>>;
type Pattern = { form: RegExp; fixed: number; marks: string[]; meaning: string };

const marks = /\{#?\d\}/g;
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function patternOf([sentence, meaning]: [string, string]): Pattern {
  const found = sentence.match(marks) ?? [];
  const fixed = sentence.split(marks);
  const form = fixed.map((text, i) => {
    const mark = found[i];
    return escaped(text) + (mark === undefined ? "" : mark.startsWith("{#") ? "(\\d+)" : "(.+)");
  });
  return {
    form: new RegExp(`^${form.join("")}$`, "s"),
    fixed: fixed.join("").length,
    marks: found,
    meaning,
  };
}

let sentences: Sentences = {};
let patterns: Pattern[] = [];

// None: English.
export function understand(known: Sentences = {}): void {
  sentences = known;
  patterns = Object.entries(known)
    .filter(([sentence]) => sentence.search(marks) >= 0)
    .map(patternOf)
    .sort((a, b) => b.fixed - a.fixed);
}

export function said(sentence: string): string {
  if (Object.hasOwn(sentences, sentence)) return sentences[sentence] ?? sentence;
  for (const { form, marks, meaning } of patterns) {
    const found = form.exec(sentence);
    if (found === null) continue;
    // All at once, so that nothing put in is looked at again.
    return meaning.replace(/\{#?\d\}/g, (mark) => said(found[marks.indexOf(mark) + 1] ?? mark));
  }
  return sentence;
}
