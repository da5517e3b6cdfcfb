import { QueryCache, QueryClient } from "@tanstack/react-query";
import { meQuery } from "../accounts/accounts";
import { ApiProblem } from "../api/ApiProblem";
import { followReader } from "./reader";

// What the server said before, kept while it is of use. The stream keeps it fresh, so nothing is
// asked again just because a window came to the front.
export function createQueryCache(): QueryClient {
  const cache: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (problem) => {
        if (problem instanceof ApiProblem && problem.status === 401) {
          cache.setQueryData(meQuery.queryKey, null);
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        // Asking again helps when the server was busy or out of reach, not when it said no.
        retry: (failures, problem) =>
          failures < 1 &&
          problem instanceof ApiProblem &&
          (problem.unreachable || problem.status === 503),
        retryDelay: 500,
      },
    },
  });
  followReader(cache);
  return cache;
}
