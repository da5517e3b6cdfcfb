// The one door to the server: typed by its description, and every failure is an ApiProblem.
import createClient from "openapi-fetch";
import { chosenHere } from "../app/i18n";
import { ApiProblem } from "./ApiProblem";
import type { paths } from "./schema.gen";

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  querySerializer: { array: { style: "form", explode: false } }, // stage=a,b
  // Looked up at each call, so that tests can put their own in its place.
  fetch: (request) => globalThis.fetch(request),
});

// Letters are written in the language the browser was last seen asking for.
api.use({
  onRequest({ request }) {
    const language = chosenHere();
    if (language !== undefined) request.headers.set("Accept-Language", language);
    return request;
  },
});

type Answer<Data> = { data?: Data; error?: unknown; response: Response };

// What the server answered, or the problem it had, thrown.
export async function answerOf<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  const { data } = await responseOf(asked);
  return data as Data;
}

async function responseOf<Data>(asked: Promise<Answer<Data>>): Promise<Answer<Data>> {
  let answer: Answer<Data>;
  try {
    answer = await asked;
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw new ApiProblem(0, {});
  }
  if (!answer.response.ok) {
    throw new ApiProblem(answer.response.status, isObject(answer.error) ? answer.error : {});
  }
  return answer;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
