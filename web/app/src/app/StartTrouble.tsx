import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Trouble } from "../ui/Trouble";

// The app could not even find out who is signed in.
export function StartTrouble({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const router = useRouter();
  return (
    <main>
      <Trouble title={t("trouble.start")} problem={error} retry={() => router.invalidate()} />
    </main>
  );
}
