import "@fontsource-variable/inter/opsz.css";
import "./ui/tokens.css";
import "./ui/mantine.css";
import "./ui/base.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { followCaller } from "./accounts/sameCaller";
import { speak } from "./app/i18n";
import { createQueryCache } from "./app/queryCache";
import { createAppRouter } from "./app/routes";
import { cssVariables, theme } from "./ui/theme";

speak(null);
const cache = createQueryCache();
followCaller(cache);
const router = createAppRouter(cache);

// The server writes a fresh nonce into the page; styles made while running must carry it.
const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";

const place = document.getElementById("root");
if (place === null) throw new Error("index.html has no place for the app.");

createRoot(place).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    defaultColorScheme="auto"
    getStyleNonce={() => nonce}
    deduplicateInlineStyles
  >
    <QueryClientProvider client={cache}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
);

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  window.addEventListener("load", () => {
    navigator.serviceWorker.register("/app/sw.js", { scope: "/app/" }).catch(() => {
      // Without it the app works as well, only not offline.
    });
  });
}
