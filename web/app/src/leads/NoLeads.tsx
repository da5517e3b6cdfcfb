import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ClockRing } from "../ui/ClockRing";
import { Empty } from "../ui/Empty";

// Nothing to show: either nothing has arrived yet, or the filters leave nothing.
export function NoLeads({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  const { t } = useTranslation();
  if (filtered) {
    return (
      <Empty
        ring={<ClockRing size={56} state="waiting" />}
        title={t("leads.filteredTitle")}
        text={t("leads.filteredText")}
      >
        <Button onClick={clear}>{t("leads.clear")}</Button>
      </Empty>
    );
  }
  return (
    <Empty
      ring={<ClockRing size={56} state="waiting" />}
      title={t("leads.emptyTitle")}
      text={t("leads.emptyText")}
    >
      <Button component={Link} to="/sources" variant="filled">
        {t("leads.emptyDo")}
      </Button>
    </Empty>
  );
}
