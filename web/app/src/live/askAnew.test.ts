import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { beforeEach, expect, it } from "vitest";
import { aLead } from "../app/fakeServer";
import { leadsKey } from "../leads/leads";
import { askAnew } from "./askAnew";
import { applyNews, dropLead } from "./leadNews";

// Answers by hand, in the order of the questions.
let answers: ((data: string) => void)[];
let cache: QueryClient;

beforeEach(() => {
  answers = [];
  cache = new QueryClient();
});

function show(queryKey: readonly unknown[]) {
  const queryFn = () => new Promise<string>((answer) => answers.push(answer));
  new QueryObserver(cache, { queryKey, queryFn }).subscribe(() => undefined);
}
async function answer(index: number, data: string) {
  answers[index]?.(data);
  await new Promise((rest) => setTimeout(rest));
}

it("asks once more when the first answer was under way, however much news came", async () => {
  show(["pages"]);
  askAnew(cache, { queryKey: ["pages"] });
  askAnew(cache);
  expect(answers).toHaveLength(1);
  await answer(0, "before the news");
  expect(answers).toHaveLength(2);
  await answer(1, "with the news");
  expect(answers).toHaveLength(2);
  expect(cache.getQueryData(["pages"])).toBe("with the news");
});

it("asks at once for what is here", async () => {
  show(["pages"]);
  await answer(0, "old");
  askAnew(cache);
  expect(answers).toHaveLength(2);
});

it("asks again for a list that was read before a lead came, and arrives after it", async () => {
  show(leadsKey({}));
  applyNews(cache, { lead: aLead(), kind: "lead.created" }, "user_1");
  await answer(0, "an empty list");
  expect(answers).toHaveLength(2);
});

it("asks again for a list that may still show a lead that is gone", async () => {
  show(leadsKey({}));
  dropLead(cache, "gone");
  await answer(0, "a list with it");
  expect(answers).toHaveLength(2);
});
