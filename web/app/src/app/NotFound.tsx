import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { DoorFrame } from "../accounts/DoorFrame";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <DoorFrame title={t("notFound.title")} welcome={t("notFound.text")}>
      <Button component={Link} to="/leads" variant="filled" size="xl" fullWidth>
        {t("notFound.leads")}
      </Button>
    </DoorFrame>
  );
}
