import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Confirm } from "../ui/Confirm";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import { removeApp } from "./metaApp";
import type { MetaApp } from "./metaShapes";

export function RemoveOwnApp({ app }: { app: MetaApp }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const toasts = useToasts();
  const reasonOf = useReasonOf();
  const [isAsking, setIsAsking] = useState(false);
  const remove = useMutation({
    mutationFn: removeApp,
    onSuccess: () => toasts.show({ text: t("app.removed") }),
    onError: (problem) => toasts.show({ text: reasonOf(problem), important: true }),
    onSettled: () => {
      cache.invalidateQueries({ queryKey: ["meta"] });
      setIsAsking(false);
    },
  });
  const act = t(app.has_platform_app ? "app.remove" : "app.removeOnly");
  return (
    <>
      <Button variant="subtle" size="lg" onClick={() => setIsAsking(true)}>
        {act}
      </Button>
      {isAsking && (
        <Confirm
          title={t("app.removeTitle")}
          act={act}
          busy={remove.isPending}
          onAct={() => remove.mutate()}
          close={() => setIsAsking(false)}
        >
          <p>
            {app.pages.length === 0
              ? t("app.removeNone")
              : t("app.removeText", {
                  count: app.pages.length,
                  pages: app.pages.map(({ name }) => name).join(", "),
                })}
          </p>
          <p>{t("app.leadsStay")}</p>
        </Confirm>
      )}
    </>
  );
}
