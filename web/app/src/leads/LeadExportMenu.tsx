import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { exportsQuery, type LeadFormat, leadFormats, orderExport } from "../privacy/exports";
import { useToasts } from "../ui/Toasts";
import { useReasonOf } from "../ui/Trouble";
import { toFilterLanguage } from "./filterQuery";
import styles from "./LeadSortMenu.module.css";
import { isFiltered, type LeadFilter } from "./leadFilter";

// What the list shows, as a file. It is made in the background and fetched where all exports are.
export function LeadExportMenu({ filter }: { filter: LeadFilter }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { show } = useToasts();
  const reasonOf = useReasonOf();
  const order = useMutation({
    mutationFn: (format: LeadFormat) =>
      orderExport({ kind: "leads", format, filter: toFilterLanguage(filter) }),
    onSuccess: () => {
      cache.invalidateQueries({ queryKey: exportsQuery.queryKey });
      show({
        text: t("export.ordered"),
        action: { label: t("export.show"), act: () => navigate({ to: "/settings/privacy" }) },
      });
    },
    onError: (problem) => show({ text: reasonOf(problem) }),
  });
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <Button
          className={styles.export ?? ""}
          variant="subtle"
          size="sm"
          leftSection={<IconDownload size={16} />}
          loading={order.isPending}
          aria-label={t("export.title")}
        >
          <span className={styles.text}>{t("export.title")}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t(isFiltered(filter) ? "export.thisView" : "export.allLeads")}</Menu.Label>
        {leadFormats.map((format) => (
          <Menu.Item key={format} onClick={() => order.mutate(format)}>
            {t(`export.leadsAs.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
