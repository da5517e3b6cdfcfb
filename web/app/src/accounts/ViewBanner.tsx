import { Button } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useReasonOf } from "../ui/Trouble";
import { endView } from "./accounts";
import { useMe } from "./useMe";
import styles from "./ViewBanner.module.css";

// As long as an owner looks as somebody else: as whom, and the way back.
export function ViewBanner() {
  const { t } = useTranslation();
  const me = useMe();
  const end = useMutation({ mutationFn: endView });
  const reason = useReasonOf()(end.error);
  if (me.viewer === null || me.is_support) return null;
  return (
    <div className={styles.banner} role="status">
      <IconEye size={18} stroke={1.6} aria-hidden="true" />
      <p className={styles.text}>
        <b>{t("view.title", { name: me.user.name })}</b> {t("view.text")}
        {end.isError && <span role="alert"> {reason}</span>}
      </p>
      <Button size="sm" className={styles.end} loading={end.isPending} onClick={() => end.mutate()}>
        {t("view.end")}
      </Button>
    </div>
  );
}
