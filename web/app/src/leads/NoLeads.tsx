import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { pagesQuery } from "../meta/meta";
import { ClockRing } from "../ui/ClockRing";
import { Empty } from "../ui/Empty";

// Nothing to show: either nothing has arrived yet, or the filters leave nothing.
export function NoLeads({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  const { t } = useTranslation();
  const isConnected = useQuery(pagesQuery).data?.some(({ connected }) => connected) ?? false;
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
  if (isConnected) {
    return (
      <Empty
        ring={<ClockRing size={56} state="waiting" />}
        title={t("leads.emptyTitle")}
        text={t("leads.emptyConnected")}
      />
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
