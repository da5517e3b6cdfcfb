// The whole app at one address, for tests.
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { theme } from "../ui/theme";
import { createQueryCache } from "./queryCache";
import { createAppRouter } from "./routes";

export function renderApp(path: string) {
  const cache = createQueryCache();
  cache.setDefaultOptions({ queries: { ...cache.getDefaultOptions().queries, retry: false } });
  const history = createMemoryHistory({ initialEntries: [`/app${path}`] });
  const router = createAppRouter(cache, history);
  render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={cache}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { cache, router, user: userEvent.setup() };
}
