// What the audit log calls what was done, in words. Those in English are the server's own, written by
// ./dev types; each other language has a file beside them. They are fetched by whoever looks at the
// log.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Language } from "../app/i18n";

type Names = Readonly<Record<string, string>>;

const files: Record<Language, () => Promise<{ default: Names }>> = {
  en: () => import("./actions.gen.json"),
  de: () => import("./actions.de.json"),
};

function useNames() {
  const language = useTranslation().i18n.language as Language;
  const names = useQuery({
    queryKey: ["actionNames", language],
    queryFn: async () => (await files[language]()).default,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { language, names };
}

// Everything there is to look for, by its name.
export function useActions(): { action: string; name: string }[] {
  const { language, names } = useNames();
  return Object.entries(names.data ?? {})
    .map(([action, name]) => ({ action, name }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}

// `what`: what the server called it in English when it was done.
export function useActionName(): (action: string, what?: string) => string {
  const { language, names } = useNames();
  return (action, what) => {
    if (language === "en" && what !== undefined) return what;
    // Nobody sees another language first.
    return names.isPending ? "" : (names.data?.[action] ?? what ?? action);
  };
}
