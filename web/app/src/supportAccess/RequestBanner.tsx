import { Button } from "@mantine/core";
import { IconLifebuoy } from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import styles from "../accounts/ViewBanner.module.css";
import { useLiveGrant } from "./useLiveGrant";
import { useOpenRequest } from "./useOpenRequest";

// Owners are told that support asks to look; where they answer, they see it anyway.
export function RequestBanner() {
  const { t } = useTranslation();
  const request = useOpenRequest();
  const grant = useLiveGrant();
  const here = useLocation({ select: ({ pathname }) => pathname });
  if (request === null || grant !== null || here === "/settings/support") return null;
  return (
    <div className={styles.banner} role="status">
      <IconLifebuoy size={18} stroke={1.6} aria-hidden="true" />
      <p className={styles.text}>
        <b>{t("support.asks", { name: request.asked_by })}</b> {request.reason}
      </p>
      <Button size="sm" className={styles.end} component={Link} to="/settings/support">
        {t("support.answer")}
      </Button>
    </div>
  );
}
